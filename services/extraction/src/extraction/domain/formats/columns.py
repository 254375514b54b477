"""Screenplays whose lines stand in columns: typed, printed to a text file, or taken from a page."""

import re
from collections import Counter
from collections.abc import Sequence

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.cues import looks_like_cue
from extraction.domain.formats.emphasis import centred_words
from extraction.domain.formats.headings import is_heading, is_numbered_heading, parse_heading, split_margin_number
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
DEEPER = 4
TAB = 8


def opens_scene(line: Line) -> bool:
    """Whether a line is a scene heading, whatever stands in its margins."""
    words, _ = split_margin_number(line.words)
    if is_numbered_heading(line.words):
        return True
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
    reader = _Columns(Assembly(title), lines)
    for index, line in enumerate(lines):
        reader.read(index, line)
    return reader.script


class _Columns:
    """Reads a screenplay in columns, one line at a time."""

    def __init__(self, script: Assembly, lines: Sequence[Line]) -> None:
        self.script = script
        self.lines = lines
        self.base = _base_indent(lines)
        self.spaced = self._is_spaced()
        self.speaking = self.aside = False
        self.spoken_at = 0

    def read(self, index: int, line: Line) -> None:
        """Take up the next line."""
        words = line.words
        if line.blank or PAGE_FURNITURE.fullmatch(words):
            self.speaking = self.speaking and (self.spaced or not line.blank)
        elif opens_scene(line):
            heading, label = split_margin_number(words)
            self.script.open_scene(parse_heading(heading + (f" #{label}#" if label else "")), line)
            self.speaking = False
        elif self.speaking and self._is_spoken(index, line):
            self._add_spoken(line)
        else:
            self._add_unspoken(index, line)

    def _is_spoken(self, index: int, line: Line) -> bool:
        """Whether a line below a cue stands right of the action, and is no next cue and no line that is centred."""
        spoken = self.base < _indent(line) and not self._is_next_cue(index, line)
        return spoken and centred_words(line.words) is None

    def _add_spoken(self, line: Line) -> None:
        words = line.words
        kind = Kind.PARENTHETICAL if self.aside or words.startswith("(") else Kind.DIALOGUE
        self.aside = kind is Kind.PARENTHETICAL and ")" not in words
        if kind is Kind.DIALOGUE:
            self.spoken_at = _indent(line)
        self.script.add(kind, words, line)

    def _add_unspoken(self, index: int, line: Line) -> None:
        words = line.words
        self.speaking = self._is_cue(index, line)
        self.aside, self.spoken_at = False, _indent(line)
        centred = centred_words(words)
        if centred is not None:
            self.script.add(Kind.CENTRED, centred, line)
            return
        dual = self.speaking and words.endswith(DUAL)
        text = words.removesuffix(DUAL).rstrip() if dual else words
        self.script.add(_unspoken_kind(words, speaking=self.speaking), text, line, dual=dual)

    def _is_cue(self, index: int, line: Line) -> bool:
        """Whether a line deep enough looks like a name, and something stands below it."""
        deep = _indent(line) >= self.base + CUE_INDENT and looks_like_cue(line.words) and not is_transition(line.words)
        return deep and (self._is_followed(index) or (self.spaced and self._has_speech_below(index, line)))

    def _is_next_cue(self, index: int, line: Line) -> bool:
        """Whether somebody else begins to speak: a cue, deeper than what has been said."""
        return _indent(line) >= self.spoken_at + DEEPER and self._is_cue(index, line) and not line.words.startswith("(")

    def _is_followed(self, index: int) -> bool:
        return index + 1 < len(self.lines) and not self.lines[index + 1].blank

    def _has_speech_below(self, index: int, line: Line) -> bool:
        below = next((each for each in self.lines[index + 1 : index + 4] if not each.blank), None)
        return below is not None and self.base < _indent(below) < _indent(line)

    def _is_spaced(self) -> bool:
        """Whether an empty line stands between most cues and what is said."""
        deep = [
            index
            for index, line in enumerate(self.lines)
            if not line.blank and _indent(line) >= self.base + CUE_INDENT and looks_like_cue(line.words)
        ]
        apart = sum(
            1 for index in deep if not self._is_followed(index) and self._has_speech_below(index, self.lines[index])
        )
        return apart * 2 > len(deep)


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
