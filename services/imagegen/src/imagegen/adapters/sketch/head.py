"""Heads and faces. One unit is the height of a head; the origin is its middle."""

from __future__ import annotations

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.geometry import both_sides, curve, ellipse, moved, points, smooth
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.traits import Traits

DARK = (38, 30, 34)


def outline(traits: Traits) -> list[tuple[float, float]]:
    """The contour of the skull and jaw."""
    if traits.age == "child":
        right = points("0,-0.48 0.24,-0.43 0.38,-0.2 0.4,0.06 0.34,0.27 0.19,0.41 0.06,0.46")
    elif traits.feminine:
        right = points("0,-0.49 0.22,-0.44 0.35,-0.22 0.355,0.03 0.3,0.25 0.16,0.43 0.05,0.49")
    else:
        right = points("0,-0.49 0.23,-0.44 0.36,-0.22 0.37,0.03 0.345,0.25 0.22,0.43 0.08,0.5")
    return list(smooth(both_sides(right), steps=5))


def draw_head(pen: Pen, traits: Traits, gaze: float) -> None:
    """Neckless head with ears and features; `gaze` from -1 to 1 turns the face to a side."""
    shape = outline(traits)
    ear = colour.tone(traits.skin, -0.04)
    for side in (-1, 1):
        pen.fill(ellipse(side * 0.37 - gaze * 0.03, 0.06, 0.055, 0.1), paint=ear)
    pen.fill(shape, paint=traits.skin)
    warm = colour.mix(traits.skin, (206, 84, 70), 0.5)
    for side in (-1, 1):
        pen.glow(side * 0.2 + gaze * 0.06, 0.2, 0.13, warm, 0.55 if traits.feminine or traits.age == "child" else 0.32)
    dusk = colour.mix(colour.tone(traits.skin, -0.22), pen.shadow, 0.25)
    pen.shade(shape, start=(0.02, -0.05), end=(0.5, 0.12), paint=dusk, alpha=0.85)
    _features(pen.at(gaze * 0.07, 0.0), traits, gaze)


def _features(pen: Pen, traits: Traits, gaze: float) -> None:
    deep = colour.mix(colour.tone(traits.skin, -0.3), (120, 50, 40), 0.3)
    nose = [(0.0, -0.02), (0.02 + 0.07 * _side(gaze), 0.16), (0.05 * _side(gaze), 0.185), (-0.03, 0.18)]
    pen.fill(smooth(nose, steps=3), paint=deep, alpha=0.42, contour=False)
    _eyes(pen, traits, gaze)
    mouth = 0.29 if traits.age != "child" else 0.27
    wide = 0.085 if traits.feminine or traits.age == "child" else 0.1
    if traits.feminine and traits.age != "child":
        lips = colour.mix((186, 60, 62), traits.skin, 0.25)
        upper = [(-wide, mouth), (-0.03, mouth - 0.028), (0, mouth - 0.018), (0.03, mouth - 0.028), (wide, mouth)]
        pen.fill(smooth([*upper, (0.0, mouth + 0.045)], steps=4), paint=lips, contour=False)
    pen.line(curve((-wide, mouth), (0.01, mouth + 0.022), (wide, mouth - 0.006)), 0.014, colour.mix(deep, DARK, 0.4))
    if traits.age == "old":
        for side in (-1, 1):
            pen.line(curve((side * 0.1, 0.17), (side * 0.16, 0.22), (side * 0.15, 0.31)), 0.01, deep, 0.6)
            pen.line(curve((side * 0.09, 0.1), (side * 0.15, 0.125), (side * 0.2, 0.1)), 0.008, deep, 0.5)
    if "freckles" in traits.extras:
        for x, y in ((-0.2, 0.15), (-0.15, 0.18), (-0.24, 0.19), (0.2, 0.15), (0.15, 0.18), (0.24, 0.19)):
            pen.fill(ellipse(x, y, 0.011), paint=deep, alpha=0.5, contour=False)
    if "scar" in traits.extras:
        pen.line([(-0.24, -0.1), (-0.17, 0.06), (-0.19, 0.2)], 0.016, colour.mix(traits.skin, (180, 70, 60), 0.6))


def _side(gaze: float) -> float:
    return 1.0 if gaze >= 0 else -1.0


def _eyes(pen: Pen, traits: Traits, gaze: float) -> None:
    size = 0.042 if traits.age == "child" else 0.033
    brow = colour.mix(traits.hair, DARK, 0.45)
    for side in (-1, 1):
        x = side * 0.15
        pen.fill(ellipse(x, 0.03, size * 1.75, size * 1.12), paint=(244, 238, 228), alpha=0.92, contour=False)
        pen.fill(ellipse(x + gaze * 0.016, 0.032, size, size * 1.2), paint=DARK, contour=False)
        pen.fill(ellipse(x + gaze * 0.016 - 0.012, 0.02, size * 0.28), paint=(255, 255, 250), contour=False)
        lid = curve((x - size * 1.9, 0.03), (x, -0.035 - size * 0.4), (x + size * 1.9, 0.025))
        pen.line(lid, 0.02 if traits.feminine else 0.015, DARK)
        height = -0.075 if traits.feminine else -0.062
        arch = curve((x - 0.085, height + 0.014), (x, height - 0.035), (x + 0.085, height + 0.012))
        pen.line(arch if side > 0 else moved(arch, 0, -0.004), 0.017 if traits.feminine else 0.026, brow)


def draw_beard(pen: Pen, traits: Traits, gaze: float) -> None:
    """A full beard, its upper edge leaving the mouth free."""
    low = 0.78 if traits.age == "old" else 0.64
    left = [(-0.37, 0.02), (-0.365, 0.28), (-0.27, 0.5), (-0.1, low), (0.02, low + 0.02)]
    right = [(0.14, low - 0.03), (0.28, 0.5), (0.365, 0.28), (0.37, 0.02)]
    inner = points("0.31,0.14 0.2,0.225 0.06,0.215 -0.06,0.215 -0.2,0.225 -0.31,0.14")
    shape = smooth([*left, *right, *inner], steps=5)
    lips = moved(ellipse(0, 0.3, 0.1, 0.036), gaze * 0.07)
    pen.fill(shape, paint=traits.hair, cut=[lips])
    pen.shade(shape, start=(0.0, 0.3), end=(0.5, 0.6), alpha=0.5, cut=[lips])
    for x in (-0.18, -0.06, 0.07, 0.19):
        pen.line(curve((x, 0.4), (x * 1.1, 0.5), (x * 0.7, 0.62)), 0.012, colour.tone(traits.hair, -0.1), 0.6)


def draw_moustache(pen: Pen, traits: Traits, gaze: float) -> None:
    """A moustache with turned ends."""
    side = points("0,0.215 0.09,0.205 0.18,0.265 0.22,0.25 0.17,0.3 0.07,0.285 0,0.262")
    pen.at(gaze * 0.07, 0.0).fill(smooth(both_sides(side), steps=4), paint=colour.tone(traits.hair, -0.03))
