"""Documents of the OpenAI chat API: what is asked in them, and what is answered."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dramatis.simulator.calls import Call
from dramatis.simulator.faults import Answer

Document = dict[str, Any]
Pieces = Iterable[bytes]

_CREATED = 1_700_000_000
_TYPES = {401: "authentication_error", 429: "rate_limit_error"}


def prompt_of(asked: Document) -> str:
    """All messages of a request as one text; raises what a document of another shape raises."""
    return "\n\n".join(_text(message["content"]) for message in asked["messages"])


def tokens(text: str) -> int:
    """About as many as a model would count: four bytes each, at least one where there is text."""
    return -(-len(text.encode(errors="replace")) // 4)


def models(name: str) -> Document:
    """The list of one model."""
    return {"object": "list", "data": [{"id": name, "object": "model", "created": _CREATED, "owned_by": "dramatis"}]}


def error(status: int, message: str) -> Document:
    """An error."""
    kind = _TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {"message": message, "type": kind, "param": None, "code": None}}


def completion(call: Call, answer: Answer, asked: Document) -> Document:
    """A whole answer."""
    message, finish = _message(call, answer, asked)
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    return {**_head(call, "chat.completion"), "choices": [choice], "usage": _usage(call)}


def chunks(call: Call, answer: Answer, asked: Document, pieces: int) -> Iterator[bytes]:
    """The same as server-sent events, the text in so many pieces."""
    message, finish = _message(call, answer, asked)
    yield _event(call, {"role": "assistant", "content": ""})
    text, tool = message["content"] or message["refusal"] or "", (message.get("tool_calls") or [None])[0]
    if tool is not None:
        yield _event(call, {"tool_calls": [{"index": 0, **tool, "function": {**tool["function"], "arguments": ""}}]})
        text = tool["function"]["arguments"]
    size = max(-(-len(text) // pieces), 1)
    for start in range(0, len(text), size):
        part = text[start : start + size]
        if tool is not None:
            yield _event(call, {"tool_calls": [{"index": 0, "function": {"arguments": part}}]})
        else:
            yield _event(call, {"refusal" if message["refusal"] else "content": part})
    yield _event(call, {}, finish)
    if (asked.get("stream_options") or {}).get("include_usage"):
        yield _sent({**_head(call, "chat.completion.chunk"), "choices": [], "usage": _usage(call)})
    yield b"data: [DONE]\n\n"


def _text(content: Any) -> str:  # a JSON document
    """Content is a text, nothing, or a list of parts."""
    if content is None or isinstance(content, str):
        return content or ""
    return "\n".join(part["text"] for part in content if part.get("type") == "text")


def _message(call: Call, answer: Answer, asked: Document) -> tuple[Document, str]:
    """What is said, and why it ends: through the tool where one must be called, in `refusal` where there is a schema."""
    message: Document = {"role": "assistant", "content": answer.text, "refusal": None}
    tool = _tool(asked)
    if answer.refused and (tool or (asked.get("response_format") or {}).get("type") == "json_schema"):
        message |= {"content": None, "refusal": answer.text}
    elif tool and answer.text and not answer.refused:
        function = {"name": tool, "arguments": answer.text}
        message |= {
            "content": None,
            "tool_calls": [{"id": f"call_{call.number}", "type": "function", "function": function}],
        }
        return message, "tool_calls" if answer.finish == "stop" else answer.finish
    return message, answer.finish


def _tool(asked: Document) -> str:
    """The name of the function that must be called, if any."""
    choice = asked.get("tool_choice")
    if isinstance(choice, dict):
        return str(choice["function"]["name"])
    functions = [tool["function"]["name"] for tool in asked.get("tools") or ()]
    return str(functions[0]) if functions and choice == "required" else ""


def _head(call: Call, kind: str) -> Document:
    return {"id": f"chatcmpl-{call.number}", "object": kind, "created": int(call.time.timestamp()), "model": call.model}


def _usage(call: Call) -> Document:
    total = call.prompt_tokens + call.completion_tokens
    return {
        "prompt_tokens": call.prompt_tokens,
        "completion_tokens": call.completion_tokens,
        "total_tokens": total,
    }


def _event(call: Call, delta: Document, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return _sent({**_head(call, "chat.completion.chunk"), "choices": [choice]})


def _sent(document: Document) -> bytes:
    return f"data: {json.dumps(document, ensure_ascii=False)}\n\n".encode()
