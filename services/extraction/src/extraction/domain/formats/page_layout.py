"""Pages back into lines of text: words at their columns, gaps as empty lines, without what belongs to the page.

The usual page of a screenplay: Courier 12 point, ten letters to the inch, action at 1.5 inches, speeches at 2.5, cues at
3.7, scene numbers in both margins, the page's number in the upper right corner.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extraction.domain.formats.cues import looks_like_cue
from extraction.domain.formats.dual_columns import split_dual
from extraction.domain.formats.headings import is_heading, split_margin_number
from extraction.domain.formats.hyphens import join_broken_words
from extraction.domain.formats.page_rows import Page, Row, rows_of
from extraction.domain.formats.short_drama_headings import heading_of
from extraction.domain.formats.text_columns import by_column

LETTER = 0.6
"""Width of a typewriter's letter, in its size."""
HEAD, FOOT = 0.085, 0.92
"""Down to and up from where on a page its own lines stand, as parts of its height."""
GAP = 1.45
MAX_BLANK = 2
WIDE = 1.6
MAX_COLUMN = 200
SHORT = 0.85
FIRST_LINE = (1.5, 5.5)
"""By how many letters the first line of a paragraph of prose is indented."""
PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014(]?\s*(?:page|p\.|第)?\s*\d{1,4}[A-Z]?\s*(?:页)?\s*(?:(?:of|/|共)\s*\d{1,4}\s*(?:页)?)?\s*[.)\-\u2013\u2014]?",
    re.IGNORECASE,
)
CONTINUES = re.compile(
    r"(?:\d{1,4}[A-Z]?\s+)?\(?(?:CONTINUED|MORE)\)?\s*:?(?:\s*\(\d{1,3}\))?(?:\s+\d{1,4}[A-Z]?)?", re.IGNORECASE
)
MORE = re.compile(r"\(?MORE\)?", re.IGNORECASE)
AGAIN = re.compile(r"\(CONT['\u2019]?D?\.?\)|\(CONTINUING\)|\(CONTINUED\)", re.IGNORECASE)
WIDE_LETTER = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef\u2014\u2018-\u201d\u2026]")
NEW_LINE = re.compile("[△▲∆【]|第\\S{1,5}[场集章幕]|[^\uff0c。]{1,14}\uff1a")
DIGITS = re.compile(r"\d+")
SENTENCE_END = (".", "!", "?", ":", "\u2026", '"', "\u201d", "'", "\u2019", ")", "-", "\u3002", "\uff01", "\uff1f")


def lines_of(pages: Sequence[Page]) -> list[str]:
    """The text of a document, one string per line; a second speaker at the same time stands below the first."""
    rows = [row for number, page in enumerate(pages) for row in rows_of(number, page)]
    rows = list(_without_continuations(_without_furniture(rows, pages)))
    if not rows:
        return []
    rows = by_column(rows)
    letter = max(1.0, LETTER * median(run.size for row in rows for run in row.runs))
    left = min(row.x for row in rows)
    rows = split_dual(rows, letter)
    pitch = _pitch(rows)
    margin = Counter(round(row.x) for row in rows).most_common(1)[0][0]
    short = _short_line(rows)
    full = _full_line(rows)
    lines: list[str] = []
    for above, row in pairwise([None, *rows]):
        assert row is not None, "only the first has nothing above it"
        if above is not None and above.right > full and _is_wrapped(above.words, row.words):
            lines[-1] += row.words
            continue
        if above is not None:
            begins = FIRST_LINE[0] * letter < row.x - margin < FIRST_LINE[1] * letter or above.right < short
            lines += [""] * _blanks(above, row, pitch, begins=begins)
        lines.append(_text(row, left, letter))
    return join_broken_words(lines)


