"""Finds what a description speaks of: whole English words, or Chinese words anywhere in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeVar

from imagegen.adapters.sketch.colour import RGB

T = TypeVar("T")

_ENGLISH = re.compile(r"[a-z0-9]+")
_CLAUSE = re.compile(r"[,.;:\uff0c\u3002\uff1b\u3001]|\b(?:and|with)\b")

COLOURS: Mapping[str, RGB] = {
    "red": (190, 52, 44), "scarlet": (201, 43, 34), "crimson": (158, 27, 50), "burgundy": (110, 28, 45),
    "maroon": (112, 30, 38), "orange": (222, 122, 44), "rust": (168, 81, 42), "copper": (176, 104, 66),
    "amber": (224, 160, 48), "gold": (212, 168, 66), "golden": (212, 168, 66), "brass": (190, 150, 74),
    "yellow": (232, 190, 62), "mustard": (204, 158, 48), "beige": (214, 196, 162), "tan": (196, 162, 118),
    "cream": (240, 228, 200), "ivory": (240, 232, 212), "white": (240, 236, 226), "silver": (186, 192, 198),
    "grey": (128, 132, 138), "gray": (128, 132, 138), "charcoal": (62, 65, 72), "black": (40, 40, 46),
    "brown": (116, 76, 50), "bronze": (150, 106, 62), "olive": (112, 114, 60), "khaki": (164, 150, 104),
    "green": (70, 122, 82), "emerald": (30, 122, 92), "jade": (84, 150, 124), "teal": (38, 118, 120),
    "turquoise": (64, 168, 168), "cyan": (66, 180, 200), "blue": (52, 96, 160), "navy": (34, 50, 88),
    "indigo": (58, 54, 120), "violet": (112, 76, 156), "purple": (106, 62, 130), "lavender": (168, 150, 204),
    "magenta": (184, 56, 128), "pink": (224, 140, 160), "rose": (204, 104, 120),
    "红": (190, 52, 44), "朱": (201, 62, 40), "橙": (222, 122, 44), "金": (212, 168, 66), "黄": (228, 186, 66),
    "米色": (226, 210, 178), "白": (240, 236, 226), "银": (186, 192, 198), "灰": (128, 132, 138),
    "黑": (40, 40, 46), "棕": (116, 76, 50), "褐": (116, 76, 50), "绿": (70, 122, 82), "青": (64, 132, 128),
    "蓝": (52, 96, 160), "藏青": (34, 50, 88), "紫": (106, 62, 130), "粉": (224, 140, 160),
}  # fmt: skip


class Words:
    """The words of a text, less those a second text asks to avoid."""

    def __init__(self, text: str, avoid: str = "") -> None:
        self._text = unicodedata.normalize("NFKC", text).casefold()
        self._tokens = _tokens(self._text)
        avoided = unicodedata.normalize("NFKC", avoid).casefold()
        self._avoided = avoided
        self._avoided_tokens = _tokens(avoided)

    def has(self, *keys: str) -> bool:
        """Whether any of the words is spoken of and none of them is to be avoided."""
        return any(self.position(key) >= 0 for key in keys)

    def position(self, key: str) -> int:
        """Where the word first stands, or -1."""
        if _place(key, self._avoided, self._avoided_tokens) >= 0:
            return -1
        return _place(key, self._text, self._tokens)

    def first(self, table: Mapping[T, Sequence[str]]) -> T | None:
        """The entry whose words are spoken of first; the table's order decides a tie."""
        best: tuple[int, T] | None = None
        for entry, keys in table.items():
            places = [place for key in keys if (place := self.position(key)) >= 0]
            if places and (best is None or min(places) < best[0]):
                best = (min(places), entry)
        return None if best is None else best[1]

    def foremost(self, table: Mapping[T, Sequence[str]]) -> T | None:
        """The first entry of the table that is spoken of at all: for tables that run from particular to general."""
        return next((entry for entry, keys in table.items() if self.has(*keys)), None)

    def every(self, table: Mapping[T, Sequence[str]]) -> list[T]:
        """All entries spoken of, in the table's order."""
        return [entry for entry, keys in table.items() if self.has(*keys)]

    def colours(self) -> list[RGB]:
        """All colours spoken of, in the text's order."""
        places = sorted((place, key) for key in COLOURS if (place := self.position(key)) >= 0)
        return [COLOURS[key] for _, key in places]

    def colour_of(self, *things: str) -> RGB | None:
        """The colour that stands shortly before one of the things ("a long red wool coat", "红色风衣")."""
        for thing in things:
            place = self.position(thing)
            if place < 0:
                continue
            clause = _CLAUSE.split(self._text[max(0, place - (28 if thing.isascii() else 5)) : place])[-1]
            spoken = Words(clause, self._avoided).colours()
            if spoken:
                return spoken[-1]
        return None


def _tokens(text: str) -> Mapping[str, int]:
    places: dict[str, int] = {}
    for found in _ENGLISH.finditer(text):
        word = found.group()
        for form in (word, word.removesuffix("s"), word.removesuffix("es")):
            places.setdefault(form, found.start())
    return places


def _place(key: str, text: str, tokens: Mapping[str, int]) -> int:
    if key.isascii() and key.isalnum():
        return tokens.get(key, -1)
    return text.find(key)
