"""What becomes of a message, decided in one table.

done → ack · retryable problem or outage → nak with the backoff's delay · any other problem, and a value that cannot be
stored → dead letter · an unexpected exception → nak until `MAX_DELIVER` deliveries, then dead letter.
"""

import math
from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal, TypeAlias

from chassis.errors import CrashLoop, Unavailable, ValueUnstorable, kind_of, plain, title_of
from chassis.faults import is_outage, is_unstorable

BACKOFF_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
MAX_DELIVER = 8
LONGEST_DELAY_SECONDS = 3600.0
CRASH_LOOP_DELIVERIES = 100
REMEMBERED_SURVIVORS = 10_000


@dataclass(frozen=True, slots=True)
class Done:
    """The effect is committed: ack."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again after `delay` seconds: nak with the delay."""

    delay: float


@dataclass(frozen=True, slots=True)
class Dead:
    """Keep the message in the dead-letter stream with `code` and `reason`, then terminate it."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody else works on it: say nothing. Should they die, it is delivered again after `ack_wait`."""


Outcome: TypeAlias = Done | Retry | Dead | Left
Blame: TypeAlias = Literal["outage", "problem", "bug"]


def backoff(deliveries: int) -> float:
    """Seconds to wait after the `deliveries`-th delivery (counted from 1) failed."""
    return BACKOFF_SECONDS[min(max(deliveries, 1), len(BACKOFF_SECONDS)) - 1]


def delay_of(error: BaseException, tries: int) -> float:
    """Seconds to wait after the `tries`-th failure: the error's own `retry_after` where it has a sane one."""
    asked = getattr(error, "retry_after", None)
    if isinstance(asked, int | float) and math.isfinite(asked) and asked >= 0:
        return min(float(asked), LONGEST_DELAY_SECONDS)
    return backoff(tries)


def blame(error: BaseException) -> Blame:
    """Whether an error is an outage (retry for ever), a problem (never retry) or a bug (retry a few times)."""
    kind = kind_of(error)
    if kind is not None:
        return "outage" if kind.retryable else "problem"
    if is_outage(error):
        return "outage"
    return "problem" if is_unstorable(error) else "bug"


def outcome_of(error: BaseException, deliveries: int) -> Outcome:
    """Outcome of a message whose handling raised `error` on its `deliveries`-th delivery."""
    match blame(error):
        case "outage":
            return Retry(delay_of(error, deliveries))
        case "problem":
            return Dead(code_of(error), plain(str(error)) or title_of(type(error)))
        case "bug" if deliveries < MAX_DELIVER:
            return Retry(backoff(deliveries))
        case "bug":
            return Dead("unexpected-error", describe(error))


class CrashLoops:
    """Finds the messages of one consumer whose every delivery ended with the process.

    A message that waits for the end of a long outage is delivered as often; this process has seen it survive.
    """

    def __init__(self) -> None:
        self._survivors: OrderedDict[int, None] = OrderedDict()

    def survived(self, sequence: int) -> None:
        """The message with this number in its stream had an outcome, and will come again."""
        self._survivors[sequence] = None
        self._survivors.move_to_end(sequence)
        if len(self._survivors) > REMEMBERED_SURVIVORS:
            self._survivors.popitem(last=False)

    def found(self, sequence: int, deliveries: int) -> Dead | None:
        """Dead letter for a message that was delivered too often without an outcome; None below the bound."""
        if deliveries <= CRASH_LOOP_DELIVERIES or sequence in self._survivors:
            return None
        return Dead(CrashLoop.code, f"delivered {deliveries} times without an outcome")


def code_of(error: BaseException) -> str:
    """Stable code of a problem; `unexpected-error` for anything else."""
    if kind_of(error) is not None:
        return str(type(error).code)  # type: ignore[attr-defined] # kind_of has seen the attribute
    if is_outage(error):
        return Unavailable.code
    return ValueUnstorable.code if is_unstorable(error) else "unexpected-error"


def describe(error: BaseException) -> str:
    """Class and message on one line, at most 500 characters."""
    return plain(f"{type(error).__name__}: {error}".replace("\n", " "))[:500]
