"""`dramatis run` and `dramatis demo`: a script in, filed pictures out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from opentelemetry import trace
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from chassis.telemetry import current_trace_id, set_up_tracing, span, trace_headers
from dramatis.api import Api
from dramatis.commands.connection import DATA_DIR, DataDir, Server, Token, Url, running_stack, server
from dramatis.commands.stack import Port, is_running, start_detached
from dramatis.contact_sheet import SheetItem, contact_sheet
from dramatis.production import STAGES, Outcome, Production, Report

SCRIPT = "the-street-that-wasnt-there.fountain"
DEMO_PROJECT = "The Street That Wasn't There"
DEMO_STYLE = "ink and watercolour storybook, lamplight, fog, deep blue and amber"
KINDS = {"character": "characters", "location": "locations", "prop": "props"}

console = Console()


class ExamplesMissing(Exception):
    """The sample scripts are not beside this installation."""


def run(
    script: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="Fountain or plain text.")],
    project: Annotated[str, typer.Option(help="Project to file the assets in; made when it is new.")],
    style: Annotated[str | None, typer.Option(help="How the project looks; needed for a new project.")] = None,
    *,
    url: Url = None,
    token: Token = None,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Read a script, and draw and file every character, location and prop in it."""
    target = server(data_dir, url, token)
    outcome, trace_id = _produce(target, script, project, style)
    _print_outcome(outcome, trace_id, target)
    raise typer.Exit(1 if outcome.failed else 0)


def demo(
    data_dir: DataDir = DATA_DIR,
    port: Port = None,
    script: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Another script than ours.")] = None,
    style: Annotated[str, typer.Option(help="How it looks.")] = DEMO_STYLE,
) -> None:
    """Start the local stack, take a sample script all the way, and make a contact sheet."""
    started = monotonic()
    if not is_running(data_dir):
        with console.status("starting Postgres, NATS, S3 and the four services"):
            start_detached(data_dir, port)
    state = running_stack(data_dir)
    console.print(f"the stack is ready at {state.origin} after {monotonic() - started:.1f} s")
    script = script or _sample()
    project = DEMO_PROJECT if script.name == SCRIPT else script.stem
    target = server(data_dir, None, None)
    outcome, trace_id = _produce(target, script, project, style)
    sheet = _write_sheet(target, outcome, data_dir / "contact-sheet.png", project, style)
    _print_outcome(outcome, trace_id, target)
    console.print(f"contact sheet: [bold]{sheet}[/]")
    console.print(f"the stack keeps running, the trace is at {target.traces_url}/{trace_id}; `dramatis down` stops it")
    raise typer.Exit(1 if outcome.failed else 0)


def _sample() -> Path:
    path = Path(__file__).parents[4] / "examples" / SCRIPT
    if not path.is_file():
        raise ExamplesMissing("this installation has no examples folder: give a script with --script")
    return path


def _produce(target: Server, script: Path, project: str, style: str | None) -> tuple[Outcome, str]:
    """The whole way as one trace, with its progress on the screen."""
    provider = set_up_tracing("cli", target.otlp_endpoint)
    try:
        with span(f"run {script.name}", {"dramatis.project": project}, trace.SpanKind.CLIENT), _progress() as report:
            trace_id = current_trace_id() or ""
            with Api(target.origin, target.token, trace_headers) as api:
                return Production(api, report).produce(script, project, style), trace_id
    finally:
        provider.shutdown()


@contextmanager
def _progress() -> Iterator[Report]:
    columns = (TextColumn("{task.description:>14}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        bars = {stage: progress.add_task(stage, total=None, start=False) for stage in STAGES}

        def report(stage: str, done: int, total: int) -> None:
            progress.start_task(bars[stage])
            progress.update(bars[stage], completed=done, total=total)

        yield report


def _write_sheet(target: Server, outcome: Outcome, path: Path, title: str, style: str) -> Path:
    items = []
    with Api(target.origin, target.token, trace_headers) as api:
        for asset in outcome.assets:
            key = asset["image"]["localized_key"]
            content = b"" if key is None else api.download(api.get("localizer", f"/v1/objects/{key}/url")["url"])
            items.append(SheetItem(asset["name"], asset["type"], content))
    path.write_bytes(contact_sheet(items, title, style))
    return path


def _print_outcome(outcome: Outcome, trace_id: str, target: Server) -> None:
    table = Table(title=f"project {outcome.place.project_id}")
    for heading in ("type", "name", "scenes", "picture", "filed as"):
        table.add_column(heading, overflow="fold")
    for asset in sorted(outcome.assets, key=lambda one: (list(KINDS).index(one["type"]), one["name"])):
        image = asset["image"]
        picture = (
            f"{image['width']}x{image['height']}" if image["width"] else f"[red]{image['error'] or image['state']}[/]"
        )
        scenes = ", ".join(map(str, asset["scene_numbers"]))
        table.add_row(asset["type"], asset["name"], scenes, picture, image["localized_key"] or "")
    console.print(table)
    counts = ", ".join(f"{sum(one['type'] == kind for one in outcome.assets)} {KINDS[kind]}" for kind in KINDS)
    stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in outcome.seconds.items())
    console.print(f"{counts}; {sum(one['image']['state'] == 'localized' for one in outcome.assets)} pictures filed")
    console.print(f"time: {stages}")
    console.print(f"trace: {trace_id}" + (f"   `dramatis trace {trace_id}` shows it" if target.otlp_endpoint else ""))
    for asset in outcome.failed:
        console.print(
            f"[red]{asset['name']}: {asset['image']['error']}[/]; the job can be retried, see /api/imagegen/docs"
        )
