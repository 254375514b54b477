"""Rooms furnished for their use. One unit is the height of the picture; `floor` is where wall and floor meet."""

from __future__ import annotations

from imagegen.adapters.sketch import colour, furniture
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import box, ellipse, smooth
from imagegen.adapters.sketch.land import Land


def library(land: Land, wood: RGB, floor: float) -> None:
    """Bookcases, a reading table, a lamp."""
    x = furniture.away(land, 0.56)
    furniture.shelf(land, x - 0.5, x + 0.02, 0.06, floor, wood=wood, rows=5)
    furniture.shelf(land, x + 0.04, x + 0.56, 0.06, floor, wood=wood, rows=5)
    furniture.table(land, furniture.away(land, 0.05), 0.74, 0.42, 0.94, wood=wood)
    furniture.lamp(land, furniture.away(land, 0.2), 0.71, 0.2)
    furniture.block(
        land,
        furniture.away(land, -0.16),
        0.68,
        furniture.away(land, -0.16) + 0.16,
        0.71,
        paint=land.pen.style.palette.accent,
    )
    furniture.block(
        land,
        furniture.away(land, -0.14),
        0.655,
        furniture.away(land, -0.14) + 0.13,
        0.68,
        paint=land.pen.style.palette.second,
    )
    furniture.chair(land, furniture.away(land, -0.4), 0.8, wood)


def bar(land: Land, wood: RGB, floor: float) -> None:
    """A counter with stools, bottles behind, lamps above."""
    pen, dice, colours = land.pen, land.dice, land.pen.style.palette
    x = furniture.away(land, 0.5)
    for row in (0.2, 0.36):
        furniture.block(land, x - 0.5, row + 0.1, x + 0.5, row + 0.118, paint=colour.tone(wood, 0.05))
        for step in range(15):
            left, high = x - 0.47 + step * 0.063, dice.between(0.06, 0.095)
            tint = colour.mix(dice.pick((colours.accent, colours.second, colours.far, colours.sky)), colours.near, 0.15)
            pen.fill(
                [
                    (left, row + 0.1),
                    (left, row + 0.1 - high * 0.6),
                    (left + 0.011, row + 0.1 - high),
                    (left + 0.021, row + 0.1 - high),
                    (left + 0.032, row + 0.1 - high * 0.6),
                    (left + 0.032, row + 0.1),
                ],
                paint=tint,
                contour=False,
            )
    furniture.block(land, x - 0.62, 0.62, x + 0.8, 0.92, paint=colour.tone(wood, -0.02))
    furniture.block(land, x - 0.66, 0.585, x + 0.8, 0.625, paint=colour.tone(wood, 0.12))
    for step in range(4):
        left = x - 0.5 + step * 0.3
        furniture.ground(land, left, 0.97, 0.06)
        pen.line([(left, 0.78), (left, 0.97)], 0.014, colours.near)
        furniture.block(land, left - 0.065, 0.755, left + 0.065, 0.79, paint=colours.accent, radius=0.015)
        furniture.pendant(land, left + 0.08, 0.2 + 0.02 * (step % 2))


def bedroom(land: Land, wood: RGB, floor: float) -> None:
    """A bed, a night table with a lamp, a rug."""
    pen, colours = land.pen, land.pen.style.palette
    x = furniture.away(land, 0.42)
    pen.fill(ellipse(x - 0.1, 0.93, 0.74, 0.075), paint=colour.mix(colours.accent, wood, 0.35), contour=False)
    furniture.block(land, x - 0.52, 0.44, x - 0.46, 0.92, paint=wood, radius=0.015)
    linen = colour.mix(colours.light, colours.haze, 0.3)
    furniture.block(land, x - 0.47, 0.7, x + 0.5, 0.86, paint=linen, radius=0.03)
    cover = smooth([(x - 0.12, 0.68), (x + 0.2, 0.665), (x + 0.52, 0.69), (x + 0.54, 0.88), (x - 0.14, 0.89)], steps=4)
    pen.fill(cover, paint=colours.accent)
    pen.shade(cover, start=(x, 0.7), end=(x + 0.4, 0.95), alpha=0.6)
    pillow = smooth([(x - 0.45, 0.61), (x - 0.22, 0.6), (x - 0.2, 0.7), (x - 0.45, 0.71)], steps=5)
    pen.fill(pillow, paint=colour.tone(linen, 0.03))
    furniture.block(land, x + 0.5, 0.6, x + 0.54, 0.92, paint=wood, radius=0.012)
    furniture.block(land, x - 0.74, 0.7, x - 0.55, 0.9, paint=colour.tone(wood, 0.03))
    furniture.lamp(land, x - 0.645, 0.7, 0.19)
    furniture.frame(land, x + 0.05, 0.28, 0.16, 0.11)


