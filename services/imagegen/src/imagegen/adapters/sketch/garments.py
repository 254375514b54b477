"""Clothes that open or close over the chest. Units and origin as for heads."""

from __future__ import annotations

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.body import LOW, draw_arms, draw_torso, torso
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, box, curve, ellipse, mirrored, points, smooth
from imagegen.adapters.sketch.hats import GOLD
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.traits import Traits

_PALE: RGB = (242, 238, 228)


def _pair(pen: Pen, right: Path, paint: RGB, step: float = 0.0) -> None:
    """A part on both sides, the one away from the light darker."""
    pen.fill(mirrored(right), paint=colour.tone(paint, step + 0.02))
    pen.fill(right, paint=colour.tone(paint, step - 0.03))
    pen.shade(right, start=(0.05, 1.0), end=(0.7, 1.1), alpha=0.4)


def _seam(pen: Pen, paint: RGB, x: float = 0.0, top: float = 1.7) -> None:
    pen.line(curve((x, top), (x + 0.02, 2.5), (x, LOW)), 0.016, colour.tone(paint, -0.14), 0.7)


def _buttons(pen: Pen, xs: tuple[float, ...], ys: tuple[float, ...], paint: RGB) -> None:
    for y in ys:
        for x in xs:
            pen.fill(ellipse(x, y + 0.012, 0.045), paint=pen.shadow, alpha=0.4, contour=False)
            pen.fill(ellipse(x, y, 0.042), paint=paint, contour=False)


def _opening(pen: Pen, paint: RGB, low: float) -> None:
    """What is worn beneath, seen between the lapels."""
    shape = [(-0.3, 0.78), (-0.12, 0.84), (0.12, 0.84), (0.3, 0.78), (0.12, 1.3), (0.02, low), (-0.12, 1.3)]
    pen.fill(shape, paint=paint, contour=False)
    pen.shade(shape, start=(0, 1.2), end=(0, 0.7), alpha=0.4)


def _tie(pen: Pen, paint: RGB, low: float = 2.0) -> None:
    pen.fill([(-0.07, 0.86), (0.07, 0.86), (0.045, 0.98), (-0.045, 0.98)], paint=colour.tone(paint, 0.03))
    pen.fill([(-0.04, 0.98), (0.04, 0.98), (0.085, low - 0.2), (0.0, low), (-0.085, low - 0.2)], paint=paint)


def _points(pen: Pen, paint: RGB) -> None:
    """The two points of a shirt collar."""
    _pair(pen, [(0.17, 0.68), (0.24, 0.76), (0.22, 1.02), (0.03, 0.9), (0.12, 0.82)], paint)


def coat(pen: Pen, traits: Traits, pose: str) -> None:
    """A long coat with a raised collar, wide lapels and a belt."""
    cloth = traits.cloth
    draw_torso(pen, traits, cloth, torso(traits, 0.76, 0.95))
    _opening(pen, traits.trim, 1.95)
    if "scarf" not in traits.extras:
        _points(pen, colour.mix(traits.trim, _PALE, 0.6))
    _pair(pen, points("0.24,0.7 0.5,1 0.6,1.26 0.42,1.28 0.46,1.42 0.06,2.08 0,1.92 0.2,1.3"), cloth, 0.03)
    _pair(pen, [(0.15, 0.62), (0.3, 0.56), (0.44, 0.84), (0.47, 1.04), (0.24, 0.92)], cloth, 0.05)
    _seam(pen, cloth, 0.04, 2.0)
    _buttons(pen, (-0.22, 0.26), (2.14, 2.66), colour.tone(cloth, -0.2))
    belt = [
        (-0.78 * traits.girth, 2.3),
        (0.78 * traits.girth, 2.3),
        (0.8 * traits.girth, 2.46),
        (-0.8 * traits.girth, 2.46),
    ]
    pen.fill(belt, paint=colour.tone(cloth, -0.06))
    pen.shade(belt, start=(0.0, 2.3), end=(0.8, 2.3), alpha=0.7)
    pen.line(box(-0.1, 2.27, 0.14, 2.49, 0.03), 0.035, colour.mix(GOLD, cloth, 0.25), closed=True)
    draw_arms(pen, traits, pose, cloth, sleeve=0.34, cuff=colour.tone(cloth, 0.05))


