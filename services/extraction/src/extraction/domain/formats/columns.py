"""Screenplays whose lines stand in columns: typed, printed to a text file, or taken from a page."""

import re
from collections import Counter
from collections.abc import Sequence

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.cues import looks_like_cue
from extraction.domain.formats.headings import is_heading, parse_heading, split_margin_number
from extraction.domain.formats.lines import Line
from extraction.domain.formats.transitions import is_transition
from extraction.domain.script import Kind

PAGE_FURNITURE = re.compile(
    r"(?:\d{1,4}[A-Z]?\s+)?\(?(?:CONTINUED|MORE|CONT'D|OMITTED)\)?:?(?:\s*\(\d+\))?(?:\s+\d{1,4}[A-Z]?)?"
    r"|\d{1,4}\.?|\(\d{1,4}\)|-\s?\d{1,4}\s?-|(?:PAGE )\d+",
    re.IGNORECASE,
)
DUAL = "^"
CUE_INDENT = 8
TAB = 8


def opens_scene(line: Line) -> bool:
    """Whether a line is a scene heading, whatever stands in its margins."""
    words, _ = split_margin_number(line.words)
    return is_heading(words) and (
        words.isupper() or ("." in words[:8] and parse_heading(words).time_of_day is not None)
    )


def has_columns(lines: Sequence[Line]) -> bool:
    """Whether cues stand in a column of their own, as in a typed or converted screenplay."""
    base = _base_indent(lines)
    deep = [line for line in lines if _indent(line) >= base + CUE_INDENT and looks_like_cue(line.words)]
    flush = [line for line in lines if _indent(line) <= base and looks_like_cue(line.words) and not opens_scene(line)]
    return len(deep) > len(flush)


def read_columns(lines: Sequence[Line], title: str) -> Assembly:
    """Read a screenplay in columns: what stands under a cue and right of the action is spoken.

    What belongs to the page and not to the script (page numbers, CONTINUED, MORE) is left out.
    """
    script = Assembly(title)
    base = _base_indent(lines)
    speaking = aside = False
    for index, line in enumerate(lines):
        followed = index + 1 < len(lines) and not lines[index + 1].blank
        words = line.words
        if line.blank or PAGE_FURNITURE.fullmatch(words):
            speaking = speaking and not line.blank
        elif opens_scene(line):
            heading, label = split_margin_number(words)
            script.open_scene(parse_heading(heading + (f" #{label}#" if label else "")), line)
            speaking = False
        elif speaking and _indent(line) > base:
            kind = Kind.PARENTHETICAL if aside or words.startswith("(") else Kind.DIALOGUE
            aside = kind is Kind.PARENTHETICAL and ")" not in words
            script.add(kind, words, line)
        else:
            speaking = followed and _indent(line) >= base + CUE_INDENT and looks_like_cue(words)
            dual = speaking and words.endswith(DUAL)
            script.add(
                _unspoken_kind(words, speaking=speaking),
                words.removesuffix(DUAL).rstrip() if dual else words,
                line,
                dual=dual,
            )
            aside = False
    return script


def _unspoken_kind(words: str, *, speaking: bool) -> Kind:
    if is_transition(words):
        return Kind.TRANSITION
    return Kind.CUE if speaking else Kind.ACTION


def _indent(line: Line) -> int:
    expanded = line.text.expandtabs(TAB)
    return len(expanded) - len(expanded.lstrip())


def _base_indent(lines: Sequence[Line]) -> int:
    """The column of the action: the leftmost that more than a few lines begin in."""
    columns = Counter(_indent(line) for line in lines if not line.blank and not opens_scene(line))
    common = [column for column, count in columns.items() if count * 25 >= columns.total()]
    return min(common, default=0)
