"""Answers that come in pieces: server-sent events, or one object a line, as the servers of models send them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.domain.salvage.calls import added_type
from extraction.domain.salvage.finishing import ends_early

EVENTS = re.compile(r"\s*(?:(?:event|id|retry):[^\n]*\n\s*|:[^\n]*\n\s*)*data:\s*[{\[]")
LINES = re.compile(r"\s*\{\"(?:model|id|created_at|response|message|choices)\"\s*:[^\n]*\}\s*\n\s*\{")
PATHS = (
    ("choices", 0, "delta", "content"),
    ("choices", 0, "text"),
    ("candidates", 0, "content", "parts", 0, "text"),
    ("delta", "text"),
    ("delta", "partial_json"),
    ("message", "content"),
    ("response",),
)
CALL = ("choices", 0, "delta", "tool_calls", 0)


@dataclass(frozen=True, slots=True)
class Stream:
    """The text of a stream; `cut_short` when an event says that the model had to stop."""

    text: str
    cut_short: bool


def joined_stream(text: str) -> Stream | None:
    """The text that a stream carries in pieces; None when there is no stream, or nothing in it."""
    marked = EVENTS.match(text) is not None
    if not marked and LINES.match(text) is None:
        return None
    events = list(_events(text, "data:" if marked else ""))
    joined = "\n".join(_texts(events))
    return Stream(joined, any(map(ends_early, events))) if joined else None


def _texts(events: list[object]) -> Iterator[str]:
    """What the events carry, each of several answers and calls of tools by itself, in the order in which they begin."""
    pieces: dict[tuple[object, object], list[str]] = {}
    tools: dict[tuple[object, object], str] = {}
    for event in events:
        call = _at(event, CALL)
        key = (_at(event, ("choices", 0, "index")) or 0, _at(call, ("index",)))
        tool = _at(call, ("function", "name"))
        if isinstance(tool, str) and tool:
            tools[key] = tool
        piece = _at(call, ("function", "arguments")) if call is not None else _piece(event)
        if isinstance(piece, str) and piece:
            pieces.setdefault(key, []).append(piece)
    for key, parts in pieces.items():
        text = "".join(parts)
        yield json.dumps({"name": tools[key], "arguments": text}) if added_type(tools.get(key, "")) else text


def _events(text: str, mark: str) -> Iterator[object]:
    for line in map(str.strip, text.splitlines()):
        if line.startswith(mark):
            try:
                yield json.loads(line[len(mark) :])
            except (ValueError, RecursionError):
                yield {"truncated": not line.endswith("[DONE]")}


def _piece(event: object) -> str:
    if isinstance(event, dict) and event.get("type") == "response.output_text.delta":
        return str(event.get("delta", ""))
    return next((found for found in (_at(event, path) for path in PATHS) if isinstance(found, str)), "")


def _at(event: object, path: tuple[str | int, ...]) -> object:
    for step in path:
        if isinstance(event, dict):
            event = event.get(str(step))
        elif isinstance(event, list) and event and step == 0:
            event = event[0]
        else:
            return None
    return event
