"""Words on pages, and the lines they form."""

import re
from dataclasses import dataclass

SAME_LINE = 0.4
CHANGED = re.compile(r"\*{1,3}")
"""What marks a changed line in the right margin."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one piece: left edge, line they stand on (down from the top), size, right edge; all in points."""

    x: float
    y: float
    size: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page and the words on it."""

    width: float
    height: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page; `page` counts from 0, `again` says that the line above went on here after a page break."""

    page: int
    y: float
    runs: tuple[Run, ...]
    again: bool = False

    @property
    def words(self) -> str:
        """The words of the line, runs apart by one space."""
        return " ".join(run.text.strip() for run in self.runs)

    @property
    def x(self) -> float:
        """Left edge of the first word."""
        return self.runs[0].x

    @property
    def right(self) -> float:
        """Right edge of the last word."""
        return self.runs[-1].right


def rows_of(number: int, page: Page) -> list[Row]:
    """The lines of a page from top to bottom."""
    runs = sorted(set(page.runs), key=lambda run: (run.y, run.x))
    groups: list[list[Run]] = []
    for run in runs:
        if groups and run.y - groups[-1][-1].y <= SAME_LINE * min(run.size, groups[-1][-1].size):
            groups[-1].append(run)
        else:
            groups.append([run])
    rows = []
    for group in groups:
        shown = [run for run in group if not (CHANGED.fullmatch(run.text.strip()) and run.x > page.width * 0.8)]
        if shown:
            rows.append(Row(number, group[0].y, tuple(sorted(shown, key=lambda run: run.x))))
    return rows
