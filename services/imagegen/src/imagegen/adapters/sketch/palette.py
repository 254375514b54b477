"""The colours of a style: nine roles, and three ways to fill them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.words import Words


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for."""

    paper: RGB  # the card
    ink: RGB  # lettering and outlines
    sky: RGB  # the top of a background
    haze: RGB  # the horizon, far air
    far: RGB  # distant masses
    near: RGB  # close masses
    light: RGB  # sun, moon, lamps
    accent: RGB  # what the eye goes to
    second: RGB  # what answers the accent

    @property
    def is_dark(self) -> bool:
        """Whether the card is darker than its lettering."""
        return colour.lightness(self.paper) < 0.5


def palette(*hexes: str) -> Palette:
    """From nine hex colours in the order of the roles."""
    parsed = [colour.parse_hex(text) for text in hexes]
    return Palette(*[found for found in parsed if found is not None])


def turned(base: Palette, degrees: float) -> Palette:
    """The same palette with every hue turned a little; paper and ink stay."""
    roles = {
        field.name: colour.rotated(getattr(base, field.name), degrees)
        for field in fields(base)
        if field.name not in {"paper", "ink"}
    }
    return replace(base, **roles)


def from_words(seed: str, *, may_be_dark: bool = True) -> Palette:
    """A harmonious palette for a style nobody described: hues at fixed angles, lightness in fixed steps."""
    dice = Dice("palette", seed)
    hue = dice.between(0, 360)
    answer = hue + dice.pick((150.0, 180.0, 210.0, 120.0))
    second = hue + dice.pick((-60.0, 60.0, 90.0))
    warm_paper = 75.0
    vivid = dice.between(0.055, 0.1)
    if dice.chance(0.25) and may_be_dark:
        return Palette(
            paper=colour.lch(0.2, 0.02, hue), ink=colour.lch(0.94, 0.02, warm_paper),
            sky=colour.lch(0.34, vivid, hue), haze=colour.lch(0.72, vivid, answer),
            far=colour.lch(0.46, vivid * 0.9, hue + 20), near=colour.lch(0.19, vivid * 0.4, hue),
            light=colour.lch(0.93, 0.06, 85), accent=colour.lch(0.66, 0.17, answer), second=colour.lch(0.7, 0.11, second),
        )  # fmt: skip
    return Palette(
        paper=colour.lch(0.96, 0.018, warm_paper), ink=colour.lch(0.28, 0.04, hue),
        sky=colour.lch(0.66, vivid, hue), haze=colour.lch(0.9, 0.05, answer),
        far=colour.lch(0.7, vivid * 0.75, hue + 15), near=colour.lch(0.38, vivid * 0.8, hue - 10),
        light=colour.lch(0.97, 0.05, 90), accent=colour.lch(0.62, 0.16, answer), second=colour.lch(0.74, 0.11, second),
    )  # fmt: skip


def from_hexes(hexes: Sequence[str], base: Palette) -> Palette:
    """The given colours put into roles by lightness and colourfulness; `base` when none can be read.

    A colour is given in hex or by its name ("bone white").
    """
    given = list(dict.fromkeys(found for text in hexes if (found := _read(text)) is not None))
    if not given:
        return base
    steps = sorted(given, key=colour.lightness)
    vivid = sorted(given, key=colour.chroma, reverse=True)
    accent = vivid[0]
    second = vivid[1] if len(vivid) > 1 else colour.rotated(accent, 40)
    dark, light = steps[0], steps[-1]
    quiet = [step for step in steps if step not in {accent, second}] or steps
    middle = quiet[len(quiet) // 2]
    paper = (
        colour.with_lightness(colour.muted(dark, 0.6), 0.2)
        if base.is_dark
        else colour.with_lightness(colour.muted(light, 0.4), 0.96)
    )
    ink = colour.readable(light if base.is_dark else dark, paper)
    return Palette(
        paper=paper,
        ink=ink,
        sky=colour.with_lightness(middle, 0.34 if base.is_dark else 0.68),
        haze=colour.mix(light, accent, 0.12),
        far=colour.mix(middle, light, 0.3),
        near=colour.with_lightness(dark, min(0.36, max(0.18, colour.lightness(dark)))),
        light=colour.with_lightness(light, 0.95),
        accent=accent,
        second=second,
    )


def _read(text: str) -> RGB | None:
    found = colour.parse_hex(text)
    return found or next(iter(reversed(Words(text).colours())), None)
