"""Props that hold something or give light: cup, bottle, lantern, lamp, candle, chest, bell jar. See stuff.py for units."""

from __future__ import annotations

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.geometry import Path, both_sides, box, curve, ellipse, points, ribbon, smooth
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.stuff import Stuff, gleam, ring, solid


def cup(pen: Pen, stuff: Stuff) -> None:
    """A cup on its saucer, steaming."""
    solid(
        pen, ellipse(0.0, -0.02, 0.56, 0.085), paint=colour.tone(stuff.pale, -0.03), start=(0, -0.06), end=(0.5, 0.06)
    )
    pen.fill(ellipse(0.0, -0.04, 0.34, 0.045), paint=colour.tone(stuff.pale, -0.1), contour=False)
    pen.line(ellipse(0.5, -0.36, 0.13, 0.14), 0.055, stuff.body, closed=True)
    bowl = [
        *reversed(ellipse(0.0, -0.58, 0.42, 0.08, start=0, end=180)),
        (-0.42, -0.58),
        *curve((-0.42, -0.58), (-0.4, -0.1), (-0.16, -0.05)),
        *curve((0.16, -0.05), (0.4, -0.1), (0.42, -0.58)),
    ]
    solid(pen, bowl, paint=stuff.body, start=(-0.05, -0.4), end=(0.5, -0.3), depth=0.75)
    band: Path = [
        *ellipse(0.0, -0.45, 0.415, 0.08, start=0, end=180),
        *reversed(ellipse(0.0, -0.39, 0.405, 0.08, start=0, end=180)),
    ]
    pen.fill(band, paint=stuff.trim, contour=False)
    solid(
        pen,
        ellipse(0.0, -0.58, 0.42, 0.08),
        paint=colour.tone(stuff.body, 0.08),
        start=(0.3, 0),
        end=(-0.4, 0),
        depth=0.3,
    )
    pen.fill(ellipse(0.0, -0.57, 0.36, 0.062), paint=(98, 60, 38), contour=False)
    gleam(pen, list(curve((-0.34, -0.46), (-0.33, -0.26), (-0.24, -0.15))), 0.035, 0.5)
    for x, bend in ((-0.12, 0.04), (0.03, -0.045), (0.16, 0.035)):
        wisp = smooth([(x, -0.66), (x + bend, -0.76), (x - bend, -0.88), (x + bend, -1.0)], closed=False, steps=8)
        pen.fill(ribbon(list(wisp), 0.035, 0.012), paint=(255, 255, 255), alpha=0.3, contour=False)


def bottle(pen: Pen, stuff: Stuff) -> None:
    """A corked flask with something in it."""
    right = points("0.1,-0.92 0.1,-0.7 0.16,-0.62 0.33,-0.42 0.38,-0.2 0.3,-0.03 0.1,0")
    glass = smooth(both_sides(right), steps=5)
    pen.fill(glass, paint=colour.mix(stuff.pale, stuff.body, 0.25), alpha=0.62)
    liquid = smooth(both_sides([(0.3, -0.4), (0.345, -0.2), (0.27, -0.05), (0.1, -0.025)]), steps=5)
    solid(pen, liquid, paint=stuff.body, start=(0.0, -0.2), end=(0.42, -0.1))
    pen.glow(-0.06, -0.22, 0.3, colour.mix(stuff.body, (255, 255, 255), 0.6), 0.6)
    pen.fill(ellipse(0.0, -0.4, 0.3, 0.045), paint=colour.tone(stuff.body, 0.12), contour=False)
    for x, y, size in ((-0.12, -0.26, 0.026), (0.08, -0.33, 0.018), (0.02, -0.16, 0.022), (-0.05, -0.35, 0.014)):
        pen.fill(ellipse(x, y, size), paint=stuff.pale, alpha=0.6, contour=False)
    pen.fill(box(-0.13, -0.95, 0.13, -0.89, 0.025), paint=colour.mix(stuff.pale, stuff.body, 0.4))
    solid(
        pen,
        [(-0.085, -1.04), (0.085, -1.04), (0.075, -0.93), (-0.075, -0.93)],
        paint=(178, 132, 88),
        start=(0, 0),
        end=(0.1, 0),
    )
    pen.line([(-0.11, -0.72), (0.11, -0.72)], 0.03, stuff.trim)
    tag = [(0.12, -0.7), (0.26, -0.6), (0.22, -0.46), (0.1, -0.54)]
    pen.fill(tag, paint=stuff.pale)
    gleam(pen, list(curve((-0.14, -0.56), (-0.3, -0.38), (-0.3, -0.16))), 0.032, 0.75)