def suit(pen: Pen, traits: Traits, pose: str) -> None:
    """Jacket, shirt and tie."""
    cloth = traits.cloth
    draw_torso(pen, traits, cloth, torso(traits, 0.7, 0.8))
    _opening(pen, _PALE, 2.1)
    _tie(pen, traits.trim)
    _points(pen, _PALE)
    _pair(pen, points("0.25,0.74 0.42,0.95 0.5,1.3 0.36,1.3 0.39,1.4 0.06,2.2 0,2.06 0.17,1.3"), cloth, 0.025)
    _seam(pen, cloth, 0.03, 2.15)
    _buttons(pen, (0.08,), (2.3, 2.62), colour.tone(cloth, -0.16))
    pen.fill([(0.48, 1.52), (0.68, 1.48), (0.66, 1.42), (0.56, 1.36), (0.52, 1.44)], paint=_PALE, contour=False)
    draw_arms(pen, traits, pose, cloth, sleeve=0.29, cuff=_PALE)


def labcoat(pen: Pen, traits: Traits, pose: str) -> None:
    """A white coat over shirt and tie."""
    cloth = colour.mix(traits.cloth, pen.style.palette.light, 0.25)
    draw_torso(pen, traits, cloth, torso(traits, 0.8, 0.95))
    _opening(pen, colour.mix(traits.trim, pen.style.palette.sky, 0.5), 2.3)
    _tie(pen, traits.trim, 2.1)
    _points(pen, _PALE)
    _pair(pen, points("0.25,0.72 0.46,0.96 0.52,1.36 0.36,1.36 0.1,2.35 0.03,2.25 0.2,1.3"), cloth, -0.01)
    _seam(pen, cloth, 0.05, 2.3)
    _buttons(pen, (0.14,), (2.5, 2.85), colour.tone(cloth, -0.25))
    pen.line(box(0.36, 1.55, 0.68, 1.95, 0.03), 0.014, colour.tone(cloth, -0.18), 0.8, closed=True)
    for x, tint in ((0.44, traits.trim), (0.54, pen.style.palette.near)):
        pen.line([(x, 1.42), (x, 1.56)], 0.04, tint)
    draw_arms(pen, traits, pose, cloth, sleeve=0.34)


def uniform(pen: Pen, traits: Traits, pose: str) -> None:
    """A closed tunic with a standing collar, epaulettes and two rows of buttons."""
    cloth = traits.cloth
    draw_torso(pen, traits, cloth, torso(traits, 0.74, 0.84))
    collar = smooth([(-0.22, 0.62), (0.22, 0.62), (0.27, 0.9), (0.0, 0.98), (-0.27, 0.9)], steps=3)
    pen.fill(collar, paint=colour.tone(cloth, -0.05))
    pen.line(curve((-0.25, 0.88), (0, 0.99), (0.25, 0.88)), 0.025, GOLD)
    _seam(pen, cloth, 0.0, 0.98)
    _buttons(pen, (-0.24, 0.24), (1.25, 1.6, 1.95, 2.3, 2.65), GOLD)
    draw_arms(pen, traits, pose, cloth, sleeve=0.3, cuff=colour.tone(cloth, -0.08))
    girth = traits.girth
    for side in (-1, 1):
        flap = smooth(
            [
                (side * 0.46 * girth, 0.92),
                (side * 0.92 * girth, 1.04),
                (side * 1.02 * girth, 1.18),
                (side * 0.86 * girth, 1.2),
                (side * 0.46 * girth, 1.05),
            ],
            steps=3,
        )
        pen.fill(flap, paint=GOLD)
        pen.shade(flap, start=(0.3, 1.0), end=(1.1, 1.0), alpha=0.4)
    ribbons = ((0.38, traits.trim), (0.48, pen.style.palette.light), (0.58, pen.style.palette.accent))
    for x, tint in ribbons:
        pen.fill(box(x, 1.46, x + 0.09, 1.55), paint=tint, contour=False)


