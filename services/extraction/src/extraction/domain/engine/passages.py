"""Paragraphs of action: neighbouring lines joined, with the way back to each line."""

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from extraction.domain.script import Element, Kind, Scene

QUOTED = re.compile('"[^"]{0,300}"|\u201c[^\u201c\u201d]{0,300}\u201d|\u300c[^\u300c\u300d]{0,300}\u300d')
SENTENCE_END = re.compile(r"(?:[.!?\u2026]+[\"'\u2019\u201d)\]]*\s+|[\u3002\uff01\uff1f]+\s*)(?=\S)")
ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sgt|Capt|Lt|Prof|Jr|Sr|vs|No|approx)\.\s*$", re.IGNORECASE
)
NICKNAME = re.compile(r"[\"\u201c][^\W\d_a-z]{2,16}[\"\u201d]")
MAX_QUOTE = 240
REACH = 1200


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph; `text` joins the lines of `elements` with spaces, `starts` is where each begins in it."""

    scene: int
    text: str
    elements: tuple[Element, ...]
    starts: tuple[int, ...]

    def element_at(self, offset: int) -> Element:
        """The line that holds the character at `offset`."""
        return self.elements[bisect_right(self.starts, offset) - 1]

    @property
    def unquoted(self) -> str:
        """The text with everything in quotation marks blanked out but nicknames (HANK "DUTCH" BERG), offsets kept."""
        return QUOTED.sub(_blank, self.text)

    def sentences(self, around: int) -> list[tuple[int, int]]:
        """Start and end of the sentences near an offset, the first one being that of the offset.

        Brackets and abbreviations do not end a sentence; one longer than `REACH` is cut.
        """
        low, high = max(0, around - REACH), min(len(self.text), around + REACH)
        ends = [mark.end() for mark in SENTENCE_END.finditer(self.text, low, high) if self._ends_sentence(mark)]
        spans = pairwise(sorted({low, *ends, high}))
        return [span for span in spans if span[1] > around]

    def _ends_sentence(self, mark: re.Match[str]) -> bool:
        before = self.text[max(0, mark.start() - 160) : mark.start()]
        if before.rfind("(") > before.rfind(")") and ")" not in mark.group():
            return False
        return not ABBREVIATION.search(before[-8:] + mark.group()) and not self.text[mark.end()].islower()


def passages(scenes: Iterable[Scene], apart: Container[int] = ()) -> Iterator[Passage]:
    """The paragraphs of action of every scene, in reading order; lines with the numbers in `apart` stand alone."""
    for scene in scenes:
        block: list[Element] = []
        for element in scene.elements:
            joined = (
                block
                and element.kind is Kind.ACTION
                and element.line == block[-1].line + 1
                and element.line not in apart
            )
            if block and not joined:
                yield _passage(scene.number, block)
                block = []
            if element.kind is Kind.ACTION:
                block.append(element)
        if block:
            yield _passage(scene.number, block)


def clip(source: str, words: str = "") -> str:
    """At most `MAX_QUOTE` characters of a line, cut between words, around `words` when they occur."""
    if len(source) <= MAX_QUOTE:
        return source
    found = max(source.casefold().find(words.casefold()), 0)
    start = max(0, min(found - MAX_QUOTE // 3, len(source) - MAX_QUOTE))
    piece = source[start : start + MAX_QUOTE]
    if start and " " in piece[: MAX_QUOTE // 4]:
        piece = piece[piece.index(" ") + 1 :]
    if start + MAX_QUOTE < len(source) and " " in piece[-MAX_QUOTE // 4 :]:
        piece = piece[: piece.rindex(" ")]
    return piece.strip()


def _passage(scene: int, block: list[Element]) -> Passage:
    starts = [0]
    for element in block[:-1]:
        starts.append(starts[-1] + len(element.text) + 1)
    return Passage(scene, " ".join(element.text for element in block), tuple(block), tuple(starts))


def _blank(quoted: re.Match[str]) -> str:
    before, after = (
        quoted.string[max(0, quoted.start() - 2) : quoted.start()],
        quoted.string[quoted.end() : quoted.end() + 2],
    )
    inside_a_name = before[:1].isupper() and before[1:] == " " and after[:1] == " " and after[1:].isupper()
    if inside_a_name and NICKNAME.fullmatch(quoted.group()):
        return f" {quoted.group()[1:-1]} "
    return " " * len(quoted.group())
