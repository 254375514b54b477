"""`dramatis run` and `dramatis demo`: a script in, filed pictures out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Annotated, Any

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
    say(f"the stack is ready at {state.origin} after {monotonic() - started:.1f} s")
    script = script or _sample()
    project = DEMO_PROJECT if script.name == SCRIPT else script.stem
    target = server(data_dir, None, None)
    outcome, trace_id = _produce(target, script, project, style)
    sheet = _write_sheet(target, outcome, data_dir / "contact-sheet.png", project, style)
    _print_outcome(outcome, trace_id, target)
    say(f"contact sheet: [bold]{sheet}[/]")
    say(f"the stack keeps running: {target.traces_url}/{trace_id} draws the trace, `dramatis down` stops it")
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
    folder = f"project_{outcome.place.project_id}/branch_{outcome.place.branch_id}/master-assets/"
    table = Table()
    for heading in ("type", "name", "scenes", "picture", "file"):
        table.add_column(heading, no_wrap=heading == "file", overflow="ellipsis" if heading == "file" else "fold")
    for asset in sorted(outcome.assets, key=lambda one: (list(KINDS).index(one["type"]), one["name"])):
        table.add_row(*_line(asset, folder))
    console.print(table)
    counts = ", ".join(f"{sum(one['type'] == kind for one in outcome.assets)} {KINDS[kind]}" for kind in KINDS)
    filed = sum(one["image"]["state"] == "localized" for one in outcome.assets)
    say(f"{counts}; {filed} pictures filed below {folder}")
    say("time: " + ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in outcome.seconds.items()))
    say(f"trace: {trace_id}" + (f"   (`dramatis trace {trace_id}` shows it)" if target.otlp_endpoint else ""))
    for asset in outcome.failed:
        say(f"[red]{asset['name']}: {asset['image']['error']}[/]; its job can be retried, see /api/imagegen/docs")


def _line(asset: dict[str, Any], folder: str) -> tuple[str, str, str, str, str]:
    image = asset["image"]
    size = f"{image['width']}x{image['height']}" if image["width"] else f"[red]{image['error'] or image['state']}[/]"
    scenes = ", ".join(map(str, asset["scene_numbers"]))
    return asset["type"], asset["name"], scenes, size, (image["localized_key"] or "").removeprefix(folder)


def say(line: str) -> None:
    """One line, however narrow the terminal: ids and paths stay whole, to be copied."""
    console.print(line, soft_wrap=True, highlight=False)
