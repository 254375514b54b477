"""A scene as the model sees it: a mark with its number, its heading, its lines with paragraphs kept apart."""

import re
from collections.abc import Iterator, Sequence

from extraction.domain.llm.tokens import ASCII_TOKENS, estimate_tokens
from extraction.domain.script import Element, Kind

CUT = re.compile(r"[.!?\u2026][\"'\u2019\u201d)\]]*\s|[\u3002\uff01\uff1f][\u201d\u300d]?")
SPACE = re.compile(r"\s")
HEADING_SHOWN = 120
BEFORE = "[Before the first scene]\n"
GAP = "[Other scenes are left out here]\n\n"


def mark(number: int) -> str:
    """What scene `number` of a chunk begins with, counted within the chunk."""
    return f"[Scene {number}]"


def opening(number: int, heading: str) -> str:
    """The line that begins scene `number` of a chunk."""
    return f"{mark(number)} {heading}".rstrip() + "\n"


def continuation(number: int, heading: str) -> str:
    """The line that begins a further part of a scene that is too long for one chunk."""
    return opening(number, f"{heading[:HEADING_SHOWN]} (continued)".lstrip())


def lines(elements: Sequence[Element]) -> Iterator[str]:
    """The elements, each with the line break that ends it; an empty line stands where the script begins a paragraph."""
    before: Element | None = None
    for element in elements:
        apart = before is None or element.kind is Kind.CUE or element.line > before.line + 1
        yield ("\n" if apart else "") + element.text + "\n"
        before = element


def pieces(text: str, budget: int) -> Iterator[str]:
    """The text in pieces of at most `budget` tokens, cut after sentences or between words where there are any.

    Joined again the pieces are the text, letter by letter.
    """
    start = 0
    while start < len(text):
        end = start + _reach(text[start : start + int(budget / ASCII_TOKENS) + 1], budget)
        yield text[start:end]
        start = end


def _reach(window: str, budget: int) -> int:
    """How many characters of the window make the next piece; at least one."""
    reach = len(window)
    while reach > 1 and estimate_tokens(window[:reach]) > budget:
        reach = max(1, reach * 9 // 10)
    if reach == len(window):
        return reach
    cuts = [cut.end() for cut in CUT.finditer(window, reach // 2, reach)]
    return (cuts or [space.end() for space in SPACE.finditer(window, reach // 2, reach)] or [reach])[-1]
