"""Props with works inside: clock, watch, compass, telephone, smartphone, camera, radio, computer. See stuff.py for units."""

from __future__ import annotations

import math

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, box, curve, ellipse, points, ribbon, smooth, star
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.stuff import Stuff, gleam, ring, solid


def _dial(pen: Pen, x: float, y: float, radius: float, stuff: Stuff) -> None:
    solid(pen, ellipse(x, y, radius), paint=stuff.pale, start=(x, y), end=(x + radius, y + radius), depth=0.3)
    marks: list[Path] = []
    for hour in range(12):
        angle = math.radians(hour * 30)
        inner = radius * (0.78 if hour % 3 else 0.7)
        marks.append(
            ribbon(
                [
                    (x + inner * math.sin(angle), y - inner * math.cos(angle)),
                    (x + radius * 0.9 * math.sin(angle), y - radius * 0.9 * math.cos(angle)),
                ],
                radius * 0.045,
                radius * 0.045,
            )
        )
    pen.fill(*marks, paint=stuff.dark, contour=False)
    for degrees, reach, width in ((305, 0.5, 0.07), (60, 0.72, 0.045)):
        angle = math.radians(degrees)
        pen.line(
            [(x, y), (x + radius * reach * math.sin(angle), y - radius * reach * math.cos(angle))],
            radius * width,
            stuff.dark,
        )
    pen.fill(ellipse(x, y, radius * 0.07), paint=stuff.body, contour=False)
    gleam(pen, ellipse(x, y, radius * 0.82, radius * 0.82, start=200, end=250), radius * 0.05, 0.6)


def clock(pen: Pen, stuff: Stuff) -> None:
    """An alarm clock with two bells."""
    for side in (-1, 1):
        pen.line([(side * 0.25, -0.16), (side * 0.34, 0.0)], 0.06, stuff.metal)
        bell = [*ellipse(side * 0.25, -0.84, 0.18, 0.15, start=180, end=360)]
        solid(
            pen.at(side * 0.25, -0.84, turn=side * 24).at(-side * 0.25, 0.84),
            bell,
            paint=stuff.metal,
            start=(side * 0.25 - 0.05, -0.9),
            end=(side * 0.25 + 0.2, -0.85),
        )
    pen.line([(0.0, -0.88), (0.0, -1.0)], 0.03, stuff.metal)
    pen.fill(ellipse(0.0, -1.0, 0.045), paint=stuff.metal)
    solid(pen, ellipse(0.0, -0.48, 0.44), paint=stuff.body, start=(-0.05, -0.5), end=(0.5, -0.2))
    pen.line(ellipse(0.0, -0.48, 0.36), 0.03, stuff.metal, closed=True)
    _dial(pen, 0.0, -0.48, 0.345, stuff)


def watch(pen: Pen, stuff: Stuff) -> None:
    """A pocket watch on a chain."""
    links = smooth([(0.0, -0.94), (0.16, -1.06), (0.38, -1.0), (0.5, -0.8), (0.62, -0.6)], closed=False, steps=4)
    for x, y in links:
        pen.line(ellipse(x, y, 0.03, 0.022), 0.014, stuff.metal, closed=True)
    ring(pen, 0.0, -0.92, 0.075, 0.045, paint=stuff.metal)
    solid(pen, box(-0.05, -0.88, 0.05, -0.8, 0.015), paint=stuff.metal, start=(0, 0), end=(0.06, 0))
    solid(pen, ellipse(0.0, -0.42, 0.42), paint=stuff.metal, start=(-0.05, -0.5), end=(0.45, -0.1), depth=0.7)
    pen.line(ellipse(0.0, -0.42, 0.37), 0.016, colour.tone(stuff.metal, -0.15), closed=True)
    _dial(pen, 0.0, -0.42, 0.335, stuff)


def compass(pen: Pen, stuff: Stuff) -> None:
    """A compass with its needle."""
    ring(pen, 0.0, -0.95, 0.075, 0.045, paint=stuff.metal)
    solid(pen, ellipse(0.0, -0.44, 0.46), paint=stuff.metal, start=(-0.05, -0.5), end=(0.5, -0.1), depth=0.7)
    solid(pen, ellipse(0.0, -0.44, 0.375), paint=stuff.pale, start=(0, -0.4), end=(0.4, 0.0), depth=0.3)
    pen.fill(star(0.0, -0.44, 0.34, 0.09, 8), paint=colour.tone(stuff.pale, -0.16), contour=False)
    pen.line(ellipse(0.0, -0.44, 0.3), 0.008, stuff.dark, 0.7, closed=True)
    needle = pen.at(0.0, -0.44, turn=28)
    needle.fill([(-0.05, 0.0), (0.0, -0.33), (0.05, 0.0)], paint=stuff.body, contour=False)
    needle.fill([(-0.05, 0.0), (0.0, 0.33), (0.05, 0.0)], paint=stuff.dark, contour=False)
    pen.fill(ellipse(0.0, -0.44, 0.036), paint=stuff.metal)
    gleam(pen, ellipse(0.0, -0.44, 0.415, 0.415, start=195, end=255), 0.024, 0.7)


