"""Hair: what falls behind the head, and what lies over it. Units as for heads."""

from __future__ import annotations

import math

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.geometry import Path, both_sides, curve, ellipse, points, smooth
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.traits import Traits

_CROWN = points("-0.39,0.06 -0.435,-0.18 -0.36,-0.44 -0.12,-0.6 0.14,-0.6 0.37,-0.44 0.435,-0.18 0.39,0.06")
_LINES: dict[str, Path] = {
    "short": points("0.35,-0.1 0.3,-0.22 0.12,-0.3 -0.12,-0.27 -0.3,-0.2 -0.35,-0.08"),
    "parted": points("0.36,-0.05 0.31,-0.18 0.1,-0.25 -0.16,-0.38 -0.28,-0.25 -0.36,-0.05"),
    "fringe": points("0.37,0.06 0.34,-0.12 0.18,-0.14 0,-0.13 -0.18,-0.14 -0.34,-0.12 -0.37,0.06"),
    "swept": points("0.385,0.1 0.33,-0.12 0.16,-0.28 -0.1,-0.36 -0.25,-0.2 -0.345,-0.06 -0.385,0.1"),
    "back": points("0.35,-0.12 0.27,-0.29 0.1,-0.35 -0.1,-0.35 -0.27,-0.29 -0.35,-0.12"),
}
_FRONT = {
    "short": "short", "parted": "parted", "spiky": "short", "curly": "back", "long": "swept", "bob": "fringe",
    "bun": "back", "ponytail": "swept", "braids": "fringe", "topknot": "back",
}  # fmt: skip


def draw_back(pen: Pen, traits: Traits) -> None:
    """Hair behind neck and shoulders."""
    shape = _behind(traits.hairstyle)
    if shape:
        pen.fill(shape, paint=colour.tone(traits.hair, -0.07))
        pen.shade(shape, start=(-0.1, -0.1), end=(0.55, 0.6), alpha=0.55)


def _behind(hairstyle: str) -> Path:
    if hairstyle == "long":
        side = points("0,-0.6 0.3,-0.54 0.47,-0.25 0.48,0.2 0.56,0.7 0.6,1.25 0.42,1.5 0.2,1.3 0.1,0.6")
        return smooth(both_sides(side), steps=5)
    if hairstyle == "bob":
        side = points("0,-0.6 0.3,-0.54 0.48,-0.22 0.52,0.2 0.5,0.5 0.3,0.56 0.1,0.5")
        return smooth(both_sides(side), steps=5)
    if hairstyle == "curly":
        return _cloud(0.0, -0.14, 0.52, 0.56, lobes=13, depth=0.1)
    if hairstyle == "ponytail":
        return smooth(points("0.2,-0.45 0.5,-0.5 0.68,-0.2 0.66,0.4 0.5,0.95 0.46,0.5 0.42,0 0.3,-0.2"), steps=5)
    return []


def _cloud(x: float, y: float, rx: float, ry: float, *, lobes: int, depth: float) -> Path:
    points = []
    for step in range(lobes * 8):
        angle = 2 * math.pi * step / (lobes * 8)
        swell = 1 + depth * abs(math.sin(angle * lobes / 2))
        points.append((x + rx * swell * math.cos(angle), y + ry * swell * math.sin(angle)))
    return points


def draw_front(pen: Pen, traits: Traits, under_hat: bool) -> None:
    """Hair over the skull; under a hat only what hangs out."""
    style = traits.hairstyle
    if style == "bald":
        if not under_hat:
            pen.glow(-0.14, -0.34, 0.2, (255, 250, 240), 0.3)
        return
    if not under_hat:
        _tops(pen, traits)
    shape = smooth([*_CROWN, *_LINES[_FRONT.get(style, "short")]], steps=5)
    pen.fill(shape, paint=traits.hair)
    pen.shade(shape, start=(-0.05, -0.4), end=(0.5, 0.0), alpha=0.6)
    gleam = colour.tone(traits.hair, 0.13)
    for offset in (0.0, 0.07, 0.14):
        pen.line(
            curve((-0.33 + offset, -0.2 - offset), (-0.26 + offset, -0.45), (-0.04 + offset, -0.52 + offset * 0.3)),
            0.014,
            gleam,
            0.5,
        )
    if style == "braids":
        _braids(pen, traits)


def _tops(pen: Pen, traits: Traits) -> None:
    """What stands up from the head."""
    if traits.hairstyle in {"bun", "topknot"}:
        knot = ellipse(0.03, -0.66, 0.19, 0.17) if traits.hairstyle == "bun" else ellipse(0.0, -0.68, 0.12, 0.15)
        pen.fill(knot, paint=traits.hair)
        pen.shade(knot, start=(-0.02, -0.7), end=(0.24, -0.6), alpha=0.6)
        pen.line(curve((-0.1, -0.6), (0.03, -0.7), (0.16, -0.62)), 0.014, colour.tone(traits.hair, 0.12), 0.6)
    elif traits.hairstyle == "spiky":
        teeth = points(
            "-0.4,-0.12 -0.54,-0.36 -0.36,-0.4 -0.4,-0.66 -0.2,-0.55 -0.12,-0.78 0.04,-0.58 "
            "0.2,-0.78 0.24,-0.53 0.45,-0.62 0.38,-0.38 0.56,-0.3 0.4,-0.12"
        )
        pen.fill(teeth, paint=traits.hair)
    elif traits.hairstyle == "curly":
        pen.fill(_cloud(0.0, -0.34, 0.42, 0.3, lobes=9, depth=0.16), paint=traits.hair)


def _braids(pen: Pen, traits: Traits) -> None:
    for side in (-1, 1):
        for step in range(7):
            y = 0.3 + step * 0.14
            knot = ellipse(side * (0.42 + step * 0.015), y, 0.085 - step * 0.004, 0.09)
            pen.fill(knot, paint=colour.tone(traits.hair, -0.02 if step % 2 else -0.06))
        pen.fill(ellipse(side * 0.525, 1.24, 0.05, 0.04), paint=traits.trim)