def kitchen(land: Land, wood: RGB, floor: float) -> None:
    """A worktop with pots, shelves, a hanging lamp."""
    pen, colours = land.pen, land.pen.style.palette
    for left, right in ((0.04, land.wide - 0.04),):
        furniture.block(land, left, 0.58, right, 0.86, paint=colour.mix(wood, colours.sky, 0.3))
        furniture.block(land, left - 0.02, 0.55, right + 0.02, 0.585, paint=colour.mix(colours.light, wood, 0.3))
    for step in range(int(land.wide / 0.3)):
        pen.line(
            box(0.08 + step * 0.3, 0.62, 0.34 + step * 0.3, 0.82, 0.01),
            0.006,
            colour.tone(wood, -0.1),
            0.7,
            closed=True,
        )
    x = furniture.away(land, 0.5)
    furniture.block(land, x - 0.4, 0.3, x + 0.4, 0.318, paint=wood)
    for step, tint in enumerate((colours.accent, colours.light, colours.second, colours.far, colours.accent)):
        left = x - 0.36 + step * 0.15
        pen.fill(
            smooth(
                [(left, 0.3), (left - 0.01, 0.22), (left + 0.05, 0.2), (left + 0.11, 0.22), (left + 0.1, 0.3)], steps=3
            ),
            paint=tint,
        )
    pot = furniture.away(land, 0.2)
    furniture.block(
        land, pot - 0.1, 0.45, pot + 0.1, 0.55, paint=colour.mix(colours.accent, colours.near, 0.3), radius=0.02
    )
    furniture.block(land, pot - 0.11, 0.44, pot + 0.11, 0.458, paint=colours.near)
    for step in range(3):
        pen.glow(pot + 0.02 * step, 0.38 - step * 0.08, 0.07 + step * 0.02, (255, 255, 255), 0.3)
    furniture.pendant(land, furniture.away(land, 0.3), 0.14)
    furniture.pendant(land, furniture.away(land, 0.62), 0.14)


def hall(land: Land, wood: RGB, floor: float) -> None:
    """Columns, a carpet towards the viewer, banners."""
    pen, colours = land.pen, land.pen.style.palette
    middle = land.wide / 2
    carpet = [(middle - 0.14, floor), (middle + 0.14, floor), (middle + 0.42, 1.02), (middle - 0.42, 1.02)]
    pen.fill(carpet, paint=colours.accent)
    pen.line([(middle - 0.12, floor), (middle - 0.37, 1.02)], 0.01, colours.second)
    pen.line([(middle + 0.12, floor), (middle + 0.37, 1.02)], 0.01, colours.second)
    stone = colour.mix(colours.haze, colours.far, 0.35)
    for part in (0.1, 0.3, 0.7, 0.9):
        x = land.wide * part
        furniture.ground(land, x, floor + 0.06, 0.09)
        furniture.block(land, x - 0.05, 0.0, x + 0.05, floor + 0.04, paint=stone)
        furniture.block(land, x - 0.075, floor + 0.02, x + 0.075, floor + 0.07, paint=colour.tone(stone, 0.04))
        furniture.block(land, x - 0.075, 0.03, x + 0.075, 0.07, paint=colour.tone(stone, 0.04))
        banner = [(x - 0.032, 0.12), (x + 0.032, 0.12), (x + 0.032, 0.4), (x, 0.44), (x - 0.032, 0.4)]
        pen.fill(banner, paint=colours.accent)
    furniture.block(land, middle - 0.13, 0.44, middle + 0.13, floor + 0.03, paint=colour.tone(wood, 0.02), radius=0.03)
    furniture.block(land, middle - 0.09, 0.5, middle + 0.09, floor - 0.06, paint=colours.accent, radius=0.02)
    pen.fill(ellipse(middle, 0.41, 0.04), paint=colours.second)


