"""Text files: which kind of script is it?"""

import re
from collections.abc import Sequence
from dataclasses import replace

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.columns import PAGE_FURNITURE, has_columns, opens_scene, read_columns
from extraction.domain.formats.cues import looks_like_cue
from extraction.domain.formats.emphasis import without_emphasis
from extraction.domain.formats.fountain import read_fountain_lines, read_title_page
from extraction.domain.formats.headings import is_heading, split_margin_number
from extraction.domain.formats.hidden import without_hidden
from extraction.domain.formats.lines import Line, number_lines
from extraction.domain.formats.markdown import MarkdownLine, close_up, parse_markdown
from extraction.domain.formats.prose import read_chapters, read_prose
from extraction.domain.formats.short_drama import is_short_drama, read_short_drama
from extraction.domain.formats.stage_play import COLON, is_stage_play, manner_of, read_stage_play
from extraction.domain.formats.transitions import is_transition

MAX_TITLE = 80
SECTION, FORCED = "# ", "."
PART = re.compile(
    r"(?:ACT|PART|EPISODE|CHAPTER|SEQUENCE|REEL|TEASER|TAG|COLD OPEN|PROLOGUE|EPILOGUE)\b.*", re.IGNORECASE
)
HEADING_MARKS = re.compile(r"^\s*#{1,6}\s+")


def read_plain_text(text: str) -> Assembly:
    """Read a text file: a screenplay (flush left or indented), a stage play, a Chinese short drama, or prose."""
    return _read(number_lines(text))


def read_markdown(text: str) -> Assembly:
    """Read Markdown: headings are chapters; a script inside it is read as one, and its other headings are sections.

    The title is that of the front matter, else a first heading above all others.
    """
    parsed = parse_markdown(number_lines(text))
    lines = [marked.line for marked in parsed.lines]
    if any(map(opens_scene, map(_bare, lines))):
        script = _read(_as_fountain(_closed_up(parsed.lines)))
    elif is_short_drama(list(map(_bare, lines))) or (
        is_stage_play(lines) and not any(each.level for each in parsed.lines)
    ):
        script = _read([_bare(line) for line in lines])
    else:
        script = read_chapters(parsed.lines, parsed.title)
    script.title = parsed.title or script.title
    return script


def _read(lines: Sequence[Line]) -> Assembly:
    if is_short_drama(lines):
        return read_short_drama(lines)
    if any(opens_scene(line) for line in lines):
        return _read_screenplay(lines)
    if is_stage_play(lines):
        return read_stage_play(lines)
    return read_prose(lines)


def _read_screenplay(lines: Sequence[Line]) -> Assembly:
    """A screenplay with columns, with speeches after a colon, or flush left by the rules of Fountain."""
    if has_columns(lines):
        return read_columns(lines, first_line_title(lines))
    if _speaks_after_colons(lines):
        return read_stage_play(without_hidden(lines))
    numbered = [_without_margin_number(line) for line in without_hidden(lines) if not _is_furniture(line)]
    script = read_fountain_lines(numbered)
    script.title = script.title or first_line_title(numbered)
    return script


def first_line_title(lines: Sequence[Line]) -> str:
    """The first line of a script that begins with its own title; empty when it begins with a scene."""
    first = next((line for line in lines if not line.blank), None)
    if first is None or len(first.words) > MAX_TITLE or opens_scene(first) or is_transition(first.words):
        return ""
    if first.words.startswith("#"):
        return HEADING_MARKS.sub("", first.words)
    return without_emphasis(first.words) if read_title_page(lines)[1] == 0 else ""


def _speaks_after_colons(lines: Sequence[Line]) -> bool:
    """Whether more people speak after a colon than below their names."""
    manner = manner_of(lines)
    if manner is None or manner.pattern is not COLON:
        return False
    spoken = sum(1 for line in lines if manner.speech(line.words))
    cues = sum(
        1 for line in lines if looks_like_cue(line.words) and not opens_scene(line) and not is_transition(line.words)
    )
    return spoken > cues


def _is_furniture(line: Line) -> bool:
    return not line.blank and PAGE_FURNITURE.fullmatch(line.words) is not None


def _without_margin_number(line: Line) -> Line:
    words, label = split_margin_number(line.words)
    if label is None:
        return line
    return replace(line, text=f"{'' if is_heading(words) else FORCED}{words} #{label}#")


def _closed_up(lines: Sequence[MarkdownLine]) -> list[MarkdownLine]:
    """Markdown lines without the empty lines between bold cues and speeches."""
    kept = {line.number for line in close_up([marked.line for marked in lines])}
    return [marked for marked in lines if marked.line.number in kept]


def _as_fountain(lines: Sequence[MarkdownLine]) -> list[Line]:
    """A screenplay in Markdown as Fountain has it: headings beside those of scenes open scenes, all others are sections."""
    levels = {marked.level for marked in lines if marked.level and opens_scene(_bare(marked.line))}
    return [_heading(marked, forced=marked.level in levels) if marked.level else _bare(marked.line) for marked in lines]


def _heading(marked: MarkdownLine, *, forced: bool) -> Line:
    bare = _bare(marked.line)
    if opens_scene(bare):
        return bare
    forced = forced and bare.words.isupper() and not PART.fullmatch(bare.words)
    return replace(marked.line, text=(FORCED if forced else SECTION) + bare.words)


def _bare(line: Line) -> Line:
    return replace(line, text=line.text.replace("**", "")) if "**" in line.text else line
