"""What Fountain hides from readers: notes `[[ ]]` and the boneyard `/* */`, over one line or many."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extraction.domain.formats.lines import Line, number_lines

MASK = "\x00"  # stands for hidden text while lines are cut; clean text never holds it


def visible_lines(text: str) -> list[Line]:
    """Numbered lines of a text without notes and boneyard."""
    return without_hidden(number_lines(text))


def without_hidden(lines: Sequence[Line]) -> list[Line]:
    """Lines without notes and boneyard; a line of which nothing remains is left out altogether.

    An opening mark that is never closed hides nothing, and neither does a note with an empty line in it (a line of two
    spaces keeps a note together): fountain.io/syntax, Notes and Boneyard.
    """
    text = "\n".join(line.text for line in lines)
    without_boneyard = _mask(text, _boneyard(text))
    masked = _mask(without_boneyard, _notes(without_boneyard)).split("\n")
    shown = [
        (replace(line, text=_without_mask(text)) if MASK in text else line, MASK in text)
        for line, text in zip(lines, masked, strict=True)
    ]
    return [line for line, touched in shown if not (touched and line.blank)]


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
    gap = text.find("\n\n", start)
    return gap if gap >= 0 else len(text)


def _mask(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """The text with every span replaced by the mask, once for each line that the span touches."""
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts += [text[position:start], MASK, f"\n{MASK}" * text.count("\n", start, end)]
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
