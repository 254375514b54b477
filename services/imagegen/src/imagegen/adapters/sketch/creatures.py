"""Characters that are not people: robots and animals. Units and origin as for heads."""

from __future__ import annotations

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.body import LOW
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.geometry import Path, both_sides, box, curve, ellipse, mirrored, points, smooth
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.traits import Traits


def draw(pen: Pen, traits: Traits, moment: Dice) -> None:
    """Draw the creature."""
    if traits.kind == "robot":
        _robot(pen, traits, moment)
    else:
        _animal(pen, traits, moment)


def _metal(pen: Pen, shape: Path, paint: RGB, start: float = 0.0, end: float = 0.6) -> None:
    pen.fill(shape, paint=paint)
    pen.shade(shape, start=(start, 0.5), end=(end, 0.6), alpha=0.75)


def _robot(pen: Pen, traits: Traits, moment: Dice) -> None:
    steel = colour.mix((170, 178, 186), traits.cloth, 0.42)
    bright = pen.style.palette.accent
    for side in (-1, 1):
        _metal(
            pen,
            box(side * 1.0 - 0.15, 1.2, side * 1.0 + 0.15, 2.2, 0.12),
            colour.tone(steel, -0.1),
            side * 1.0 - 0.1,
            side * 1.0 + 0.3,
        )
        _metal(pen, ellipse(side * 1.0, 2.25, 0.19), colour.tone(steel, -0.02), side * 1.0, side * 1.0 + 0.3)
        _metal(
            pen, box(side * 1.02 - 0.19, 2.35, side * 1.02 + 0.19, LOW, 0.1), steel, side * 1.0 - 0.1, side * 1.0 + 0.3
        )
        _metal(pen, ellipse(side * 0.95, 1.14, 0.28), colour.tone(steel, 0.05), side * 0.95, side * 0.95 + 0.4)
    for step in range(4):
        _metal(pen, box(-0.15, 0.44 + step * 0.1, 0.15, 0.52 + step * 0.1, 0.04), colour.tone(steel, -0.14))
    chest = smooth(both_sides([(0.3, 0.82), (0.78, 0.92), (0.86, 1.3), (0.72, 2.1), (0.44, 2.4)]), steps=4)
    _metal(pen, chest, steel, 0.0, 0.95)
    _metal(pen, box(-0.5, 2.36, 0.5, LOW, 0.1), colour.tone(steel, -0.12))
    pen.fill(ellipse(0.0, 1.5, 0.25), paint=colour.tone(steel, -0.2))
    pen.glow(0.0, 1.5, 0.62, bright, 0.7)
    pen.fill(ellipse(0.0, 1.5, 0.15), paint=colour.mix(bright, (255, 255, 255), 0.55), contour=False)
    for x, y in ((-0.6, 1.04), (0.6, 1.04), (-0.56, 2.0), (0.56, 2.0)):
        pen.fill(ellipse(x, y, 0.04), paint=colour.tone(steel, -0.18), contour=False)
    _robot_head(pen.at(0, 0, turn=moment.between(-5, 5)), traits, steel, bright, moment)


def _robot_head(pen: Pen, traits: Traits, steel: RGB, bright: RGB, moment: Dice) -> None:
    antenna = moment.pick((-0.2, 0.0, 0.2))
    pen.line([(antenna, -0.45), (antenna * 1.5, -0.78)], 0.03, colour.tone(steel, -0.15))
    pen.glow(antenna * 1.5, -0.8, 0.2, bright, 0.7)
    pen.fill(ellipse(antenna * 1.5, -0.8, 0.06), paint=bright)
    for side in (-1, 1):
        _metal(pen, box(side * 0.47 - 0.07, -0.14, side * 0.47 + 0.07, 0.18, 0.05), colour.tone(steel, -0.12))
    _metal(pen, box(-0.46, -0.5, 0.46, 0.46, 0.22), colour.tone(steel, 0.07), 0.0, 0.6)
    pen.fill(box(-0.38, -0.2, 0.38, 0.18, 0.16), paint=(24, 28, 38))
    for side in (-1, 1):
        pen.glow(side * 0.17, -0.01, 0.24, bright, 0.8)
        pen.fill(ellipse(side * 0.17, -0.01, 0.075), paint=colour.mix(bright, (255, 255, 255), 0.6), contour=False)
    for x in (-0.15, -0.05, 0.05, 0.15):
        pen.line([(x, 0.27), (x, 0.36)], 0.024, colour.tone(steel, -0.22))
    pen.line(curve((-0.36, -0.34), (-0.28, -0.44), (-0.1, -0.44)), 0.03, (255, 255, 255), 0.55)


