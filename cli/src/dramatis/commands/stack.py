"""`dramatis up`, `down`, `status`, `token`: the local stack."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from dramatis.commands.connection import DATA_DIR, DataDir, running_stack
from dramatis.servers.process import StartFailed
from dramatis.stack import LocalStack, StackOptions, StackState, make_token, read_state, stop_stack
from dramatis.waiting import wait_for

NOT_RUNNING = 3
_START_S = 180.0

Port = Annotated[int | None, typer.Option("--port", help="Port of the origin; 8000 or any free one otherwise.")]

console = Console()


def up(
    data_dir: DataDir = DATA_DIR,
    port: Port = None,
    *,
    detach: Annotated[bool, typer.Option("--detach", help="Return when everything is ready.")] = False,
    split: Annotated[bool, typer.Option("--split", help="api, worker and relay as processes of their own.")] = False,
) -> None:
    """Start the local stack: servers, migrations, the four services."""
    if not detach:
        LocalStack(data_dir, StackOptions(port=port, split=split), console.print).run()
        return
    if is_running(data_dir):
        console.print(f"already running at {running_stack(data_dir).origin}")
        return
    state = start_detached(data_dir, port, split=split)
    console.print(f"running at {state.origin}; `dramatis down --data-dir {data_dir}` stops it")


def down(data_dir: DataDir = DATA_DIR) -> None:
    """Stop what `up` started, and only that."""
    stopped = stop_stack(data_dir)
    console.print(f"stopped {', '.join(stopped)}" if stopped else f"nothing runs in {data_dir}")


def status(
    data_dir: DataDir = DATA_DIR, *, json: Annotated[bool, typer.Option("--json", help="For programs.")] = False
) -> None:
    """What is running, and where. Exits with 3 when it is not everything."""
    state = read_state(data_dir)
    well = state is not None and state.ready and state.parent.process() is not None and all(state.running().values())
    if json:
        console.print_json(data=_facts(state, ready=well))
    else:
        _print_status(state, data_dir)
    raise typer.Exit(0 if well else NOT_RUNNING)


def token(
    data_dir: DataDir = DATA_DIR,
    workspace: Annotated[UUID | None, typer.Option(help="Workspace; the stack's own otherwise.")] = None,
    role: Annotated[str, typer.Option(help="owner, editor or viewer.")] = "owner",
    subject: Annotated[str, typer.Option(help="Who it is for.")] = "local",
    hours: Annotated[float, typer.Option(min=0.01, help="How long it is good for.")] = 24.0,
) -> None:
    """Print a token for the local stack."""
    if role not in {"owner", "editor", "viewer"}:
        raise typer.BadParameter("owner, editor or viewer", param_hint="--role")
    state = running_stack(data_dir)
    assert state.workspace_id is not None, "a ready stack has a workspace"
    life = timedelta(hours=hours)
    typer.echo(make_token(state.jwt_secret, workspace or state.workspace_id, role=role, subject=subject, ttl=life))


def is_running(folder: Path) -> bool:
    """Whether a stack in this folder is ready."""
    state = read_state(folder)
    return state is not None and state.ready and state.parent.process() is not None


def start_detached(folder: Path, port: int | None, *, split: bool = False) -> StackState:
    """Start a stack that outlives this process, and wait until it is ready; raises `StartFailed`."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "up.log"
    options = ["--data-dir", str(folder), *(["--port", str(port)] if port else []), *(["--split"] if split else [])]
    with log.open("wb") as output:
        parent = subprocess.Popen(  # noqa: S603 - this program, an argument list, no shell
            [sys.executable, "-m", "dramatis", "up", *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def ready() -> StackState | None:
        if parent.poll() is not None:
            raise StartFailed(
                "the stack", "did not start:", "\n".join(log.read_text(errors="replace").splitlines()[-12:])
            )
        state = read_state(folder)
        return state if state is not None and state.ready and state.parent.pid == parent.pid else None

    return wait_for(ready, "the stack starting", _START_S)


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
        console.print(f"nothing runs in {folder}; `dramatis up` starts it")
        return
    table = Table(title=f"{state.origin}   traces {state.traces_url}   logs {state.logs}")
    for heading in ("process", "pid", "state"):
        table.add_column(heading)
    for identity in state.processes:
        running = identity.process() is not None
        table.add_row(identity.name, str(identity.pid), "[green]running[/]" if running else "[red]ended[/]")
    console.print(table)
