"""Lines of text: cleaned, wrapped, made to fit, drawn in any script."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from PIL import ImageDraw

from imagegen.adapters.sketch import typeface
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.typeface import Face

_JOINERS = frozenset("\u200c\u200d")
_BREAK = re.compile(r"\S+\s*")
_PROBE = (
    64  # lines are broken by widths at this size, scaled; glyphs stand on whole pixels, so the result is measured again
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines that fit a width at a size in pixels."""

    lines: tuple[str, ...]
    size: int
    face: Face

    @property
    def leading(self) -> float:
        """From one baseline to the next, in pixels."""
        return self.size * 1.12


def clean(text: str, limit: int = 400) -> str:
    """One line of printable characters that some face can draw; what nobody can draw is left out."""
    kept = []
    for character in unicodedata.normalize("NFC", text[: limit * 4]):
        category = unicodedata.category(character)
        if character.isspace():
            kept.append(" ")
        elif category[0] != "C" or character in _JOINERS:
            kept.append(character)
    line = " ".join("".join(kept).split())[:limit]
    return "".join(part for _, part in typeface.runs(line, typeface.SERIF)).strip(" \u200c\u200d")


def width_of(text: str, face: Face, size: int, tracking: float = 0.0) -> float:
    """Advance width in pixels; `tracking` is added after every character."""
    total = sum(typeface.font(part, size).getlength(piece) for part, piece in typeface.runs(text, face))
    return total + tracking * len(text)


def fit(text: str, face: Face, room: tuple[float, float], sizes: tuple[int, int], most_lines: int = 2) -> Setting:
    """The largest setting between the two sizes (largest first) that fits `room`; cut with an ellipsis if none does."""
    width, height = room
    pieces = _pieces(text, face)
    largest, smallest = sizes
    for size in range(largest, smallest - 1, -1):
        limit = width * _PROBE / size
        allowed = min(most_lines, max(1, int(height / (size * 1.12))))
        lines = _wrap(pieces, limit)
        if len(lines) <= allowed and max((_measure(line) for line in lines), default=0.0) <= limit:
            setting = Setting(_text(_balance(pieces, lines, limit)), size, face)
            if all(width_of(line, face, size) <= width for line in setting.lines):
                return setting
    allowed = min(most_lines, max(1, int(height / (smallest * 1.12))))
    return Setting(_shortened(pieces, width, smallest, face, allowed), smallest, face)


Piece = tuple[str, float]


def _pieces(text: str, face: Face) -> list[Piece]:
    """What a line may be broken between, with widths: words, and every Chinese or Japanese character."""
    parts: list[str] = []
    for word in _BREAK.findall(text):
        held = ""
        for character in word:
            if _is_wide(character):
                if held:
                    parts.append(held)
                parts.append(character)
                held = ""
            elif character == " " and not held and parts:
                parts[-1] += character
            else:
                held += character
        if held:
            parts.append(held)
    return [(part, width_of(part, face, _PROBE)) for part in parts]


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"} and unicodedata.category(character)[0] != "P"


def is_tall(text: str) -> bool:
    """Whether the text has characters that fill their square."""
    return any(_is_wide(character) for character in text)


def _measure(line: list[Piece]) -> float:
    return sum(width for _, width in line)


def _wrap(pieces: list[Piece], width: float) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    used = width + 1
    for piece in pieces:
        if used + piece[1] > width or not lines:
            lines.append([])
            used = 0.0
        lines[-1].append(piece)
        used += piece[1]
    return lines


def _balance(pieces: list[Piece], lines: list[list[Piece]], width: float) -> list[list[Piece]]:
    """The same number of lines, as even as they get."""
    best = lines
    for step in range(1, 12):
        narrower = _wrap(pieces, width * (1 - step * 0.04))
        if len(narrower) > len(lines) or max(map(_measure, narrower), default=0.0) > width:
            break
        best = narrower
    return best


def _text(lines: list[list[Piece]]) -> tuple[str, ...]:
    return tuple("".join(text for text, _ in line).strip() for line in lines)


def _shortened(pieces: list[Piece], width: float, size: int, face: Face, allowed: int) -> tuple[str, ...]:
    limit = width * _PROBE / size
    lines = _wrap([part for piece in pieces for part in _split(piece, limit)], limit)
    rest = [piece for line in lines[allowed - 1 :] for piece in line]
    return tuple(cut(line, face, size, width) for line in _text([*lines[: allowed - 1], rest]))


def _split(piece: Piece, limit: float) -> list[Piece]:
    text, width = piece
    if width <= limit:
        return [piece]
    share = width / len(text)
    return [(character, share) for character in text]


def cut(text: str, face: Face, size: int, width: float, tracking: float = 0.0) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if width_of(text, face, size, tracking) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle].rstrip() + "…", face, size, tracking) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low else ""


def write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    face: Face,
    size: int,
    *,
    ink: RGB,
    tracking: float = 0.0,
) -> None:
    """Draw one line with its baseline starting at a point; right-to-left text keeps its order of words."""
    parts = list(typeface.runs(text, face))
    if parts and not parts[0][0].rightward:
        parts.reverse()
    x, y = at
    for part, piece in parts:
        letters = typeface.font(part, size)
        if tracking and not part.shaped:
            for character in piece:
                draw.text((x, y), character, fill=ink, font=letters, anchor="ls")
                x += letters.getlength(character) + tracking
            continue
        draw.text(
            (x, y),
            piece if part.rightward or typeface.has_shaping() else piece[::-1],
            fill=ink,
            font=letters,
            anchor="ls",
        )
        x += letters.getlength(piece)