def telephone(pen: Pen, stuff: Stuff) -> None:
    """A telephone with a dial."""
    base = smooth(points("-0.26,-0.5 0.26,-0.5 0.4,-0.2 0.52,0 -0.52,0 -0.4,-0.2"), steps=4)
    solid(pen, base, paint=stuff.body, start=(-0.05, -0.3), end=(0.55, -0.1), depth=0.75)
    for x in (-0.2, 0.2):
        pen.fill(box(x - 0.05, -0.62, x + 0.05, -0.46, 0.02), paint=colour.tone(stuff.body, -0.06))
    handset = smooth(
        points(
            "-0.58,-0.62 -0.5,-0.78 0,-0.84 0.5,-0.78 0.58,-0.62 0.52,-0.5 0.34,-0.52 0.32,-0.66 0,-0.7 "
            "-0.32,-0.66 -0.34,-0.52 -0.52,-0.5"
        ),
        steps=5,
    )
    solid(pen, handset, paint=stuff.body, start=(0, -0.74), end=(0.4, -0.5), depth=0.7)
    gleam(pen, list(curve((-0.4, -0.73), (0.0, -0.8), (0.3, -0.75))), 0.022, 0.5)
    solid(pen, ellipse(0.0, -0.24, 0.2, 0.18), paint=stuff.metal, start=(0, -0.3), end=(0.2, -0.1))
    holes: list[Path] = [
        ellipse(0.135 * math.cos(math.radians(angle)), -0.24 + 0.12 * math.sin(math.radians(angle)), 0.027)
        for angle in range(-50, 250, 33)
    ]
    pen.fill(*holes, paint=stuff.dark, contour=False)
    pen.fill(ellipse(0.0, -0.24, 0.075, 0.068), paint=stuff.pale, contour=False)


def smartphone(pen: Pen, stuff: Stuff) -> None:
    """A smartphone with a lit screen."""
    colours = pen.style.palette
    pen.glow(0.0, -0.5, 0.8, colours.light, 0.5)
    solid(pen, box(-0.27, -1.0, 0.27, 0.04, 0.07), paint=stuff.dark, start=(0.1, -0.5), end=(0.35, -0.5))
    pen.fill(box(-0.235, -0.95, 0.235, -0.01, 0.045), paint=colours.sky, contour=False)
    pen.fill(ellipse(0.0, -0.6, 0.4, 0.3, start=0, end=180), paint=colours.far, alpha=0.0, contour=False)
    pen.shade(box(-0.235, -0.95, 0.235, -0.01, 0.045), start=(0, -0.7), end=(0, 0.0), paint=colours.accent, alpha=0.7)
    for y, tint, wide in ((-0.72, colours.light, 0.16), (-0.58, colours.second, 0.1), (-0.46, colours.light, 0.13)):
        left = -0.19 if tint == colours.light else 0.19 - wide * 2
        pen.fill(box(left, y, left + wide * 2, y + 0.09, 0.04), paint=tint, alpha=0.9, contour=False)
    pen.fill(box(-0.06, -0.975, 0.06, -0.955, 0.01), paint=(10, 10, 14), contour=False)
    pen.shade(
        [(-0.2, -0.95), (0.1, -0.95), (-0.235, -0.3), (-0.235, -0.9)],
        start=(0.1, -0.6),
        end=(-0.25, -0.95),
        paint=(255, 255, 255),
        alpha=0.35,
    )


