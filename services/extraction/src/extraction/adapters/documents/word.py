"""Word's DOCX: a screenplay by the names of its styles, and everything else by its layout."""

import re
from collections import Counter
from collections.abc import Sequence

from extraction.adapters.documents.packed import Package
from extraction.adapters.documents.word_xml import Body, WordParagraph, read_styles
from extraction.adapters.documents.xml_events import parse_xml
from extraction.domain.errors import FormatMismatch, ScriptEmpty
from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.cues import looks_like_cue
from extraction.domain.formats.headings import is_heading
from extraction.domain.formats.paragraphs import Paragraph, Style, place_paragraphs, read_placed
from extraction.domain.formats.plain_text import read_markdown, read_plain_text
from extraction.domain.script import Format, Kind, Script

DOCUMENT = re.compile(r"word/document\d*\.xml")
HEADING = re.compile(r"(?:heading|标题|標題)\s*(?P<level>[1-6])")
TITLES = frozenset({"title", "标题", "標題", "script title", "screenplay title"})
STYLES: Sequence[tuple[str, Kind | Style]] = (
    ("scene heading", Style.HEADING),
    ("scene header", Style.HEADING),
    ("slug", Style.HEADING),
    ("场景标题", Style.HEADING),
    ("paren", Kind.PARENTHETICAL),
    ("dialog", Kind.DIALOGUE),
    ("speech", Kind.DIALOGUE),
    ("对白", Kind.DIALOGUE),
    ("character", Kind.CUE),
    ("speaker", Kind.CUE),
    ("action", Kind.ACTION),
    ("scene description", Kind.ACTION),
    ("transition", Kind.TRANSITION),
    ("lyric", Kind.LYRIC),
)
"""Beginnings or parts of the names that screenwriting templates give to their styles, the more telling first."""
COLUMN = 144
"""Width of a typewriter's character, in twentieths of a point."""
LINE_COLUMNS = 60
MIN_GAP = 100
"""Space between paragraphs that readers see as a gap, in the same unit."""
DEEP = 4
TAB = 8


def read_word(data: bytes, title: str) -> Script:
    """Read a DOCX file; `title` is for a document without one.

    Line numbers are those of the text made of the paragraphs: one line each (more where the writer broke it), with an
    empty line where the page shows a gap. Headers, footers, notes and deleted text are not read. Raises what `Package`
    and `parse_xml` raise, `FormatMismatch` for another zip archive, `ScriptEmpty` and `NoScenes`.
    """
    package = Package(data, "the Word document")
    name = next((name for name in package.names if DOCUMENT.fullmatch(name)), None)
    if name is None:
        raise FormatMismatch.of("a Word document", "an archive without one", "export it as DOCX, PDF or plain text")
    body = Body(read_styles(package))
    parse_xml(package.read(name), body, package.what)
    if not any(paragraph.text.strip() for paragraph in body.paragraphs):
        raise ScriptEmpty("the Word document has no text: is the script in a picture? export it as text")
    script = _assemble(body.paragraphs)
    return script.finish(script.title or title, Format.DOCX)


def _assemble(paragraphs: Sequence[WordParagraph]) -> Assembly:
    title = next((each.text for each in paragraphs if each.style in TITLES and each.text.strip()), "")
    rest = [each for each in paragraphs if each.style not in TITLES]
    styled = [_styled(each) for each in rest if each.text.strip()]
    kinds = {paragraph.kind for paragraph in styled if paragraph is not None}
    if {Style.HEADING, Kind.CUE} <= kinds or {Kind.CUE, Kind.DIALOGUE} <= kinds:
        known = [_styled(each) or _guessed(each) for each in rest]
        return read_placed(" ".join(title.split()), place_paragraphs(known))
    text, marked = _as_text(rest)
    script = read_markdown(text) if marked else read_plain_text(text)
    script.title = " ".join(title.split()) or script.title
    return script


def _styled(paragraph: WordParagraph) -> Paragraph | None:
    """The paragraph as its style's name says; None when the name says nothing."""
    kind = next((kind for part, kind in STYLES if part in paragraph.style), None)
    if kind is None:
        return None
    return Paragraph(Style.HEADING if kind is Kind.ACTION and is_heading(paragraph.text) else kind, paragraph.text)


def _guessed(paragraph: WordParagraph) -> Paragraph:
    heading = is_heading(paragraph.text) and paragraph.text.isupper()
    return Paragraph(Style.HEADING if heading else Kind.ACTION, paragraph.text)


def _as_text(paragraphs: Sequence[WordParagraph]) -> tuple[str, bool]:
    """The document as text with indentation, and whether headings are marked with `#`."""
    spaced = sum(1 for each in paragraphs if not each.text.strip()) * 10 >= len(paragraphs)
    deep = _usual_indent(paragraphs) + DEEP
    lines: list[str] = []
    marked = speaking = False
    above: WordParagraph | None = None
    for paragraph in paragraphs:
        level = HEADING.fullmatch(paragraph.style)
        marked = marked or (level is not None and bool(paragraph.text.strip()))
        speaking = above is not None and _goes_on(above, paragraph, speaking=speaking, deep=deep)
        if above is not None and not speaking and _gap(above, paragraph, spaced=spaced):
            lines.append("")
        lines += _lines(paragraph, "#" * int(level["level"]) + " " if level else "")
        above = paragraph
    return "\n".join(lines), marked


def _usual_indent(paragraphs: Sequence[WordParagraph]) -> int:
    """The leftmost indentation that more than a few paragraphs have, in columns."""
    indents = Counter(_indent(each) for each in paragraphs if each.text.strip())
    return min((indent for indent, count in indents.items() if count * 25 >= indents.total()), default=0)


def _indent(paragraph: WordParagraph) -> int:
    """Where the first word stands, in columns."""
    layout, words = paragraph.layout, paragraph.text.rstrip()
    typed = words.expandtabs(TAB)
    columns = max(0, (layout.left or 0) + (layout.first or 0)) // COLUMN
    if layout.align == "center":
        columns = max(0, LINE_COLUMNS - len(words)) // 2
    elif layout.align in {"right", "end"}:
        columns = max(0, LINE_COLUMNS - len(words))
    return columns + len(typed) - len(typed.lstrip())


def _lines(paragraph: WordParagraph, mark: str) -> list[str]:
    words = paragraph.text.rstrip()
    if mark:
        return [mark + " ".join(words.split())] if words.strip() else [""]
    indent = " " * _indent(paragraph)
    return [indent + line.strip() if line.strip() else "" for line in words.split("\n")]


def _gap(above: WordParagraph, below: WordParagraph, *, spaced: bool) -> bool:
    """Whether the page shows a gap that no empty paragraph stands for: everywhere, in a text without empty ones."""
    if not above.text.strip() or not below.text.strip():
        return False
    headed = HEADING.fullmatch(above.style) or HEADING.fullmatch(below.style)
    return not spaced or bool(headed) or max(above.layout.after or 0, below.layout.before or 0) >= MIN_GAP


def _goes_on(above: WordParagraph, below: WordParagraph, *, speaking: bool, deep: int) -> bool:
    """Whether the paragraph below is spoken by whoever speaks above, or under the cue above."""
    words, next_words = above.text.strip(), below.text.strip()
    if not words or not next_words or is_heading(words) or is_heading(next_words):
        return False
    if looks_like_cue(words):
        return not looks_like_cue(next_words)
    aside = next_words.startswith("(") or (words.startswith("(") and words.endswith(")"))
    return speaking and not looks_like_cue(next_words) and (aside or min(_indent(above), _indent(below)) >= deep)
