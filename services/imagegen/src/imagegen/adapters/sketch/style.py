"""One project, one style: everything that must look the same on all its cards."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from imagegen.adapters.sketch import palette as palettes
from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.manner import Manner
from imagegen.adapters.sketch.moods import MOODS, Mood
from imagegen.adapters.sketch.palette import Palette
from imagegen.adapters.sketch.words import Words

_UNNAMED = (
    Manner(grit=0.7, grain=0.6, vignette=0.15),
    Manner(edge="brushed", lettering="italic", grit=0.6, grain=0.6, vignette=0.05),
    Manner(lettering="sans", grit=0.3, grain=0.35, depth=0.8, vignette=0.1),
    Manner(lettering="caps", grit=0.8, grain=0.7, depth=1.1, vignette=0.25),
)


@dataclass(frozen=True, slots=True)
class Style:
    """Colours and hand."""

    palette: Palette
    manner: Manner


def style_of(prompt: str, hexes: Sequence[str] = ()) -> Style:
    """The style that a style prompt asks for.

    The first style it names gives the colours, the last the hand ("noir watercolor" is dark and wet), and the wording
    turns the hues a little. Words nobody knows give a palette of their own. `hexes` replaces the colours.
    """
    plain = " ".join(unicodedata.normalize("NFKC", prompt).casefold().split())
    dice = Dice("style", plain)
    named = _named(plain)
    if named:
        colours = palettes.turned(named[0].palette, dice.between(-7, 7))
        manner = named[-1].manner
    else:
        colours = palettes.from_words(plain, may_be_dark=not hexes)
        manner = dice.pick(_UNNAMED)
    return Style(palettes.from_hexes(hexes, colours), manner)


def _named(prompt: str) -> list[Mood]:
    """The moods of a prompt in its order; a word inside a longer one ("fantasy" in "dark fantasy") does not count."""
    words = Words(prompt)
    spans = [
        (start, start + len(word), order)
        for order, mood in enumerate(MOODS)
        for word in mood.words
        if (start := words.position(word)) >= 0
    ]
    outer = [(a, order) for a, b, order in spans if not any(c <= a and b <= d and d - c > b - a for c, d, _ in spans)]
    return [MOODS[order] for order in dict.fromkeys(order for _, order in sorted(outer))]
