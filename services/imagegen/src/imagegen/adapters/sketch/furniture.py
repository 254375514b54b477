"""What stands in rooms. One unit is the height of the picture; the floor line is where wall and floor meet."""

from __future__ import annotations

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, box, curve, ellipse, ribbon
from imagegen.adapters.sketch.land import Land


def away(land: Land, near: float) -> float:
    """A place on the side without window: 0 is the middle, 1 the wall."""
    side = 1 if land.sky.x < 0.5 else -1
    return land.wide * (0.5 + 0.5 * near * side)


def ground(land: Land, x: float, y: float, half: float) -> None:
    """A soft shadow under something that stands."""
    land.pen.glow(x, y, half * 1.35, land.pen.shadow, 0.6, tall=0.05)


def block(
    land: Land, left: float, top: float, right: float, bottom: float, *, paint: RGB, radius: float = 0.008
) -> None:
    """A box, its far side in shade."""
    shape = box(left, top, right, bottom, radius)
    land.pen.fill(shape, paint=paint)
    land.pen.shade(
        shape, start=(left + (right - left) * 0.3, top), end=(right + (right - left) * 0.3, bottom), alpha=0.55
    )


def table(land: Land, x: float, top: float, half: float, base: float, *, wood: RGB) -> None:
    """A table with two legs."""
    ground(land, x, base, half)
    for side in (-0.86, 0.86):
        block(land, x + side * half - 0.016, top, x + side * half + 0.016, base, paint=colour.tone(wood, -0.05))
    block(land, x - half, top - 0.03, x + half, top, paint=colour.tone(wood, 0.07))


def chair(land: Land, x: float, seat: float, wood: RGB) -> None:
    """A chair from behind."""
    for side in (-0.06, 0.06):
        block(land, x + side - 0.008, seat, x + side + 0.008, seat + 0.16, paint=colour.tone(wood, -0.08))
    block(land, x - 0.075, seat - 0.2, x + 0.075, seat - 0.02, paint=wood, radius=0.02)
    block(land, x - 0.085, seat - 0.012, x + 0.085, seat + 0.016, paint=land.pen.style.palette.accent, radius=0.01)


def lamp(land: Land, x: float, base: float, high: float) -> None:
    """A standing lamp with a wide shade."""
    pen, colours = land.pen, land.pen.style.palette
    pen.glow(x, base - high, high * 1.9, land.lamp, 0.75 if land.sky.is_dark else 0.4)
    pen.line([(x, base), (x, base - high * 0.7)], 0.01, colour.tone(colours.near, -0.04))
    pen.fill(ellipse(x, base, high * 0.2, high * 0.05), paint=colours.near)
    shade = [
        (x - high * 0.16, base - high),
        (x + high * 0.16, base - high),
        (x + high * 0.3, base - high * 0.6),
        (x - high * 0.3, base - high * 0.6),
    ]
    pen.fill(shade, paint=colour.mix(colours.second, land.lamp, 0.45))


def pendant(land: Land, x: float, y: float) -> None:
    """A lamp that hangs from the ceiling."""
    pen, colours = land.pen, land.pen.style.palette
    pen.glow(x, y + 0.03, 0.26, land.lamp, 0.7)
    pen.line([(x, 0.0), (x, y)], 0.005, colours.near)
    pen.fill([(x - 0.018, y), (x + 0.018, y), (x + 0.062, y + 0.055), (x - 0.062, y + 0.055)], paint=colours.accent)
    pen.fill(ellipse(x, y + 0.058, 0.03, 0.014), paint=land.lamp, contour=False)


def shelf(land: Land, left: float, right: float, top: float, base: float, *, wood: RGB, rows: int) -> None:
    """A bookcase."""
    pen, dice, colours = land.pen, land.dice, land.pen.style.palette
    block(land, left, top, right, base, paint=colour.tone(wood, -0.06))
    high = (base - top) / rows
    tints = (colours.accent, colours.second, colours.far, colours.sky, colour.mix(colours.haze, wood, 0.3))
    for row in range(rows):
        y = top + high * row
        pen.fill(
            box(left + 0.015, y + high * 0.08, right - 0.015, y + high * 0.94),
            paint=colour.tone(wood, -0.15),
            contour=False,
        )
        spines: dict[RGB, list[Path]] = {}
        x = left + 0.02
        while x < right - 0.035:
            thick = dice.between(0.011, 0.024)
            spine = box(x, y + high * dice.between(0.16, 0.4), x + thick, y + high * 0.92)
            spines.setdefault(colour.mix(dice.pick(tints), wood, 0.3), []).append(spine)
            x += thick + (0.03 if dice.chance(0.08) else 0.002)
        for tint, books in spines.items():
            pen.fill(*books, paint=tint, contour=False)
    pen.shade(box(left, top, right, base), start=(left, top), end=(right, base), alpha=0.4)


def frame(land: Land, x: float, y: float, wide: float, high: float) -> None:
    """A picture on the wall."""
    pen, colours = land.pen, land.pen.style.palette
    pen.fill(
        box(x - wide - 0.004, y - high + 0.01, x + wide + 0.012, y + high + 0.014),
        paint=pen.shadow,
        alpha=0.35,
        blur=0.006,
        contour=False,
    )
    pen.fill(box(x - wide, y - high, x + wide, y + high), paint=colour.mix(colours.second, colours.near, 0.3))
    pen.fill(box(x - wide * 0.84, y - high * 0.84, x + wide * 0.84, y + high * 0.84), paint=colours.haze, contour=False)
    pen.fill(
        [
            (x - wide * 0.84, y + high * 0.84),
            (x - wide * 0.2, y - high * 0.1),
            (x + wide * 0.1, y + high * 0.3),
            (x + wide * 0.5, y),
            (x + wide * 0.84, y + high * 0.84),
        ],
        paint=colours.far,
        contour=False,
    )


def plant(land: Land, x: float, base: float, high: float) -> None:
    """A plant in a pot."""
    pen, colours = land.pen, land.pen.style.palette
    leaf = colour.mix((72, 118, 84), colours.near, 0.35)
    for angle, reach in ((-0.5, 0.8), (-0.25, 1.0), (0.05, 1.1), (0.3, 0.95), (0.55, 0.75)):
        tip = (x + angle * high, base - high * 0.3 - reach * high * 0.7)
        pen.fill(
            ribbon(
                curve((x, base - high * 0.3), (x + angle * high * 0.3, base - high * 0.8), tip),
                high * 0.16,
                high * 0.02,
            ),
            paint=colour.tone(leaf, angle * 0.08),
        )
    block(
        land,
        x - high * 0.16,
        base - high * 0.32,
        x + high * 0.16,
        base,
        paint=colour.mix(colours.accent, colours.near, 0.25),
        radius=0.02,
    )
