"""Places at the water: sea, harbour, lighthouse, bridge. One unit is the height of the picture."""

from __future__ import annotations

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.geometry import Path, box, curve, ellipse, smooth
from imagegen.adapters.sketch.land import Land, mountains, ridge, wanderer, water


def sea(land: Land, *, lighthouse: bool, ship: bool) -> None:
    """Open water, a headland, perhaps a lighthouse or a ship."""
    away = 1 if land.sky.x < 0.5 else -1
    mountains(land, land.horizon + 0.01, 0.16, 0.1, 4, span=(0.5, 1.05) if away > 0 else (-0.05, 0.5))
    mountains(land, land.horizon + 0.01, 0.1, 0.2, 3, span=(-0.1, 0.22) if away > 0 else (0.78, 1.1))
    water(land, land.horizon)
    if ship:
        _ship(land, land.wide * (0.5 + 0.16 * away), land.horizon + 0.22, 0.46)
    middle = land.wide * (0.5 + 0.36 * away)
    rocks = smooth(
        [
            (middle - away * 0.5, 1.04),
            (middle - away * 0.3, 0.86),
            (middle - away * 0.14, 0.74),
            (middle + away * 0.1, 0.68),
            (middle + away * 0.5, 0.6),
            (middle + away * 0.7, 1.04),
        ],
        steps=4,
    )
    land.pen.fill(rocks, paint=land.green(0.85))
    land.pen.shade(rocks, start=(middle - away * 0.1, 0.7), end=(middle + away * 0.4, 0.95), alpha=0.6)
    if lighthouse:
        _lighthouse(land, middle, 0.72, 0.56)
    else:
        wanderer(land, middle, 0.71, 0.15)
    _gulls(land)


def _gulls(land: Land) -> None:
    for _ in range(5):
        x, y, size = (
            land.dice.between(0.2, 0.8) * land.wide,
            land.dice.between(0.12, 0.4),
            land.dice.between(0.012, 0.024),
        )
        dark = colour.mix(land.sky.top, land.pen.shadow, 0.5)
        land.pen.line(
            [
                *curve((x - size, y - size * 0.4), (x - size * 0.4, y - size * 0.7), (x, y)),
                *curve((x, y), (x + size * 0.4, y - size * 0.7), (x + size, y - size * 0.4)),
            ],
            0.004,
            dark,
        )


def _lighthouse(land: Land, x: float, base: float, high: float) -> None:
    pen, colours = land.pen, land.pen.style.palette
    white = colour.mix(colours.light, land.sky.low, 0.25)
    if land.sky.hour in {"night", "dusk", "storm"}:
        for side in (-1, 1):
            beam = [(x, base - high), (x + side * 1.6, base - high - 0.2), (x + side * 1.6, base - high + 0.12)]
            pen.shade(beam, start=(x + side * 1.5, base - high), end=(x, base - high), paint=land.lamp, alpha=0.5)
        pen.glow(x, base - high, 0.34, land.lamp, 0.9)
    tower = [
        (x - high * 0.085, base - high * 0.9),
        (x + high * 0.085, base - high * 0.9),
        (x + high * 0.14, base + 0.02),
        (x - high * 0.14, base + 0.02),
    ]
    pen.fill(tower, paint=white)
    for step in (0.1, 0.42, 0.74):
        a, b = 0.085 + 0.055 * step, 0.085 + 0.055 * (step + 0.16)
        y, z = base - high * (0.9 - 0.9 * step), base - high * (0.9 - 0.9 * (step + 0.16))
        pen.fill(
            [(x - high * a, y), (x + high * a, y), (x + high * b, z), (x - high * b, z)],
            paint=colours.accent,
            contour=False,
        )
    pen.shade(tower, start=(x, base), end=(x + high * 0.16, base), alpha=0.75)
    pen.fill(box(x - high * 0.11, base - high * 0.92, x + high * 0.11, base - high * 0.89), paint=land.tint(1.0))
    pen.fill(box(x - high * 0.06, base - high * 1.03, x + high * 0.06, base - high * 0.92), paint=land.lamp)
    pen.fill(
        [(x - high * 0.09, base - high * 1.03), (x, base - high * 1.12), (x + high * 0.09, base - high * 1.03)],
        paint=colours.accent,
    )


