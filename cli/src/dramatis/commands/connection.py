"""Which server a command talks to: the one named, or the local stack of the data folder."""

import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from dramatis.stack.state import DEFAULT_DATA_DIR, StackState, read_state

DataDir = Annotated[
    Path,
    typer.Option("--data-dir", help="Data folder of the local stack.", envvar="DRAMATIS_DATA_DIR", file_okay=False),
]
Url = Annotated[
    str | None, typer.Option("--url", help="Origin of a server; otherwise the local stack.", envvar="DRAMATIS_URL")
]
Token = Annotated[str | None, typer.Option("--token", help="Bearer token for --url.", envvar="DRAMATIS_TOKEN")]
NatsUrl = Annotated[
    str | None,
    typer.Option(
        "--nats",
        help="nats://user:password@host:port of an operator; otherwise the local stack's.",
        envvar="DRAMATIS_NATS",
    ),
]

DATA_DIR = DEFAULT_DATA_DIR


class NotRunning(Exception):
    """There is no local stack to talk to."""


@dataclass(frozen=True, slots=True)
class Server:
    """A Dramatis server as a client reaches it; `otlp_endpoint` and `traces_url` are empty where it is not local."""

    origin: str
    token: str
    otlp_endpoint: str = ""
    traces_url: str = ""


def running_stack(folder: Path, instead: str = "") -> StackState:
    """State of the stack in a data folder; raises `NotRunning`, which tells of the option to use `instead`."""
    state = read_state(folder)
    if state is not None and state.parent.process() is not None:
        if state.ready:
            return state
        raise NotRunning(f"the stack in {folder.absolute()} is still starting: try again in a moment")
    remedies = [f"start one with `{command('up --detach', folder)}`", "name its folder with --data-dir", instead]
    raise NotRunning(f"no stack runs in {folder.absolute()}: {', or '.join(filter(None, remedies))}")


def is_running(folder: Path) -> bool:
    """Whether a stack in this folder is ready."""
    state = read_state(folder)
    return state is not None and state.ready and state.parent.process() is not None


def command(words: str, folder: Path) -> str:
    """A command line for the stack in `folder`, to be copied; called as this one was where it is not on the path."""
    called = Path(sys.argv[0])
    by_path = called.name == "dramatis" and len(called.parts) > 1 and shutil.which("dramatis") is None
    place = "" if folder == DATA_DIR else f" --data-dir {shlex.quote(str(folder))}"
    return f"{called if by_path else 'dramatis'} {words}{place}"


def server(folder: Path, url: str | None, token: str | None) -> Server:
    """The server to talk to; raises `NotRunning` or `BadParameter`."""
    if url is None:
        state = running_stack(folder, "name a server with --url")
        return Server(state.origin, token or state.token, state.otlp_endpoint, state.traces_url)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise typer.BadParameter(f"{url!r} is no origin such as http://127.0.0.1:8000", param_hint="--url")
    if not token:
        raise typer.BadParameter("the server of --url needs one; DRAMATIS_TOKEN does as well", param_hint="--token")
    return Server(url, token)
