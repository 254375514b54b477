"""Prose: a story or a treatment, with chapters and breaks as scenes."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.emphasis import without_emphasis
from extraction.domain.formats.headings import Heading
from extraction.domain.formats.lines import Line
from extraction.domain.formats.markdown import MarkdownLine
from extraction.domain.script import Kind

_UNITS = "ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE"
_TENS = "TWENTY|THIRTY|FORTY|FIFTY|SIXTY|SEVENTY|EIGHTY|NINETY"
_TEENS = "TEN|ELEVEN|TWELVE|THIRTEEN|FOURTEEN|FIFTEEN|SIXTEEN|SEVENTEEN|EIGHTEEN|NINETEEN"
NUMBER = rf"(?:\d{{1,3}}|[IVXLC]{{1,7}}|(?:{_TENS})(?:[ -](?:{_UNITS}))?|{_TEENS}|{_UNITS}|THE \w+)"
CHAPTER = re.compile(
    rf"(?:CHAPTER|PART|BOOK|SCENE|ACT|EPISODE|LETTER|STAVE|CANTO|CHAPITRE|KAPITEL|CAP[IÍ]TULO|CAPITOLO)\s+{NUMBER}\b[.:]?.{{0,80}}"
    r"|(?:PROLOGUE|EPILOGUE|INTERLUDE)\b[.:]?.{0,80}|[IVXLC]{1,7}\.?"
    r"|第\s*[〇零一二三四五六七八九十百千\d]{1,6}\s*[章回节節集幕卷部].{0,40}|(?:楔子|序章|序幕|引子|尾声|尾聲|后记|番外).{0,20}",
    re.IGNORECASE,
)
COUNTED = re.compile(r"(\d{1,3})\.?")
BREAK = re.compile(r"(?:[*\-_=~#•⁂◇◆○●§]\s*){3,}|[⁂§※]")
MAX_TITLE = 80
SENTENCE_END = (*'.!?,;:\u201d"\u2026', *"\u3002\uff01\uff1f\uff0c\uff1b\uff1a\u300d")


def read_prose(lines: Sequence[Line]) -> Assembly:
    """Read prose: every line is action; chapters are the scenes, or the parts between breaks (`* * *`) without them.

    The first line is the title when it stands alone and is no sentence.
    """
    counted = _counted(lines)
    chapters = {line.number: line.words for line in lines if line.number in counted or _is_chapter(lines, line)}
    title = next((line for line in lines if not line.blank), None)
    if title is None or title.number in chapters or not _is_title(lines, title):
        title = None
    script = Assembly("" if title is None else without_emphasis(title.words))
    _read(script, [line for line in lines if line is not title], chapters)
    return script


def read_chapters(lines: Sequence[MarkdownLine], title: str = "") -> Assembly:
    """Read prose in Markdown: headings are the chapters.

    The first heading is the title when it is above all others and says no other than `title`, that of the front matter.
    A heading with nothing before the next, deeper one is
    no chapter of its own but a part of the book, and becomes a section.
    """
    plain = [marked.line for marked in lines]
    headed = [marked for marked in lines if marked.level]
    if not headed:
        return read_prose(plain)
    first = next(marked for marked in lines if not marked.line.blank)
    own = without_emphasis(first.line.words)
    above = first.level > 0 and all(each.level > first.level for each in headed[1:])
    titled = above and title.casefold() in {"", own.casefold()}
    script = Assembly(own if titled else title)
    rest = [marked for marked in lines if not (titled and marked is first)]
    parts = _parts(rest)
    chapters = {each.line.number: each.line.words for each in rest if each.level and each.line.number not in parts}
    _read(script, [marked.line for marked in rest], chapters, parts)
    return script


def _parts(lines: Sequence[MarkdownLine]) -> frozenset[int]:
    """Numbers of the headings that hold nothing but deeper headings."""
    shown = [marked for marked in lines if not marked.line.blank]
    return frozenset(here.line.number for here, below in pairwise(shown) if here.level and below.level > here.level)


def _read(
    script: Assembly, lines: Sequence[Line], chapters: Mapping[int, str], parts: frozenset[int] = frozenset()
) -> None:
    open_next = not chapters
    for line in lines:
        if line.number in chapters:
            script.open_scene(Heading(without_emphasis(chapters[line.number]), None, None, None), line)
        elif line.number in parts:
            script.add(Kind.SECTION, without_emphasis(line.words), line)
        elif BREAK.fullmatch(line.words):
            open_next = not chapters
        elif not line.blank:
            if open_next:
                script.open_scene(Heading("", None, None, None), line)
                open_next = False
            script.add(Kind.ACTION, without_emphasis(line.words), line)


def _is_title(lines: Sequence[Line], line: Line) -> bool:
    """Whether the first line of a text is short, stands alone, and is no sentence."""
    alone = _blank_at(lines, line.number) and any(not each.blank for each in lines[line.number :])
    return alone and len(line.words) <= MAX_TITLE and not line.words.endswith(SENTENCE_END)


def _is_chapter(lines: Sequence[Line], line: Line) -> bool:
    return (
        CHAPTER.fullmatch(line.words) is not None
        and _blank_at(lines, line.number)
        and _blank_at(lines, line.number - 2)
    )


def _counted(lines: Sequence[Line]) -> frozenset[int]:
    """Lines that number the chapters by nothing but 1, 2, 3, each alone between empty lines."""
    found: list[int] = []
    for line in lines:
        number = COUNTED.fullmatch(line.words)
        alone = number and _blank_at(lines, line.number) and _blank_at(lines, line.number - 2)
        if number and alone and int(number[1]) == len(found) + 1:
            found.append(line.number)
    return frozenset(found) if len(found) > 1 else frozenset()


def _blank_at(lines: Sequence[Line], index: int) -> bool:
    return not 0 <= index < len(lines) or lines[index].blank
