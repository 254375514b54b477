"""The calls a simulator was sent, and their log."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from typing import Any


@dataclass(slots=True)
class Call:
    """One call, counted from 1 as it arrived; what is known at the end only is empty until then.

    `seconds` is how long it took, None while it is under way; `at_once` counts the calls under way as it arrived, itself
    included. A request that makes no sense is a call without prompt and model. `fault` is as it is written in rules; `outcome` is a status, or how the call ended without one.
    """

    number: int
    model: str
    prompt: str
    at_once: int
    stream: bool = False
    scenes: tuple[int, ...] = ()
    rule: str = ""
    fault: str = ""
    reply: str = ""
    outcome: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float | None = None
    request: dict[str, Any] = field(default_factory=dict, repr=False)
    time: datetime = field(default_factory=lambda: datetime.now(UTC))
    _began: float = field(default_factory=perf_counter, repr=False)

    def end(self, outcome: str) -> None:
        """The call is over."""
        self.outcome = outcome
        self.seconds = perf_counter() - self._began

    def line(self) -> str:
        """The call for the log, without prompt and reply."""
        latency = None if self.seconds is None else round(self.seconds * 1000, 1)
        return json.dumps(
            {
                "time": self.time.isoformat(timespec="milliseconds"),
                "call": self.number,
                "model": self.model,
                "scenes": self.scenes,
                "rule": self.rule,
                "fault": self.fault,
                "outcome": self.outcome,
                "stream": self.stream,
                "prompt_tokens": self.prompt_tokens,
                "completion_tokens": self.completion_tokens,
                "latency_ms": latency,
                "at_once": self.at_once,
            },
            ensure_ascii=False,
        )


class Calls:
    """All calls so far; read from any thread. `log` is given each as a line of JSON when it is over."""

    def __init__(self, log: Callable[[str], object] | None = None) -> None:
        self._all: list[Call] = []
        self._under_way = 0
        self._lock = threading.Lock()
        self._log = log

    def begin(self, model: str, prompt: str, request: dict[str, Any]) -> Call:
        """A call has arrived."""
        with self._lock:
            self._under_way += 1
            stream = bool(request.get("stream"))
            call = Call(len(self._all) + 1, model, prompt, self._under_way, stream=stream, request=request)
            self._all.append(call)
        return call

    def end(self, call: Call, outcome: str) -> None:
        """It is over; it ends once."""
        with self._lock:
            if call.seconds is not None:
                return
            self._under_way -= 1
            call.end(outcome)
            if self._log is not None:
                self._log(call.line())

    @property
    def all(self) -> tuple[Call, ...]:
        """In the order of their arrival."""
        with self._lock:
            return tuple(self._all)
