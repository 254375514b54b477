"""The HTTP server of a process: uvicorn, with bounds that it leaves to a proxy."""

import asyncio
import math
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from chassis.settings import ServiceSettings

MAX_HEAD_BYTES = 65_536
HEAD_SECONDS = 30.0


class BoundedHead(HttpToolsProtocol):
    """Refuses a request that keeps sending headers: `MAX_HEAD_BYTES` in which nothing else comes, neither the body nor
    the end of its head. Closes a connection whose head is not there after `HEAD_SECONDS`.

    Anybody may send one, token or none; headers may follow a body in chunks, too.
    """

    _has_come_on = False
    _bytes_since = 0
    _overdue: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        """Somebody connects, and has yet to say what for."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._have_head()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._has_come_on = True
        self._await_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its body follows."""
        self._has_come_on = True
        self._have_head()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of its body, whose length is bounded elsewhere."""
        self._has_come_on = True
        super().on_body(body)

    def data_received(self, data: bytes) -> None:
        """Parse what has come."""
        self._has_come_on = False
        super().data_received(data)
        self._bytes_since = 0 if self._has_come_on else self._bytes_since + len(data)
        if self._bytes_since > MAX_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response(f"At most {MAX_HEAD_BYTES} bytes of headers are read.")

    def _await_head(self) -> None:
        if self._overdue is None:
            self._overdue = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _have_head(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None


class Server(uvicorn.Server):
    """uvicorn without its own signal handling: the process decides the order in which things stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def make_server(app: ASGIApp, settings: ServiceSettings) -> Server:
    """A server for `app` on the host and port of the settings, not yet listening."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=BoundedHead,
        ws="none",
        access_log=False,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=math.ceil(settings.shutdown_seconds),
    )
    return Server(config)
