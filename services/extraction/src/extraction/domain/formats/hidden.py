"""What Fountain hides from readers: notes `[[ ]]` and the boneyard `/* */`, over one line or many."""

import re
from collections.abc import Iterator

from extraction.domain.formats.lines import LINE_END, Line, split_lines

MASK = "\x00"  # stands for hidden text while lines are cut; clean text never holds it
EMPTY_LINE = re.compile(r"(?>\r\n|\r|\n)(?>\r\n|\r|\n)")


def visible_lines(text: str) -> list[Line]:
    """Numbered lines without notes and boneyard; a line of which nothing remains is left out altogether.

    An opening mark that is never closed hides nothing, and neither does a note with an empty line in it (a line of two
    spaces keeps a note together): fountain.io/syntax, Notes and Boneyard.
    """
    sources = split_lines(text)
    without_boneyard = _mask(text, _boneyard(text))
    masked = split_lines(_mask(without_boneyard, _notes(without_boneyard)))
    numbered = zip(range(1, len(sources) + 1), masked, sources, strict=True)
    lines = [(Line(number, _without_mask(shown), source), MASK in shown) for number, shown, source in numbered]
    return [line for line, touched in lines if not (touched and line.blank)]


def _boneyard(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while (start := text.find("/*", position)) >= 0 and (end := text.find("*/", start + 2)) >= 0:
        position = end + 2
        yield start, position


def _notes(text: str) -> Iterator[tuple[int, int]]:
    position = end = gap = 0
    while (start := text.find("[[", position)) >= 0:
        if end < start + 2 and (end := text.find("]]", start + 2)) < 0:
            return
        if gap <= start:
            gap = _next_gap(text, start)
        position = gap if gap < end else end + 2
        if gap >= end:
            yield start, position


def _next_gap(text: str, start: int) -> int:
    """Position of the next empty line after `start`, the end of the text when there is none."""
    gap = EMPTY_LINE.search(text, start)
    return gap.start() if gap else len(text)


def _mask(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """The text with every span replaced by the mask, once for each line that the span touches."""
    parts: list[str] = []
    position = 0
    for start, end in spans:
        ends = "".join(f"{line_end}{MASK}" for line_end in LINE_END.findall(text[start:end]))
        parts += [text[position:start], MASK, ends]
        position = end
    return "".join([*parts, text[position:]])


def _without_mask(shown: str) -> str:
    """The shown parts of a line, with one space where hidden text had space beside it."""
    if MASK not in shown:
        return shown
    first, *rest = shown.split(MASK)
    parts = [first]
    for part in rest:
        spaced = parts[-1][-1:].isspace() or part[:1].isspace()
        parts[-1] = parts[-1].rstrip()
        parts += [" " if spaced else "", part.lstrip()]
    return "".join(parts)