def lantern(pen: Pen, stuff: Stuff) -> None:
    """A storm lantern with a flame."""
    pen.line(list(curve((-0.25, -0.72), (0.0, -1.3), (0.25, -0.72))), 0.03, stuff.metal)
    glow = pen.style.palette.light
    pen.glow(0.0, -0.42, 1.0, glow, 0.75)
    glass = smooth(both_sides([(0.18, -0.7), (0.27, -0.48), (0.25, -0.24), (0.17, -0.16)]), steps=4)
    pen.fill(glass, paint=colour.mix(glow, (255, 220, 150), 0.5), alpha=0.85)
    flame = smooth([(0.0, -0.62), (0.09, -0.4), (0.06, -0.26), (-0.06, -0.26), (-0.09, -0.4)], steps=5)
    pen.glow(0.0, -0.4, 0.34, (255, 236, 170), 0.9)
    pen.fill(flame, paint=(246, 150, 56), contour=False)
    pen.fill(
        smooth([(0.0, -0.5), (0.045, -0.36), (0.0, -0.27), (-0.045, -0.36)], steps=5),
        paint=(255, 240, 190),
        contour=False,
    )
    for x in (-0.27, -0.13, 0.13, 0.27):
        pen.line(list(curve((x * 0.75, -0.7), (x * 1.12, -0.44), (x * 0.75, -0.16))), 0.02, stuff.metal)
    top: Path = [(-0.1, -0.86), (0.1, -0.86), (0.3, -0.68), (-0.3, -0.68)]
    solid(pen, top, paint=stuff.metal, start=(-0.05, -0.8), end=(0.3, -0.7), depth=0.75)
    solid(pen, box(-0.07, -0.93, 0.07, -0.84, 0.02), paint=stuff.metal, start=(0, 0), end=(0.08, 0))
    base: Path = [(-0.24, -0.18), (0.24, -0.18), (0.34, 0.0), (-0.34, 0.0)]
    solid(pen, base, paint=stuff.metal, start=(-0.05, -0.1), end=(0.35, 0.0), depth=0.75)
    pen.fill(box(-0.36, -0.035, 0.36, 0.02, 0.02), paint=colour.tone(stuff.metal, -0.06))
    gleam(pen, [(-0.26, -0.06), (-0.18, -0.15)], 0.022)


def lamp(pen: Pen, stuff: Stuff) -> None:
    """A desk lamp with a bent neck."""
    solid(pen, ellipse(-0.06, -0.03, 0.3, 0.07), paint=stuff.metal, start=(-0.1, 0), end=(0.3, 0))
    neck = smooth([(-0.06, -0.04), (-0.1, -0.46), (-0.02, -0.78), (0.18, -0.9)], closed=False)
    pen.line(list(neck), 0.045, stuff.metal)
    light: Path = [(0.06, -0.7), (0.46, -0.54), (0.66, 0.0), (-0.2, 0.0)]
    pen.shade(light, start=(0.2, 0.1), end=(0.26, -0.66), paint=pen.style.palette.light, alpha=0.6)
    pen.glow(0.27, -0.6, 0.5, pen.style.palette.light, 0.8)
    shade = smooth(points("0.14,-1 0.28,-0.98 0.48,-0.56 0.26,-0.62 0.04,-0.72 0.1,-0.88"), steps=4)
    solid(pen, shade, paint=stuff.body, start=(0.1, -0.9), end=(0.5, -0.75))
    pen.fill(ellipse(0.26, -0.625, 0.09, 0.05), paint=(255, 244, 200), contour=False)
    gleam(pen, list(curve((0.14, -0.9), (0.12, -0.84), (0.1, -0.77))), 0.026, 0.5)


def candle(pen: Pen, stuff: Stuff) -> None:
    """A candle in a holder."""
    pen.glow(0.0, -0.86, 0.85, pen.style.palette.light, 0.8)
    solid(pen, ellipse(0.0, -0.04, 0.4, 0.09), paint=stuff.metal, start=(0, -0.1), end=(0.4, 0.05))
    pen.line(ellipse(0.44, -0.08, 0.09, 0.07), 0.035, stuff.metal, closed=True)
    wax = smooth(points("-0.12,-0.7 0,-0.72 0.12,-0.7 0.125,-0.06 -0.125,-0.06 -0.125,-0.4"), steps=2)
    solid(pen, wax, paint=stuff.pale, start=(-0.02, -0.4), end=(0.17, -0.4))
    pen.fill(
        smooth([(-0.13, -0.68), (-0.06, -0.7), (-0.07, -0.5), (-0.1, -0.44), (-0.14, -0.52)], steps=4), paint=stuff.pale
    )
    pen.line([(0.0, -0.7), (0.01, -0.78)], 0.016, stuff.dark)
    pen.fill(
        smooth([(0.02, -1.04), (0.075, -0.84), (0.0, -0.75), (-0.065, -0.84)], steps=5),
        paint=(248, 164, 60),
        contour=False,
    )
    pen.fill(
        smooth([(0.012, -0.94), (0.035, -0.83), (0.0, -0.77), (-0.03, -0.83)], steps=5),
        paint=(255, 244, 200),
        contour=False,
    )


