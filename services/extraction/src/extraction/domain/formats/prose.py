"""Prose: a story or a treatment, with chapters and breaks as scenes."""

import re
from collections.abc import Sequence

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.emphasis import without_emphasis
from extraction.domain.formats.headings import Heading
from extraction.domain.formats.lines import Line
from extraction.domain.script import Kind

NUMBER = r"(?:\d{1,3}|[IVXLC]{1,7}|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE|THE \w+)"
CHAPTER = re.compile(
    rf"(?:CHAPTER|PART|BOOK|SCENE|ACT|EPISODE|LETTER|STAVE|CANTO)\s+{NUMBER}\b[.:]?.{{0,80}}"
    r"|(?:PROLOGUE|EPILOGUE|INTERLUDE)\b[.:]?.{0,80}|[IVXLC]{1,7}\.?|第[一二三四五六七八九十百零\d]{1,5}[章回节集幕].{0,40}",
    re.IGNORECASE,
)
MARKDOWN_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*")
BREAK = re.compile(r"(?:[*\-_=~#•⁂]\s*){3,}|⁂")
MAX_TITLE = 80
SENTENCE_END = (".", "!", "?", ",", ";", ":", "”", '"')


def read_prose(lines: Sequence[Line]) -> Assembly:
    """Read prose: every line is action; chapters are the scenes, or the parts between breaks (`* * *`) without them.

    The first line is the title when it stands alone and is no sentence.
    """
    title = _title_line(lines)
    script = Assembly("" if title is None else _heading_text(title))
    chapters = {line.number for line in lines if line is not title and _is_chapter(lines, line)}
    open_next = not chapters
    for line in lines:
        if line.number in chapters:
            script.open_scene(Heading(_heading_text(line), None, None, None), line)
        elif BREAK.fullmatch(line.words):
            open_next = not chapters
        elif not line.blank and line is not title:
            if open_next:
                script.open_scene(Heading("", None, None, None), line)
                open_next = False
            script.add(Kind.ACTION, without_emphasis(line.words), line)
    return script


def _title_line(lines: Sequence[Line]) -> Line | None:
    """A short first line that stands alone, is no sentence, and is no chapter."""
    first = next((line for line in lines if not line.blank), None)
    if first is None or len(first.words) > MAX_TITLE or CHAPTER.fullmatch(first.words):
        return None
    marked = MARKDOWN_HEADING.fullmatch(first.words)
    alone = _blank_at(lines, first.number) and any(not line.blank for line in lines[first.number :])
    if marked:
        return first if marked["marks"] == "#" and alone else None
    return first if alone and not first.words.endswith(SENTENCE_END) else None


def _is_chapter(lines: Sequence[Line], line: Line) -> bool:
    if MARKDOWN_HEADING.fullmatch(line.words):
        return True
    return (
        CHAPTER.fullmatch(line.words) is not None
        and _blank_at(lines, line.number)
        and _blank_at(lines, line.number - 2)
    )


def _blank_at(lines: Sequence[Line], index: int) -> bool:
    return not 0 <= index < len(lines) or lines[index].blank


def _heading_text(line: Line) -> str:
    marked = MARKDOWN_HEADING.fullmatch(line.words)
    return without_emphasis(marked["text"] if marked else line.words)
