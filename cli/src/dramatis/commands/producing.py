"""A script taken all the way as one trace, and its pictures fetched."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from opentelemetry import trace
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from chassis.telemetry import current_trace_id, set_up_tracing, span, trace_headers
from dramatis.api import Api
from dramatis.commands.connection import Server
from dramatis.commands.output import err, remark
from dramatis.contact_sheet import SheetItem, contact_sheet
from dramatis.production import STAGES, Asset, Outcome, Production, Report


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a script, in which project, and the trace that tells how; `headers` put more into that trace."""

    project: str
    trace_id: str
    outcome: Outcome
    headers: Mapping[str, str] = field(default_factory=dict)


def produce(target: Server, script: Path, project: str, style: str | None, price_cap: float | None = None) -> Result:
    """Take a script all the way, with progress on standard error; raises what `Production.produce` raises."""
    provider = set_up_tracing("cli", target.otlp_endpoint)
    try:
        with span(f"run {script.name}", {"dramatis.project": project}, trace.SpanKind.CLIENT):
            trace_id = current_trace_id() or ""
            with Api(target.origin, target.token, trace_headers) as api:
                api.reach()
                with _progress() as report:
                    outcome = Production(api, report).produce(script, project, style, price_cap)
                    return Result(project, trace_id, outcome, trace_headers())
    except KeyboardInterrupt:
        remark("interrupted; what has begun goes on by itself, and the same command again waits for it")
        raise
    finally:
        provider.shutdown()


def write_contact_sheet(result: Result, target: Server, path: Path, subtitle: str) -> Path:
    """All pictures of the project on one page, as PNG."""
    items = [SheetItem(asset["name"], asset["type"], content) for asset, content in _pictures(result, target)]
    path.write_bytes(contact_sheet(items, result.project, subtitle))
    return path


def save_pictures(result: Result, target: Server, folder: Path) -> int:
    """Store each picture as `<type>-<name>.<ext>`, names that occur twice with a number; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for asset, content in _pictures(result, target):
        if content is not None:
            (folder / file_name(asset, taken)).write_bytes(content)
    return len(taken)


def _pictures(result: Result, target: Server) -> Iterator[tuple[Asset, bytes | None]]:
    with Api(target.origin, target.token, lambda: result.headers) as api:
        for asset in result.outcome.assets:
            key = asset["image"]["localized_key"]
            yield asset, key and api.download(api.get("localizer", f"/v1/objects/{key}/url")["url"])


def file_name(asset: Asset, taken: set[str]) -> str:
    """A name that is not taken yet, and is from now on."""
    slug = re.sub(r"[\W_]+", "-", f"{asset['type']} {asset['name']}".lower()).strip("-")[:80]
    ending = asset["image"]["localized_key"].rpartition(".")[2]
    names = (f"{slug}{'' if number == 1 else f'-{number}'}.{ending}" for number in range(1, len(taken) + 2))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return name


@contextmanager
def _progress() -> Iterator[Report]:
    """Bars where somebody looks, a line per finished stage otherwise."""
    if not err.is_terminal:
        yield _lines()
        return
    columns = (TextColumn("{task.description:>14}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) as progress:
        bars = {stage: progress.add_task(stage, start=False, visible=False) for stage in STAGES}

        def report(stage: str, done: int, total: int) -> None:
            progress.start_task(bars[stage])
            progress.update(bars[stage], completed=done, total=total, visible=True)

        yield report


def _lines() -> Callable[[str, int, int], None]:
    told: set[str] = set()

    def report(stage: str, done: int, total: int) -> None:
        if done >= total and stage not in told:
            told.add(stage)
            remark(f"{stage} {done}/{total}")

    return report