def chest(pen: Pen, stuff: Stuff) -> None:
    """An iron-bound chest, a little open."""
    wood = colour.mix(stuff.body, (112, 70, 44), 0.45)
    pen.glow(0.0, -0.46, 0.85, pen.style.palette.light, 0.7, tall=0.4)
    lid = [(-0.54, -0.5), *ellipse(0.0, -0.5, 0.54, 0.34, start=180, end=360), (0.54, -0.5)]
    solid(pen, lid, paint=colour.tone(wood, 0.03), start=(-0.1, -0.7), end=(0.6, -0.5), depth=0.75)
    pen.fill(box(-0.5, -0.5, 0.5, -0.42), paint=(255, 236, 170), contour=False)
    solid(pen, box(-0.54, -0.44, 0.54, 0.0, 0.02), paint=wood, start=(0, -0.3), end=(0.65, 0.0))
    for y in (-0.3, -0.15):
        pen.line([(-0.54, y), (0.54, y)], 0.012, colour.tone(wood, -0.12))
    for x in (-0.4, 0.4):
        solid(pen, box(x - 0.05, -0.45, x + 0.05, 0.0), paint=stuff.metal, start=(x - 0.05, 0), end=(x + 0.08, 0))
        arc = [
            (x - 0.05, -0.5),
            *curve((x - 0.05, -0.5), (x - 0.04, -0.7), (x * 0.8 - 0.04, -0.74)),
            *curve((x * 0.8 + 0.05, -0.755), (x + 0.05, -0.7), (x + 0.05, -0.5)),
        ]
        pen.fill(arc, paint=stuff.metal)
    solid(pen, box(-0.09, -0.48, 0.09, -0.26, 0.03), paint=stuff.metal, start=(-0.05, 0), end=(0.12, 0))
    pen.fill(ellipse(0.0, -0.39, 0.026), paint=stuff.dark, contour=False)
    pen.fill([(-0.014, -0.38), (0.014, -0.38), (0.022, -0.31), (-0.022, -0.31)], paint=stuff.dark, contour=False)


def flower(pen: Pen, stuff: Stuff) -> None:
    """A rose in a narrow vase."""
    green = (78, 118, 78)
    pen.line(list(curve((0.0, -0.3), (-0.04, -0.6), (0.03, -0.8))), 0.024, green)
    for side, y in ((-1, -0.56), (1, -0.46)):
        leaf = smooth([(0.0, y), (side * 0.12, y - 0.1), (side * 0.24, y - 0.06), (side * 0.12, y + 0.02)], steps=4)
        solid(pen, leaf, paint=green, start=(0, y), end=(0.25, y))
    for radius, step in ((0.22, -0.08), (0.17, -0.02), (0.115, 0.04), (0.06, 0.1)):
        x = 0.03 + (0.22 - radius) * 0.18
        solid(
            pen,
            ellipse(x, -0.88, radius, radius * 0.92),
            paint=colour.tone(stuff.body, step),
            start=(x, -0.9),
            end=(x + radius, -0.8),
            depth=0.5,
        )
    vase = smooth(both_sides([(0.07, -0.42), (0.05, -0.34), (0.16, -0.18), (0.15, -0.04), (0.08, 0.0)]), steps=4)
    solid(pen, vase, paint=stuff.trim, start=(-0.02, -0.2), end=(0.2, -0.1))
    gleam(pen, list(curve((-0.05, -0.3), (-0.13, -0.18), (-0.1, -0.06))), 0.02)


def bell_jar(pen: Pen, stuff: Stuff) -> None:
    """Something precious under glass: what is drawn when the words name no known thing."""
    solid(
        pen, [(-0.42, -0.1), (0.42, -0.1), (0.46, 0.0), (-0.46, 0.0)], paint=stuff.dark, start=(0, -0.1), end=(0.45, 0)
    )
    solid(pen, ellipse(0.0, -0.1, 0.42, 0.07), paint=colour.tone(stuff.dark, 0.08), start=(0, -0.1), end=(0.4, -0.05))
    pen.glow(0.0, -0.46, 0.44, pen.style.palette.light, 0.85)
    top, left, right, low, mid = (0.0, -0.74), (-0.17, -0.5), (0.17, -0.48), (0.0, -0.18), (0.03, -0.44)
    for facet, step in (
        ((top, left, mid), 0.1),
        ((top, mid, right), -0.04),
        ((left, low, mid), -0.01),
        ((mid, low, right), -0.14),
    ):
        pen.fill(list(facet), paint=colour.tone(stuff.body, step))
    dome: Path = [
        (-0.36, -0.11),
        (-0.36, -0.6),
        *ellipse(0.0, -0.6, 0.36, 0.34, start=180, end=360),
        (0.36, -0.6),
        *ellipse(0.0, -0.11, 0.36, 0.055, start=0, end=180),
    ]
    pen.fill(dome, paint=stuff.pale, alpha=0.16, contour=False)
    pen.shade(dome, start=(0.1, -0.5), end=(0.42, -0.5), alpha=0.3)
    pen.line(dome, 0.014, stuff.pale, 0.75, closed=True)
    gleam(pen, list(curve((-0.29, -0.22), (-0.31, -0.62), (-0.2, -0.82))), 0.035, 0.7)
    solid(pen, ellipse(0.0, -0.98, 0.05), paint=stuff.metal, start=(0, -1.0), end=(0.05, -0.94))
    ring(pen, 0.0, -0.93, 0.03, 0.012, paint=stuff.metal)
    pen.line(ribbon([(-0.4, -0.055), (0.4, -0.055)], 0.002, 0.002), 0.012, stuff.metal)
