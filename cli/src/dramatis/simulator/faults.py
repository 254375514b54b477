"""What can go wrong with a reply, when it does, and what it does to the text."""

import json
import math
import re
from dataclasses import dataclass
from random import Random

HANG, TRUNCATED, FENCED, REFUSAL, EMPTY = "hang", "truncated", "fenced", "refusal", "empty"
WRONG_KEYS, BROKEN, SLOW, DROPPED = "wrong-keys", "broken", "slow", "dropped"
NAMES = (HANG, TRUNCATED, FENCED, REFUSAL, EMPTY, WRONG_KEYS, BROKEN, SLOW, DROPPED)

_FAULT = re.compile(r"(?P<name>[a-z-]+|[45]\d\d)(?:=(?P<value>\d+(?:\.\d+)?))?")
_CALLS = re.compile(r"\d+(?:-\d*)?(?:,\d+(?:-\d*)?)*")
_RATE = re.compile(r"(\d+(?:\.\d+)?)%")
_WRONG_KEYS = {
    "characters": "cast",
    "locations": "places",
    "props": "objects",
    "name": "characterName",
    "aliases": "alsoKnownAs",
    "description": "visualDescription",
    "scenes": "sceneNumbers",
    "evidence": "receipts",
}
_REFUSAL = "I'm sorry, but I can't help with analysing this script."


class FaultInvalid(ValueError):
    """A fault is not written as one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`name` is one of `NAMES` or an HTTP status; `value` is seconds, or the part of the text that is left."""

    name: str
    value: float | None = None

    @classmethod
    def parse(cls, text: str) -> "Fault":
        """Read `429`, `429=2` (seconds of Retry-After), `hang`, `hang=5`, `truncated=0.5`, …; raises `FaultInvalid`."""
        match = _FAULT.fullmatch(text.strip())
        if match is None or not (match["name"].isdecimal() or match["name"] in NAMES):
            raise FaultInvalid(f"{text!r} is no fault: give a status from 400 to 599, or one of {', '.join(NAMES)}")
        return cls(match["name"], None if match["value"] is None else float(match["value"]))

    @property
    def status(self) -> int | None:
        """The HTTP status it answers with, when that is all it answers."""
        return int(self.name) if self.name.isdecimal() else None


@dataclass(frozen=True, slots=True)
class When:
    """At which calls, counted from 1: those in one of the ranges, or so many of all, drawn by the seed."""

    ranges: tuple[tuple[int, float], ...] = ((1, math.inf),)
    rate: float = 1.0

    @classmethod
    def parse(cls, text: str) -> "When":
        """Read `2`, `1,3-5`, `4-` or `10%`; raises `FaultInvalid`."""
        if (rate := _RATE.fullmatch(text)) and float(rate[1]) <= 100:
            return cls(rate=float(rate[1]) / 100)
        if not _CALLS.fullmatch(text):
            raise FaultInvalid(f"{text!r} names no calls: give numbers such as 2 or 1,3-5 or 4-, or a rate such as 10%")
        return cls(tuple(_range(part) for part in text.split(",")))

    def holds(self, number: int, draw: str) -> bool:
        """Whether call `number` is meant; `draw` tells one decision by lot from another."""
        if not any(first <= number <= last for first, last in self.ranges):
            return False
        return self.rate >= 1 or Random(f"{draw}/{number}").random() < self.rate  # noqa: S311 - no secret is drawn


@dataclass(frozen=True, slots=True)
class FaultWhen:
    """A fault, and the calls that it happens to."""

    fault: Fault
    when: When = When()

    @classmethod
    def parse(cls, text: str) -> "FaultWhen":
        """Read `FAULT`, `FAULT@CALLS` or `FAULT@RATE%`, as in `429=1@1,3-5`; raises `FaultInvalid`."""
        fault, at, when = text.strip().partition("@")
        return cls(Fault.parse(fault), When.parse(when) if at else When())


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says: `finish` is `stop` or `length`, `refused` where it declines."""

    text: str
    finish: str = "stop"
    refused: bool = False


def spoiled(text: str, fault: Fault | None) -> Answer:
    """The answer, as the fault leaves it; faults of the transport leave it whole."""
    name = fault.name if fault else ""
    if name == TRUNCATED:
        left = fault.value if fault and fault.value is not None else 0.6
        return Answer(text[: int(len(text) * left)], finish="length")
    if name == REFUSAL:
        return Answer(_REFUSAL, refused=True)
    return Answer(_SPOILERS[name](text) if name in _SPOILERS else text)


def _range(text: str) -> tuple[int, float]:
    first, dash, last = text.partition("-")
    return int(first), (int(last) if last else math.inf) if dash else int(first)


def _with_wrong_keys(text: str) -> str:
    for right, wrong in _WRONG_KEYS.items():
        text = re.sub(rf'"{right}"(\s*:)', rf'"{wrong}"\1', text)
    return text


def _broken(text: str) -> str:
    """JSON as models get it wrong: a comment, commas before closing brackets, Python's literals, no end."""
    text = re.sub(r"(?<=[\]}\"\d])(\s*)([\]}])", r",\1\2", text)
    text = re.sub(r"\bnull\b", "None", text)
    try:
        json.loads(text)
    except ValueError:
        return f"// the breakdown\n{text}"
    return f"// the breakdown\n{text},"


def _fenced(text: str) -> str:
    return f"Here is the breakdown you asked for:\n\n```json\n{text}\n```\n\nLet me know if more is needed."


def _empty(_: str) -> str:
    return ""


_SPOILERS = {FENCED: _fenced, EMPTY: _empty, WRONG_KEYS: _with_wrong_keys, BROKEN: _broken}
