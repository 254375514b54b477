"""Props a person carries: bag, suitcase, umbrella, hat, gun, blade, mask, crown. See stuff.py for units."""

from __future__ import annotations

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.geometry import Path, both_sides, box, curve, ellipse, points, ribbon, smooth
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.stuff import Stuff, gleam, ring, solid


def suitcase(pen: Pen, stuff: Stuff) -> None:
    """A case with straps and corners."""
    handle = ribbon(
        smooth([(-0.15, -0.72), (-0.13, -0.84), (0.0, -0.87), (0.13, -0.84), (0.15, -0.72)], closed=False), 0.05, 0.05
    )
    pen.fill(handle, paint=stuff.dark)
    solid(pen, box(-0.56, -0.74, 0.56, 0.0, 0.07), paint=stuff.body, start=(-0.1, -0.5), end=(0.65, 0.05))
    pen.line([(-0.56, -0.42), (0.56, -0.42)], 0.014, colour.tone(stuff.body, -0.16))
    for x in (-0.32, 0.32):
        solid(pen, box(x - 0.05, -0.75, x + 0.05, 0.01), paint=stuff.dark, start=(x - 0.05, 0), end=(x + 0.09, 0))
        pen.fill(box(x - 0.065, -0.5, x + 0.065, -0.36, 0.015), paint=stuff.metal)
        pen.fill(box(x - 0.035, -0.47, x + 0.035, -0.39), paint=stuff.dark, contour=False)
    for x, y in ((-0.56, -0.74), (0.56, -0.74), (-0.56, 0.0), (0.56, 0.0)):
        side, up = (1 if x < 0 else -1), (1 if y < 0 else -1)
        pen.fill([(x, y), (x + side * 0.14, y), (x, y + up * 0.14)], paint=stuff.metal)
    gleam(pen, [(-0.5, -0.69), (-0.1, -0.69)], 0.016, 0.4)


def bag(pen: Pen, stuff: Stuff) -> None:
    """A satchel with a flap."""
    strap = ribbon(
        smooth([(-0.42, -0.5), (-0.36, -0.9), (0.0, -1.02), (0.36, -0.9), (0.42, -0.5)], closed=False), 0.055, 0.055
    )
    pen.fill(strap, paint=colour.tone(stuff.body, -0.12))
    sack = smooth(points("-0.46,-0.56 0.46,-0.56 0.54,-0.2 0.48,0 -0.48,0 -0.54,-0.2"), steps=4)
    solid(pen, sack, paint=stuff.body, start=(0.0, -0.4), end=(0.6, 0.0))
    flap = smooth(points("-0.48,-0.6 0.48,-0.6 0.5,-0.36 0.3,-0.2 0,-0.16 -0.3,-0.2 -0.5,-0.36"), steps=4)
    solid(pen, flap, paint=colour.tone(stuff.body, 0.05), start=(0.0, -0.5), end=(0.55, -0.1))
    pen.line(
        list(smooth([(-0.44, -0.36), (-0.28, -0.25), (0.0, -0.21), (0.28, -0.25), (0.44, -0.36)], closed=False)),
        0.012,
        stuff.pale,
        0.6,
    )
    for x in (-0.2, 0.2):
        pen.fill(box(x - 0.04, -0.3, x + 0.04, -0.05, 0.02), paint=colour.tone(stuff.body, -0.12))
        ring(pen, x, -0.17, 0.055, 0.034, paint=stuff.metal)


def umbrella(pen: Pen, stuff: Stuff) -> None:
    """An open umbrella."""
    pen.line([(0.0, -0.9), (0.0, -0.1)], 0.028, stuff.dark)
    pen.line(list(curve((0.0, -0.12), (0.0, 0.02), (0.1, -0.02))), 0.04, stuff.body)
    edge = points("0.62,-0.46 0.42,-0.53 0.21,-0.47 0,-0.54 -0.21,-0.47 -0.42,-0.53 -0.62,-0.46")
    canopy = [*ellipse(0.0, -0.46, 0.62, 0.5, start=180, end=360), *edge]
    solid(pen, canopy, paint=stuff.body, start=(-0.1, -0.7), end=(0.65, -0.4), depth=0.75)
    for x in (-0.42, -0.21, 0.21, 0.42):
        pen.line(list(curve((0.0, -0.96), (x * 0.9, -0.86), (x, -0.5))), 0.01, colour.tone(stuff.body, -0.14), 0.8)
    pen.line([(0.0, -0.95), (0.0, -1.03)], 0.024, stuff.dark)


