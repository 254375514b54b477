"""Which server a command talks to: the one named, or the local stack of the data folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer

from dramatis.servers.nats import OPERATOR
from dramatis.stack import DEFAULT_DATA_DIR, StackState, read_state

DataDir = Annotated[
    Path, typer.Option("--data-dir", help="Data folder of the local stack.", envvar="DRAMATIS_DATA_DIR")
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


class TokenNeeded(Exception):
    """A server was named without a token for it."""


@dataclass(frozen=True, slots=True)
class Server:
    """A Dramatis server as a client reaches it; `otlp_endpoint` is empty for one that is not local."""

    origin: str
    token: str
    otlp_endpoint: str = ""
    traces_url: str = ""


@dataclass(frozen=True, slots=True)
class Bus:
    """NATS as an operator reaches it."""

    url: str
    user: str
    password: str


def running_stack(folder: Path) -> StackState:
    """State of the stack in a data folder; raises `NotRunning`."""
    state = read_state(folder)
    if state is None or not state.ready or state.parent.process() is None:
        raise NotRunning(
            f"no stack runs in {folder}; start one with `dramatis up --detach`, or name a server with --url"
        )
    return state


def server(folder: Path, url: str | None, token: str | None) -> Server:
    """The server to talk to; raises `NotRunning` or `TokenNeeded`."""
    if url is not None:
        if not token:
            raise TokenNeeded("give --token, or set DRAMATIS_TOKEN, for the server of --url")
        return Server(url, token)
    state = running_stack(folder)
    return Server(state.origin, token or state.token, state.otlp_endpoint, state.traces_url)


def bus(folder: Path, url: str | None) -> Bus:
    """The NATS server to talk to; raises `NotRunning`."""
    if url is not None:
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.hostname}:{parts.port or 4222}"
        return Bus(address, unquote(parts.username or ""), unquote(parts.password or ""))
    nats = running_stack(folder).nats
    assert nats is not None, "a ready stack has NATS"
    return Bus(nats.url, OPERATOR, nats.passwords[OPERATOR])
