"""The text that may hold props: what is told and what is only said, paragraph by paragraph."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from extraction.domain.engine.passages import Passage
from extraction.domain.script import Element, Kind, Script

TOLD = frozenset({Kind.ACTION, Kind.PARENTHETICAL, Kind.CENTRED})
SAID = frozenset({Kind.DIALOGUE, Kind.LYRIC})
DOUBLE = re.compile(r"[\"\u201c\u201d\u300c\u300d]")
SINGLE = re.compile(r"(?<![\w])\u2018(?=\w)[^\u2018]{0,600}?[\w,.!?\u2014-]\u2019(?!\w)")
STRAIGHT = re.compile(r"(?<![\w'])'(?=\w)[^']{2,60}(?:'\w[^']{0,60}){0,2}(?<=[\w,.!?-])'(?![\w'])")
OPENING = "\u201c\u300c"
CLOSING = "\u201d\u300d"
BRACKETS = re.compile(r"[()\[\]\uff08\uff09]")
VISIBLE = re.compile(r"\S")


class Telling(Enum):
    """Who tells: the script itself, a direction inside a speech, or somebody who speaks."""

    ACTION = "action"
    DIRECTION = "direction"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a paragraph tells in one way: `text` is that of `passage` with everything told otherwise blanked out."""

    passage: Passage
    telling: Telling
    text: str


def stretches(script: Script) -> Iterator[Stretch]:
    """Everything a script tells and says, in reading order; headings, cues and notes are left out."""
    for scene in script.scenes:
        for block in _blocks(scene.elements):
            yield from _split(scene.number, block)


def is_prose(script: Script) -> bool:
    """Whether nobody has a cue and no heading tells where a scene plays."""
    return not any(
        scene.setting or any(element.kind is Kind.CUE for element in scene.elements) for scene in script.scenes
    )


def _blocks(elements: Iterable[Element]) -> Iterator[list[Element]]:
    """Paragraphs of action, single parentheticals, whole speeches."""
    block: list[Element] = []
    for element in elements:
        if block and not _joins(block[-1], element):
            yield block
            block = []
        if element.kind in TOLD or element.kind in SAID:
            block.append(element)
    if block:
        yield block


def _joins(last: Element, element: Element) -> bool:
    if element.kind in SAID:
        return last.kind in SAID
    return element.kind is Kind.ACTION and last.kind is Kind.ACTION and element.line == last.line + 1


def _split(scene: int, block: list[Element]) -> Iterator[Stretch]:
    starts = [0]
    for element in block[:-1]:
        starts.append(starts[-1] + len(element.text) + 1)
    text = " ".join(element.text for element in block)
    if block[0].kind in SAID:
        parts = [(Telling.SPEECH, _bracketed(text)), (Telling.DIRECTION, None)]
    else:
        parts = [(Telling.ACTION, _quoted(text)), (Telling.SPEECH, None)]
    passage = Passage(scene, text, tuple(block), tuple(starts))
    masked = parts[0][1] or []
    for telling, spans in parts:
        shown = _blanked(text, masked) if spans is not None else _only(text, masked)
        if VISIBLE.search(shown):
            yield Stretch(passage, telling, shown)


def _quoted(text: str) -> list[tuple[int, int]]:
    """Spans in quotation marks; one that is not closed runs to the end of the paragraph."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in DOUBLE.finditer(text):
        if opened is None and mark.group() not in CLOSING:
            opened = mark.start()
        elif opened is not None and mark.group() not in OPENING:
            spans.append((opened, mark.end()))
            opened = None
    if opened is not None and text[opened] in OPENING:
        spans.append((opened, len(text)))
    if not spans:
        spans = [found.span() for found in (*SINGLE.finditer(text), *_straight(text))]
    return spans


def _straight(text: str) -> Iterator[re.Match[str]]:
    """What stands in straight single marks, as far as they are no apostrophes: a phrase of some words."""
    if "'" not in text or SINGLE.search(text):
        return iter(())
    return (found for found in STRAIGHT.finditer(text) if " " in found.group())


def _bracketed(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in BRACKETS.finditer(text):
        if mark.group() in "([\uff08":
            opened = mark.start() if opened is None else opened
        elif opened is not None:
            spans.append((opened, mark.end()))
            opened = None
    return spans


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += [text[position:start], " " * (end - start)]
        position = end
    return "".join([*pieces, text[position:]])


def _only(text: str, spans: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += [" " * (start - position), text[start:end]]
        position = end
    return "".join([*pieces, " " * (len(text) - position)])
