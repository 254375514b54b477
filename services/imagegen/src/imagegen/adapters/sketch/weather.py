"""Rain, snow and fog over a picture; sizes in the pen's units."""

from __future__ import annotations

from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.geometry import Path, ellipse, ribbon
from imagegen.adapters.sketch.pen import Pen


def rain(pen: Pen, dice: Dice, width: float, height: float) -> None:
    """Slanted streaks."""
    streaks: list[Path] = []
    thin = 1.2 * pen.pixel / pen.scale
    for _ in range(90):
        x, y, long = dice.between(0, width * 1.1), dice.between(-0.05, 1) * height, height * dice.between(0.03, 0.09)
        streaks.append(ribbon([(x, y), (x - long * 0.22, y + long)], thin * 0.4, thin))
    pen.fill(*streaks, paint=pen.style.palette.light, alpha=0.4, contour=False)


def snow(pen: Pen, dice: Dice, width: float, height: float) -> None:
    """Flakes, near ones larger."""
    for size, count in ((1.1, 60), (1.9, 40), (3.0, 14)):
        radius = size * pen.pixel / pen.scale
        flakes = [ellipse(dice.between(0, width), dice.between(0, height), radius) for _ in range(count)]
        pen.fill(*flakes, paint=(255, 255, 255), alpha=0.8, contour=False)


def fog(pen: Pen, dice: Dice, width: float, level: float, depth: float) -> None:
    """Banks of fog around a level."""
    for _ in range(7):
        x, y = dice.between(0, width), level + dice.between(-0.4, 0.6) * depth
        pen.glow(
            x, y, width * dice.between(0.25, 0.45), pen.style.palette.haze, 0.5, tall=depth * dice.between(0.3, 0.8)
        )
