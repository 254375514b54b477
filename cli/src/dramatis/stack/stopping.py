"""End a stack that another process started."""

import signal
from pathlib import Path

from dramatis.servers.identity import stop_identities, wait_gone
from dramatis.stack.lock import FolderInUse, FolderLock
from dramatis.stack.state import read_state, write_state

_TIMEOUT_S = 60.0


def stop_stack(folder: Path) -> list[str]:
    """Ask the parent to stop its stack and wait for it; without a parent, stop what it left behind.

    Returns the names of the processes that ran. Raises `FolderInUse` when the parent does not end.
    """
    state = read_state(folder)
    if state is None:
        return []
    running = [name for name, runs in state.running().items() if runs]
    lock = FolderLock(folder)
    try:
        lock.acquire()
    except FolderInUse:
        parent = state.parent.process()
        if parent is not None:
            parent.send_signal(signal.SIGTERM)
            wait_gone([parent], _TIMEOUT_S)
        lock.acquire()
    with lock:
        stop_identities(state.processes)
        write_state(folder, state.model_copy(update={"ready": False, "processes": []}))
    return running
