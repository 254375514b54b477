"""Props of paper and small precious things: letter, book, map, photograph, key, coin, ring, pendant, gem. See stuff.py for units."""

from __future__ import annotations

import math

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.geometry import Path, box, curve, ellipse, points, ribbon, smooth, star
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.stuff import Stuff, gleam, ring, solid


def letter(pen: Pen, stuff: Stuff) -> None:
    """An envelope with a wax seal, a sheet looking out."""
    sheet = [(-0.42, -1.0), (0.4, -1.02), (0.44, -0.4), (-0.44, -0.4)]
    pen.fill(sheet, paint=colour.tone(stuff.pale, 0.01))
    for y, end in ((-0.92, 0.2), (-0.85, 0.3), (-0.78, 0.26)):
        pen.line([(-0.32, y), (end, y - 0.01)], 0.014, stuff.dark, 0.5)
    cover = colour.mix(stuff.pale, stuff.trim, 0.22)
    solid(pen, box(-0.6, -0.74, 0.6, 0.06, 0.02), paint=cover, start=(0.0, -0.5), end=(0.7, 0.2), depth=0.4)
    pen.fill([(-0.6, 0.06), (-0.1, -0.36), (0.1, -0.36), (0.6, 0.06)], paint=colour.tone(cover, 0.015))
    flap = [(-0.6, -0.74), (0.6, -0.74), (0.07, -0.28), (0.0, -0.24), (-0.07, -0.28)]
    pen.shade([(x, y + 0.04) for x, y in flap], start=(0, -0.7), end=(0, -0.2), alpha=0.4)
    pen.fill(flap, paint=colour.tone(cover, 0.035))
    wax = smooth(
        [
            (
                0.13 * (1 + 0.12 * math.sin(step * 2.4)) * math.cos(step * 0.7),
                -0.3 + 0.125 * (1 + 0.12 * math.cos(step * 1.7)) * math.sin(step * 0.7),
            )
            for step in range(9)
        ],
        steps=4,
    )
    solid(pen, wax, paint=stuff.body, start=(-0.05, -0.35), end=(0.16, -0.2))
    pen.line(ellipse(0.0, -0.3, 0.075), 0.016, colour.tone(stuff.body, -0.14), closed=True)
    pen.fill(star(0.0, -0.3, 0.05, 0.022), paint=colour.tone(stuff.body, 0.1), contour=False)


def book(pen: Pen, stuff: Stuff) -> None:
    """A bound book standing a little turned."""
    pages = [(0.34, -0.93), (0.5, -0.86), (0.5, -0.02), (0.34, 0.0)]
    pen.fill(pages, paint=stuff.pale)
    for step in range(4):
        x = 0.375 + step * 0.033
        pen.line([(x, -0.91 + step * 0.015), (x, -0.02)], 0.006, colour.tone(stuff.pale, -0.2), 0.8)
    solid(pen, box(-0.42, -0.96, 0.36, 0.02, 0.03), paint=stuff.body, start=(-0.1, -0.5), end=(0.5, 0.0))
    solid(
        pen, box(-0.5, -0.96, -0.36, 0.02, 0.04), paint=colour.tone(stuff.body, -0.06), start=(-0.46, 0), end=(-0.34, 0)
    )
    for y in (-0.8, -0.6, -0.34, -0.14):
        pen.line([(-0.49, y), (-0.37, y)], 0.02, stuff.metal)
    pen.line(box(-0.29, -0.87, 0.28, -0.07, 0.02), 0.014, stuff.metal, closed=True)
    for x, y in ((-0.29, -0.87), (0.28, -0.87), (-0.29, -0.07), (0.28, -0.07)):
        pen.fill(ellipse(x, y, 0.035), paint=stuff.metal, contour=False)
    pen.line(ellipse(0.0, -0.47, 0.17, 0.2), 0.016, stuff.metal, closed=True)
    pen.fill(star(0.0, -0.47, 0.13, 0.05, 8), paint=stuff.metal, contour=False)
    pen.fill([(0.12, 0.0), (0.18, 0.0), (0.18, 0.14), (0.15, 0.1), (0.12, 0.14)], paint=stuff.trim)


