"""Places that people built: skylines, streets, villages. One unit is the height of the picture."""

from __future__ import annotations

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, Point, box, ellipse, points, ribbon
from imagegen.adapters.sketch.land import Land, leafy, ridge, wanderer
from imagegen.adapters.sketch.plate import Grade


def skyline(land: Land) -> None:
    """Three rows of towers with lit windows, over water or haze."""
    for row, (depth, low, high) in enumerate(((0.18, 0.2, 0.5), (0.42, 0.14, 0.42), (0.78, 0.06, 0.3))):
        base = land.horizon + 0.06 + row * 0.13
        x = -land.dice.between(0.0, 0.1)
        while x < land.wide:
            wide = land.dice.between(0.07, 0.15) * (1 + row * 0.15)
            _tower(land, x, base - land.dice.between(low, high), wide, base, depth=depth)
            x += wide * land.dice.between(0.88, 1.12)
        land.pen.glow(land.wide / 2, base, land.wide * 0.7, land.sky.low, 0.45, tall=0.12)
    ground = [(0, land.horizon + 0.3), (land.wide, land.horizon + 0.28), (land.wide, 1.02), (0, 1.02)]
    land.pen.fill(ground, paint=Grade(land.tint(0.8), colour.tone(land.tint(1.0), -0.05)))
    _railing(land)


def _tower(land: Land, x: float, top: float, wide: float, base: float, *, depth: float) -> None:
    pen, dice = land.pen, land.dice
    paint = colour.tone(land.tint(depth), dice.between(-0.03, 0.02))
    crown = dice.pick(("flat", "step", "spire", "slope"))
    shape = box(x, top, x + wide, base + 0.3)
    parts: list[Path] = [shape]
    if crown == "step":
        parts.append(box(x + wide * 0.2, top - 0.04, x + wide * 0.8, top + 0.01))
    elif crown == "spire":
        parts.append([(x + wide * 0.42, top + 0.01), (x + wide * 0.5, top - 0.13), (x + wide * 0.58, top + 0.01)])
    elif crown == "slope":
        parts.append([(x, top + 0.01), (x + wide, top - 0.05), (x + wide, top + 0.01)])
    pen.fill(*parts, paint=Grade(paint, colour.mix(paint, land.sky.low, 0.3)))
    towards = 1 if land.sky.x < 0.5 else -1
    middle = x + wide / 2
    pen.shade(shape, start=(middle, top), end=(middle + towards * wide * 0.7, top), alpha=0.4)
    windows: list[Path] = []
    columns = max(2, int(wide / 0.028))
    for row in range(int((base - top) / 0.036)):
        for column in range(columns):
            if dice.chance(land.lit() * (0.7 if depth < 0.4 else 0.55)):
                left = x + wide * (column + 0.3) / columns
                y = top + 0.022 + row * 0.036
                windows.append(box(left, y, left + wide * 0.42 / columns, y + 0.016))
    if windows:
        shine = (
            dice.pick((land.lamp, land.lamp, land.lamp, pen.style.palette.accent, pen.style.palette.second))
            if land.sky.hour == "night"
            else land.lamp
        )
        pen.fill(*windows, paint=colour.mix(shine, land.lamp, 0.35), alpha=0.45 + 0.5 * depth, contour=False)


def _railing(land: Land) -> None:
    """The edge of a roof, with someone looking out."""
    pen, paint = land.pen, colour.mix(land.tint(1.0), land.pen.shadow, 0.55)
    pen.fill(box(-0.02, 0.9, land.wide + 0.02, 1.02), paint=paint)
    bars: list[Path] = [box(-0.02, 0.795, land.wide + 0.02, 0.805)]
    bars.extend(box(step * 0.09, 0.8, step * 0.09 + 0.006, 0.92) for step in range(int(land.wide / 0.09) + 1))
    wanderer(land, land.wide * (0.3 if land.sky.x > 0.5 else 0.7), 0.93, 0.24)
    pen.fill(*bars, paint=paint, contour=False)


