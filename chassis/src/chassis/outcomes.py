"""What becomes of a message, decided in one table.

done → ack · retryable problem or outage → nak with the backoff's delay · any other problem → dead letter ·
an unexpected exception → nak until `MAX_DELIVER` deliveries, then dead letter.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import asyncpg
import nats.errors

from chassis.errors import CrashLoop, kind_of, title_of

BACKOFF_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
MAX_DELIVER = 8
CRASH_LOOP_DELIVERIES = 100

OUTAGES: tuple[type[Exception], ...] = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    nats.errors.Error,
)


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


Outcome: TypeAlias = Done | Retry | Dead
Blame: TypeAlias = Literal["outage", "problem", "bug"]


def backoff(deliveries: int) -> float:
    """Seconds to wait after the `deliveries`-th delivery (counted from 1) failed."""
    return BACKOFF_SECONDS[min(max(deliveries, 1), len(BACKOFF_SECONDS)) - 1]


def blame(error: BaseException) -> Blame:
    """Whether an error is an outage (retry for ever), a problem (never retry) or a bug (retry a few times)."""
    kind = kind_of(error)
    if kind is not None:
        return "outage" if kind.retryable else "problem"
    return "outage" if isinstance(error, OUTAGES) else "bug"


def outcome_of(error: BaseException, deliveries: int) -> Outcome:
    """Outcome of a message whose handling raised `error` on its `deliveries`-th delivery."""
    delay = getattr(error, "retry_after", None)
    match blame(error):
        case "outage":
            return Retry(delay if isinstance(delay, float) else backoff(deliveries))
        case "problem":
            return Dead(code_of(error), str(error) or title_of(type(error)))
        case "bug" if deliveries < MAX_DELIVER:
            return Retry(backoff(deliveries))
        case "bug":
            return Dead("unexpected-error", describe(error))


def crash_loop(deliveries: int) -> Dead | None:
    """Dead letter for a message whose every delivery ended with the process; None below the bound."""
    if deliveries <= CRASH_LOOP_DELIVERIES:
        return None
    return Dead(CrashLoop.code, f"delivered {deliveries} times without an outcome")


def code_of(error: BaseException) -> str:
    """Stable code of a problem; `unexpected-error` for anything else."""
    code = getattr(type(error), "code", None)
    return code if isinstance(code, str) else "unexpected-error"


def describe(error: BaseException) -> str:
    """Class and message on one line, at most 500 characters."""
    return f"{type(error).__name__}: {error}".replace("\n", " ")[:500]
