"""A server that speaks as OpenAI, Gemini and Anthropic do, and says what a test wants it to say."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Answer = tuple[int, dict[str, str], object]
"""Status, headers and body; a body that is bytes is sent as it is."""


@dataclass(slots=True)
class FakeVendor:
    """`answers` are given one after the other, the last one again and again; `calls` are what was asked."""

    url: str = ""
    answers: deque[Answer] = field(default_factory=deque)
    calls: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    open: int = 0
    most_open: int = 0
    hold: asyncio.Event | None = None
    arrivals: asyncio.Queue[int] = field(default_factory=asyncio.Queue)

    def say(self, *answers: Answer) -> None:
        self.answers = deque(answers)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.calls.append((first.split()[1], headers, json.loads(body)))
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        self.arrivals.put_nowait(self.open)
        try:
            if self.hold is not None:
                await self.hold.wait()
        finally:
            self.open -= 1
        status, extra, content = self.answers[0] if len(self.answers) == 1 else self.answers.popleft()
        if status == 0:
            return False
        payload = content if isinstance(content, bytes) else json.dumps(content).encode()
        shown = {"content-type": "application/json", "content-length": str(len(payload)), **extra}
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in shown.items())]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + payload)
        await writer.drain()
        return True


@asynccontextmanager
async def fake_vendor() -> AsyncIterator[FakeVendor]:
    """One on a free port of this machine."""
    vendor = FakeVendor()
    server = await asyncio.start_server(vendor.serve, "127.0.0.1", 0)
    vendor.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield vendor
    finally:
        if vendor.hold is not None:
            vendor.hold.set()
        server.close()


def openai(text: str | None, finish: str = "stop", **message: object) -> Answer:
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}
    usage = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}
    body = {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-x-1",
        "choices": [choice],
        "usage": usage,
    }
    return 200, {}, body


def google(text: str | None, finish: str = "STOP") -> Answer:
    content = {"role": "model", "parts": [{"text": text}] if text is not None else []}
    usage = {"promptTokenCount": 1000, "candidatesTokenCount": 200, "totalTokenCount": 1200}
    body = {
        "candidates": [{"content": content, "finishReason": finish}],
        "usageMetadata": usage,
        "modelVersion": "gem-1",
    }
    return 200, {}, body


def anthropic(text: str | None, finish: str = "end_turn") -> Answer:
    content = [{"type": "text", "text": text}] if text is not None else []
    usage = {"input_tokens": 1000, "output_tokens": 200}
    body = {"id": "m", "type": "message", "role": "assistant", "model": "claude-1", "content": content}
    return 200, {}, {**body, "stop_reason": finish, "stop_sequence": None, "usage": usage}


SPEAK: dict[str, Callable[..., Answer]] = {"openai": openai, "google": google, "anthropic": anthropic}
CUT: dict[str, str] = {"openai": "length", "google": "MAX_TOKENS", "anthropic": "max_tokens"}
REFUSED: dict[str, str] = {"openai": "content_filter", "google": "SAFETY", "anthropic": "refusal"}