def chart(pen: Pen, stuff: Stuff) -> None:
    """An old map, its ends rolled."""
    paper = colour.mix(stuff.pale, (214, 180, 124), 0.5)
    sheet = smooth(
        points("-0.58,-0.9 -0.2,-0.87 0.2,-0.92 0.58,-0.88 0.56,-0.45 0.59,-0.03 0.2,0 -0.2,-0.05 -0.58,0 -0.56,-0.45"),
        steps=3,
    )
    solid(pen, sheet, paint=paper, start=(0.0, -0.5), end=(0.7, 0.1), depth=0.35)
    coast = smooth(
        points(
            "-0.4,-0.68 -0.18,-0.76 0.02,-0.64 0.22,-0.7 0.38,-0.52 0.3,-0.3 0.1,-0.24 -0.08,-0.32 -0.3,-0.24 "
            "-0.42,-0.42"
        ),
        steps=5,
    )
    pen.fill(coast, paint=colour.mix(paper, stuff.trim, 0.45), contour=False)
    pen.line(coast, 0.014, stuff.dark, 0.8, closed=True)
    for step in range(9):
        angle = step / 9
        x, y = -0.3 + angle * 0.5, -0.36 - 0.16 * math.sin(angle * 3.4)
        pen.fill(ellipse(x, y, 0.014), paint=stuff.body, contour=False)
    for turn in (-1, 1):
        pen.line([(0.24 - 0.05, -0.46 - 0.05 * turn), (0.24 + 0.05, -0.46 + 0.05 * turn)], 0.028, stuff.body)
    pen.fill(star(0.4, -0.16, 0.11, 0.028, 4), paint=stuff.dark, contour=False)
    pen.line(ellipse(0.4, -0.16, 0.06), 0.008, stuff.dark, 0.8, closed=True)
    for side in (-1, 1):
        roll = box(side * 0.6 - 0.055, -0.94, side * 0.6 + 0.055, 0.04, 0.05)
        solid(pen, roll, paint=colour.tone(paper, -0.05), start=(side * 0.6 - 0.03, 0), end=(side * 0.6 + 0.08, 0))


def photograph(pen: Pen, stuff: Stuff) -> None:
    """A photograph with a white border."""
    colours = pen.style.palette
    solid(pen, box(-0.46, -1.02, 0.46, 0.02, 0.012), paint=stuff.pale, start=(0.0, -0.5), end=(0.7, 0.3), depth=0.3)
    pen.fill(box(-0.38, -0.94, 0.38, -0.2), paint=colours.sky, contour=False)
    pen.fill(ellipse(0.16, -0.72, 0.1), paint=colours.light, contour=False)
    pen.fill(
        points("-0.38,-0.2 -0.38,-0.44 -0.18,-0.58 0.04,-0.4 0.2,-0.5 0.38,-0.36 0.38,-0.2"),
        paint=colours.far,
        contour=False,
    )
    pen.fill(
        smooth([(-0.2, -0.2), (-0.17, -0.42), (-0.1, -0.46), (-0.02, -0.42), (0.01, -0.2)], steps=4),
        ellipse(-0.1, -0.53, 0.07, 0.085),
        paint=stuff.dark,
        contour=False,
    )
    pen.line(
        list(smooth([(-0.28, -0.1), (-0.1, -0.06), (0.04, -0.12), (0.24, -0.08)], closed=False)), 0.018, stuff.dark, 0.7
    )
    pen.fill([(0.3, -1.08), (0.42, -1.0), (0.34, -0.88), (0.22, -0.96)], paint=stuff.body, alpha=0.8)


def key(pen: Pen, stuff: Stuff) -> None:
    """An old key, bow upwards."""
    metal = stuff.metal
    solid(
        pen,
        [(-0.042, -0.62), (0.042, -0.62), (0.042, 0.04), (-0.042, 0.04)],
        paint=metal,
        start=(-0.02, 0),
        end=(0.06, 0),
    )
    bit: Path = points("0.03,-0.2 0.22,-0.2 0.22,-0.12 0.15,-0.12 0.15,-0.07 0.22,-0.07 0.22,0.02 0.03,0.02")
    solid(pen, bit, paint=metal, start=(0.05, -0.15), end=(0.26, 0.0))
    for x, y in ((0.0, -1.0), (-0.16, -0.78), (0.16, -0.78)):
        ring(pen, x, y, 0.16, 0.085, paint=metal)
    solid(pen, ellipse(0.0, -0.83, 0.07), paint=stuff.body, start=(0, -0.86), end=(0.08, -0.78))
    for y in (-0.62, -0.55):
        solid(
            pen,
            box(-0.085, y - 0.025, 0.085, y + 0.02, 0.02),
            paint=colour.tone(metal, 0.04),
            start=(0, y),
            end=(0.1, y),
        )
    gleam(pen, [(-0.02, -0.48), (-0.02, -0.02)], 0.016, 0.7)
    gleam(pen, ellipse(0.0, -1.0, 0.122, 0.122, start=190, end=260), 0.018, 0.7)