def camera(pen: Pen, stuff: Stuff) -> None:
    """A camera with a big lens."""
    solid(
        pen,
        [(-0.16, -0.68), (-0.1, -0.82), (0.16, -0.82), (0.22, -0.68)],
        paint=stuff.metal,
        start=(0, -0.8),
        end=(0.25, -0.7),
    )
    for x, wide in ((-0.4, 0.07), (0.42, 0.09)):
        solid(
            pen, box(x - wide, -0.74, x + wide, -0.64, 0.02), paint=stuff.metal, start=(x - wide, 0), end=(x + wide, 0)
        )
    solid(pen, box(-0.58, -0.68, 0.58, 0.0, 0.07), paint=stuff.metal, start=(0.0, -0.6), end=(0.65, 0.0))
    solid(pen, box(-0.58, -0.54, 0.58, -0.08, 0.02), paint=stuff.body, start=(0.0, -0.4), end=(0.65, 0.0))
    rims: tuple[tuple[float, RGB], ...] = (
        (0.3, stuff.metal),
        (0.26, stuff.dark),
        (0.21, colour.tone(stuff.dark, 0.08)),
        (0.16, (30, 36, 54)),
    )
    for radius, tint in rims:
        solid(pen, ellipse(0.02, -0.32, radius), paint=tint, start=(0, -0.4), end=(radius, -0.15))
    pen.glow(-0.04, -0.38, 0.14, pen.style.palette.sky, 0.9)
    pen.fill(ellipse(-0.04, -0.39, 0.038, 0.028), paint=(255, 255, 255), alpha=0.9, contour=False)
    pen.fill(box(0.34, -0.64, 0.48, -0.57, 0.015), paint=(40, 46, 60))
    pen.fill(ellipse(-0.46, -0.61, 0.03), paint=stuff.trim, contour=False)
    gleam(pen, [(-0.54, -0.63), (-0.3, -0.63)], 0.014, 0.6)


def radio(pen: Pen, stuff: Stuff) -> None:
    """A table radio with an aerial."""
    pen.line([(0.38, -0.66), (0.56, -1.08)], 0.018, stuff.metal)
    pen.line(ellipse(0.0, -0.66, 0.32, 0.16, start=180, end=360), 0.035, stuff.dark)
    solid(pen, box(-0.6, -0.68, 0.6, 0.0, 0.12), paint=stuff.body, start=(0.0, -0.5), end=(0.7, 0.0))
    pen.line(box(-0.54, -0.62, 0.54, -0.06, 0.09), 0.014, stuff.metal, 0.9, closed=True)
    solid(
        pen,
        ellipse(-0.26, -0.34, 0.22),
        paint=colour.mix(stuff.pale, stuff.body, 0.35),
        start=(-0.3, -0.4),
        end=(0.0, -0.1),
    )
    for step in range(-3, 4):
        half = math.sqrt(max(0.0, 0.19 * 0.19 - (step * 0.055) ** 2))
        pen.line([(-0.26 - half, -0.34 + step * 0.055), (-0.26 + half, -0.34 + step * 0.055)], 0.018, stuff.dark, 0.8)
    pen.fill(box(0.06, -0.54, 0.48, -0.34, 0.02), paint=pen.style.palette.light)
    for step in range(7):
        pen.line([(0.1 + step * 0.055, -0.5), (0.1 + step * 0.055, -0.45 + 0.03 * (step % 2))], 0.008, stuff.dark)
    pen.line([(0.3, -0.53), (0.3, -0.35)], 0.014, pen.style.palette.accent)
    for x in (0.16, 0.38):
        solid(pen, ellipse(x, -0.19, 0.075), paint=stuff.metal, start=(x, -0.2), end=(x + 0.08, -0.12))
        pen.line([(x, -0.19), (x + 0.03, -0.24)], 0.014, stuff.dark)
    for x in (-0.4, 0.4):
        pen.fill(box(x - 0.06, 0.0, x + 0.06, 0.03), paint=stuff.dark)


def computer(pen: Pen, stuff: Stuff) -> None:
    """An open laptop."""
    colours = pen.style.palette
    pen.glow(0.0, -0.5, 0.9, colours.light, 0.45)
    solid(pen, box(-0.5, -0.86, 0.5, -0.14, 0.03), paint=stuff.dark, start=(0, -0.5), end=(0.6, 0))
    pen.fill(box(-0.46, -0.82, 0.46, -0.18), paint=colours.sky, contour=False)
    pen.shade(box(-0.46, -0.82, 0.46, -0.18), start=(0, -0.8), end=(0, -0.1), paint=colours.near, alpha=0.6)
    for step, wide in enumerate((0.5, 0.34, 0.6, 0.22, 0.44, 0.3)):
        indent = 0.06 * (step % 3)
        pen.line(
            [(-0.4 + indent, -0.74 + step * 0.09), (-0.4 + indent + wide, -0.74 + step * 0.09)],
            0.026,
            (colours.light, colours.accent, colours.second)[step % 3],
            0.9,
        )
    solid(
        pen,
        [(-0.5, -0.14), (0.5, -0.14), (0.66, 0.02), (-0.66, 0.02)],
        paint=stuff.metal,
        start=(0, -0.1),
        end=(0.7, 0.05),
    )
    keys: list[Path] = []
    for row in range(3):
        half = 0.44 + row * 0.04
        for column in range(11):
            left = -half + column * half * 2 / 11
            keys.append(box(left, -0.12 + row * 0.035, left + half * 0.15, -0.096 + row * 0.035))
    pen.fill(*keys, paint=stuff.dark, contour=False)
