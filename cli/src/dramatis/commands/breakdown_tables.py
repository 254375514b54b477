"""Breakdowns as tables."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from dramatis.breakdown import counts
from dramatis.commands.output import out, remark, say
from dramatis.commands.results import spans
from dramatis.reading import Reading
from extraction.domain.salvage import Salvaged, Tier, as_lists


def print_reading(reading: Reading) -> None:
    """What the file is, what is in it, and how much of it."""
    script = reading.script
    scenes = f"{len(script.scenes)} scene{'' if len(script.scenes) == 1 else 's'}"
    say(Text.assemble((script.title, "bold"), f"  {reading.path}, {script.format.value}, {scenes}"))
    _print(reading.lists)


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
    for heading in ("type", "name", "also", "scenes", "description"):
        table.add_column(heading, overflow="fold", max_width=60 if heading == "description" else None)
    for kind, entries in lists.items():
        for one in entries:
            names = (Text(one["name"] + (" ?" if one.get("flagged") else "")), Text(", ".join(one["aliases"])))
            table.add_row(kind.removesuffix("s"), *names, spans(one["scenes"]), Text(one["description"]))
    return table
