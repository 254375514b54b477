"""Breakdowns as tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from dramatis.breakdown import counts
from dramatis.commands.output import err, fail, out, remark, say
from dramatis.commands.results import counted
from dramatis.costs import spent
from dramatis.model_reading import ModelReading, Report
from dramatis.reading import Reading
from extraction.domain.errors import ExtractionError, PriceCapReached
from extraction.domain.llm.chunks import Chunk
from extraction.domain.salvage import Salvaged, Tier, as_lists
from extraction.domain.script import named_scenes, spans

_ANEW = (
    "nothing is kept between readings: with a higher cap (--price-cap or DRAMATIS_RUN_PRICE_CAP_USD, the lower counts) "
    "all of it is read, and paid for, anew"
)
_NEEDS = {"type": 0, "name": 0, "also": 60, "scenes": 0, "description": 120}
"""How wide a terminal has to be for a column, as columns that are folded letter by letter cannot be read."""


def print_reading(reading: Reading) -> None:
    """What the file is, what is in it, and how much of it."""
    script = reading.script
    scenes = counted(len(script.scenes), "scene")
    say(Text.assemble((script.title, "bold"), f"  {reading.path}, {script.format.value}, {scenes}"))
    _print(reading.lists)


@contextmanager
def progress(name: str) -> Iterator[Report]:
    """A bar of the chunks that a model reads, where somebody looks; there is none while nothing is reported."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bars:
        bar = bars.add_task(name, visible=False)
        yield lambda done, total: bars.update(bar, completed=done, total=total, visible=True)


def remark_reading(reading: Reading) -> bool:
    """How a model read the file, if one did; whether some of it could not be read."""
    by_model, path = reading.by_model, reading.path
    if by_model is None:
        return False
    remark(f"{path}: {_spent(by_model)}", "dim")
    for word, reasons in (("mended", by_model.mended), ("dropped", by_model.dropped)):
        if reasons:
            remark(f"{path}: {word}: {', '.join(f'{reason} ({count})' for reason, count in reasons.items())}", "dim")
    for loss in by_model.lost:
        remark(f"{path}: lost: {loss}")
    for chunk, error in by_model.failed:
        if not isinstance(error, PriceCapReached):
            fail(f"{path}: {_scenes(chunk)}: {error} [{error.code}]")
    _tell_price_cap(path, [each for each in by_model.failed if isinstance(each[1], PriceCapReached)])
    return bool(by_model.failed)


def _tell_price_cap(path: Path, failed: Sequence[tuple[Chunk, ExtractionError]]) -> None:
    """What a price cap has left unread, at once, as that may be most of a script."""
    if not failed:
        return
    chunks, errors = zip(*failed, strict=True)
    numbers = sorted({number for chunk in chunks for number in chunk.scenes})
    scenes = _scenes(chunks[0]) if len(chunks) == 1 else named_scenes(numbers)
    fail(f"{path}: {scenes}: {errors[0]} [{errors[0].code}]")
    remark(f"{path}: {_ANEW}")


def print_salvaged(salvaged: Salvaged) -> None:
    """What is in the reply, if anything."""
    lists = as_lists(salvaged)
    if lists is not None:
        _print(lists)


def remark_salvaged(path: Path, salvaged: Salvaged) -> None:
    """How it was recovered, and what was lost or why nothing was there."""
    if salvaged.tier is Tier.NOTHING:
        remark(f"{path}: nothing recovered: {salvaged.reason}")
        return
    mended = f" ({', '.join(salvaged.repairs)})" if salvaged.repairs else ""
    remark(f"{path}: {salvaged.tier.value}{mended}", "dim")
    for loss in salvaged.lost:
        remark(f"{path}: lost: {loss}")


def _print(lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    if any(lists.values()):
        out.print(_table(lists))
    say(counts(lists))


def _table(lists: Mapping[str, Iterable[Mapping[str, Any]]]) -> Table:
    table = Table()
    shown = [heading for heading, width in _NEEDS.items() if out.width >= width]
    for heading in shown:
        table.add_column(heading, overflow="fold", max_width=60 if heading == "description" else None)
    for kind, entries in lists.items():
        for one in entries:
            cells = {
                "type": Text(kind.removesuffix("s")),
                "name": Text(one["name"] + (" ?" if one.get("flagged") else "")),
                "also": Text(", ".join(one["aliases"])),
                "scenes": Text(spans(one["scenes"])),
                "description": Text(one["description"]),
            }
            table.add_row(*(cells[heading] for heading in shown))
    return table


def _scenes(chunk: Chunk) -> str:
    return named_scenes(chunk.scenes) + (f", part {chunk.part}" if chunk.part else "")


def _spent(by_model: ModelReading) -> str:
    bill = by_model.bill
    calls = f"{counted(by_model.chunks, 'chunk')} in {counted(bill.calls, 'call')}"
    return f"{calls}, {spent(bill.input_tokens, bill.output_tokens, bill.micro_usd)}"
