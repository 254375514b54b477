"""Colour arithmetic in OKLab, where equal steps look equal (Ottosson 2020, bottosson.github.io/posts/oklab)."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TypeAlias

RGB: TypeAlias = tuple[int, int, int]
Lab: TypeAlias = tuple[float, float, float]

WHITE: RGB = (255, 255, 255)
BLACK: RGB = (0, 0, 0)

_HEX = re.compile(r"^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")


def parse_hex(text: str) -> RGB | None:
    """`#abc`, `#aabbcc` or `#aabbccdd` (alpha ignored), with or without `#`; None for anything else."""
    found = _HEX.match(text.strip())
    if found is None:
        return None
    digits = found.group(1)
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _linear(value: int) -> float:
    unit = value / 255
    return unit / 12.92 if unit <= 0.04045 else math.pow((unit + 0.055) / 1.055, 2.4)


_LINEAR = tuple(_linear(value) for value in range(256))


def _encode(value: float) -> int:
    unit = min(1.0, max(0.0, value))
    unit = unit * 12.92 if unit <= 0.0031308 else 1.055 * math.pow(unit, 1 / 2.4) - 0.055
    return round(unit * 255)


@lru_cache(maxsize=4096)
def to_lab(colour: RGB) -> Lab:
    """OKLab lightness 0..1 and the two opponent axes."""
    red, green, blue = (_LINEAR[channel] for channel in colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def from_lab(lab: Lab) -> RGB:
    """The nearest displayable colour, channel by channel."""
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encode(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encode(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encode(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def lch(light: float, chroma: float, hue: float) -> RGB:
    """From lightness 0..1, chroma 0..0.35 and hue in degrees."""
    angle = math.radians(hue)
    return from_lab((light, chroma * math.cos(angle), chroma * math.sin(angle)))


def lightness(colour: RGB) -> float:
    """Perceived lightness, 0 black to 1 white."""
    return to_lab(colour)[0]


def chroma(colour: RGB) -> float:
    """Colourfulness, 0 grey to about 0.3."""
    _, a, b = to_lab(colour)
    return math.hypot(a, b)


def mix(first: RGB, second: RGB, amount: float) -> RGB:
    """`first` at 0, `second` at 1."""
    start, end = to_lab(first), to_lab(second)
    return from_lab(
        (
            start[0] + (end[0] - start[0]) * amount,
            start[1] + (end[1] - start[1]) * amount,
            start[2] + (end[2] - start[2]) * amount,
        )
    )


def tone(colour: RGB, step: float) -> RGB:
    """Lighter by `step` of lightness, darker when negative; the hue stays."""
    light, a, b = to_lab(colour)
    return from_lab((min(1.0, max(0.0, light + step)), a, b))


def with_lightness(colour: RGB, light: float) -> RGB:
    """The same hue at another lightness."""
    _, a, b = to_lab(colour)
    return from_lab((light, a, b))


def muted(colour: RGB, keep: float) -> RGB:
    """The same colour with `keep` of its colourfulness."""
    light, a, b = to_lab(colour)
    return from_lab((light, a * keep, b * keep))


def rotated(colour: RGB, degrees: float) -> RGB:
    """The same colour with its hue turned."""
    light, a, b = to_lab(colour)
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return from_lab((light, a * cosine - b * sine, a * sine + b * cosine))


def contrast(first: RGB, second: RGB) -> float:
    """Contrast ratio of WCAG 2, from 1 to 21."""
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def readable(colour: RGB, ground: RGB, ratio: float = 7.0) -> RGB:
    """`colour`, moved away from `ground` until the contrast ratio is reached or black or white is."""
    step = -0.04 if lightness(ground) > 0.55 else 0.04
    while contrast(colour, ground) < ratio:
        moved = tone(colour, step)
        if moved == colour or moved in (BLACK, WHITE):
            return BLACK if step < 0 else WHITE
        colour = moved
    return colour


def _luminance(colour: RGB) -> float:
    red, green, blue = (_LINEAR[channel] for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
