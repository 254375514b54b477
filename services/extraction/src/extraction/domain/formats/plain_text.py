"""Text files: which kind of script is it, and the screenplay with indented columns."""

import re
from collections import Counter
from collections.abc import Sequence

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.cues import looks_like_cue
from extraction.domain.formats.fountain import read_fountain_lines, read_title_page
from extraction.domain.formats.headings import is_heading, parse_heading, split_margin_number
from extraction.domain.formats.hidden import without_hidden
from extraction.domain.formats.lines import Line, number_lines
from extraction.domain.formats.prose import read_prose
from extraction.domain.formats.short_drama import is_short_drama, read_short_drama
from extraction.domain.formats.stage_play import is_stage_play, read_stage_play
from extraction.domain.formats.transitions import is_transition
from extraction.domain.script import Kind

MARKDOWN_MARKS = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?)(?=.)|^\s{0,3}(?:```|~~~).*")
PAGE_FURNITURE = re.compile(
    r"\(?(?:CONTINUED|MORE|CONT'D)\)?:?(?:\s*\(\d+\))?|\d{1,4}\.?|\(\d{1,4}\)|(?:PAGE )\d+", re.IGNORECASE
)
CUE_INDENT = 8
MAX_TITLE = 80
TAB = 8


def read_plain_text(text: str) -> Assembly:
    """Read a text file: a screenplay (flush left or indented), a stage play, a Chinese short drama, or prose."""
    return _read(number_lines(text))


def read_markdown(text: str) -> Assembly:
    """Read Markdown: headings of `#` are chapters, and a screenplay inside it is read as one."""
    lines = number_lines(text)
    unmarked = [_unmarked(line) for line in lines]
    return _read(unmarked) if any(_opens_scene(line) for line in unmarked) else read_prose(lines)


def _read(lines: Sequence[Line]) -> Assembly:
    if is_short_drama(lines):
        return read_short_drama(lines)
    if any(_opens_scene(line) for line in lines):
        return _read_columns(lines) if _has_columns(lines) else _read_flush(lines)
    if is_stage_play(lines):
        return read_stage_play(lines)
    return read_prose(lines)


def _read_flush(lines: Sequence[Line]) -> Assembly:
    """A screenplay without columns follows the same rules as Fountain."""
    numbered = [_without_margin_number(line) for line in without_hidden(lines)]
    script = read_fountain_lines(numbered)
    script.title = script.title or first_line_title(numbered)
    return script


def first_line_title(lines: Sequence[Line]) -> str:
    """The first line of a script that begins with its own title; empty when it begins with a scene."""
    first = next((line for line in lines if not line.blank), None)
    if first is None or len(first.words) > MAX_TITLE or _opens_scene(first) or is_transition(first.words):
        return ""
    return first.words if read_title_page(lines)[1] == 0 else ""


def _opens_scene(line: Line) -> bool:
    words, _ = split_margin_number(line.words)
    return is_heading(words) and (
        words.isupper() or ("." in words[:8] and parse_heading(words).time_of_day is not None)
    )


def _without_margin_number(line: Line) -> Line:
    words, label = split_margin_number(line.words)
    return line if label is None else Line(line.number, f"{words} #{label}#", line.source)


def _unmarked(line: Line) -> Line:
    return Line(line.number, MARKDOWN_MARKS.sub("", line.text).replace("**", ""), line.source)


def _indent(line: Line) -> int:
    expanded = line.text.expandtabs(TAB)
    return len(expanded) - len(expanded.lstrip())


def _base_indent(lines: Sequence[Line]) -> int:
    """The column of the action: the leftmost that more than a few lines begin in."""
    columns = Counter(_indent(line) for line in lines if not line.blank and not _opens_scene(line))
    common = [column for column, count in columns.items() if count * 25 >= columns.total()]
    return min(common, default=0)


def _has_columns(lines: Sequence[Line]) -> bool:
    """Whether cues stand in a column of their own, as in a typed or converted screenplay."""
    base = _base_indent(lines)
    deep = [line for line in lines if _indent(line) >= base + CUE_INDENT and looks_like_cue(line.words)]
    flush = [line for line in lines if _indent(line) <= base and looks_like_cue(line.words) and not _opens_scene(line)]
    return len(deep) > len(flush)


def _read_columns(lines: Sequence[Line]) -> Assembly:
    script = Assembly(first_line_title(lines))
    base = _base_indent(lines)
    speaking = aside = False
    for index, line in enumerate(lines):
        followed = index + 1 < len(lines) and not lines[index + 1].blank
        words = line.words
        if line.blank or PAGE_FURNITURE.fullmatch(words):
            speaking = speaking and not line.blank
        elif _opens_scene(line):
            heading, label = split_margin_number(words)
            script.open_scene(parse_heading(heading + (f" #{label}#" if label else "")), line)
            speaking = False
        elif speaking and _indent(line) > base:
            kind = Kind.PARENTHETICAL if aside or words.startswith("(") else Kind.DIALOGUE
            aside = kind is Kind.PARENTHETICAL and ")" not in words
            script.add(kind, words, line)
        else:
            speaking = followed and _indent(line) >= base + CUE_INDENT and looks_like_cue(words)
            script.add(_unspoken_kind(words, speaking=speaking), words, line)
            aside = False
    return script


def _unspoken_kind(words: str, *, speaking: bool) -> Kind:
    if is_transition(words):
        return Kind.TRANSITION
    return Kind.CUE if speaking else Kind.ACTION
