"""The local stack: every server and service of Dramatis on this machine, below one data folder.

    stack = LocalStack(Path(".dramatis"), report=print)
    stack.run()                     # in the foreground until Ctrl-C or SIGTERM

    with LocalStack(folder) as stack:                      # in a program: up on entry, down on exit
        stack.state.origin                                 # "http://127.0.0.1:8000"
        stack.kill("imagegen"); stack.start("imagegen")    # or stack.restart("imagegen"); servers too

    read_state(folder)              # what another process started, or None
    stop_stack(folder)              # end it, whoever started it
    make_token(secret, workspace_id, role="editor", subject="ada")

Everything blocks; from a coroutine call it through `asyncio.to_thread`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dramatis.stack.local import LocalStack, StackOptions
    from dramatis.stack.lock import FolderInUse
    from dramatis.stack.service import ServiceSpec
    from dramatis.stack.state import DEFAULT_DATA_DIR, StackState, read_state
    from dramatis.stack.stopping import stop_stack
    from dramatis.tokens import make_token

__all__ = [
    "DEFAULT_DATA_DIR",
    "FolderInUse",
    "LocalStack",
    "ServiceSpec",
    "StackOptions",
    "StackState",
    "make_token",
    "read_state",
    "stop_stack",
]

_HOMES = {
    "DEFAULT_DATA_DIR": "dramatis.stack.state",
    "FolderInUse": "dramatis.stack.lock",
    "LocalStack": "dramatis.stack.local",
    "ServiceSpec": "dramatis.stack.service",
    "StackOptions": "dramatis.stack.local",
    "StackState": "dramatis.stack.state",
    "make_token": "dramatis.tokens",
    "read_state": "dramatis.stack.state",
    "stop_stack": "dramatis.stack.stopping",
}


def __getattr__(name: str) -> Any:
    """Import a part when it is asked for: reading what runs must not cost the imports of starting it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
