"""Hats and hoods. Units as for heads."""

from __future__ import annotations

from collections.abc import Callable

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, both_sides, box, curve, ellipse, points, smooth, star
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.traits import Traits

GOLD: RGB = (214, 170, 74)


def draw_hat(pen: Pen, traits: Traits) -> None:
    """The hat of the character, if it has one."""
    drawing = _HATS.get(traits.hat)
    if drawing is not None:
        drawing(pen, traits)


def _felt(pen: Pen, shape: Path, paint: RGB) -> None:
    pen.fill(shape, paint=paint)
    pen.shade(shape, start=(-0.05, -0.4), end=(0.55, -0.25), alpha=0.75)


def _brimmed(crown: Path, brim: Path, band: float) -> Callable[[Pen, Traits], None]:
    def draw(pen: Pen, traits: Traits) -> None:
        paint = (
            colour.tone(traits.cloth, -0.1) if colour.lightness(traits.cloth) > 0.3 else colour.tone(traits.cloth, 0.05)
        )
        top = smooth(both_sides(crown), steps=5)
        _felt(pen, top, paint)
        ribbon = [(-0.385, -0.44), (0.385, -0.44), (0.4, -0.44 + band), (-0.4, -0.44 + band)]
        pen.fill(ribbon, paint=traits.trim, contour=False)
        pen.shade(ribbon, start=(0.0, -0.4), end=(0.5, -0.4), alpha=0.7)
        low = smooth(brim, steps=6)
        _felt(pen, low, colour.tone(paint, -0.03))
        pen.line(curve((-0.6, -0.33), (-0.2, -0.36), (0.1, -0.33)), 0.012, colour.tone(paint, 0.12), 0.6)

    return draw


_FEDORA = _brimmed(
    [(0.0, -0.74), (0.14, -0.83), (0.29, -0.8), (0.37, -0.55), (0.4, -0.3)],
    points("-0.76,-0.29 -0.5,-0.39 0,-0.42 0.5,-0.39 0.78,-0.24 0.55,-0.2 0.2,-0.24 -0.2,-0.25 -0.52,-0.21"),
    0.13,
)
_COWBOY = _brimmed(
    [(0.0, -0.8), (0.16, -0.92), (0.3, -0.86), (0.37, -0.55), (0.4, -0.3)],
    points(
        "-0.95,-0.5 -0.72,-0.34 -0.3,-0.36 0,-0.38 0.3,-0.36 0.72,-0.34 0.95,-0.5 0.82,-0.22 0.4,-0.18 "
        "0,-0.2 -0.4,-0.18 -0.82,-0.22"
    ),
    0.1,
)
_TALL = _brimmed(
    [(0.0, -1.12), (0.22, -1.13), (0.4, -1.1), (0.37, -0.7), (0.39, -0.3)],
    points("-0.62,-0.34 -0.4,-0.36 0,-0.38 0.4,-0.36 0.62,-0.34 0.5,-0.24 0,-0.22 -0.5,-0.24"),
    0.12,
)
_POINTED = _brimmed(
    [(-0.16, -1.42), (-0.02, -1.3), (0.12, -0.95), (0.28, -0.62), (0.4, -0.3)],
    points("-0.92,-0.26 -0.5,-0.4 0,-0.43 0.5,-0.4 0.92,-0.26 0.5,-0.18 0,-0.2 -0.5,-0.18"),
    0.11,
)


def _peaked(pen: Pen, traits: Traits) -> None:
    top = smooth(points("-0.4,-0.36 -0.56,-0.6 -0.3,-0.74 0,-0.8 0.3,-0.74 0.56,-0.6 0.4,-0.36"), steps=5)
    _felt(pen, top, colour.tone(traits.cloth, -0.03))
    band = [(-0.41, -0.46), (0.41, -0.46), (0.4, -0.3), (-0.4, -0.3)]
    _felt(pen, band, colour.tone(traits.cloth, -0.12))
    peak = smooth(points("-0.38,-0.31 0,-0.33 0.38,-0.31 0.33,-0.18 0,-0.13 -0.33,-0.18"), steps=5)
    _felt(pen, peak, (34, 32, 38))
    pen.line(curve((-0.3, -0.2), (-0.1, -0.165), (0.05, -0.165)), 0.014, (220, 220, 220), 0.5)
    pen.fill(star(0.0, -0.5, 0.1, 0.045), paint=GOLD)