def laboratory(land: Land, wood: RGB, floor: float) -> None:
    """Benches, instruments, screens."""
    pen, colours = land.pen, land.pen.style.palette
    metal = colour.mix(colours.far, colours.near, 0.35)
    x = furniture.away(land, 0.5)
    for step in range(3):
        left = x - 0.46 + step * 0.32
        furniture.block(land, left, 0.14, left + 0.28, 0.4, paint=colours.near, radius=0.015)
        pen.fill(
            box(left + 0.015, 0.155, left + 0.265, 0.385, 0.01),
            paint=colour.mix(colours.sky, colours.near, 0.4),
            contour=False,
        )
        trace = [(left + 0.03 + part * 0.02, 0.28 + land.dice.between(-0.08, 0.08)) for part in range(12)]
        pen.line(trace, 0.006, colours.accent if step % 2 else colours.second)
        pen.glow(left + 0.14, 0.27, 0.2, colours.accent, 0.25)
    furniture.ground(land, land.wide / 2, 0.96, land.wide * 0.4)
    furniture.block(land, land.wide * 0.14, 0.66, land.wide * 0.86, 0.95, paint=metal)
    furniture.block(land, land.wide * 0.12, 0.62, land.wide * 0.88, 0.665, paint=colour.tone(metal, 0.12))
    for step, tint in enumerate((colours.accent, colours.second, colours.sky, colours.accent, colours.light)):
        left = land.wide * 0.24 + step * 0.15
        flask = [
            (left - 0.014, 0.5),
            (left + 0.014, 0.5),
            (left + 0.014, 0.54),
            (left + 0.05, 0.62),
            (left - 0.05, 0.62),
            (left - 0.014, 0.54),
        ]
        pen.fill(flask, paint=colour.mix(colours.light, colours.haze, 0.4), alpha=0.75)
        pen.fill(
            [(left - 0.033, 0.585), (left + 0.033, 0.585), (left + 0.05, 0.62), (left - 0.05, 0.62)],
            paint=tint,
            contour=False,
        )
    furniture.lamp(land, land.wide * 0.78, 0.62, 0.22)


def office(land: Land, wood: RGB, floor: float) -> None:
    """A desk with papers, a chair, a cabinet."""
    pen, colours = land.pen, land.pen.style.palette
    x = furniture.away(land, 0.62)
    furniture.shelf(land, x - 0.18, x + 0.22, 0.22, floor, wood=wood, rows=3)
    furniture.frame(land, furniture.away(land, 0.24), 0.26, 0.12, 0.09)
    middle = furniture.away(land, 0.02)
    furniture.chair(land, middle, 0.7, wood)
    furniture.ground(land, middle, 0.97, 0.5)
    furniture.block(land, middle - 0.48, 0.7, middle + 0.48, 0.96, paint=colour.tone(wood, 0.0))
    furniture.block(land, middle - 0.54, 0.665, middle + 0.54, 0.705, paint=colour.tone(wood, 0.12))
    for left, turn in ((-0.2, 0.02), (0.02, -0.02), (-0.09, 0.0)):
        sheet = [
            (middle + left, 0.655 + turn),
            (middle + left + 0.17, 0.645),
            (middle + left + 0.2, 0.675),
            (middle + left + 0.02, 0.68),
        ]
        pen.fill(sheet, paint=colour.mix(colours.light, (255, 255, 255), 0.4))
    furniture.lamp(land, middle + 0.38, 0.665, 0.23)
    furniture.plant(land, furniture.away(land, -0.85), 0.92, 0.3)


def parlour(land: Land, wood: RGB, floor: float) -> None:
    """A sofa, a lamp, pictures, a rug and a plant."""
    pen, colours = land.pen, land.pen.style.palette
    x = furniture.away(land, 0.36)
    pen.fill(ellipse(x - 0.1, 0.94, 0.78, 0.07), paint=colour.mix(colours.second, wood, 0.4), contour=False)
    pen.line(ellipse(x - 0.1, 0.94, 0.7, 0.058), 0.006, colours.light, 0.5, closed=True)
    cloth = colours.accent
    furniture.ground(land, x, 0.92, 0.5)
    furniture.block(land, x - 0.44, 0.55, x + 0.44, 0.8, paint=cloth, radius=0.05)
    furniture.block(land, x - 0.42, 0.72, x, 0.84, paint=colour.tone(cloth, 0.05), radius=0.03)
    furniture.block(land, x, 0.72, x + 0.42, 0.84, paint=colour.tone(cloth, 0.04), radius=0.03)
    for side in (-1, 1):
        furniture.block(
            land,
            x + side * 0.46 - 0.06,
            0.66,
            x + side * 0.46 + 0.06,
            0.88,
            paint=colour.tone(cloth, -0.03),
            radius=0.04,
        )
    furniture.block(land, x - 0.3, 0.63, x - 0.12, 0.76, paint=colours.second, radius=0.03)
    furniture.lamp(land, x + 0.66, 0.92, 0.56)
    furniture.frame(land, x - 0.12, 0.28, 0.11, 0.13)
    furniture.frame(land, x + 0.2, 0.26, 0.1, 0.08)
    furniture.plant(land, furniture.away(land, -0.88), 0.93, 0.36)