def street(land: Land) -> None:
    """A street between houses, running to a point on the horizon."""
    pen, wide, y = land.pen, land.wide, land.horizon
    x = wide * land.dice.between(0.42, 0.58)
    pen.glow(x, y, 0.7, land.sky.low, 0.8, tall=0.5)
    road = [(x - 0.03, y), (x + 0.03, y), (wide * 0.98, 1.02), (wide * 0.02, 1.02)]
    pen.fill(box(0, y, wide, 1.02), paint=Grade(land.tint(0.35), land.tint(0.85)), contour=False)
    pen.fill(
        road,
        paint=Grade(colour.mix(land.sky.low, land.tint(0.3), 0.4), colour.mix(land.tint(0.7), land.sky.low, 0.2)),
        contour=False,
    )
    for side in (-1, 1):
        for step in range(4):
            _facade(
                land, (x, y), side, 0.12 + 0.26 * step**1.25, 0.12 + 0.26 * (step + 1) ** 1.25, depth=0.3 + step * 0.2
            )
    for step in (3, 2, 1):
        near = 0.14 + 0.24 * step
        _street_lamp(land, x - near * 0.62, y + near * 0.48, near * 0.82)
        _street_lamp(land, x + near * 0.62, y + near * 0.48, near * 0.82)
    wanderer(land, x - 0.08, y + 0.3, 0.19)
    if land.sky.hour in {"night", "storm", "dusk"}:
        for part in (0.25, 0.5, 0.8):
            pen.glow(
                x + land.dice.between(-0.2, 0.2) * part, y + part * (1 - y), 0.3 * part + 0.1, land.lamp, 0.3, tall=0.03
            )


def _facade(land: Land, point: Point, side: int, far: float, near: float, *, depth: float) -> None:
    """One house front in perspective; `far` and `near` are distances from the vanishing point."""
    x, y = point
    dice = land.dice
    up = dice.between(0.85, 1.35)
    left, right = x + side * far * 0.85, x + side * near * 0.85
    front = [(left, y - far * up), (right, y - near * up), (right, y + near * 0.5), (left, y + far * 0.5)]
    paint = colour.mix(
        land.tint(min(1.0, depth)),
        dice.pick((land.pen.style.palette.accent, land.pen.style.palette.second, land.tint(depth))),
        0.14,
    )
    land.pen.fill(front, paint=colour.tone(paint, 0.02 if (side > 0) == (land.sky.x < 0.5) else -0.05))
    land.pen.shade(front, start=(left, y), end=(right + side * near * 0.3, y), alpha=0.45)
    lit: list[Path] = []
    dark: list[Path] = []
    for row in range(4):
        for column in range(3):
            a, b = 0.18 + column * 0.27, 0.32 + column * 0.27
            u, v = 0.14 + row * 0.24, 0.26 + row * 0.24
            pane = [_in(front, a, u), _in(front, b, u), _in(front, b, v), _in(front, a, v)]
            (lit if dice.chance(land.lit(0.2)) else dark).append(pane)
    for panes, tint, alpha in ((dark, colour.tone(paint, -0.1), 0.8), (lit, land.lamp, 0.95)):
        if panes:
            land.pen.fill(*panes, paint=tint, alpha=alpha, contour=False)
    if dice.chance(0.5):
        sign = [_in(front, 0.1, 0.82), _in(front, 0.9, 0.82), _in(front, 0.9, 0.9), _in(front, 0.1, 0.9)]
        land.pen.fill(sign, paint=dice.pick((land.pen.style.palette.accent, land.pen.style.palette.second)))


