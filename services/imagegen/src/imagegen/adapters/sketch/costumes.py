"""Clothes of other times and places. Units and origin as for heads."""

from __future__ import annotations

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.body import LOW, draw_arms, draw_torso, torso
from imagegen.adapters.sketch.geometry import both_sides, box, curve, ellipse, mirrored, points, smooth
from imagegen.adapters.sketch.hats import GOLD
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.traits import Traits


def robe(pen: Pen, traits: Traits, pose: str) -> None:
    """A robe with crossed collars, a sash and wide sleeves."""
    cloth = traits.cloth
    draw_torso(pen, traits, cloth, torso(traits, 0.8, 1.02))
    inner = colour.mix(traits.trim, (246, 240, 228), 0.55)
    pen.fill([(-0.26, 0.76), (0.26, 0.76), (0.2, 1.0), (0.02, 1.4), (-0.16, 1.05)], paint=inner)
    under = [(0.22, 0.66), (0.4, 0.84), (0.12, 1.48), (-0.06, 1.3)]
    over = [(-0.22, 0.66), (-0.4, 0.84), (0.3, 2.3), (0.54, 2.3), (0.08, 1.24)]
    for band, step in ((under, -0.05), (over, 0.0)):
        pen.fill(band, paint=colour.tone(traits.trim, step))
        pen.shade(band, start=(0.0, 1.0), end=(0.6, 2.2), alpha=0.35)
    pen.line([(-0.24, 0.72), (0.06, 1.3), (0.5, 2.26)], 0.028, inner, 0.9)
    sash = [
        (-0.82 * traits.girth, 2.26),
        (0.82 * traits.girth, 2.26),
        (0.84 * traits.girth, 2.62),
        (-0.84 * traits.girth, 2.62),
    ]
    pen.fill(sash, paint=colour.mix(traits.trim, pen.shadow, 0.35))
    pen.shade(sash, start=(0.0, 2.3), end=(0.9, 2.3), alpha=0.6)
    pen.line([(-0.84 * traits.girth, 2.44), (0.84 * traits.girth, 2.44)], 0.03, GOLD, 0.9)
    draw_arms(pen, traits, pose, cloth, sleeve=0.62, cuff=traits.trim)


def cloak(pen: Pen, traits: Traits, pose: str) -> None:
    """A cloak over a tunic, closed with a clasp."""
    under = colour.mix(traits.trim, pen.shadow, 0.45)
    draw_torso(pen, traits, under, torso(traits, 0.7, 0.8))
    girth = traits.girth
    right = smooth(
        [
            (0.2, 0.66),
            (0.56 * girth, 0.88),
            (1.0 * girth, 1.08),
            (1.2 * girth, 1.7),
            (1.34 * girth, 2.7),
            (1.42 * girth, LOW),
            (0.34, LOW),
            (0.36, 2.4),
            (0.2, 1.5),
            (0.05, 1.06),
        ],
        steps=5,
    )
    for shape, step in ((mirrored(right), 0.015), (right, -0.03)):
        pen.fill(shape, paint=colour.tone(traits.cloth, step))
    pen.shade(right, start=(0.2, 1.6), end=(1.35, 1.9), alpha=0.8)
    pen.shade(mirrored(right), start=(-0.9, 1.8), end=(-0.1, 2.0), alpha=0.5)
    for x in (0.5, 0.78, 1.02):
        for side in (-1, 1):
            pen.line(
                curve((side * x * 0.75, 1.3), (side * x * 0.95, 2.2), (side * x * 1.1, LOW)),
                0.018,
                colour.tone(traits.cloth, -0.12),
                0.5,
            )
    pen.fill(ellipse(0.0, 1.06, 0.105), paint=GOLD)
    pen.fill(ellipse(0.0, 1.06, 0.05), paint=traits.trim)


