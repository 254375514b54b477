"""Waiting for what other services do in their own time."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

T = TypeVar("T")

POLL_S = 0.2


class TookTooLong(Exception):
    """What was waited for did not happen in time."""


def wait_for(
    look: Callable[[], T | None], what: str, seconds: float, stalled: Callable[[], object] = lambda: None
) -> T:
    """Look until there is something to see; `seconds` count anew whenever `stalled` returns something else.

    A look that takes long is repeated less often. Raises `TookTooLong` naming `what`.
    """
    seen = stalled()
    deadline = monotonic() + seconds
    while True:
        started = monotonic()
        if (found := look()) is not None:
            return found
        looked = monotonic()
        if (now := stalled()) != seen:
            seen, deadline = now, looked + seconds
        if looked > deadline:
            raise TookTooLong(f"{what}: no progress for {seconds:.0f} s")
        sleep(max(POLL_S, looked - started))