def coin(pen: Pen, stuff: Stuff) -> None:
    """A coin with a profile of rays."""
    pen.fill(ellipse(0.03, -0.46, 0.5), paint=colour.tone(stuff.metal, -0.2))
    solid(pen, ellipse(0.0, -0.48, 0.5), paint=stuff.metal, start=(-0.1, -0.6), end=(0.45, -0.1), depth=0.55)
    pen.line(ellipse(0.0, -0.48, 0.43), 0.018, colour.tone(stuff.metal, -0.14), closed=True)
    dots: list[Path] = [
        ellipse(0.465 * math.cos(step * math.pi / 18), -0.48 + 0.465 * math.sin(step * math.pi / 18), 0.014)
        for step in range(36)
    ]
    pen.fill(*dots, paint=colour.tone(stuff.metal, -0.12), contour=False)
    emblem = star(0.0, -0.48, 0.34, 0.16, 8)
    pen.fill([(x + 0.012, y + 0.014) for x, y in emblem], paint=colour.tone(stuff.metal, -0.2), contour=False)
    pen.fill(emblem, paint=colour.tone(stuff.metal, 0.07), contour=False)
    solid(pen, ellipse(0.0, -0.48, 0.1), paint=stuff.metal, start=(-0.05, -0.5), end=(0.1, -0.4))
    gleam(pen, ellipse(0.0, -0.48, 0.46, 0.46, start=195, end=255), 0.03, 0.7)


def finger_ring(pen: Pen, stuff: Stuff) -> None:
    """A ring with a cut stone."""
    pen.line(ellipse(0.0, -0.34, 0.34, 0.35), 0.085, colour.tone(stuff.metal, -0.1), closed=True)
    pen.line(ellipse(-0.008, -0.348, 0.335, 0.345), 0.05, colour.tone(stuff.metal, 0.06), closed=True)
    pen.fill([(-0.13, -0.66), (0.13, -0.66), (0.09, -0.74), (-0.09, -0.74)], paint=stuff.metal)
    pen.glow(0.0, -0.85, 0.4, colour.mix(stuff.body, (255, 255, 255), 0.5), 0.6)
    gem(pen.at(0.0, -0.68, 0.36), stuff)
    gleam(pen, ellipse(0.0, -0.34, 0.34, 0.35, start=150, end=215), 0.02, 0.85)


def gem(pen: Pen, stuff: Stuff) -> None:
    """A cut stone."""
    table = [(-0.22, -0.9), (0.22, -0.9), (0.3, -0.66), (-0.3, -0.66)]
    tip = (0.0, 0.0)
    for facet, step in (
        ([(-0.22, -0.9), (-0.3, -0.66), (-0.52, -0.66)], 0.06), ([(0.22, -0.9), (0.52, -0.66), (0.3, -0.66)], -0.08),
        (table, 0.12), ([(-0.52, -0.66), (-0.3, -0.66), tip], -0.02), ([(-0.3, -0.66), (0.3, -0.66), tip], -0.07), ([(0.3, -0.66), (0.52, -0.66), tip], -0.17),
    ):  # fmt: skip
        pen.fill(facet, paint=colour.tone(stuff.body, step))
    gleam(pen, [(-0.16, -0.84), (-0.2, -0.72)], 0.035, 0.8)


def pendant(pen: Pen, stuff: Stuff) -> None:
    """A stone disk on a knotted cord."""
    cord = smooth([(-0.3, -1.06), (-0.22, -0.84), (0.0, -0.72), (0.22, -0.84), (0.3, -1.06)], closed=False)
    pen.line(list(cord), 0.03, stuff.trim)
    solid(
        pen,
        smooth([(0.0, -0.78), (0.07, -0.7), (0.0, -0.62), (-0.07, -0.7)], steps=2),
        paint=stuff.trim,
        start=(0, -0.7),
        end=(0.08, -0.66),
    )
    ring(pen, 0.0, -0.36, 0.27, 0.085, paint=stuff.body)
    pen.line(ellipse(0.0, -0.36, 0.2), 0.014, colour.tone(stuff.body, -0.14), 0.8, closed=True)
    gleam(pen, ellipse(0.0, -0.36, 0.23, 0.23, start=190, end=260), 0.024, 0.8)
    for x in (-0.05, 0.0, 0.05):
        pen.fill(ribbon(curve((x * 0.4, -0.1), (x, 0.0), (x * 1.6, 0.14)), 0.02, 0.03), paint=stuff.trim, contour=False)
