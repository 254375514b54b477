"""The OpenAI chat API over a playbook, as an ASGI application."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from dramatis.simulator import wire
from dramatis.simulator.calls import Call, Calls
from dramatis.simulator.faults import DROPPED, HANG, SLOW, Fault
from dramatis.simulator.playbook import Playbook, Turn

_SLOW_PIECE_S = 0.2
_PIECES = 20


class Dropped(Exception):
    """The connection is to be closed in the middle of an answer."""


class Answering:
    """Answers calls until `stop` is set, which lets go of those that hang."""

    def __init__(self, playbook: Playbook, calls: Calls) -> None:
        self._playbook = playbook
        self._calls = calls
        self.stop = asyncio.Event()
        self.app = Starlette(
            routes=[
                Route("/v1/chat/completions", self.post_chat, methods=["POST"]),
                Route("/v1/models", self.get_models),
            ]
        )

    async def get_models(self, _: Request) -> Response:
        """The one model."""
        return JSONResponse(wire.models(self._playbook.model))

    async def post_chat(self, request: Request) -> Response:
        """One chat completion, whole or as a stream of server-sent events."""
        try:
            asked = json.loads(await request.body())
            prompt = wire.prompt_of(asked)
        except (ValueError, TypeError, KeyError, AttributeError):
            self._calls.end(self._calls.begin("", "", {}), "400")
            return _error(400, "the body is no chat completion request with messages")
        call = self._calls.begin(str(asked.get("model", "")), prompt, asked)
        try:
            return await self._answered(request, call, asked)
        except BaseException:
            self._calls.end(call, "gone")
            raise

    async def _answered(self, request: Request, call: Call, asked: dict[str, Any]) -> Response:
        turn = await asyncio.to_thread(self._playbook.turn, call)
        if not await self._waited(request, turn):
            self._calls.end(call, "hung up" if not self.stop.is_set() else "stopped")
            return _error(503, "the simulator has stopped, or nobody waits any more")
        status = turn.fault.status if turn.fault else None
        call.prompt_tokens = wire.tokens(call.prompt)
        if turn.fault is not None and status is not None:
            self._calls.end(call, str(status))
            return _failed(status, turn.fault)
        call.reply = turn.answer.text
        call.completion_tokens = wire.tokens(call.reply)
        if call.stream:
            body = _events(wire.chunks(call, turn.answer, asked, _PIECES), turn.fault)
            return StreamingResponse(self._ended(call, body), media_type="text/event-stream")
        whole = json.dumps(wire.completion(call, turn.answer, asked), ensure_ascii=False).encode()
        headers = {"content-length": str(len(whole))}
        return StreamingResponse(
            self._ended(call, _bytes(whole, turn.fault)), media_type="application/json", headers=headers
        )

    async def _waited(self, request: Request, turn: Turn) -> bool:
        """Wait as long as the answer takes; False when nobody waits for it any more."""
        seconds: float | None = turn.latency_s
        if turn.fault is not None and turn.fault.name == HANG:
            seconds = turn.fault.value
        if not seconds and seconds is not None:
            return True
        gone = asyncio.create_task(_disconnected(request))
        stopped = asyncio.create_task(self.stop.wait())
        done, waiting = await asyncio.wait((gone, stopped), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        return not done

    async def _ended(self, call: Call, body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The body; the call ends just before its last piece, so that whoever has the answer finds it ended."""
        last = b""
        outcome = "gone"
        try:
            async for piece in body:
                if last:
                    yield last
                last = piece
            self._calls.end(call, "200")
            yield last
        except Dropped:
            outcome = "dropped"
            raise
        finally:
            self._calls.end(call, outcome)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _bytes(whole: bytes, fault: Fault | None) -> AsyncIterator[bytes]:
    """A whole answer, in one piece unless something is wrong with the transport."""
    if fault is None or fault.name not in (SLOW, DROPPED):
        yield whole
        return
    size = max(len(whole) // _PIECES, 1)
    async for piece in _events((whole[start : start + size] for start in range(0, len(whole), size)), fault):
        yield piece


async def _events(pieces: "wire.Pieces", fault: Fault | None) -> AsyncIterator[bytes]:
    waits = 0.0
    if fault is not None and fault.name == SLOW:
        waits = _SLOW_PIECE_S if fault.value is None else fault.value
    for number, piece in enumerate(pieces, 1):
        if fault is not None and fault.name == DROPPED and number > _PIECES // 2:
            raise Dropped
        yield piece
        if waits:
            await asyncio.sleep(waits)


def _failed(status: int, fault: Fault) -> Response:
    answer = _error(status, f"simulated failure {status}")
    if status == 429:
        answer.headers["retry-after"] = f"{1 if fault.value is None else fault.value:g}"
    return answer


def _error(status: int, message: str) -> Response:
    return JSONResponse(wire.error(status, message), status_code=status)
