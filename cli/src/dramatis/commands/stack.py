"""`dramatis up`, `down`, `status`, `token`: the local stack."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

import typer
from rich.text import Text

from dramatis.commands.connection import DATA_DIR, DataDir, command, is_running, running_stack
from dramatis.commands.output import out, say
from dramatis.stack.state import StackState, read_state

NOT_RUNNING = 3

Port = Annotated[
    int | None, typer.Option("--port", min=1, max=65_535, help="Port of the origin; 8000 or any free one otherwise.")
]
Role = Literal["owner", "editor", "viewer"]


def up(
    data_dir: DataDir = DATA_DIR,
    port: Port = None,
    *,
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Return when everything is ready.")] = False,
    split: Annotated[bool, typer.Option("--split", help="api, worker and relay as processes of their own.")] = False,
) -> None:
    """Start the local stack: servers, migrations, the four services. Ctrl-C stops it."""
    if not detach:
        from dramatis.stack.local import LocalStack, StackOptions

        LocalStack(data_dir, StackOptions(port=port, split=split), say).run()
    elif is_running(data_dir):
        say(f"already running at {running_stack(data_dir).origin}")
    else:
        from dramatis.commands.detached import start_detached

        state = start_detached(data_dir, port, split=split)
        say(f"running at {state.origin}; `{command('down', data_dir)}` stops it")


def down(data_dir: DataDir = DATA_DIR) -> None:
    """Stop what `up` started, and only that."""
    from dramatis.stack.stopping import stop_stack

    stopped = stop_stack(data_dir)
    say(f"stopped {', '.join(stopped)}" if stopped else f"nothing runs in {data_dir.absolute()}")


def status(
    data_dir: DataDir = DATA_DIR, *, json: Annotated[bool, typer.Option("--json", help="For programs.")] = False
) -> None:
    """What is running, and where. Exits with 3 when it is not everything."""
    state = read_state(data_dir)
    well = state is not None and state.ready and state.parent.process() is not None and all(state.running().values())
    if json:
        out.print_json(data=_facts(state, ready=well))
    else:
        _print_status(state, data_dir)
    raise typer.Exit(0 if well else NOT_RUNNING)


def token(
    data_dir: DataDir = DATA_DIR,
    workspace: Annotated[UUID | None, typer.Option(help="Workspace; the stack's own otherwise.")] = None,
    role: Annotated[Role, typer.Option(help="What it allows.")] = "owner",
    subject: Annotated[str, typer.Option(help="Who it is for.")] = "local",
    hours: Annotated[float, typer.Option(min=0.01, max=87_600, help="How long it is good for.")] = 24.0,
) -> None:
    """Print a token for the local stack."""
    from dramatis.tokens import make_token

    state = running_stack(data_dir)
    assert state.workspace_id is not None, "a ready stack has a workspace"
    life = timedelta(hours=hours)
    typer.echo(make_token(state.jwt_secret, workspace or state.workspace_id, role=role, subject=subject, ttl=life))


def _facts(state: StackState | None, *, ready: bool) -> dict[str, object]:
    """What `status --json` prints: no password, no token."""
    if state is None:
        return {"ready": False, "processes": {}}
    return {
        "ready": ready,
        "origin": state.origin,
        "version": state.version,
        "services": state.services,
        "traces_url": state.traces_url,
        "workspace_id": state.workspace_id and str(state.workspace_id),
        "logs": str(state.logs),
        "parent": {"pid": state.parent.pid, "running": state.parent.process() is not None},
        "processes": {one.name: {"pid": one.pid, "running": one.process() is not None} for one in state.processes},
    }


def _print_status(state: StackState | None, folder: Path) -> None:
    if state is None or not state.processes:
        say(f"nothing runs in {folder.absolute()}; `{command('up --detach', folder)}` starts it")
        return
    for identity in state.processes:
        running = identity.process() is not None
        word = ("running", "green") if running else ("ended", "bold red")
        say(Text.assemble(f"{identity.name:18} {identity.pid:>8}  ", word))
    if state.parent.process() is None:
        say(f"the process that looked after them has ended; `{command('up --detach', folder)}` starts all anew")
    elif not state.ready:
        say("still starting")
    for name, place in (("origin", state.origin), ("traces", state.traces_url), ("logs", str(state.logs))):
        if place:
            say(f"{name:18} {place}")