def armour(pen: Pen, traits: Traits, pose: str) -> None:
    """A breastplate with shoulder guards."""
    steel = colour.mix((168, 176, 186), pen.style.palette.sky, 0.22)
    draw_torso(pen, traits, colour.tone(steel, -0.1), torso(traits, 0.72, 0.84))
    draw_arms(pen, traits, pose, colour.tone(steel, -0.06), sleeve=0.3, cuff=colour.tone(steel, 0.05))
    girth = traits.girth
    plate = smooth(
        both_sides([(0.24, 0.92), (0.62 * girth, 1.08), (0.74 * girth, 1.5), (0.62 * girth, 2.1), (0.3, 2.36)]), steps=5
    )
    pen.fill(plate, paint=colour.tone(steel, 0.05))
    pen.shade(plate, start=(0.05, 1.4), end=(0.85, 1.7), alpha=0.85)
    pen.glow(-0.3, 1.35, 0.34, (255, 255, 255), 0.6, tall=0.5)
    pen.line([(0.0, 0.98), (0.0, 2.34)], 0.02, colour.tone(steel, -0.16), 0.8)
    gorget = smooth([(-0.24, 0.6), (0.24, 0.6), (0.36, 0.92), (0.0, 1.06), (-0.36, 0.92)], steps=4)
    pen.fill(gorget, paint=steel)
    pen.shade(gorget, start=(0.0, 0.8), end=(0.4, 0.8), alpha=0.7)
    for side in (-1, 1):
        for step in range(3):
            guard = ellipse(side * 0.88 * girth, 1.2 + step * 0.17, 0.31 - step * 0.03, 0.21)
            pen.fill(guard, paint=colour.tone(steel, 0.04 - step * 0.04))
            pen.shade(guard, start=(side * 0.88 * girth - 0.05, 1.1), end=(side * 0.88 * girth + 0.34, 1.3), alpha=0.7)
    belt = [(-0.72 * girth, 2.34), (0.72 * girth, 2.34), (0.74 * girth, 2.52), (-0.74 * girth, 2.52)]
    pen.fill(belt, paint=colour.mix(traits.cloth, pen.shadow, 0.3))
    pen.fill(box(-0.11, 2.32, 0.11, 2.54, 0.03), paint=GOLD)
    skirt = [(-0.74 * girth, 2.52), (0.74 * girth, 2.52), (0.96 * girth, LOW), (-0.96 * girth, LOW)]
    pen.fill(skirt, paint=traits.cloth)
    pen.shade(skirt, start=(0.0, 2.9), end=(0.9, 3.0), alpha=0.7)


def dress(pen: Pen, traits: Traits, pose: str) -> None:
    """A dress with an open neck and a narrow waist."""
    skin = colour.tone(traits.skin, -0.01)
    draw_arms(pen, traits, pose, skin, sleeve=0.2)
    pen = pen.at(0.0, 0.0, traits.girth).at(0.0, 0.72 / traits.girth - 0.72)  # narrower, the neck where it is
    chest = both_sides(smooth(points("0.17,0.72 0.34,0.9 0.72,1 0.92,1.16 0.8,1.5 0.6,1.8"), closed=False))
    pen.fill(chest, paint=skin, contour=False)
    pen.shade(chest, start=(0.1, 1.2), end=(0.95, 1.4), alpha=0.4)
    for side in (-1, 1):
        bone = curve((side * 0.14, 1.02), (side * 0.28, 0.98), (side * 0.44, 1.0))
        pen.line(bone, 0.014, colour.tone(skin, -0.12), 0.6)
    right = points("0,1.4 0.26,1.3 0.5,1.22 0.72,1.42 0.68,1.75 0.52,2.25 0.9,2.9 1.3,4.2")
    shape = smooth([*right, *mirrored(right[1:])], steps=5)
    pen.fill(shape, paint=traits.cloth)
    pen.shade(shape, start=(0.0, 1.8), end=(0.85, 2.0), alpha=0.75)
    for side in (-1, 1):
        strap = [(side * 0.46, 1.26), (side * 0.56, 1.26), (side * 0.5, 0.95), (side * 0.42, 0.93)]
        pen.fill(strap, paint=traits.cloth)
    pen.fill(points("-0.55,2.16 0.55,2.16 0.55,2.34 -0.55,2.34"), paint=traits.trim)
    for x in (-0.6, -0.3, 0.0, 0.3, 0.6):
        pen.line(curve((x * 0.6, 2.36), (x, 2.9), (x * 1.5, LOW)), 0.018, colour.tone(traits.cloth, -0.12), 0.6)