def _in(front: list[Point], across: float, down: float) -> Point:
    """A point of a quadrilateral in parts of its width and height."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = front
    tx, ty = ax + (bx - ax) * across, ay + (by - ay) * across
    ux, uy = dx + (cx - dx) * across, dy + (cy - dy) * across
    return tx + (ux - tx) * down, ty + (uy - ty) * down


def _street_lamp(land: Land, x: float, base: float, high: float) -> None:
    dark = colour.mix(land.tint(1.0), land.pen.shadow, 0.6)
    land.pen.fill(box(x - high * 0.012, base - high, x + high * 0.012, base), paint=dark, contour=False)
    if land.sky.is_dark or land.sky.hour == "storm":
        land.pen.glow(x, base - high, high * 0.6, land.lamp, 0.75)
    land.pen.fill(
        [
            (x - high * 0.05, base - high * 1.06),
            (x + high * 0.05, base - high * 1.06),
            (x + high * 0.03, base - high * 0.95),
            (x - high * 0.03, base - high * 0.95),
        ],
        paint=land.lamp,
    )
    land.pen.fill(
        [(x - high * 0.06, base - high * 1.05), (x, base - high * 1.12), (x + high * 0.06, base - high * 1.05)],
        paint=dark,
    )


def village(land: Land) -> None:
    """Gabled houses on a hillside, a path between them."""
    ridge(land, land.horizon, 0.16, 0.2)
    ridge(land, land.horizon + 0.1, 0.12, 0.4)
    spots = ((0.12, 0.02, 0.13), (0.3, 0.05, 0.15), (0.86, 0.03, 0.14), (0.68, 0.06, 0.16), (0.48, 0.1, 0.2))
    for across, down, size in spots:
        house(land, land.wide * across + land.dice.between(-0.04, 0.04), land.horizon + 0.12 + down, size, 0.5)
    ridge(land, land.horizon + 0.26, 0.05, 0.75, 5)
    path = ribbon(
        [
            (land.wide * 0.46, land.horizon + 0.2),
            (land.wide * 0.5, land.horizon + 0.3),
            (land.wide * 0.44, 0.86),
            (land.wide * 0.52, 1.04),
        ],
        0.02,
        0.26,
    )
    land.pen.fill(path, paint=colour.mix(land.sky.low, land.tint(0.5), 0.35), contour=False)
    house(land, land.wide * (0.2 if land.sky.x > 0.5 else 0.8), 0.86, 0.34, 0.9)
    leafy(land, land.wide * (0.04 if land.sky.x > 0.5 else 0.96), 0.9, 0.55, land.green(0.85))
    wanderer(land, land.wide * 0.49, 0.86, 0.13)


def house(land: Land, x: float, base: float, size: float, depth: float) -> None:
    """A house with a gable, a chimney and lit windows."""
    colours = land.pen.style.palette
    wall = colour.mix(land.tint(depth * 0.5), colours.light, 0.35)
    roof = colour.mix(land.tint(depth), colours.accent, 0.45)
    if land.sky.hour == "night":
        wall, roof = colour.mix(wall, land.sky.top, 0.55), colour.mix(roof, land.sky.top, 0.55)
    pen = land.pen.at(x, base, size)
    pen.fill(box(0.24, -1.08, 0.36, -0.62), paint=colour.tone(roof, -0.08))
    pen.fill(box(0.24, -0.62, 0.75, 0.0), paint=colour.tone(wall, -0.08))
    pen.fill(points("-0.6,-0.62 -0.18,-1.04 0.24,-0.62 0.24,0 -0.6,0"), paint=wall)
    pen.fill(points("-0.18,-1.08 0.37,-1.08 0.82,-0.59 0.28,-0.59"), paint=roof)
    pen.fill(ribbon(points("-0.66,-0.57 -0.18,-1.07 0.3,-0.57"), 0.06, 0.06), paint=colour.tone(roof, -0.06))
    panes = (box(-0.37, -0.46, -0.2, -0.25), box(0.41, -0.46, 0.58, -0.25))
    pen.fill(*panes, paint=land.lamp if land.sky.is_dark else colour.tone(wall, -0.28), contour=False)
    if land.sky.is_dark:
        pen.glow(-0.29, -0.34, 0.5, land.lamp, 0.5)
    pen.fill(box(-0.08, -0.34, 0.08, 0.0), paint=colour.tone(roof, -0.12))


def graveyard(land: Land) -> None:
    """Stones on a hill around a bare tree."""
    pen, dice = land.pen, land.dice
    ridge(land, land.horizon, 0.1, 0.3)
    ridge(land, land.horizon + 0.16, 0.06, 0.7, 4)
    dark: RGB = colour.mix(land.tint(1.0), pen.shadow, 0.4)
    x = land.wide * (0.76 if land.sky.x < 0.5 else 0.24)
    pen.fill(ribbon([(x + 0.03, 0.9), (x, 0.62), (x - 0.03, 0.34)], 0.08, 0.03), paint=dark)
    for start, bend, end in (
        ((0.0, 0.6), (-0.14, 0.45), (-0.3, 0.3)),
        ((-0.01, 0.5), (0.1, 0.34), (0.26, 0.26)),
        ((-0.03, 0.38), (-0.06, 0.24), (-0.02, 0.1)),
        ((-0.15, 0.44), (-0.2, 0.3), (-0.16, 0.2)),
        ((0.1, 0.37), (0.12, 0.26), (0.1, 0.16)),
    ):
        pen.fill(
            ribbon([(x + start[0], start[1]), (x + bend[0], bend[1]), (x + end[0], end[1])], 0.03, 0.004),
            paint=dark,
            contour=False,
        )
    for _ in range(11):
        size = dice.between(0.07, 0.14)
        left, base = dice.between(0.05, 0.92) * land.wide, 0.7 + size * 1.5 + dice.between(0, 0.06)
        stone = [
            (left, base),
            (left, base - size),
            *ellipse(left + size * 0.35, base - size, size * 0.35, size * 0.3, start=180, end=360),
            (left + size * 0.7, base),
        ]
        pen.fill(stone, paint=colour.mix(land.tint(0.3), land.sky.low, 0.35))
        pen.shade(stone, start=(left + size * 0.2, base), end=(left + size * 0.9, base), alpha=0.6)
    wanderer(land, land.wide * 0.5, 0.84, 0.16)
