"""What a character wears on face and neck, and carries. Units and origin as for heads."""

from __future__ import annotations

from imagegen.adapters.sketch import colour, hats
from imagegen.adapters.sketch.geometry import Path, box, curve, ellipse, points, smooth
from imagegen.adapters.sketch.head import DARK
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.traits import Traits


def draw_behind(pen: Pen, traits: Traits) -> None:
    """What stands behind the shoulders: a staff, or a sword on the back."""
    if "staff" in traits.extras:
        _staff(pen, traits)
    if "sword" in traits.extras:
        _sword(pen.at(-0.62, 0.72, turn=-38), traits)


def draw_neckwear(pen: Pen, traits: Traits) -> None:
    """Scarf and necklace."""
    if "scarf" in traits.extras:
        wrap = smooth(points("-0.27,0.6 0,0.7 0.27,0.6 0.38,0.8 0.34,1 0,1.12 -0.34,1 -0.38,0.8"), steps=5)
        tail = smooth(points("0.1,1 0.32,0.96 0.4,1.5 0.42,2.05 0.16,2.08 0.14,1.5"), steps=4)
        for shape in (tail, wrap):
            pen.fill(shape, paint=traits.trim)
            pen.shade(shape, start=(0.05, 0.9), end=(0.5, 1.2), alpha=0.6)
        pen.line(curve((-0.34, 0.86), (0.0, 1.0), (0.34, 0.84)), 0.018, colour.tone(traits.trim, -0.12), 0.7)
        for x in (0.2, 0.27, 0.34):
            pen.line([(x, 2.04), (x, 2.14)], 0.02, traits.trim)
    if "necklace" in traits.extras:
        pen.line(curve((-0.24, 0.82), (0.0, 1.5), (0.24, 0.82)), 0.018, hats.GOLD)
        pen.fill(ellipse(0.0, 1.2, 0.07, 0.085), paint=traits.trim)
        pen.line(ellipse(0.0, 1.2, 0.07, 0.085), 0.02, hats.GOLD, closed=True)


def draw_pipe(pen: Pen) -> None:
    """A pipe in the corner of the mouth."""
    wood = (92, 54, 36)
    pen.line(curve((0.06, 0.3), (0.2, 0.36), (0.3, 0.42)), 0.028, wood)
    bowl: Path = box(0.25, 0.3, 0.39, 0.47, 0.05)
    pen.fill(bowl, paint=wood)
    for step in range(4):
        pen.glow(0.33 + step * 0.05, 0.18 - step * 0.16, 0.1 + step * 0.05, (255, 255, 255), 0.25)


def _staff(pen: Pen, traits: Traits) -> None:
    pen.line([(-1.32, -0.7), (-1.18, 3.6)], 0.075, (96, 66, 46))
    pen.glow(-1.32, -0.82, 0.55, pen.style.palette.light, 0.7)
    pen.fill(ellipse(-1.32, -0.82, 0.15), paint=traits.trim)
    pen.fill(ellipse(-1.36, -0.87, 0.045), paint=(255, 255, 255), alpha=0.8, contour=False)


def _sword(pen: Pen, traits: Traits) -> None:
    pen.fill(box(-0.06, -0.62, 0.06, 0.0, 0.03), paint=colour.mix(traits.trim, pen.shadow, 0.45))
    for step in range(5):
        pen.line([(-0.06, -0.1 - step * 0.11), (0.06, -0.16 - step * 0.11)], 0.022, hats.GOLD)
    pen.fill(ellipse(0.0, -0.68, 0.085), paint=hats.GOLD)
    pen.fill(box(-0.26, -0.05, 0.26, 0.05, 0.05), paint=hats.GOLD)
    sheath = box(-0.1, 0.05, 0.1, 1.6, 0.04)
    pen.fill(sheath, paint=colour.mix(traits.cloth, pen.shadow, 0.5))


def draw_mask(pen: Pen, traits: Traits, _gaze: float) -> None:
    """A cloth over nose and mouth."""
    cloth = smooth(points("-0.39,0.08 0,0.12 0.39,0.08 0.34,0.34 0.12,0.54 -0.12,0.54 -0.34,0.34"), steps=4)
    pen.fill(cloth, paint=colour.tone(traits.cloth, -0.08))
    pen.shade(cloth, start=(0.0, 0.3), end=(0.45, 0.3), alpha=0.7)


def draw_glasses(pen: Pen, traits: Traits, gaze: float) -> None:
    """Round spectacles."""
    tint = colour.mix(traits.trim, DARK, 0.7)
    face = pen.at(gaze * 0.07, 0.0)
    for side in (-1, 1):
        face.fill(ellipse(side * 0.155, 0.035, 0.112, 0.1), paint=(236, 242, 244), alpha=0.22, contour=False)
        face.line(ellipse(side * 0.155, 0.035, 0.112, 0.1), 0.018, tint, closed=True)
        face.line([(side * 0.265, 0.02), (side * 0.37, 0.0)], 0.016, tint)
    face.line(curve((-0.045, 0.02), (0, -0.012), (0.045, 0.02)), 0.016, tint)


def draw_eyepatch(pen: Pen, _traits: Traits, gaze: float) -> None:
    """A patch over one eye, its band across the forehead."""
    pen.line([(-0.38, -0.2), (0.36, 0.14)], 0.022, DARK)
    pen.fill(ellipse(0.155 + gaze * 0.07, 0.04, 0.115, 0.1), paint=DARK)


def draw_earrings(pen: Pen, _traits: Traits, _gaze: float) -> None:
    """Golden drops."""
    for side in (-1, 1):
        pen.fill(ellipse(side * 0.385, 0.24, 0.035, 0.055), paint=hats.GOLD)