def _without_furniture(rows: Sequence[Row], pages: Sequence[Page]) -> Iterator[Row]:
    """Lines without page numbers, running headers and footers: what stands in the same place on most pages."""
    outer = [row for row in rows if _is_outer(row, pages)]
    places = Counter(_place(row) for row in outer)
    counted = max(2, len(pages) // 3)
    running = {place for place, count in places.items() if count >= counted}
    for row in rows:
        in_margin = _is_outer(row, pages) and not _is_heading(row)
        if not (in_margin and (PAGE_NUMBER.fullmatch(row.words.strip()) or _place(row) in running)):
            yield row


def _is_heading(row: Row) -> bool:
    return is_heading(split_margin_number(row.words)[0])


def _is_outer(row: Row, pages: Sequence[Page]) -> bool:
    height = pages[row.page].height
    return not HEAD * height < row.y < FOOT * height


def _place(row: Row) -> tuple[int, str]:
    return round(row.y / 4), DIGITS.sub("#", row.words)


def _without_continuations(rows: Iterable[Row]) -> Iterator[Row]:
    """Lines without CONTINUED and MORE, and without the cue that is only repeated after MORE."""
    interrupted = False
    for row in rows:
        words = row.words.strip()
        if CONTINUES.fullmatch(words):
            interrupted = interrupted or MORE.fullmatch(words) is not None
        elif interrupted and looks_like_cue(words) and AGAIN.search(words):
            continue
        else:
            yield replace(row, again=interrupted)
            interrupted = False


def _short_line(rows: Sequence[Row]) -> float:
    """Right edge before which a line of prose ends its paragraph; 0 for a text whose lines end anywhere."""
    edges = sorted(row.right for row in rows)
    left = min(row.x for row in rows)
    short = left + SHORT * (edges[int(len(edges) * 0.9)] - left)
    full = sum(1 for edge in edges if edge >= short)
    return short if full * 2 > len(edges) and not any(_is_heading(row) for row in rows) else 0.0


def _full_line(rows: Sequence[Row]) -> float:
    """Right edge beyond which there is no room for one more letter on a line."""
    return max(row.right for row in rows) - 1.8 * median(run.size for row in rows for run in row.runs)


def _is_wrapped(above: str, below: str) -> bool:
    """Whether a line of Chinese only goes on below because the page ended: nothing new begins there."""
    if not (WIDE_LETTER.match(above[-1]) and WIDE_LETTER.match(below[0])) or NEW_LINE.match(below):
        return False
    return heading_of(below) is None


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance from one line to the next."""
    steps = Counter(
        round(2 * (below.y - above.y)) / 2
        for above, below in pairwise(rows)
        if above.page == below.page and below.y > above.y
    )
    if not steps:
        return 12.0
    most = max(steps.values())
    return min(step for step, count in steps.items() if count * 3 >= most)


def _blanks(above: Row, row: Row, pitch: float, *, begins: bool) -> int:
    """How many empty lines stand between two lines; `begins`: a paragraph may begin with the second."""
    if row.again:
        return 0
    if above.page != row.page:
        return 0 if _runs_on(above, row) else 1
    gap = row.y - above.y
    if gap < 0 or gap > GAP * pitch:
        return max(1, min(MAX_BLANK, round(gap / pitch) - 1))
    return int(begins and above.words.rstrip().endswith(SENTENCE_END) and not row.words.startswith("("))


def _runs_on(above: Row, row: Row) -> bool:
    """Whether a sentence goes on over the page, or what is said stands on the page after its cue."""
    words = row.words.lstrip()
    if row.x < above.x - 2 and looks_like_cue(above.words) and not looks_like_cue(words):
        return True
    return abs(above.x - row.x) < 2 and words[:1].islower() and not above.words.rstrip().endswith(SENTENCE_END)


def _text(row: Row, left: float, letter: float) -> str:
    """A line with its words at their columns."""
    text = ""
    for index, run in enumerate(row.runs):
        column = min(round((run.x - left) / letter), MAX_COLUMN)
        wide = index > 0 and run.x - row.runs[index - 1].right > WIDE * letter
        least = 2 if wide else 1
        text = text.ljust(max(column, len(text) + least if text else 0)) if wide or not text else text + " "
        text += run.text.strip()
    return text
