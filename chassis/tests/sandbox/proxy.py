"""A TCP proxy in front of a server, for what happens between a question and its answer."""

import asyncio
import contextlib
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"


@dataclass(eq=False)
class _Link:
    """One client's connection through the proxy."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    swallow: bool = False

    def abort(self) -> None:
        for writer in (self.client, self.server):
            writer.transport.abort()


class Proxy:
    """Forwards bytes to `target` on loopback, until a test has it do something else."""

    def __init__(self, target: int) -> None:
        self.port = 0
        self.swallowed = asyncio.Event()
        self._target = target
        self._links: dict[_Link, asyncio.Task[None]] = {}
        self._flowing = asyncio.Event()
        self._last_words: bytes | None = None
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen; on the same port as before when it did already."""
        self._flowing.set()
        self._server = await asyncio.start_server(self._connect, LOOPBACK, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Refuse connections, and cut those that are open."""
        if self._server is not None:
            self._server.close()
        self.cut()
        await asyncio.gather(*self._links.values(), return_exceptions=True)

    def cut(self) -> None:
        """Break every open connection."""
        for link in self._links:
            link.abort()

    def freeze(self) -> None:
        """Hold back everything from now on; connections stay open, new ones are accepted and get no answer."""
        self._flowing.clear()

    def thaw(self) -> None:
        """Let what was held back through."""
        self._flowing.set()

    def say(self, words: bytes) -> None:
        """Tell every client something in the server's name."""
        for link in self._links:
            link.client.write(words)

    def swallow_answer_to(self, words: bytes) -> None:
        """The next time a client sends `words`: let them through, and break its connection instead of the answer."""
        self._last_words = words
        self.swallowed.clear()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection(LOOPBACK, self._target)
        link = _Link(writer, server_writer)
        self._links[link] = task = asyncio.current_task()  # type: ignore[assignment] # start_server runs this as a task
        assert task is not None
        directions = [
            asyncio.create_task(self._pump(link, reader, server_writer, to_server=True)),
            asyncio.create_task(self._pump(link, server_reader, writer, to_server=False)),
        ]
        await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
        link.abort()
        for direction in directions:
            direction.cancel()
        await asyncio.wait(directions)
        del self._links[link]

    async def _pump(
        self, link: _Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, to_server: bool
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                await self._flowing.wait()
                if to_server and self._last_words is not None and self._last_words in data:
                    link.swallow, self._last_words = True, None
                if link.swallow and not to_server:
                    self.swallowed.set()
                    return
                writer.write(data)
                await writer.drain()
