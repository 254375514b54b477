"""Scripts whose format says of every paragraph what it is, as screenwriting programs do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.headings import Heading, parse_heading
from extraction.domain.formats.lines import Line, split_lines
from extraction.domain.script import Kind


class Style(StrEnum):
    """What a paragraph is, beyond the kinds of lines that stand inside a scene."""

    HEADING = "heading"
    CHAPTER = "chapter"
    TITLE = "title"


TIGHT = frozenset({Kind.DIALOGUE, Kind.PARENTHETICAL, Kind.LYRIC})
"""Kinds that follow the line above without an empty line between."""
MAX_TAKEN_APART = 400
"""Length up to which a heading is one that says a place and a time."""
OMITTED = frozenset({"OMITTED", "OMIT", "SCENE OMITTED"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a paragraph's text that the production has tagged; `number` is that of the tag."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document; `label` is the printed scene number, `dual` marks the second of two speakers at once."""

    kind: Kind | Style
    text: str
    label: str | None = None
    dual: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph where the text that is made of the document has it: its first line, and its scene (0: before all)."""

    paragraph: Paragraph
    lines: tuple[Line, ...]
    scene: int


def place_paragraphs(paragraphs: Iterable[Paragraph]) -> list[Placed]:
    """Number the lines of the text that is made of the document: an empty line stands before all but spoken words."""
    placed: list[Placed] = []
    number = scene = 0
    for paragraph in paragraphs:
        texts = [text.strip() for text in split_lines(paragraph.text) if text.strip()]
        if not texts:
            continue
        number += 1 + (number > 0 and paragraph.kind not in TIGHT)
        scene += opens_scene(paragraph)
        lines = tuple(Line(number + offset, text, text) for offset, text in enumerate(texts))
        number = lines[-1].number
        placed.append(Placed(paragraph, lines, scene))
    return placed


def opens_scene(paragraph: Paragraph) -> bool:
    """Whether a scene or chapter begins here; one that was left out of the script (`OMITTED`) does not."""
    words = paragraph.text.strip().strip("().").upper()
    return paragraph.kind in {Style.HEADING, Style.CHAPTER} and words not in OMITTED


def read_placed(title: str, placed: Sequence[Placed]) -> Assembly:
    """Put placed paragraphs together to scenes."""
    script = Assembly(title)
    for each in placed:
        paragraph, first = each.paragraph, each.lines[0]
        if opens_scene(paragraph):
            text = " ".join(line.text for line in each.lines)
            script.open_scene(_heading(paragraph, text), first)
            continue
        kind = paragraph.kind if isinstance(paragraph.kind, Kind) else Kind.SECTION
        for line in each.lines:
            script.add(kind, line.text, line, dual=paragraph.dual and line is first)
    return script


def _heading(paragraph: Paragraph, text: str) -> Heading:
    if paragraph.kind is Style.CHAPTER or len(text) > MAX_TAKEN_APART:
        return Heading(text, None, None, None, paragraph.label)
    heading = parse_heading(text)
    label = paragraph.label or heading.label
    return Heading(heading.text, heading.setting, heading.place, heading.time_of_day, label)