def sweater(pen: Pen, traits: Traits, pose: str) -> None:
    """A knitted pullover with a rolled collar."""
    cloth = traits.cloth
    draw_torso(pen, traits, cloth, torso(traits, 0.82, 0.82))
    for row in range(9):
        y = 1.3 + row * 0.26
        for column in range(-4, 5):
            x = column * 0.18
            pen.line([(x - 0.05, y), (x, y + 0.07), (x + 0.05, y)], 0.016, colour.tone(cloth, -0.08), 0.5)
    draw_arms(pen, traits, pose, cloth, sleeve=0.3, cuff=colour.tone(cloth, -0.05))
    roll = smooth(points("-0.23,0.6 0,0.68 0.23,0.6 0.3,0.8 0.27,0.95 0,1.03 -0.27,0.95 -0.3,0.8"), steps=5)
    pen.fill(roll, paint=colour.tone(cloth, 0.04))
    pen.shade(roll, start=(0.0, 0.8), end=(0.36, 0.85), alpha=0.6)
    for x in (-0.18, -0.09, 0.0, 0.09, 0.18):
        pen.line([(x * 0.95, 0.68), (x * 1.15, 0.96)], 0.012, colour.tone(cloth, -0.1), 0.5)


def hoodie(pen: Pen, traits: Traits, pose: str) -> None:
    """A hooded pullover with strings."""
    cloth = traits.cloth
    draw_torso(pen, traits, cloth, torso(traits, 0.84, 0.86))
    pouch = smooth(points("-0.48,2.3 0.48,2.3 0.62,2.8 0.6,3.1 -0.6,3.1 -0.62,2.8"), steps=3)
    pen.fill(pouch, paint=colour.tone(cloth, -0.04))
    draw_arms(pen, traits, pose, cloth, sleeve=0.32, cuff=colour.tone(cloth, -0.06))
    if traits.hat != "hood":
        fold = smooth(
            points(
                "-0.2,0.62 -0.5,0.74 -0.56,1 -0.2,1.16 0,1.3 0.2,1.16 0.56,1 0.5,0.74 0.2,0.62 "
                "0.14,0.95 0,1.06 -0.14,0.95"
            ),
            steps=5,
        )
        pen.fill(fold, paint=colour.tone(cloth, 0.03))
        pen.shade(fold, start=(0.0, 0.9), end=(0.6, 0.95), alpha=0.6)
    for x in (-0.13, 0.13):
        pen.line(curve((x, 1.16), (x * 1.3, 1.4), (x * 1.1, 1.66)), 0.026, traits.trim)


def shirt(pen: Pen, traits: Traits, pose: str) -> None:
    """A shirt with braces."""
    cloth = traits.cloth
    draw_torso(pen, traits, cloth, torso(traits, 0.74, 0.8))
    _seam(pen, cloth, 0.0, 0.95)
    _buttons(pen, (0.0,), (1.3, 1.65, 2.0, 2.35), colour.tone(cloth, 0.2))
    for side in (-1, 1):
        pen.fill(
            [(side * 0.36, 0.92), (side * 0.47, 0.95), (side * 0.46, 3.4), (side * 0.34, 3.4)],
            paint=colour.tone(traits.trim, -0.08),
        )
    draw_arms(pen, traits, pose, cloth, sleeve=0.3, cuff=colour.tone(cloth, 0.06))
    _points(pen, colour.tone(cloth, 0.05))


def apron(pen: Pen, traits: Traits, pose: str) -> None:
    """An apron over a shirt."""
    under = colour.mix(traits.cloth, _PALE, 0.55)
    draw_torso(pen, traits, under, torso(traits, 0.8, 0.86))
    _points(pen, colour.tone(under, 0.05))
    for side in (-1, 1):
        pen.line([(side * 0.2, 0.84), (side * 0.36, 1.36)], 0.08, traits.cloth)
    bib = smooth(
        [(-0.42, 1.3), (0.42, 1.3), (0.46, 1.9), (0.74, 2.3), (0.86, LOW), (-0.86, LOW), (-0.74, 2.3), (-0.46, 1.9)],
        steps=3,
    )
    pen.fill(bib, paint=traits.cloth)
    pen.shade(bib, start=(0.0, 2.0), end=(0.9, 2.2), alpha=0.6)
    pen.line(box(-0.3, 2.4, 0.3, 2.8, 0.04), 0.016, colour.tone(traits.cloth, -0.14), 0.8, closed=True)
    draw_arms(pen, traits, pose, under, sleeve=0.28, cuff=colour.tone(under, 0.04))
