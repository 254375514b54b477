"""A stack that outlives the command that started it."""

import subprocess
import sys
from pathlib import Path

from dramatis.stack.folder import open_folder
from dramatis.stack.state import StackState, read_state
from dramatis.waiting import wait_for

_START_S = 180.0
_STOP_S = 60.0
_PREFIX = "dramatis: "
_LOG_LINES = 12


class StackNotStarted(Exception):
    """The stack ended before it was ready."""


def start_detached(folder: Path, port: int | None, *, split: bool = False) -> StackState:
    """The stack of this folder, started and ready; one that somebody else is starting is waited for.

    Raises `StackNotStarted`, or `TookTooLong` when nothing is heard of it for three minutes; what this call started is
    stopped again then, and when it is interrupted.
    """
    if _starting(folder):
        return wait_for(lambda: _ready(folder), "the stack that another process is starting", _START_S)
    open_folder(folder)
    log = folder / "up.log"
    parent = _spawn(folder, log, port, split=split)

    def ready() -> StackState | None:
        if parent.poll() is not None:
            raise StackNotStarted(reason_in(log))
        return _ready(folder, parent.pid)

    try:
        return wait_for(ready, "the stack starting", _START_S, lambda: log.stat().st_size)
    except BaseException:
        parent.terminate()
        parent.wait(_STOP_S)
        raise


def _spawn(folder: Path, log: Path, port: int | None, *, split: bool) -> "subprocess.Popen[bytes]":
    options = ["--data-dir", str(folder), *(["--port", str(port)] if port else []), *(["--split"] if split else [])]
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603 - this program, an argument list, no shell
            [sys.executable, "-m", "dramatis", "up", *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _starting(folder: Path) -> bool:
    state = read_state(folder)
    return state is not None and not state.ready and state.parent.process() is not None


def _ready(folder: Path, pid: int | None = None) -> StackState | None:
    state = read_state(folder)
    if state is None or not state.ready or state.parent.process() is None:
        return None
    return state if pid in (None, state.parent.pid) else None


def reason_in(log: Path) -> str:
    """What `dramatis up` said when it gave up, or the end of what it said."""
    lines = log.read_text(errors="replace").splitlines()
    for number, line in enumerate(lines):
        if line.startswith(_PREFIX):
            return "\n".join([line.removeprefix(_PREFIX), *lines[number + 1 :]])
    return "\n".join([f"the stack did not start; {log} says:", *lines[-_LOG_LINES:]])
