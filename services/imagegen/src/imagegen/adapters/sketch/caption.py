"""Where the picture and the lettering stand on a card, and the lettering."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

from PIL import Image, ImageDraw

from imagegen.adapters.sketch import colour, lettering, typeface
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.geometry import ellipse, star
from imagegen.adapters.sketch.manner import Lettering
from imagegen.adapters.sketch.plate import Plate
from imagegen.adapters.sketch.style import Style
from imagegen.adapters.sketch.typeface import Face

Box: TypeAlias = tuple[float, float, float, float]

_FACES: dict[Lettering, Face] = {
    "serif": typeface.SERIF,
    "italic": typeface.ITALIC,
    "sans": typeface.BOLD,
    "caps": typeface.BOLD,
}
_KINDS = {"character": "CHARACTER", "location": "LOCATION", "prop": "PROP"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a card, in pixels; `unit` is the size of a pixel of a 512 pixel card."""

    size: tuple[int, int]
    unit: float
    window: tuple[int, int, int, int]
    lettering: Box | None  # None on cards too small to read
    is_strip: bool  # a wide card has its lettering in one strip


@dataclass(frozen=True, slots=True)
class Title:
    """What is written on a card."""

    name: str
    kind: str
    look: str
    style: str
    number: int


def layout(size: tuple[int, int]) -> Layout:
    """Margins all around and room for lettering below, measured by the shorter side."""
    width, height = size
    unit = min(width, height) / 512
    edge = max(1, round(22 * unit))
    if unit < 0.36:
        return Layout(size, unit, (edge, edge, width - edge, height - edge), None, is_strip=False)
    is_strip = width > height * 1.3
    room = round((78 if is_strip else 128 if height > width * 1.15 else 100) * unit)
    window = (edge, edge, width - edge, height - edge - room)
    inset = round(4 * unit)
    box = (edge + inset, window[3] + round(10 * unit), width - edge - inset, height - edge)
    return Layout(size, unit, window, box, is_strip)


def letter(card: Image.Image, places: Layout, style: Style, title: Title) -> None:
    """Write the title into its room on the card."""
    if places.lettering is None:
        return
    Writer(card, places, places.lettering, style).write(title)


