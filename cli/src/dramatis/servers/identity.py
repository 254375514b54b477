"""Who a process is, beyond its number, so that a recycled pid is never signalled."""

import contextlib
import signal
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import psutil

# Two readings of one process may differ by the clock's adjustment; a recycled pid is younger than this by far.
_CREATED_TOLERANCE_S = 1.0
_POLL_S = 0.005


@dataclass(frozen=True, slots=True)
class Identity:
    """A process that was started here: its pid together with its start time (seconds since the epoch).

    `stage` orders an orderly stop: higher stages are asked to end first. `leftovers` are files that it leaves behind.
    """

    name: str
    pid: int
    created: float
    stop_signal: int = signal.SIGTERM
    stage: int = 0
    leftovers: tuple[str, ...] = ()

    def process(self) -> psutil.Process | None:
        """The running process, or None when it ended or its pid belongs to somebody else by now."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < _CREATED_TOLERANCE_S
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `as_dict`."""
        return cls(**values | {"leftovers": tuple(values.get("leftovers", ()))})

    def clean_up(self) -> None:
        """Remove what it left behind."""
        for path in self.leftovers:
            with contextlib.suppress(OSError):
                Path(path).unlink(missing_ok=True)


def tree_of(process: psutil.Process) -> list[psutil.Process]:
    """The process and all its descendants, parents first."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return [process, *process.children(recursive=True)]
    return [process]


def wait_gone(processes: Iterable[psutil.Process], timeout: float) -> None:
    """Wait until all have ended, or `timeout` seconds. A zombie has ended; its parent may take its time to notice."""
    deadline = time.monotonic() + timeout
    left = [process for process in processes if _alive(process)]
    while left and time.monotonic() < deadline:
        time.sleep(_POLL_S)
        left = [process for process in left if _alive(process)]


def _alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def kill_all(processes: Iterable[psutil.Process], timeout: float = 5.0) -> None:
    """Kill exactly these processes and wait until they are gone; psutil checks each one's start time."""
    victims = list(processes)
    for victim in victims:
        with contextlib.suppress(psutil.NoSuchProcess):
            victim.kill()
    wait_gone(victims, timeout)


def stop_identities(identities: Sequence[Identity], grace: float = 8.0) -> list[Identity]:
    """Stop those that still run, highest stage first, each stage together; kill what outlives `grace` seconds.

    Returns the ones that were found running.
    """
    stopped: list[Identity] = []
    for stage in sorted({identity.stage for identity in identities}, reverse=True):
        members = [identity for identity in identities if identity.stage == stage]
        running = [(identity, process) for identity in members if (process := identity.process()) is not None]
        trees = [member for _, process in running for member in tree_of(process)]
        for identity, process in running:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(identity.stop_signal)
        wait_gone([process for _, process in running], grace)
        kill_all(trees)
        for identity, _ in running:
            identity.clean_up()
        stopped += [identity for identity, _ in running]
    return stopped
