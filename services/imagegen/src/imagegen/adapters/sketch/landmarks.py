"""Places with one great thing in them. One unit is the height of the picture."""

from __future__ import annotations

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, box, curve, ellipse, moved, points, smooth, spun
from imagegen.adapters.sketch.land import Land, leafy, mountains, ridge, wanderer
from imagegen.adapters.sketch.plate import Grade

_TURRETS = ((-0.26, 0.09, 0.2), (0.22, 0.1, 0.24), (-0.13, 0.11, 0.32), (0.11, 0.12, 0.32), (-0.01, 0.13, 0.36))


def castle(land: Land) -> None:
    """A castle on a hill before mountains."""
    mountains(land, land.horizon + 0.04, 0.36, 0.14, 5)
    ridge(land, land.horizon + 0.05, 0.05, 0.28)
    x = land.wide * (0.62 if land.sky.x < 0.5 else 0.38)
    pen = land.pen.at(x, land.horizon)
    pen.fill(smooth(points("-0.9,0.5 -0.5,0.16 -0.2,0 0.24,0 0.55,0.18 1,0.5"), steps=5), paint=land.green(0.45))
    stone = colour.mix(land.tint(0.5), pen.style.palette.haze, 0.3)
    for offset, wide, high in _TURRETS:
        _turret(land, x + offset, land.horizon + 0.06, wide, high, stone=stone)
    wall = box(-0.32, -0.07, 0.32, 0.12)
    teeth = [box(-0.32 + step * 0.05, -0.1, -0.295 + step * 0.05, -0.06) for step in range(13)]
    pen.fill(wall, *teeth, paint=colour.tone(stone, -0.03))
    pen.shade(wall, start=(-0.1, 0.0), end=(0.35, 0.1), alpha=0.5)
    pen.fill([(-0.035, 0.12), *ellipse(0.0, 0.04, 0.035, 0.045, start=180, end=360), (0.035, 0.12)], paint=pen.shadow)
    ridge(land, land.horizon + 0.2, 0.06, 0.65)
    ridge(land, land.horizon + 0.36, 0.1, 0.95, 4)
    wanderer(land, land.wide * 0.3, 0.88, 0.13)


def _turret(land: Land, x: float, base: float, wide: float, high: float, *, stone: RGB) -> None:
    pen = land.pen
    shaft = box(x - wide / 2, base - high, x + wide / 2, base + 0.06)
    pen.fill(shaft, paint=stone)
    pen.shade(shaft, start=(x - wide * 0.1, base), end=(x + wide * 0.6, base), alpha=0.7)
    roof = [(x - wide * 0.68, base - high), (x, base - high - wide * 1.5), (x + wide * 0.68, base - high)]
    pen.fill(roof, paint=colour.mix(land.pen.style.palette.accent, land.tint(0.5), 0.35))
    pen.shade(roof, start=(x, base - high), end=(x + wide * 0.7, base - high), alpha=0.6)
    pen.fill(
        box(x - wide * 0.09, base - high * 0.78, x + wide * 0.09, base - high * 0.78 + wide * 0.36),
        paint=land.lamp if land.sky.is_dark else pen.shadow,
        contour=False,
    )
    pen.line([(x, base - high - wide * 1.5), (x, base - high - wide * 2.0)], 0.004, land.tint(1.0))
    flag = [(x, base - high - wide * 2.0), (x + wide * 0.5, base - high - wide * 1.85), (x, base - high - wide * 1.7)]
    pen.fill(flag, paint=pen.style.palette.second, contour=False)


