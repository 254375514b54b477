"""Necks, shoulders and arms. Units and origin as for heads: the chin is at 0.5, the waist near 2.3."""

from __future__ import annotations

from dataclasses import dataclass

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, Point, both_sides, curve, ellipse, ribbon, smooth
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.traits import Traits

LOW = 3.6


@dataclass(frozen=True, slots=True)
class Arm:
    """Where elbow and wrist are, for a shoulder of usual width."""

    elbow: Point
    wrist: Point


POSES: dict[str, tuple[Arm, Arm]] = {
    "rest": (Arm((-1.06, 2.1), (-1.0, 3.3)), Arm((1.06, 2.1), (1.0, 3.3))),
    "hip": (Arm((-1.06, 2.1), (-1.0, 3.3)), Arm((1.46, 2.0), (0.78, 2.55))),
    "heart": (Arm((-1.06, 2.1), (-1.0, 3.3)), Arm((1.2, 2.15), (0.24, 1.85))),
    "fold": (Arm((-1.14, 2.1), (0.38, 2.12)), Arm((1.14, 2.08), (-0.42, 1.95))),
}


def draw_neck(pen: Pen, traits: Traits) -> None:
    """The neck with the shadow of the chin."""
    wide = 0.155 if traits.feminine else 0.2 * min(1.1, traits.girth)
    shape = smooth(both_sides([(wide, 0.25), (wide * 0.97, 0.6), (wide * 1.15, 0.8), (wide * 1.5, 1.0)]), steps=4)
    dusk = colour.mix(colour.tone(traits.skin, -0.2), pen.shadow, 0.3)
    pen.fill(shape, paint=colour.tone(traits.skin, -0.04))
    pen.fill(
        smooth([(-wide, 0.38), (wide, 0.38), (wide, 0.62), (0.03, 0.72), (-wide, 0.5)], steps=4),
        paint=dusk,
        alpha=0.6,
        contour=False,
    )


def torso(traits: Traits, waist: float = 0.74, hem: float = 0.86) -> Path:
    """From the neck over the shoulders to below the picture."""
    girth = traits.girth
    right: list[Point] = [
        (0.0, 0.94), (0.13, 0.86), (0.2, 0.71), (0.36 * girth, 0.9), (0.72 * girth, 1.0), (0.95 * girth, 1.14), (0.98 * girth, 1.42),
        (0.8 * girth, 1.7), (waist * girth, 2.3), (hem * girth, 3.0), (hem * girth * 1.04, LOW),
    ]  # fmt: skip
    return both_sides(smooth(right, closed=False, steps=5))


def draw_torso(pen: Pen, traits: Traits, paint: RGB, shape: Path) -> None:
    """The trunk, shaded away from the light."""
    pen.fill(shape, paint=paint)
    pen.shade(shape, start=(0.1, 1.6), end=(1.15, 1.9), alpha=0.75)
    pen.shade(shape, start=(0.0, 1.9), end=(0.0, 3.6), alpha=0.45)


def draw_arms(pen: Pen, traits: Traits, pose: str, paint: RGB, *, sleeve: float = 0.3, cuff: RGB | None = None) -> None:
    """Both arms in a pose; `sleeve` is the width at the wrist."""
    for arm, side in zip(POSES[pose], (-1, 1), strict=True):
        _draw_arm(pen, traits, arm, side, paint, sleeve=sleeve, cuff=cuff)


def _draw_arm(pen: Pen, traits: Traits, arm: Arm, side: int, paint: RGB, *, sleeve: float, cuff: RGB | None) -> None:
    girth = traits.girth
    shoulder = (side * 0.77 * girth, 1.26)
    elbow = (arm.elbow[0] * (0.15 + 0.85 * girth), arm.elbow[1])
    wrist = (arm.wrist[0] * girth, arm.wrist[1])
    reach = _beyond(elbow, wrist, 0.17)
    hand = colour.tone(traits.skin, -0.05 if side > 0 else 0.0)
    if wrist[1] < 3.0:
        pen.fill(smooth(ribbon([wrist, _beyond(elbow, wrist, 0.1), reach], 0.2, 0.15), steps=3), paint=hand)
    upper = curve(shoulder, (elbow[0] * 0.96, shoulder[1] + 0.3), elbow, 8)
    thick = 0.47 * girth**0.5
    joint = thick * 0.86
    parts = [
        ellipse(shoulder[0], shoulder[1], thick / 2),
        ribbon(list(upper), thick, joint),
        ellipse(elbow[0], elbow[1], joint / 2),
        ribbon([elbow, wrist], joint, sleeve),
    ]
    tint = colour.tone(paint, 0.015 if side < 0 else -0.035)
    pen.fill(*parts, paint=tint)
    across = 0.26 if side > 0 else 0.36
    pen.shade(*parts, start=(elbow[0] - 0.1, 1.7), end=(elbow[0] + across, 1.85), alpha=0.5)
    if arm.wrist[1] < 3.0:
        pen.shade(parts[3], start=(0, wrist[1] - 0.12), end=(0, wrist[1] + 0.3), alpha=0.5)
    for lift in (0.0, 0.12):
        inner = (elbow[0] - side * 0.15, elbow[1] - 0.1 - lift)
        crease = curve(inner, (elbow[0], inner[1] + 0.07), (elbow[0] + side * 0.06, inner[1] - 0.02))
        pen.line(crease, 0.014, colour.tone(paint, -0.12), 0.4)
    if cuff is not None and wrist[1] < 3.0:
        pen.fill(
            ribbon([_beyond(elbow, wrist, -0.1), _beyond(elbow, wrist, 0.02)], sleeve + 0.03, sleeve + 0.03), paint=cuff
        )


def _beyond(start: Point, end: Point, distance: float) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    return end[0] + dx / length * distance, end[1] + dy / length * distance
