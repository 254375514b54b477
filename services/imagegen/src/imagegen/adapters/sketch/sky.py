"""The hour of a place: its light and its sky."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.geometry import Path, box, ellipse
from imagegen.adapters.sketch.palette import Palette
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.plate import Grade
from imagegen.adapters.sketch.subject import Subject

HOURS: Mapping[str, Sequence[str]] = {
    "night": ("night", "midnight", "nighttime", "moonlight", "moonlit", "moon", "stars", "starry", "neon", "夜", "月", "星空"),
    "dusk": ("dusk", "sunset", "evening", "twilight", "golden hour", "黄昏", "日落", "傍晚", "夕阳", "晚霞"),
    "dawn": ("dawn", "sunrise", "morning", "daybreak", "清晨", "黎明", "日出", "早晨"),
    "storm": ("storm", "stormy", "rain", "rainy", "overcast", "cloudy", "gloomy", "thunder", "fog", "foggy", "mist", "misty", "雨", "阴", "雾", "暴风"),
    "day": ("day", "noon", "midday", "afternoon", "sunny", "daylight", "bright", "白天", "中午", "下午", "晴"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sky:
    """The light of an hour."""

    hour: str
    top: RGB
    low: RGB
    sun: RGB
    x: float  # of sun or moon, in parts of the width
    y: float  # in parts of the height

    @property
    def is_dark(self) -> bool:
        """Whether lamps are lit."""
        return self.hour in {"night", "dusk"}


def sky_of(subject: Subject, colours: Palette) -> Sky:
    """The hour the words tell, else one for each candidate; dark styles prefer the night."""
    usual = ("night", "dusk", "storm") if colours.is_dark else ("day", "dusk", "dawn")
    hour = subject.words.first(HOURS) or subject.each_turn(usual, "hour")
    dice = subject.moment.fork("sky")
    top, low = _gradient(hour, colours)
    height = {"night": dice.between(0.16, 0.26), "day": dice.between(0.14, 0.28), "storm": 0.2}.get(
        hour, dice.between(0.36, 0.46)
    )
    return Sky(hour, top, low, colours.light, subject.each_turn((0.3, 0.26, 0.7, 0.75), "sun"), height)


def _gradient(hour: str, colours: Palette) -> tuple[RGB, RGB]:
    sky, haze, accent = colours.sky, colours.haze, colours.accent
    if hour == "night":
        deep = colour.mix(sky, colours.near, 0.3)
        return colour.with_lightness(deep, 0.2), colour.with_lightness(colour.mix(sky, colours.far, 0.5), 0.42)
    if hour == "dusk":
        return colour.with_lightness(colour.mix(sky, colours.near, 0.25), 0.42), colour.mix(colours.light, accent, 0.38)
    if hour == "dawn":
        return colour.mix(sky, colours.light, 0.3), colour.mix(colours.light, accent, 0.22)
    if hour == "storm":
        gloom = colour.muted(colour.mix(sky, colours.near, 0.35), 0.6)
        return colour.with_lightness(gloom, 0.4), colour.muted(colour.with_lightness(haze, 0.72), 0.6)
    return sky, haze


def draw_sky(pen: Pen, sky: Sky, wide: float, dice: Dice, horizon: float = 1.0) -> None:
    """Gradient, stars or clouds, sun or moon, over a plate one unit high and `wide` units wide."""
    pen.fill(box(0, 0, wide, 1), paint=Grade(sky.top, sky.low), contour=False)
    if horizon < 1:
        pen.fill(box(0, 0, wide, horizon), paint=Grade(sky.top, sky.low), contour=False)
    x, y = sky.x * wide, sky.y * horizon / 0.62
    if sky.hour == "night":
        _stars(pen, wide, horizon, dice)
        _moon(pen, x, y, sky)
    elif sky.hour == "storm":
        pen.glow(x, y, 0.8, sky.low, 0.6, tall=0.5)
    else:
        radius = 0.062 if sky.hour == "day" else 0.092
        pen.glow(x, y, 0.95, sky.sun, 0.75)
        pen.glow(x, y, radius * 2.4, sky.sun, 0.8)
        pen.fill(ellipse(x, y, radius), paint=colour.mix(sky.sun, (255, 255, 255), 0.3), contour=False)
    if sky.hour != "night":
        _clouds(pen, sky, wide, horizon, dice)


def _stars(pen: Pen, wide: float, horizon: float, dice: Dice) -> None:
    for size, count, alpha in ((0.0022, 70, 0.65), (0.0036, 22, 0.95)):
        spots: list[Path] = [
            ellipse(dice.between(0, wide), dice.between(0, horizon * 0.85), size) for _ in range(count)
        ]
        pen.fill(*spots, paint=pen.style.palette.light, alpha=alpha, contour=False)


def _moon(pen: Pen, x: float, y: float, sky: Sky) -> None:
    pen.glow(x, y, 0.55, sky.sun, 0.55)
    disk = ellipse(x, y, 0.068)
    pen.fill(disk, paint=sky.sun, contour=False)
    spots = [
        ellipse(x + 0.02, y - 0.02, 0.014),
        ellipse(x - 0.022, y + 0.016, 0.02),
        ellipse(x + 0.016, y + 0.034, 0.01),
    ]
    pen.fill(*spots, paint=colour.mix(sky.sun, sky.low, 0.35), alpha=0.6, contour=False)


def _clouds(pen: Pen, sky: Sky, wide: float, horizon: float, dice: Dice) -> None:
    """Flat-bottomed heaps, small ones near the horizon."""
    bright = colour.mix(sky.low, (255, 255, 255), 0.55 if sky.hour == "day" else 0.25)
    if sky.hour == "storm":
        bright = colour.mix(sky.top, sky.low, 0.45)
    for _ in range(7 if sky.hour == "storm" else 4):
        x, lift = dice.between(0, wide), dice.between(0.08, 0.7)
        y = horizon * lift
        size = (0.2 - 0.14 * lift) * dice.between(0.7, 1.3)
        _cloud(pen, x, y, size, paint=bright, sky=sky, dice=dice)


def _cloud(pen: Pen, x: float, y: float, size: float, *, paint: RGB, sky: Sky, dice: Dice) -> None:
    puffs: list[Path] = [box(x - size * 1.5, y - size * 0.2, x + size * 1.5, y, size * 0.1)]
    for step in (-1.05, -0.55, 0.0, 0.5, 1.0):
        lump = size * (0.52 - abs(step) * 0.24) * dice.between(0.75, 1.2)
        puffs.append(ellipse(x + step * size, y - lump * 0.55, lump * 1.05, lump * 0.78))
    under = [[(x - size * 3, y), (x + size * 3, y), (x + size * 3, y + size), (x - size * 3, y + size)]]
    pen.fill(*puffs, paint=paint, alpha=0.5, cut=list(under), contour=False)
    pen.shade(*puffs, start=(x, y - size * 0.35), end=(x, y + size * 0.1), paint=sky.top, alpha=0.35, cut=list(under))