def gun(pen: Pen, stuff: Stuff) -> None:
    """A revolver on its side."""
    steel = colour.mix((86, 92, 102), stuff.metal, 0.12)
    grip = smooth(points("0.22,-0.46 0.42,-0.44 0.5,-0.2 0.6,0 0.38,0.05 0.28,-0.14 0.18,-0.3"), steps=4)
    solid(pen, grip, paint=(112, 70, 46), start=(0.3, -0.3), end=(0.65, 0.0))
    pen.line(ellipse(0.1, -0.28, 0.1, 0.09, start=0, end=180), 0.03, steel)
    solid(pen, box(-0.66, -0.58, 0.05, -0.46, 0.02), paint=colour.tone(steel, 0.05), start=(0, -0.56), end=(0, -0.44))
    solid(pen, box(-0.4, -0.46, 0.05, -0.4, 0.02), paint=steel, start=(0, -0.46), end=(0, -0.38))
    frame: Path = [(-0.1, -0.6), (0.26, -0.6), (0.36, -0.5), (0.32, -0.36), (-0.1, -0.36)]
    solid(pen, frame, paint=steel, start=(0, -0.55), end=(0, -0.3))
    solid(pen, box(-0.1, -0.59, 0.16, -0.35, 0.05), paint=colour.tone(steel, 0.08), start=(0, -0.5), end=(0, -0.33))
    for y in (-0.53, -0.47, -0.41):
        pen.line([(-0.07, y), (0.12, y)], 0.016, colour.tone(steel, -0.12))
    pen.fill([(0.28, -0.58), (0.38, -0.68), (0.42, -0.64), (0.34, -0.5)], paint=colour.tone(steel, -0.04))
    pen.fill([(-0.62, -0.58), (-0.58, -0.64), (-0.54, -0.58)], paint=steel)
    gleam(pen, [(-0.6, -0.55), (-0.16, -0.55)], 0.014)


def knife(pen: Pen, stuff: Stuff) -> None:
    """A dagger, point upwards."""
    steel = (196, 202, 208)
    blade = [(0.0, -1.0), (0.075, -0.84), (0.085, -0.34), (-0.085, -0.34), (-0.075, -0.84)]
    pen.fill(blade, paint=steel)
    pen.fill(
        [(0.0, -1.0), (0.075, -0.84), (0.085, -0.34), (0.0, -0.34)], paint=colour.tone(steel, -0.16), contour=False
    )
    gleam(pen, [(-0.035, -0.84), (-0.04, -0.4)], 0.018)
    solid(pen, box(-0.22, -0.36, 0.22, -0.29, 0.035), paint=stuff.metal, start=(0, -0.36), end=(0.25, -0.3))
    solid(
        pen,
        smooth(both_sides([(0.06, -0.3), (0.075, -0.16), (0.06, 0.0)]), steps=3),
        paint=stuff.body,
        start=(0, 0),
        end=(0.09, 0),
    )
    for y in (-0.24, -0.17, -0.1, -0.03):
        pen.line([(-0.065, y), (0.065, y - 0.03)], 0.014, colour.tone(stuff.body, -0.12))
    solid(pen, ellipse(0.0, 0.05, 0.075), paint=stuff.metal, start=(0, 0.02), end=(0.08, 0.1))


def sword(pen: Pen, stuff: Stuff) -> None:
    """A long blade, point upwards."""
    steel = (204, 210, 216)
    pen.fill([(0.0, -1.12), (0.05, -1.0), (0.055, -0.24), (-0.055, -0.24), (-0.05, -1.0)], paint=steel)
    pen.fill([(0.0, -1.12), (0.05, -1.0), (0.055, -0.24), (0.0, -0.24)], paint=colour.tone(steel, -0.15), contour=False)
    pen.line([(0.0, -0.98), (0.0, -0.28)], 0.012, colour.tone(steel, -0.2), 0.8)
    guard = smooth(points("-0.26,-0.3 0,-0.25 0.26,-0.3 0.25,-0.22 0,-0.17 -0.25,-0.22"), steps=3)
    solid(pen, guard, paint=stuff.metal, start=(0, -0.3), end=(0.3, -0.2))
    solid(pen, box(-0.045, -0.19, 0.045, 0.04), paint=stuff.body, start=(-0.02, 0), end=(0.06, 0))
    for y in (-0.15, -0.1, -0.05, 0.0):
        pen.line([(-0.045, y), (0.045, y - 0.025)], 0.012, stuff.metal)
    solid(pen, ellipse(0.0, 0.08, 0.065), paint=stuff.metal, start=(0, 0.05), end=(0.08, 0.14))
    pen.fill(ellipse(0.0, 0.08, 0.028), paint=stuff.trim, contour=False)


