"""Open land: ridges, dunes, water, trees. One unit is the height of the picture."""

from __future__ import annotations

from dataclasses import dataclass

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.geometry import Path, Point, box, curve, ellipse, points, ribbon, smooth
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.plate import Grade
from imagegen.adapters.sketch.sky import Sky


@dataclass(frozen=True, slots=True)
class Land:
    """A picture of a place while it is drawn."""

    pen: Pen
    wide: float
    horizon: float
    sky: Sky
    dice: Dice

    def tint(self, depth: float) -> RGB:
        """The colour of a mass: 0 is far in the haze, 1 close by."""
        colours = self.pen.style.palette
        mass = colour.mix(colours.far, colours.near, min(1.0, depth * 1.05))
        if self.sky.hour == "night":
            mass = colour.mix(mass, self.sky.top, 0.5)
        elif self.sky.hour == "storm":
            mass = colour.muted(mass, 0.7)
        return colour.mix(self.sky.low, mass, 0.34 + 0.66 * depth)

    def green(self, depth: float) -> RGB:
        """The colour of what grows: as `tint`, with some leaf green by day."""
        by_day = {"night": 0.12, "storm": 0.2, "dusk": 0.22}.get(self.sky.hour, 0.38)
        return self.pen.natural(self.tint(depth), (88, 128, 84), by_day * (0.35 + 0.65 * depth))

    @property
    def lamp(self) -> RGB:
        """The light in windows."""
        colours = self.pen.style.palette
        return colour.mix(colours.light, colours.second, 0.3)

    def lit(self, usual: float = 0.25) -> float:
        """How many windows are lit."""
        return 0.6 if self.sky.is_dark else usual


def ridge(land: Land, base: float, rise: float, depth: float, steps: int = 7) -> None:
    """Rolling hills whose crest runs around `base`."""
    points = [(land.wide * step / steps, base - rise * land.dice.between(0, 1)) for step in range(-1, steps + 2)]
    shape = [*smooth(points, closed=False), (land.wide * 1.3, 1.02), (-land.wide * 0.3, 1.02)]
    land.pen.fill(shape, paint=land.green(depth))
    land.pen.shade(shape, start=(0, base + 0.02), end=(0, base + 0.3), paint=land.green(depth * 0.45), alpha=0.55)


def mountains(
    land: Land, base: float, rise: float, depth: float, peaks: int, *, span: tuple[float, float] = (0.0, 1.0)
) -> None:
    """Peaks with a lit and a shaded side, the high ones with snow, over a part of the width."""
    towards = 1.0 if land.sky.x < 0.5 else -1.0
    order = sorted(range(peaks), key=lambda _: land.dice.unit())
    for index in order:
        x = land.wide * (span[0] + (span[1] - span[0]) * (index + land.dice.between(0.2, 0.8)) / peaks)
        high = rise * land.dice.between(0.55, 1.0)
        half = high * land.dice.between(1.15, 1.9)
        _peak(land, x, base, high, half, paint=land.tint(depth), towards=towards)


def _peak(land: Land, x: float, base: float, high: float, half: float, *, paint: RGB, towards: float) -> None:
    dice = land.dice
    left: list[Point] = [(x - half, base + 0.02)]
    right: list[Point] = []
    for step in range(1, 5):
        part = step / 5
        left.append((x - half * (1 - part) + dice.between(-0.06, 0.06) * half, base - high * part))
        right.append((x + half * part + dice.between(-0.06, 0.06) * half, base - high * (1 - part)))
    shape = [*left, (x, base - high), *right, (x + half, base + 0.02)]
    land.pen.fill(shape, paint=paint)
    ridge_line = [
        (x, base - high),
        (x + 0.06 * half, base - high * 0.72),
        (x - 0.05 * half, base - high * 0.45),
        (x + 0.1 * half, base + 0.02),
    ]
    dark = (
        [*ridge_line, (x + half, base + 0.02), *reversed(right)]
        if towards > 0
        else [*ridge_line, (x - half, base + 0.02), *left[1:]]
    )
    land.pen.shade(dark, start=(x, base - high), end=(x + towards * half * 0.5, base - high * 0.3), alpha=0.5)
    if high > 0.24:
        cap = [
            (x, base - high),
            (x + 0.19 * half, base - high * 0.8),
            (x + 0.07 * half, base - high * 0.74),
            (x, base - high * 0.8),
            (x - 0.09 * half, base - high * 0.73),
            (x - 0.18 * half, base - high * 0.81),
        ]
        land.pen.fill(
            cap, paint=colour.mix(land.pen.style.palette.light, land.sky.low, 0.25), alpha=0.85, contour=False
        )
    land.pen.shade(shape, start=(x, base - high * 0.5), end=(x, base + 0.02), paint=land.sky.low, alpha=0.55)


