"""`dramatis`: the commands, and what a failure looks like."""

import sys
from importlib import import_module
from typing import Annotated, NamedTuple

import typer

from dramatis.commands import breakdowns, events, make_pictures, simulate, stack, trace
from dramatis.commands.output import fail

NOT_RUNNING = 3


class Expected(NamedTuple):
    """A failure that a person can do something about: the exit code, and what to do where its words leave that open."""

    code: int = 1
    hint: str = ""


EXPECTED = {
    "builtins:OSError": Expected(),
    "chassis.errors:Problem": Expected(),
    "dramatis.api:ApiProblem": Expected(),
    "dramatis.api:NotDramatis": Expected(hint="check the address"),
    "dramatis.api:ServerAway": Expected(hint="check the address, and that the server is up"),
    "dramatis.commands.bus:NatsAway": Expected(),
    "dramatis.commands.connection:NotRunning": Expected(NOT_RUNNING),
    "dramatis.commands.detached:StackNotStarted": Expected(),
    "dramatis.commands.make_pictures:ExamplesMissing": Expected(),
    "dramatis.commands.trace:TraceNotFound": Expected(),
    "dramatis.migrations:MigrationFailed": Expected(),
    "dramatis.migrations:MigrationsMissing": Expected(hint="run `make setup`"),
    "dramatis.production:RunFailed": Expected(),
    "dramatis.production:StyleNeeded": Expected(),
    "dramatis.reading:ModelNotConfigured": Expected(),
    "dramatis.servers.executables:ProgramMissing": Expected(hint="run `make setup`"),
    "dramatis.servers.os_user:NoOsUser": Expected(hint="run it as an ordinary user"),
    "dramatis.servers.ports:NoFreePort": Expected(),
    "dramatis.servers.postgres:InitdbFailed": Expected(),
    "dramatis.servers.process:StartFailed": Expected(),
    "dramatis.simulator.reading:ScriptUnreadable": Expected(),
    "dramatis.simulator.rules:RulesInvalid": Expected(),
    "dramatis.simulator.serving:AddressTaken": Expected(
        hint="name another, or leave --port out to have a free one chosen"
    ),
    "dramatis.stack.local:PortTaken": Expected(hint="name another, or leave --port out to have a free one chosen"),
    "dramatis.stack.lock:FolderInUse": Expected(),
    "dramatis.waiting:TookTooLong": Expected(hint="`dramatis status` tells what runs, and where the logs are"),
    "httpx:HTTPError": Expected(hint="check the address, and that the server is up"),
}
"""By module and class, so that nothing is imported for it. Anything else is a bug, and shows where."""

app = typer.Typer(
    help="The art department of a film, comic or short-drama project.",
    pretty_exceptions_show_locals=False,
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """The art department of a film, comic or short-drama project."""
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"dramatis {version_of('dramatis-cli')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


app.command()(stack.up)
app.command()(stack.down)
app.command()(stack.status)
app.command()(make_pictures.demo)
app.command()(make_pictures.run)
app.command()(breakdowns.read)
app.command()(breakdowns.salvage)
app.command()(stack.token)
app.command()(trace.trace)
app.command()(events.events)
app.add_typer(events.dlq, name="dlq")
app.add_typer(simulate.simulate, name="simulate")


def main() -> None:
    """Run the command line. A failure that was to be expected is told in one line, and by the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a name in another script must not end a command
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except typer.TyperException as misuse:
        command = getattr(getattr(misuse, "ctx", None), "command_path", "dramatis")
        if words := misuse.format_message().replace(" Value error, ", " ").rstrip("."):  # none: the help is shown
            fail(f"{words}; `{command} --help` tells more")
        sys.exit(misuse.exit_code)
    except Exception as failure:
        found = expected(failure)
        if found is None:
            raise
        fail(*told(failure, found.hint))
        sys.exit(found.code)


def expected(failure: Exception) -> Expected | None:
    """What is to be done about a failure; None for a bug. Only modules that are loaded can have raised it."""
    for name, found in EXPECTED.items():
        module, _, title = name.partition(":")
        if module in sys.modules and isinstance(failure, getattr(import_module(module), title)):
            return found
    return None


def told(failure: Exception, hint: str) -> tuple[str, str]:
    """A failure on one line with what to do, and the lines of a log that came with it."""
    if isinstance(failure, OSError) and failure.strerror:
        line, rest = ": ".join(filter(None, (failure.strerror, str(failure.filename or "")))), ""
    else:
        line, _, rest = str(failure).strip().partition("\n")
    return (f"{line}; {hint}" if hint else line), rest
