"""`dramatis`: the commands, and what a failure looks like."""

import sys

import httpx
import typer
from rich.console import Console

from chassis.errors import Problem
from dramatis import api, production, waiting
from dramatis.commands import connection, events, make_pictures, stack, trace
from dramatis.migrations import MigrationFailed, MigrationsMissing
from dramatis.servers.process import StartFailed
from dramatis.stack import FolderInUse
from dramatis.stack.local import PortTaken

EXPECTED = (
    Problem,
    api.ApiProblem,
    api.ServerAway,
    connection.NotRunning,
    connection.TokenNeeded,
    events.NatsAway,
    FolderInUse,
    httpx.HTTPError,
    make_pictures.ExamplesMissing,
    MigrationFailed,
    MigrationsMissing,
    PortTaken,
    production.RunFailed,
    production.StyleNeeded,
    StartFailed,
    trace.TraceNotFound,
    waiting.TookTooLong,
)
"""Failures that a person can do something about; anything else is a bug and shows where."""

app = typer.Typer(
    help="The art department of a film, comic or short-drama project.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
app.command()(stack.up)
app.command()(stack.down)
app.command()(stack.status)
app.command()(make_pictures.demo)
app.command()(make_pictures.run)
app.command()(stack.token)
app.command()(trace.trace)
app.command()(events.events)
app.add_typer(events.dlq, name="dlq")


def main() -> None:
    """Run the command line; a failure that was to be expected is one line, and exit code 1."""
    try:
        app()
    except EXPECTED as failure:
        Console(stderr=True).print(f"[bold red]dramatis:[/] {failure}", highlight=False, soft_wrap=True)
        sys.exit(1)