def dunes(land: Land) -> None:
    """Three crescents of sand with sharp crests."""
    for layer in range(3):
        base = land.horizon + 0.05 + layer * 0.16
        x = land.wide * land.dice.between(0.2, 0.8)
        crest = [
            *curve((-0.1, base + 0.08), (x * 0.6, base + 0.05), (x, base - 0.1)),
            *curve((x, base - 0.1), (x + 0.4, base + 0.1), (land.wide + 0.1, base + 0.03)),
        ]
        shape = [*crest, (land.wide + 0.1, 1.02), (-0.1, 1.02)]
        land.pen.fill(shape, paint=land.tint(0.25 + layer * 0.26))
        lee = [
            (x, base - 0.1),
            *curve((x, base - 0.1), (x + 0.05, base + 0.12), (x - 0.25, base + 0.4)),
            *curve((land.wide, base + 0.4), (x + 0.6, base + 0.2), (x, base - 0.1)),
        ]
        land.pen.shade(lee, start=(x, base - 0.1), end=(x + 0.5, base + 0.2), alpha=0.45)


def water(land: Land, top: float, low: float = 1.02) -> None:
    """Water up to a level, with the glitter of sun or moon."""
    pen, dice = land.pen, land.dice
    near = colour.mix(land.tint(0.75), land.sky.top, 0.35)
    pen.fill(
        box(-0.02, top, land.wide + 0.02, low),
        paint=Grade(colour.mix(land.sky.low, land.tint(0.3), 0.35), near),
        contour=False,
    )
    glints: list[Path] = []
    x = land.sky.x * land.wide
    for _ in range(46):
        part = dice.unit() ** 1.4
        y = top + (low - top) * (0.02 + 0.9 * part)
        spread = 0.05 + 0.3 * part
        middle, half = x + dice.between(-spread, spread), (0.01 + 0.06 * part) * dice.between(0.5, 1.4)
        glints.append(
            ribbon([(middle - half, y), (middle, y - 0.002), (middle + half, y)], 0.001, 0.003 + 0.004 * part)
        )
    pen.fill(*glints, paint=land.sky.sun, alpha=0.75, contour=False)
    waves: list[Path] = []
    for _ in range(40):
        part = dice.unit()
        y, middle, half = top + (low - top) * part, dice.between(0, land.wide), 0.02 + 0.09 * part
        waves.append(
            ribbon(
                curve((middle - half, y), (middle, y - 0.008 * part), (middle + half, y), 5),
                0.001,
                0.002 + 0.003 * part,
            )
        )
    pen.fill(*waves, paint=colour.tone(near, -0.06), alpha=0.55, contour=False)


def conifer(land: Land, x: float, base: float, high: float, paint: RGB) -> None:
    """A fir in four tiers."""
    points: list[Point] = [(x, base - high)]
    for tier in range(1, 5):
        half, y = high * 0.075 * tier + high * 0.02, base - high * (1 - tier * 0.22)
        points += [(x + half, y), (x + half * 0.5, y - high * 0.01)]
    right = points
    shape = [*right, (x + high * 0.02, base - high * 0.1), (x + high * 0.02, base)]
    land.pen.fill([*shape, *[(2 * x - px, py) for px, py in reversed(shape)]], paint=paint)