class Writer:
    """Writes one title."""

    def __init__(self, card: Image.Image, places: Layout, room: Box, style: Style) -> None:
        self._card = card
        self._draw = ImageDraw.Draw(card)
        self._room = room
        self._unit = places.unit
        self._is_strip = places.is_strip
        self._style = style
        colours = style.palette
        self._accent = colour.readable(colours.accent, colours.paper, 4.5)
        self._quiet = colour.readable(colour.mix(colours.ink, colours.paper, 0.35), colours.paper, 4.5)

    def write(self, title: Title) -> None:
        """A small line of kind and look, the name, and the style with its colours."""
        left, top, right, bottom = self._room
        unit = self._unit
        small = max(8, round(10.5 * unit))
        first = top + round(12 * unit)
        chips = self._chips(right, bottom - round(6 * unit) if not self._is_strip else first - small * 0.35)
        aside = min((right - left) * 0.36, 300 * unit) if self._is_strip else 0.0
        self._kicker(title, first, small, right - aside if self._is_strip else right)
        style_size = max(8, round((15 if self._is_strip else 13.5) * unit))
        base = bottom - round(2 * unit)
        name_bottom = bottom if self._is_strip else base - style_size - round(9 * unit)
        self._name(title.name, (left, first + round(8 * unit), right - aside, name_bottom))
        if self._is_strip:
            self._style_line(title.style, right, base, style_size, aside, from_right=True)
        else:
            self._style_line(title.style, left, base, style_size, chips - left - 16 * unit, from_right=False)

    def _kicker(self, title: Title, base: float, size: int, right: float) -> None:
        left = self._room[0]
        tracking = size * 0.22
        kind = _KINDS[title.kind]
        lettering.write(self._draw, (left, base), kind, typeface.BOLD, size, ink=self._accent, tracking=tracking)
        x = left + lettering.width_of(kind, typeface.BOLD, size, tracking) + size * 0.9
        number = f"№ {title.number}"
        end = right - (0 if self._is_strip else lettering.width_of(number, typeface.SANS, size, tracking))
        if not self._is_strip:
            lettering.write(self._draw, (end, base), number, typeface.SANS, size, ink=self._quiet, tracking=tracking)
        look = lettering.cut(lettering.clean(title.look, 120), typeface.SANS, size, end - x - size * 3, tracking * 0.5)
        if look:
            middle = base - size * 0.36
            self._draw.line((x, middle, x + size * 1.1, middle), fill=self._accent, width=max(1, round(self._unit)))
            at = (x + size * 2.0, base)
            lettering.write(self._draw, at, look, typeface.SANS, size, ink=self._quiet, tracking=tracking * 0.5)

    def _name(self, name: str, room: Box) -> None:
        left, top, right, bottom = room
        text = lettering.clean(name, 240)
        if not any(unicodedata.category(character)[0] in "LNSP" for character in text):
            self._seal(name, left, (top + bottom) / 2, min(bottom - top, 54 * self._unit) / 2)
            return
        hand = self._style.manner.lettering
        if hand == "caps":
            text = text.upper()
        face = _FACES[hand]
        largest = round((34 if hand == "caps" else 40 if hand == "sans" else 46) * self._unit)
        lines = 1 if self._is_strip else 2
        sizes = (largest, max(9, round(15 * self._unit)))
        if lettering.is_tall(text):
            largest = round(largest * 0.78)
        setting = lettering.fit(text, face, (right - left, bottom - top), sizes, lines)
        block = setting.leading * (len(setting.lines) - 1)
        base = (top + bottom) / 2 + setting.size * (0.38 if lettering.is_tall(text) else 0.34) - block / 2
        for line in setting.lines:
            lettering.write(self._draw, (left, round(base)), line, face, setting.size, ink=self._style.palette.ink)
            base += setting.leading

    def _style_line(self, style: str, x: float, base: float, size: int, room: float, *, from_right: bool) -> None:
        text = lettering.cut(lettering.clean(style, 200), typeface.ITALIC, size, room)
        if text:
            start = x - lettering.width_of(text, typeface.ITALIC, size) if from_right else x
            lettering.write(self._draw, (start, base), text, typeface.ITALIC, size, ink=self._quiet)

    def _chips(self, right: float, middle: float) -> float:
        """The palette as a row of dots; returns where the row begins."""
        colours = self._style.palette
        dots: list[RGB] = [colours.near, colours.far, colours.sky, colours.second, colours.accent]
        radius = 5.2 * self._unit
        plate = Plate((1, 1))
        plate.image = self._card
        x = right - radius
        for dot in reversed(dots):
            circle = ellipse(x, middle, radius)
            plate.fill([circle], dot, 1.0, 0, [])
            if colour.contrast(dot, colours.paper) < 1.5:
                plate.stroke(circle, max(1.0, 0.8 * self._unit), self._quiet, 0.6, closed=True)
            x -= radius * 2.7
        return x

    def _seal(self, name: str, left: float, middle: float, radius: float) -> None:
        """A mark for a name that no typeface can write: its own star for every name."""
        dice = Dice("seal", name)
        plate = Plate((1, 1))
        plate.image = self._card
        x = left + radius
        rays = 5 + int(dice.unit() * 8)
        plate.fill([ellipse(x, middle, radius)], self._accent, 1.0, 0, [ellipse(x, middle, radius * 0.88)])
        petals = star(x, middle, radius * 0.74, radius * dice.between(0.25, 0.5), rays)
        plate.fill([petals], self._style.palette.ink, 1.0, 0, [ellipse(x, middle, radius * dice.between(0.1, 0.2))])
