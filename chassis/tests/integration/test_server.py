import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from chassis import server
from chassis.server import make_server
from chassis.settings import ServiceSettings
from dramatis.testing.service import eventually

ANSWERED = b"HTTP/1.1 200 OK"
GET = b"GET / HTTP/1.1\r\nHost: a\r\n"


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """Of a server that waits a second for a head, and answers later than that."""
    monkeypatch.setattr(server, "HEAD_SECONDS", 1.0)

    async def late(_request: object) -> PlainTextResponse:
        await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=1.2)
        return PlainTextResponse("here")

    settings = ServiceSettings(database_url="postgres://", nats_url="nats://", host="127.0.0.1", port=0)
    running = make_server(Starlette(routes=[Route("/", late)]), settings)
    serving = asyncio.create_task(running.serve())

    async def started() -> bool:
        return running.started

    await eventually(started, "the server listens")
    yield running.servers[0].sockets[0].getsockname()[1]
    running.should_exit = True
    await serving


@pytest.mark.parametrize("begun", [b"", GET], ids=["nothing", "half a head"])
async def test_a_connection_whose_head_does_not_come_is_closed(port: int, begun: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(begun)
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()


async def test_a_second_head_is_waited_for_no_longer_than_the_first(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(GET + b"\r\n")
    await asyncio.wait_for(reader.readuntil(b"here"), 10)
    writer.write(GET)
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()


async def test_an_answer_may_take_longer_than_a_head(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(GET + b"\r\n")
    assert await asyncio.wait_for(reader.readline(), 10) == ANSWERED + b"\r\n"
    writer.close()
