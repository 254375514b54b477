"""Two people who speak at once, printed side by side."""

from collections.abc import Sequence
from dataclasses import replace

from extraction.domain.formats.cues import looks_like_cue
from extraction.domain.formats.page_rows import Row, Run

APART = 6
DUAL_MARK = " ^"
LEAD = 1.45


def split_dual(rows: Sequence[Row], letter: float) -> list[Row]:
    """Lines with every pair of side-by-side speeches one below the other; the second cue ends with ` ^`, as in Fountain.

    A pair begins with two cues on one line, apart by at least six times `letter`, a letter's width, and ends where a
    line reaches from one column into the other, or at the next gap after the columns' lines.
    """
    found: list[Row] = []
    index = 0
    while index < len(rows):
        if not _opens(rows[index], letter):
            found.append(rows[index])
            index += 1
            continue
        middle = _middle(rows[index])
        end = index + 1
        while end < len(rows) and _goes_on(rows[end - 1], rows[end], middle):
            end += 1
        found += _columns(rows[index:end], middle)
        index = end
    return found


def _opens(row: Row, letter: float) -> bool:
    if len(row.runs) != 2:
        return False
    first, second = row.runs
    apart = second.right > second.x >= first.right + APART * letter
    return apart and all(looks_like_cue(run.text) and any(map(str.isalpha, run.text)) for run in row.runs)


def _middle(row: Row) -> float:
    first, second = row.runs
    return (first.x + first.right + second.x + second.right) / 4


def _goes_on(above: Row, row: Row, middle: float) -> bool:
    near = row.page == above.page and row.y - above.y < LEAD * row.runs[0].size * 1.2
    return near and all(run.right <= middle or run.x >= middle - run.size for run in row.runs)


def _columns(rows: Sequence[Row], middle: float) -> list[Row]:
    """The left column, then the right one as if it stood below it."""
    left = [replace(row, runs=runs) for row in rows if (runs := _part(row, middle, left=True))]
    right = [replace(row, runs=runs) for row in rows if (runs := _part(row, middle, left=False))]
    cue = right[0].runs[0]
    right[0] = replace(right[0], runs=(replace(cue, text=cue.text.rstrip() + DUAL_MARK), *right[0].runs[1:]))
    return [*left, *right]


def _part(row: Row, middle: float, *, left: bool) -> tuple[Run, ...]:
    return tuple(run for run in row.runs if (run.right <= middle) is left)
