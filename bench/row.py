"""One row of the table: what was measured, the limit it is measured against, and the target for their ratio."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Literal

from rich.console import Console
from rich.table import Table

REPEATS = 5

Measure = Callable[[], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Row:
    """`measured` and `limit` are in `unit`; `ratio` is the median over the repeats of measured / limit."""

    name: str
    measured: float
    limit: float
    ratio: float
    target: str
    ok: bool
    unit: str
    limit_is: str


@dataclass(frozen=True, slots=True)
class Target:
    """What the ratio must be: at least, or at most, `bound`."""

    sign: Literal[">=", "<="]
    bound: float

    def met(self, ratio: float) -> bool:
        """Whether a ratio reaches the target."""
        return ratio >= self.bound if self.sign == ">=" else ratio <= self.bound

    def __str__(self) -> str:
        return f"{self.sign} {self.bound}"


def at_least(bound: float) -> Target:
    """More is better."""
    return Target(">=", bound)


def at_most(bound: float) -> Target:
    """Less is better."""
    return Target("<=", bound)


async def interleaved(*measures: Measure, repeats: int = REPEATS) -> list[list[float]]:
    """Each measure once per repeat, in turn, so that a noisy minute falls on all of them; one list per measure."""
    found: list[list[float]] = [[] for _ in measures]
    for _ in range(repeats):
        for results, measure in zip(found, measures, strict=True):
            results.append(await measure())
    return found


def row(
    name: str, measured: Sequence[float], limit: Sequence[float], target: Target, *, unit: str, limit_is: str
) -> Row:
    """Row from the figures of interleaved repeats."""
    ratio = median(one / other for one, other in zip(measured, limit, strict=True))
    return Row(name, median(measured), median(limit), round(ratio, 3), str(target), target.met(ratio), unit, limit_is)


def print_rows(rows: Sequence[Row]) -> None:
    """The table, as a person reads it."""
    table = Table(title="Dramatis bench: medians of interleaved repeats")
    for heading in ("what", "measured", "limit", "unit", "ratio", "target", "ok", "limit is"):
        table.add_column(heading, no_wrap=True)
    for one in rows:
        mark = "[green]yes[/]" if one.ok else "[red]no[/]"
        figures = (f"{one.measured:,.4g}", f"{one.limit:,.4g}", one.unit, f"{one.ratio:.2f}", one.target, mark)
        table.add_row(one.name, *figures, one.limit_is)
    Console(width=max(Console().width, 170)).print(table)


def write_rows(rows: Sequence[Row], path: Path, *, keep: bool) -> None:
    """The same as JSON, a list of objects; `keep` leaves what was measured before under other names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = json.loads(path.read_text()) if keep and path.exists() else []
    found = {one["name"]: one for one in [*before, *map(asdict, rows)]}
    path.write_text(json.dumps(list(found.values()), indent=2) + "\n")