def temple(land: Land) -> None:
    """A hall with curved roofs before mountains in mist, stairs leading up."""
    mountains(land, land.horizon + 0.04, 0.42, 0.12, 4)
    land.pen.glow(land.wide / 2, land.horizon + 0.02, land.wide * 0.7, land.sky.low, 0.7, tall=0.16)
    ridge(land, land.horizon + 0.12, 0.08, 0.35)
    x, base = land.wide * (0.6 if land.sky.x < 0.5 else 0.4), 0.8
    pen, colours = land.pen, land.pen.style.palette
    pen.fill(box(x - 0.62, base - 0.02, x + 0.62, base + 0.08), paint=land.tint(0.55))
    columns = colour.mix(colours.accent, land.tint(0.7), 0.3 if land.sky.hour != "night" else 0.5)
    for level, (half, low, high) in enumerate(((0.5, base - 0.02, base - 0.22), (0.34, base - 0.34, base - 0.46))):
        pen.fill(box(x - half, high, x + half, low), paint=colour.mix(columns, pen.shadow, 0.45))
        lights: list[Path] = []
        for step in range(9):
            left = x - half + half * 2 * (step + 0.2) / 9
            lights.append(box(left, high + 0.03, left + half * 0.12, low - 0.01))
        pen.fill(
            *lights, paint=land.lamp if land.sky.is_dark else colour.mix(columns, colours.light, 0.4), contour=False
        )
        for step in range(10):
            left = x - half + half * 2 * step / 9
            pen.fill(box(left - 0.013, high, left + 0.013, low), paint=columns, contour=False)
        _curved_roof(land, x, high, half * 1.34, 0.13 - level * 0.01)
    pen.fill(
        [(x - 0.12, base + 0.0), (x + 0.12, base + 0.0), (x + 0.26, 1.04), (x - 0.26, 1.04)],
        paint=colour.mix(land.sky.low, land.tint(0.5), 0.5),
    )
    for step in range(6):
        y = base + 0.02 + step * 0.035 + step * step * 0.002
        pen.line([(x - 0.12 - step * 0.022, y), (x + 0.12 + step * 0.022, y)], 0.005, land.tint(0.8), 0.7)
    ridge(land, 0.98, 0.05, 0.9, 5)
    leafy(land, x - 0.82, 0.98, 0.62, colour.mix(land.tint(0.85), colours.second, 0.25))
    wanderer(land, x, 0.97, 0.15)


def _curved_roof(land: Land, x: float, low: float, half: float, high: float) -> None:
    right = [
        *curve((half * 0.5, -high), (half * 0.62, -high * 0.3), (half, -high * 0.22)),
        (half * 1.06, -high * 0.42),
        (half * 1.02, high * 0.06),
        (half * 0.5, high * 0.1),
        (0.0, high * 0.1),
    ]
    shape = moved([*reversed([(-px, py) for px, py in right]), *right], x, low)
    tiles = colour.mix(land.tint(0.9), land.pen.style.palette.far, 0.2)
    land.pen.fill(shape, paint=tiles)
    land.pen.shade(shape, start=(x - half * 0.2, low - high), end=(x + half, low), alpha=0.55)
    land.pen.fill(
        box(x - half * 0.53, low - high * 1.12, x + half * 0.53, low - high * 0.95, 0.01),
        paint=colour.tone(tiles, -0.06),
    )


def planet(land: Land) -> None:
    """A base under domes on the ground of another world."""
    _giant(land, land.wide * land.sky.x, 0.3, 0.24)
    mountains(land, land.horizon + 0.04, 0.16, 0.25, 7)
    ridge(land, land.horizon + 0.08, 0.04, 0.5)
    away = land.wide * (0.66 if land.sky.x < 0.5 else 0.34)
    for offset, size in ((0.3, 0.13), (-0.28, 0.15), (0.0, 0.22)):
        _dome(land, away + offset, land.horizon + 0.2, size)
    ridge(land, land.horizon + 0.32, 0.08, 0.85, 5)
    wanderer(land, land.wide * 0.5, 0.9, 0.14)


def _giant(land: Land, x: float, y: float, radius: float) -> None:
    """A ringed planet."""
    colours = land.pen.style.palette
    pen = land.pen.at(x, y, radius)
    tint = colour.mix(colours.light, colours.second, 0.4)
    globe = ellipse(0.0, 0.0, 1.0)
    pen.glow(0.0, 0.0, 1.9, colours.accent, 0.4)
    pen.line(spun(ellipse(0.0, 0.0, 1.75, 0.34, start=172, end=368), -14), 0.04, tint, 0.6)
    pen.fill(globe, paint=Grade(colours.second, colours.accent), contour=False)
    pen.shade(globe, start=(-0.3, 0.0), end=(1.0, 0.5), alpha=0.9)
    pen.line(spun(ellipse(0.0, 0.0, 1.75, 0.34, start=8, end=172), -14), 0.06, tint, 0.85)


def _dome(land: Land, x: float, base: float, size: float) -> None:
    colours = land.pen.style.palette
    pen = land.pen.at(x, base, size)
    dome = ellipse(0.0, 0.0, 1.0, 0.9, start=180, end=360)
    pen.glow(0.0, -0.2, 1.6, land.lamp, 0.4)
    glass = Grade(colour.mix(colours.light, colours.sky, 0.3), colour.mix(colours.far, colours.light, 0.25))
    pen.fill(dome, paint=glass)
    pen.shade(dome, start=(0.0, -0.9), end=(1.0, -0.2), alpha=0.6)
    for x_foot in (-0.5, 0.0, 0.5):
        pen.line(curve((x_foot * 1.2, 0.0), (x_foot * 1.2, -0.6), (0.0, -0.9)), 0.03, colours.near, 0.5)
    pen.fill(box(-0.14, -0.28, 0.14, 0.04, 0.1), paint=land.lamp)