def leafy(land: Land, x: float, base: float, high: float, paint: RGB) -> None:
    """A round tree."""
    dice = land.dice
    trunk = [
        (x - high * 0.035, base),
        (x - high * 0.02, base - high * 0.5),
        (x + high * 0.02, base - high * 0.5),
        (x + high * 0.035, base),
    ]
    land.pen.fill(trunk, paint=colour.mix(paint, land.pen.shadow, 0.5))
    lobes = [ellipse(x, base - high * 0.68, high * 0.3, high * 0.3)]
    for side, lift in ((-0.22, 0.55), (0.22, 0.55), (-0.12, 0.8), (0.14, 0.82)):
        lobes.append(ellipse(x + side * high, base - lift * high, high * dice.between(0.16, 0.22)))
    land.pen.fill(*lobes, paint=paint)
    towards = 1 if land.sky.x < 0.5 else -1
    land.pen.shade(
        *lobes,
        start=(x - towards * high * 0.05, base - high * 0.75),
        end=(x + towards * high * 0.4, base - high * 0.4),
        alpha=0.55,
    )


def tree_line(land: Land, base: float, high: float, depth: float, count: int, *, firs: bool) -> None:
    """A row of trees, one behind the other."""
    plant = conifer if firs else leafy
    for index in sorted(range(count), key=lambda _: land.dice.unit()):
        x = land.wide * (index + land.dice.between(0, 1)) / count
        tall = high * land.dice.between(0.65, 1.1)
        plant(
            land,
            x,
            base + land.dice.between(0, 0.03),
            tall,
            colour.tone(land.green(depth), land.dice.between(-0.04, 0.02)),
        )


def grass(land: Land, base: float = 0.99) -> None:
    """Blades along the lower edge."""
    blades: list[Path] = []
    for _ in range(80):
        x, high, lean = (
            land.dice.between(-0.02, land.wide + 0.02),
            land.dice.between(0.03, 0.1),
            land.dice.between(-0.03, 0.03),
        )
        blades.append(ribbon(curve((x, base + 0.04), (x, base - high * 0.4), (x + lean, base - high), 4), 0.008, 0.001))
    land.pen.fill(*blades, paint=land.green(1.0), contour=False)


def wanderer(land: Land, x: float, base: float, high: float = 0.11) -> None:
    """A small person seen from behind, for scale."""
    pen = land.pen.at(x, base, high)
    dark = colour.mix(land.tint(1.0), pen.shadow, 0.55)
    coat = land.pen.style.palette.accent
    pen.glow(0.2, 0.01, 0.5, pen.shadow, 0.5, tall=0.05)
    pen.fill(box(-0.085, -0.36, -0.02, 0.0), box(0.02, -0.36, 0.085, 0.0), paint=dark, contour=False)
    back = smooth(
        points("0,-0.85 0.09,-0.83 0.145,-0.76 0.16,-0.5 0.15,-0.27 -0.15,-0.27 -0.16,-0.5 -0.145,-0.76 -0.09,-0.83")
    )
    pen.fill(back, paint=coat, contour=False)
    pen.shade(back, start=(0.0, -0.6), end=(0.2, -0.5), alpha=0.5)
    for side in (-1, 1):
        sleeve = ribbon([(side * 0.13, -0.74), (side * 0.175, -0.56), (side * 0.17, -0.4)], 0.075, 0.06)
        pen.fill(sleeve, paint=colour.tone(coat, -0.05), contour=False)
    pen.fill(ellipse(0.0, -0.92, 0.07, 0.085), paint=dark, contour=False)
    pen.fill(ribbon([(-0.09, -0.845), (0.09, -0.845)], 0.05, 0.05), paint=land.pen.style.palette.second, contour=False)
