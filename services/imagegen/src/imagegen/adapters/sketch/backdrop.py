"""What stands behind a character: light and one quiet motif."""

from __future__ import annotations

import math
from collections.abc import Callable

from imagegen.adapters.sketch import colour, weather
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.geometry import box, ellipse, smooth
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.plate import Grade
from imagegen.adapters.sketch.subject import Subject


def draw(pen: Pen, subject: Subject, avoid: RGB) -> None:
    """Fill the plate; the motif keeps clear of the colour of the clothes so that the figure stands out."""
    width, height = pen.plate.size
    words, dice = subject.words, subject.moment.fork("backdrop")
    colours = pen.style.palette
    top, low = colours.sky, colours.haze
    if abs(colour.lightness(low) - colour.lightness(avoid)) < 0.14:
        low = colour.tone(low, -0.1 if colour.lightness(low) > 0.6 else 0.14)
    pen.fill(box(0, 0, width, height), paint=Grade(top, low), contour=False)
    subject.each_turn(_MOTIFS, "backdrop")(pen, dice, width, height)
    ground = colour.mix(colours.near, low, 0.45)
    pen.glow(width / 2, height, width * 0.9, ground, 0.55, tall=height * 0.5)
    if words.has("rain", "rainy", "storm", "雨"):
        weather.rain(pen, dice, width, height)
    if words.has("snow", "winter", "雪", "冬"):
        weather.snow(pen, dice, width, height)


def _disk(pen: Pen, dice: Dice, width: int, height: int) -> None:
    """A sun or moon behind the head."""
    colours = pen.style.palette
    x, y, radius = width * dice.between(0.4, 0.6), height * 0.36, width * dice.between(0.33, 0.4)
    paint = colour.mix(colours.light, colours.second, dice.pick((0.0, 0.3, 0.65)))
    pen.glow(x, y, radius * 2.2, colours.light, 0.55)
    disk = ellipse(x, y, radius)
    pen.fill(disk, paint=paint, contour=False)
    pen.shade(disk, start=(x, y), end=(x, y + radius * 1.1), paint=colours.haze, alpha=0.8)


def _hills(pen: Pen, dice: Dice, width: int, height: int) -> None:
    """Ridges one behind the other under a small sun."""
    colours = pen.style.palette
    x = width * dice.pick((0.22, 0.78))
    pen.glow(x, height * 0.2, width * 0.5, colours.light, 0.6)
    pen.fill(ellipse(x, height * 0.2, width * 0.085), paint=colours.light, contour=False)
    for layer in range(3):
        base = height * (0.48 + layer * 0.14)
        points = [(width * (step / 6), base - height * dice.between(0.0, 0.13)) for step in range(-1, 8)]
        shape = [*smooth(points, closed=False), (width * 1.3, height), (-width * 0.3, height)]
        tint = colour.mix(colour.mix(colours.haze, colours.far, 0.45 + layer * 0.3), colours.near, layer * 0.14)
        pen.fill(shape, paint=tint, contour=layer > 0)
        pen.shade(shape, start=(0, base), end=(0, base + height * 0.3), paint=colours.haze, alpha=0.5)


def _arch(pen: Pen, dice: Dice, width: int, height: int) -> None:
    """An archway with light behind it."""
    colours = pen.style.palette
    wall = colour.mix(colours.far, colours.near, 0.3)
    pen.fill(box(0, 0, width, height), paint=Grade(colour.mix(wall, colours.sky, 0.5), wall), contour=False)
    middle, half = width * dice.between(0.44, 0.56), width * 0.35
    opening = [
        (middle - half, height),
        *ellipse(middle, height * 0.4, half, half * 0.95, start=180, end=360),
        (middle + half, height),
    ]
    pen.fill(opening, paint=Grade(colours.light, colours.haze))
    pen.glow(middle, height * 0.42, half * 1.9, colours.light, 0.5)
    frame = [
        (middle - half * 1.1, height),
        *ellipse(middle, height * 0.4, half * 1.1, half * 1.05, start=180, end=360),
        (middle + half * 1.1, height),
    ]
    pen.line(frame, 2.5 * pen.pixel, colour.mix(colours.second, wall, 0.3))


def _rays(pen: Pen, dice: Dice, width: int, height: int) -> None:
    """Rays from behind the head."""
    colours = pen.style.palette
    x, y, count = width / 2, height * 0.4, dice.pick((12, 16, 20))
    tint = colour.mix(colours.haze, colours.light, 0.6)
    turn = dice.between(0, 1)
    far = width + height
    for ray in range(count):
        angle = 2 * math.pi * (ray + turn) / count
        spread = math.pi / count * 0.5
        left = (x + far * math.cos(angle - spread), y + far * math.sin(angle - spread))
        right = (x + far * math.cos(angle + spread), y + far * math.sin(angle + spread))
        pen.fill([(x, y), left, right], paint=tint, alpha=0.34, contour=False)
    pen.glow(x, y, width * 0.75, colours.light, 0.75)


def _blinds(pen: Pen, dice: Dice, width: int, height: int) -> None:
    """Light that falls through a window in slanted bars."""
    colours = pen.style.palette
    slant = height * dice.pick((0.16, -0.16))
    wall = colour.mix(colours.sky, colours.far, 0.4)
    pen.fill(box(0, 0, width, height), paint=Grade(colour.tone(wall, -0.03), wall), contour=False)
    left, right = width * 0.06, width * 0.94
    for bar in range(7):
        y = height * (0.04 + bar * 0.105)
        shape = [
            (left, y + slant / 2),
            (right, y - slant / 2),
            (right, y - slant / 2 + height * 0.062),
            (left, y + slant / 2 + height * 0.062),
        ]
        pen.fill(
            shape,
            paint=colour.mix(colours.light, colours.haze, 0.4),
            alpha=0.62 - bar * 0.05,
            blur=1.2 * pen.pixel,
            contour=False,
        )
    pen.glow(width * 0.5, height * 0.3, width * 0.6, colours.light, 0.35)


def _skyline(pen: Pen, dice: Dice, width: int, height: int) -> None:
    """Roofs in the distance, some windows lit."""
    colours = pen.style.palette
    pen.glow(width * 0.5, height * 0.5, width * 0.8, colours.light, 0.6, tall=height * 0.4)
    for layer in range(2):
        tint = colour.mix(colours.haze, colours.far if layer == 0 else colours.near, 0.55 + layer * 0.15)
        x = -width * 0.05
        while x < width:
            wide = width * dice.between(0.08, 0.17)
            top = height * (dice.between(0.22, 0.46) + layer * 0.14)
            pen.fill(box(x, top, x + wide, height), paint=tint)
            if dice.chance(0.3):
                pen.line([(x + wide / 2, top), (x + wide / 2, top - height * 0.06)], 1.4 * pen.pixel, tint)
            for _ in range(4 if layer else 2):
                window_x, window_y = x + wide * dice.between(0.15, 0.7), top + height * dice.between(0.03, 0.2)
                pen.fill(
                    box(window_x, window_y, window_x + wide * 0.12, window_y + height * 0.014),
                    paint=colours.light,
                    alpha=0.8,
                    contour=False,
                )
            x += wide * dice.between(0.85, 1.1)


_MOTIFS: tuple[Callable[[Pen, Dice, int, int], None], ...] = (_disk, _hills, _arch, _rays, _blinds, _skyline)
