"""What a prop is made of, and strokes that all props share. A prop is one unit high; its origin is the middle of its base."""

from __future__ import annotations

from dataclasses import dataclass

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, Point, ellipse
from imagegen.adapters.sketch.palette import Palette
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.subject import Subject

METALS = {
    "gold": (214, 170, 74), "golden": (214, 170, 74), "brass": (196, 156, 82), "bronze": (158, 112, 66), "copper": (190, 112, 72),
    "silver": (192, 198, 204), "iron": (96, 100, 108), "steel": (150, 158, 168), "rusty": (150, 88, 56), "rusted": (150, 88, 56),
    "金": (214, 170, 74), "铜": (180, 124, 70), "银": (192, 198, 204), "铁": (96, 100, 108), "锈": (150, 88, 56),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stuff:
    """Colours of one prop."""

    body: RGB
    metal: RGB
    trim: RGB
    pale: RGB
    dark: RGB


def stuff_of(subject: Subject, colours: Palette) -> Stuff:
    """The colours that are told, else those of the style."""
    words, dice = subject.words, subject.nature.fork("stuff")
    told = words.colours()
    metal = next(
        (tint for word, tint in METALS.items() if words.has(word)),
        dice.pick(((196, 156, 82), (192, 196, 200), (176, 120, 74))),
    )
    leather = (122, 78, 50) if words.has("leather", "wooden", "wood", "皮", "木") else None
    body = (
        told[0]
        if told
        else leather or dice.pick((colours.accent, colours.accent, colours.accent, colours.second, colours.near))
    )
    trim = (
        told[1] if len(told) > 1 else colours.second if colour.contrast(colours.second, body) > 1.4 else colours.light
    )
    return Stuff(
        body=colour.mix(body, colours.haze, 0.05),
        metal=colour.mix(metal, colours.light, 0.06),
        trim=trim,
        pale=colour.mix(colours.light, (255, 252, 244), 0.5),
        dark=colour.with_lightness(colour.mix(colours.near, (60, 44, 40), 0.4), 0.26),
    )


def solid(
    pen: Pen, *paths: Path, paint: RGB, start: Point, end: Point, depth: float = 0.65, cut: list[Path] | None = None
) -> None:
    """A shape with its shadow side; the points say where the shadow starts and where it is full."""
    pen.fill(*paths, paint=paint, cut=cut)
    pen.shade(*paths, start=start, end=end, alpha=depth, cut=cut)


def ring(pen: Pen, x: float, y: float, outer: float, inner: float, *, paint: RGB) -> None:
    """A flat ring."""
    solid(
        pen,
        ellipse(x, y, outer),
        paint=paint,
        start=(x, y - outer * 0.4),
        end=(x + outer, y + outer * 0.8),
        cut=[ellipse(x, y, inner)],
    )


def gleam(pen: Pen, path: Path, width: float, alpha: float = 0.6) -> None:
    """A streak of light on something smooth."""
    pen.line(path, width, (255, 255, 252), alpha)