def _cap(pen: Pen, traits: Traits) -> None:
    top = smooth(points("-0.42,-0.26 -0.46,-0.48 -0.24,-0.66 0.1,-0.67 0.4,-0.52 0.43,-0.26"), steps=5)
    _felt(pen, top, traits.trim)
    pen.line(curve((0.0, -0.66), (-0.1, -0.5), (-0.06, -0.3)), 0.012, colour.tone(traits.trim, -0.12), 0.7)
    peak = smooth(points("-0.46,-0.3 -0.1,-0.34 0.3,-0.3 0.1,-0.21 -0.3,-0.18 -0.64,-0.16 -0.66,-0.22"), steps=5)
    _felt(pen, peak, colour.tone(traits.trim, -0.08))


def _beanie(pen: Pen, traits: Traits) -> None:
    top = smooth(points("-0.42,-0.28 -0.43,-0.52 -0.22,-0.72 0,-0.76 0.22,-0.72 0.43,-0.52 0.42,-0.28"), steps=5)
    _felt(pen, top, traits.trim)
    fold = box(-0.44, -0.42, 0.44, -0.22, 0.06)
    _felt(pen, fold, colour.tone(traits.trim, 0.05))
    for step in range(-5, 6):
        pen.line([(step * 0.078, -0.4), (step * 0.08, -0.25)], 0.01, colour.tone(traits.trim, -0.12), 0.6)


def _crown(pen: Pen, traits: Traits) -> None:
    spikes = points(
        "-0.36,-0.36 -0.44,-0.72 -0.24,-0.54 -0.13,-0.82 0,-0.56 0.13,-0.82 0.24,-0.54 0.44,-0.72 0.36,-0.36"
    )
    pen.fill(spikes, paint=GOLD)
    pen.shade(spikes, start=(-0.05, -0.4), end=(0.5, -0.4), alpha=0.5)
    pen.fill(box(-0.37, -0.42, 0.37, -0.32, 0.02), paint=colour.tone(GOLD, -0.08))
    for x, y in ((-0.44, -0.74), (-0.13, -0.84), (0.13, -0.84), (0.44, -0.74)):
        pen.fill(ellipse(x, y, 0.035), paint=colour.tone(GOLD, 0.12))
    for x in (-0.2, 0.0, 0.2):
        pen.fill(ellipse(x, -0.37, 0.035), paint=traits.trim, contour=False)


def draw_hood_back(pen: Pen, traits: Traits) -> None:
    """The inside of a hood, behind the head."""
    if traits.hat == "hood":
        inside = ellipse(0.0, 0.05, 0.5, 0.72)
        pen.fill(inside, paint=colour.mix(colour.tone(traits.cloth, -0.18), pen.shadow, 0.5))


def _hood(pen: Pen, traits: Traits) -> None:
    outer = points("0,-0.72 0.3,-0.66 0.52,-0.36 0.56,0.1 0.52,0.6 0.36,0.86")
    inner = [(0.3, 0.56), (0.385, 0.2), (0.37, -0.18), (0.24, -0.42), (0.0, -0.5)]
    shape = smooth([*both_sides(outer)], steps=5)
    opening = smooth(both_sides(list(reversed(inner))), steps=5)
    pen.fill(shape, paint=traits.cloth, cut=[opening])
    pen.shade(shape, start=(-0.1, -0.2), end=(0.6, 0.2), alpha=0.8, cut=[opening])
    pen.shade(opening, start=(0.0, 0.02), end=(0.0, -0.5), alpha=0.75)
    pen.line(opening, 0.03, colour.tone(traits.cloth, 0.08), 0.7, closed=True)


def _helmet(pen: Pen, traits: Traits) -> None:
    steel = colour.mix((176, 184, 192), pen.style.palette.sky, 0.2)
    dome = smooth(
        points("-0.45,0 -0.47,-0.36 -0.26,-0.68 0,-0.74 0.26,-0.68 0.47,-0.36 0.45,0 0.3,-0.2 0,-0.26 -0.3,-0.2"),
        steps=5,
    )
    _felt(pen, dome, steel)
    for side in (-1, 1):
        cheek = smooth(
            [(side * 0.45, -0.05), (side * 0.44, 0.3), (side * 0.3, 0.44), (side * 0.27, 0.2), (side * 0.33, -0.1)],
            steps=4,
        )
        _felt(pen, cheek, colour.tone(steel, -0.05))
    pen.line(curve((-0.3, -0.3), (-0.24, -0.58), (-0.04, -0.66)), 0.03, (255, 255, 255), 0.45)
    plume = smooth(points("0,-0.72 -0.06,-0.96 0.2,-1.04 0.5,-0.86 0.62,-0.5 0.4,-0.68 0.16,-0.72"), steps=5)
    _felt(pen, plume, traits.trim)