_EARS: dict[str, Path] = {
    "cat": [(0.12, -0.42), (0.42, -0.86), (0.5, -0.2)],
    "dog": points("0.24,-0.44 0.5,-0.46 0.66,-0.1 0.58,0.26 0.44,0.06 0.38,-0.2"),
    "rabbit": points("0.06,-0.4 0.12,-0.9 0.24,-1.2 0.38,-1 0.34,-0.6 0.3,-0.34"),
    "bear": [(0.2, -0.42), (0.3, -0.64), (0.48, -0.6), (0.52, -0.4), (0.42, -0.24)],
    "bird": [(0.16, -0.44), (0.4, -0.74), (0.4, -0.3)],
}


def _fur(traits: Traits, colours: tuple[RGB, RGB]) -> RGB:
    usual = {
        "cat": (206, 134, 76),
        "dog": (140, 108, 82),
        "rabbit": (216, 202, 188),
        "bear": (112, 78, 58),
        "bird": (104, 92, 92),
    }
    return colour.mix(usual[traits.kind], colours[0], 0.18)


def _animal(pen: Pen, traits: Traits, moment: Dice) -> None:
    colours = pen.style.palette
    fur = _fur(traits, (colours.near, colours.light))
    pale = colour.mix(fur, (250, 244, 232), 0.6)
    body = both_sides(smooth([(0.3, 0.4), (0.52, 0.9), (0.78, 1.5), (0.92, 2.3), (0.98, LOW)], closed=False))
    pen.fill(body, paint=fur)
    pen.shade(body, start=(0.1, 1.5), end=(1.0, 1.8), alpha=0.7)
    chest = smooth(points("-0.26,0.6 0.26,0.6 0.42,1.4 0.3,2.4 0,2.7 -0.3,2.4 -0.42,1.4"), steps=5)
    pen.fill(chest, paint=pale, contour=False)
    pen.shade(chest, start=(0.0, 1.5), end=(0.5, 1.6), alpha=0.5)
    collar = smooth(points("-0.46,0.62 0,0.8 0.46,0.62 0.5,0.78 0,0.98 -0.5,0.78"), steps=4)
    pen.fill(collar, paint=traits.cloth)
    pen.shade(collar, start=(0.0, 0.7), end=(0.5, 0.8), alpha=0.6)
    pen.fill(ellipse(0.0, 1.0, 0.1), paint=(214, 170, 74))
    _animal_head(pen.at(0.0, 0.0, 1.18, turn=moment.between(-6, 6)), traits, fur, pale)


def _animal_head(pen: Pen, traits: Traits, fur: RGB, pale: RGB) -> None:
    ear = smooth(_EARS[traits.kind], steps=4) if traits.kind != "cat" else _EARS["cat"]
    for lobe in (ear, mirrored(ear)):
        pen.fill(lobe, paint=colour.tone(fur, -0.06))
    pen.at(0.04, -0.05, 0.6).fill(ear, paint=colour.mix(pale, (220, 130, 120), 0.35), contour=False)
    pen.at(-0.04, -0.05, 0.6).fill(mirrored(ear), paint=colour.mix(pale, (220, 130, 120), 0.35), contour=False)
    face = smooth(both_sides(points("0,-0.5 0.3,-0.44 0.5,-0.14 0.5,0.16 0.3,0.42 0.1,0.5")), steps=5)
    pen.fill(face, paint=fur)
    pen.shade(face, start=(0.0, 0.0), end=(0.6, 0.15), alpha=0.6)
    for side in (-1, 1):
        pen.fill(ellipse(side * 0.21, -0.06, 0.105, 0.12), paint=pale if traits.kind != "bird" else (244, 214, 130))
        pen.fill(ellipse(side * 0.2, -0.05, 0.062, 0.085), paint=(28, 24, 28), contour=False)
        pen.fill(ellipse(side * 0.2 - 0.025, -0.085, 0.022), paint=(255, 255, 255), contour=False)
    if traits.kind == "bird":
        beak = smooth([(-0.1, 0.06), (0.1, 0.06), (0.05, 0.24), (0.0, 0.33), (-0.05, 0.24)], steps=4)
        pen.fill(beak, paint=(216, 150, 62))
        pen.shade(beak, start=(0.0, 0.1), end=(0.12, 0.2), alpha=0.6)
        return
    for side in (-1, 1):
        pen.fill(ellipse(side * 0.11, 0.25, 0.17, 0.135), paint=pale, contour=False)
    pen.fill(smooth([(-0.09, 0.11), (0.09, 0.11), (0.0, 0.2)], steps=4), paint=(44, 32, 36))
    pen.line([(0.0, 0.2), (0.0, 0.27)], 0.018, (60, 44, 44))
    for side in (-1, 1):
        pen.line(curve((0.0, 0.27), (side * 0.06, 0.34), (side * 0.14, 0.28)), 0.018, (60, 44, 44))
        for lift in (0.0, 0.05):
            pen.line([(side * 0.2, 0.22 + lift), (side * 0.54, 0.18 + lift * 2.4)], 0.009, pale, 0.8)