def mask(pen: Pen, stuff: Stuff) -> None:
    """A theatre mask with ribbons."""
    for side in (-1, 1):
        tail = smooth(
            [(side * 0.4, -0.62), (side * 0.62, -0.5), (side * 0.56, -0.2), (side * 0.68, 0.04)], closed=False
        )
        pen.fill(ribbon(list(tail), 0.05, 0.08), paint=stuff.trim)
    face = smooth(both_sides(points("0,-0.98 0.26,-0.95 0.42,-0.76 0.4,-0.4 0.24,-0.1 0.08,0")), steps=5)
    eyes = [smooth([(s * 0.07, -0.58), (s * 0.18, -0.66), (s * 0.3, -0.6), (s * 0.2, -0.54)], steps=4) for s in (-1, 1)]
    mouth = smooth([(-0.17, -0.27), (0.0, -0.2), (0.17, -0.27), (0.09, -0.13), (-0.09, -0.13)], steps=4)
    solid(pen, face, paint=stuff.pale, start=(0.0, -0.6), end=(0.5, -0.4), cut=[*eyes, mouth])
    pen.shade(
        smooth([(0.0, -0.62), (0.06, -0.4), (0.0, -0.36), (-0.03, -0.4)], steps=3),
        start=(-0.04, -0.5),
        end=(0.08, -0.4),
        alpha=0.5,
    )
    for side in (-1, 1):
        pen.line(list(curve((side * 0.06, -0.68), (side * 0.2, -0.8), (side * 0.34, -0.7))), 0.03, stuff.body)
        pen.fill(ellipse(side * 0.25, -0.38, 0.065), paint=stuff.body, alpha=0.55, contour=False)
    pen.fill(smooth([(0.0, -0.95), (0.07, -0.86), (0.0, -0.76), (-0.07, -0.86)], steps=2), paint=stuff.metal)


def crown(pen: Pen, stuff: Stuff) -> None:
    """A crown with stones."""
    spikes = points("-0.5,0 -0.58,-0.62 -0.32,-0.34 -0.2,-0.78 0,-0.4 0.2,-0.78 0.32,-0.34 0.58,-0.62 0.5,0")
    inner = ellipse(0.0, -0.3, 0.5, 0.1)
    pen.fill(inner, paint=colour.tone(stuff.metal, -0.2))
    solid(
        pen,
        [*spikes, *ellipse(0.0, 0.0, 0.5, 0.08, start=0, end=180)],
        paint=stuff.metal,
        start=(0.0, -0.4),
        end=(0.6, 0.0),
        depth=0.7,
    )
    band = [
        (-0.5, -0.16),
        *reversed(ellipse(0.0, -0.16, 0.5, 0.08, start=0, end=180)),
        (0.5, -0.16),
        *ellipse(0.0, 0.0, 0.5, 0.08, start=0, end=180),
    ]
    pen.fill(band, paint=colour.tone(stuff.metal, 0.05))
    pen.shade(band, start=(0.0, 0.0), end=(0.55, 0.0), alpha=0.6)
    for x, y in ((-0.58, -0.65), (-0.2, -0.81), (0.2, -0.81), (0.58, -0.65)):
        pen.fill(ellipse(x, y, 0.05), paint=colour.tone(stuff.metal, 0.1))
    for x, tint in ((-0.33, stuff.body), (-0.12, stuff.trim), (0.12, stuff.body), (0.33, stuff.trim)):
        pen.fill(ellipse(x, -0.01 - 0.1 * x * x, 0.05, 0.06), paint=tint)
    gleam(pen, [(-0.46, -0.1), (-0.5, -0.4)], 0.026)
