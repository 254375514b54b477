"""Prose that is printed in two columns, read down the left one and then down the right one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from extraction.domain.formats.cues import looks_like_cue
from extraction.domain.formats.headings import is_heading
from extraction.domain.formats.page_rows import Row, Run

SAME = 2.0
"""Points by which the left edges of one column's lines differ at most."""
MIN_PAIRS, PAIRED, ALIGNED, FULL, TOLD, ALIKE = 8, 0.6, 0.6, 0.7, 0.9, 0.6
"""Lines with words in both columns: how many, which part of a page's; parts that are flush, filled, and no cues; widths."""
MAX_GUTTERS = 4


@dataclass(frozen=True, slots=True)
class _Gutter:
    """Where the columns of a document begin."""

    left: float
    right: float

    def sides(self, row: Row) -> tuple[tuple[Run, ...], tuple[Run, ...]] | None:
        """The words of a line in each column; None for a line over both."""
        first = tuple(run for run in row.runs if run.x < self.right - SAME)
        if any(run.right > self.right - SAME for run in first):
            return None
        return first, row.runs[len(first) :]


def by_column(rows: Sequence[Row]) -> list[Row]:
    """Lines in the order in which they are read, each column as if it were a page with the margin of the left one.

    Nothing changes unless most pages are prose in two columns with a clear gutter between them: side-by-side speeches and
    tables stay as they are.
    """
    pages = [list(page) for _, page in groupby(rows, key=lambda row: row.page)]
    gutters = [gutter for page in pages if (gutter := _gutter(page))]
    if not gutters or len(gutters) * 2 < len(pages):
        return list(rows)
    usual = [gutter for gutter, _ in Counter(gutters).most_common(MAX_GUTTERS)]
    parts = [part for page in pages for part in _parts(page, usual)]
    return [replace(row, page=number) for number, part in enumerate(parts) for row in part]


def _gutter(page: Sequence[Row]) -> _Gutter | None:
    """Where the columns of a page begin; None when it is not prose in two columns."""
    inner = Counter(round(run.x) for row in page for run in row.runs[1:])
    if not inner:
        return None
    right = float(max(inner, key=lambda x: (sum(inner[near] for near in (x - 1, x, x + 1)), -x)))
    sides = [_Gutter(0.0, right).sides(row) for row in page]
    pairs = [(each[0], each[1]) for each in sides if each and each[0] and each[1] and each[1][0].x < right + SAME]
    if len(pairs) < max(MIN_PAIRS, PAIRED * len(page)):
        return None
    left = float(Counter(round(first[0].x) for first, _ in pairs).most_common(1)[0][0])
    columns = [[first for first, _ in pairs], [second for _, second in pairs]]
    flush = sum(abs(first[0].x - left) <= SAME for first, _ in pairs) >= ALIGNED * len(pairs)
    narrow, wide = sorted(max(map(_width, column)) for column in columns)
    prose = flush and narrow >= ALIKE * wide and all(map(_is_prose, columns))
    return _Gutter(left, right) if prose else None


def _width(runs: Sequence[Run]) -> float:
    return runs[-1].right - runs[0].x


def _is_prose(column: Sequence[tuple[Run, ...]]) -> bool:
    """Whether most lines of a column are full, and hardly any is a name or a heading."""
    widths = [_width(runs) for runs in column]
    texts = [" ".join(run.text.strip() for run in runs) for runs in column]
    told = sum(not (looks_like_cue(text) or is_heading(text)) for text in texts)
    return median(widths) >= FULL * max(widths) and told >= TOLD * len(texts)


def _parts(page: Sequence[Row], gutters: Sequence[_Gutter]) -> Iterator[list[Row]]:
    """The columns of a page, between the lines that go over both."""
    own = _gutter(page) or _fitting(page, gutters)
    if own is None:
        yield list(page)
        return
    for over, band in groupby(page, key=lambda row: own.sides(row) is None):
        if over:
            yield list(band)
        else:
            yield from _columns(band, own)


def _fitting(page: Sequence[Row], gutters: Iterable[_Gutter]) -> _Gutter | None:
    """The gutter of another page that a page with few lines has, too: its lines begin where the columns do."""
    for gutter in gutters:
        sides = [side for row in page for side in gutter.sides(row) or ()]
        starts = [side[0].x for side in sides if side]
        near = sum(min(abs(x - gutter.left), abs(x - gutter.right)) <= SAME for x in starts)
        if starts and near >= ALIGNED * len(page):
            return gutter
    return None


def _columns(band: Iterable[Row], gutter: _Gutter) -> Iterator[list[Row]]:
    columns: tuple[list[Row], list[Row]] = ([], [])
    for row in band:
        for column, runs in zip(columns, gutter.sides(row) or (), strict=False):
            if runs:
                column.append(replace(row, runs=runs))
    shift = gutter.right - gutter.left
    yield columns[0]
    yield [replace(row, runs=tuple(_moved(run, shift) for run in row.runs)) for row in columns[1]]


def _moved(run: Run, shift: float) -> Run:
    return replace(run, x=run.x - shift, right=run.right - shift)