def _bubble(pen: Pen, traits: Traits) -> None:
    """A round glass helmet on a metal ring."""
    steel = colour.mix((206, 210, 216), pen.style.palette.sky, 0.15)
    globe = ellipse(0.0, -0.02, 0.68, 0.72)
    pen.fill(globe, paint=pen.style.palette.light, alpha=0.14, contour=False)
    pen.shade(globe, start=(0.1, 0.0), end=(0.8, 0.3), alpha=0.35)
    pen.line(globe, 0.03, steel, 0.9, closed=True)
    pen.line(curve((-0.52, -0.1), (-0.5, -0.5), (-0.14, -0.6)), 0.06, (255, 255, 255), 0.55)
    collar = smooth(points("-0.52,0.5 0,0.64 0.52,0.5 0.56,0.7 0,0.86 -0.56,0.7"), steps=5)
    _felt(pen.at(0, 0), collar, steel)
    pen.shade(collar, start=(0.0, 0.6), end=(0.6, 0.65), alpha=0.6)


def _tricorne(pen: Pen, traits: Traits) -> None:
    felt = colour.mix((48, 42, 46), traits.cloth, 0.25)
    crown = smooth([(-0.36, -0.3), (-0.34, -0.6), (0.0, -0.7), (0.34, -0.6), (0.36, -0.3)], steps=5)
    _felt(pen, crown, felt)
    brim = smooth(
        points(
            "-0.86,-0.62 -0.5,-0.56 0,-0.3 0.5,-0.56 0.86,-0.62 0.62,-0.28 0.3,-0.18 0,-0.15 -0.3,-0.18 -0.62,-0.28"
        ),
        steps=5,
    )
    _felt(pen, brim, colour.tone(felt, 0.04))
    pen.line(
        smooth([(-0.86, -0.62), (-0.5, -0.56), (0.0, -0.3), (0.5, -0.56), (0.86, -0.62)], closed=False), 0.03, GOLD
    )
    pen.fill(star(0.0, -0.42, 0.09, 0.04), paint=traits.trim, contour=False)


def _straw(pen: Pen, traits: Traits) -> None:
    straw = colour.mix((214, 180, 108), pen.style.palette.light, 0.15)
    cone = smooth(points("0,-0.86 0.1,-0.8 0.8,-0.26 0.6,-0.18 0,-0.14 -0.6,-0.18 -0.8,-0.26 -0.1,-0.8"), steps=4)
    _felt(pen, cone, straw)
    for x in (-0.55, -0.28, 0.0, 0.28, 0.55):
        pen.line([(x * 0.1, -0.8), (x, -0.18)], 0.01, colour.tone(straw, -0.14), 0.6)
    for low in (0.3, 0.62):
        pen.line(
            curve((-0.8 * low, -0.86 + 0.6 * low), (0, -0.82 + 0.76 * low), (0.8 * low, -0.86 + 0.6 * low)),
            0.01,
            colour.tone(straw, -0.14),
            0.5,
        )


def _beret(pen: Pen, traits: Traits) -> None:
    shape = smooth(points("-0.42,-0.28 -0.6,-0.44 -0.4,-0.66 0.05,-0.7 0.42,-0.54 0.42,-0.26 0,-0.34"), steps=5)
    _felt(pen, shape, traits.trim)
    pen.line([(0.02, -0.69), (0.05, -0.77)], 0.03, traits.trim)


def _toque(pen: Pen, traits: Traits) -> None:
    white = (246, 243, 236)
    puff = smooth(
        points("-0.36,-0.5 -0.58,-0.72 -0.4,-0.98 -0.12,-0.98 0.05,-1.08 0.3,-0.99 0.54,-0.86 0.5,-0.64 0.36,-0.5"),
        steps=5,
    )
    _felt(pen, puff, white)
    _felt(pen, [(-0.38, -0.56), (0.38, -0.56), (0.41, -0.28), (-0.41, -0.28)], colour.tone(white, -0.03))


def _topknot(pen: Pen, traits: Traits) -> None:
    pen.fill(ellipse(0.0, -0.68, 0.13, 0.15), paint=traits.hair)
    guan = smooth([(-0.13, -0.58), (-0.15, -0.72), (0.0, -0.8), (0.15, -0.72), (0.13, -0.58)], steps=3)
    pen.fill(guan, paint=GOLD)
    pen.shade(guan, start=(0.0, -0.6), end=(0.2, -0.6), alpha=0.5)
    pen.line([(-0.34, -0.68), (0.34, -0.66)], 0.024, colour.tone(GOLD, -0.08))


_HATS: dict[str, Callable[[Pen, Traits], None]] = {
    "fedora": _FEDORA, "cowboy": _COWBOY, "tall": _TALL, "pointed": _POINTED, "peaked": _peaked, "cap": _cap,
    "beanie": _beanie, "crown": _crown, "hood": _hood, "helmet": _helmet, "straw": _straw, "beret": _beret,
    "toque": _toque, "bubble": _bubble, "tricorne": _tricorne, "topknot": _topknot,
}  # fmt: skip