def _ship(land: Land, x: float, base: float, size: float) -> None:
    pen, colours = land.pen, land.pen.style.palette
    hull = smooth(
        [
            (x - size * 0.62, base - size * 0.2),
            (x + size * 0.6, base - size * 0.22),
            (x + size * 0.42, base),
            (x - size * 0.46, base),
        ],
        steps=3,
    )
    for mast, tall in ((-0.2, 0.86), (0.18, 1.0)):
        pen.fill(
            box(x + size * mast - 0.005, base - size * tall, x + size * mast + 0.005, base - size * 0.15),
            paint=land.tint(1.0),
            contour=False,
        )
        for low, high, half in ((0.3, 0.6, 0.26), (0.62, 0.86, 0.18)):
            sail = [
                (x + size * (mast - half * 0.6), base - size * high * tall),
                (x + size * (mast + half * 0.6), base - size * high * tall),
                *curve(
                    (x + size * (mast + half * 0.6), base - size * high * tall),
                    (x + size * (mast + half * 1.2), base - size * (low + high) / 2 * tall),
                    (x + size * (mast + half * 0.7), base - size * low * tall),
                    5,
                ),
                (x + size * (mast - half * 0.7), base - size * low * tall),
            ]
            pen.fill(sail, paint=colour.mix(colours.light, land.sky.low, 0.2))
            pen.shade(
                sail,
                start=(x + size * mast, base - size * high),
                end=(x + size * (mast + half), base - size * low),
                alpha=0.4,
            )
    pen.fill(hull, paint=colour.mix(land.tint(1.0), colours.accent, 0.3))
    pen.shade(hull, start=(x, base - size * 0.2), end=(x, base), alpha=0.6)
    pen.glow(x, base + 0.01, size * 0.8, land.pen.shadow, 0.45, tall=0.03)


def bridge(land: Land) -> None:
    """A stone bridge over a river."""
    mountains(land, land.horizon + 0.02, 0.26, 0.15, 5)
    ridge(land, land.horizon + 0.05, 0.08, 0.35)
    water(land, land.horizon + 0.08)
    pen, stone = land.pen, colour.mix(land.tint(0.6), land.pen.style.palette.haze, 0.25)
    top, low = land.horizon + 0.06, land.horizon + 0.36
    deck = [
        *curve((-0.02, top + 0.08), (land.wide / 2, top - 0.12), (land.wide + 0.02, top + 0.08), 16),
        (land.wide + 0.02, low),
        (-0.02, low),
    ]
    holes: list[Path] = []
    for middle, half in ((0.2, 0.19), (0.5, 0.27), (0.8, 0.19)):
        x = land.wide * middle
        holes.append(
            [(x - half, low + 0.02), *ellipse(x, low, half, half * 0.82, start=180, end=360), (x + half, low + 0.02)]
        )
    pen.fill(deck, paint=stone, cut=holes, contour=False)
    pen.shade(deck, start=(0, top + 0.04), end=(0, low), alpha=0.6, cut=holes)
    pen.line(
        curve((-0.02, top + 0.07), (land.wide / 2, top - 0.13), (land.wide + 0.02, top + 0.07), 16),
        0.022,
        colour.tone(stone, 0.06),
    )
    for hole in holes:
        pen.line(hole, 0.008, colour.tone(stone, -0.1), 0.8)
        pen.fill([(x, 2 * low - y + 0.01) for x, y in hole], paint=land.sky.low, alpha=0.14, contour=False)
    wanderer(land, land.wide * 0.56, top - 0.02, 0.13)
    ridge(land, 1.0, 0.07, 0.95, 4)
