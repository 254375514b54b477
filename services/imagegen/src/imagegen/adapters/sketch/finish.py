"""What is done to a whole picture: the hand of the style, the mount on paper, the print."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from imagegen.adapters.sketch import colour, texture
from imagegen.adapters.sketch.caption import Layout
from imagegen.adapters.sketch.manner import Edge, Finish
from imagegen.adapters.sketch.style import Style


def finished(picture: Image.Image, style: Style, unit: float) -> Image.Image:
    """The picture with the last touch of its style."""
    touched = _TOUCHES[style.manner.finish](_graded(picture, style), style, unit)
    strength = style.manner.vignette
    if strength <= 0:
        return touched
    corners = texture.vignette(touched.size, round(strength * 1.1, 2))
    dark = colour.with_lightness(style.palette.near, 0.12)
    return Image.composite(touched, Image.new("RGB", touched.size, dark), corners)


def mounted(picture: Image.Image, layout: Layout, style: Style) -> Image.Image:
    """The picture on its card."""
    card = Image.new("RGB", layout.size, style.palette.paper)
    card.paste(picture, layout.window[:2], _window(picture.size, style.manner.edge, round(layout.unit, 3)))
    return card


def printed(card: Image.Image, style: Style) -> Image.Image:
    """The card with the tooth of its paper."""
    if style.manner.grain <= 0:
        return card
    grain = texture.print_grain(card.size, style.manner.grain)
    return ImageChops.overlay(card, Image.merge("RGB", (grain, grain, grain)))


@lru_cache(maxsize=6)
def _window(size: tuple[int, int], edge: Edge, unit: float) -> Image.Image:
    if edge == "brushed":
        return _brushed(size, unit)
    by = 3
    mask = Image.new("L", (size[0] * by, size[1] * by))
    radius = (16 if edge == "round" else 2) * unit * by
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] * by - 1, size[1] * by - 1), radius, fill=255)
    return mask.reduce(by)


def _brushed(size: tuple[int, int], unit: float) -> Image.Image:
    """An uneven painted border: a soft rectangle cut by blotches of several sizes."""
    reach = max(2.0, 7 * unit)
    soft = Image.new("L", size)
    ImageDraw.Draw(soft).rectangle((reach, reach, size[0] - reach, size[1] - reach), fill=255)
    soft = soft.filter(ImageFilter.GaussianBlur(reach * 0.7))
    coarse = texture.clouding(size, 22, "edge")
    fine = texture.clouding(size, 90, "edge")
    rough = ImageChops.add(coarse, fine, 2)
    return ImageChops.add(soft, rough.point([value // 2 for value in range(256)]), 1, -64).point(
        [min(255, max(0, (value - 112) * 8)) for value in range(256)]
    )


def _graded(picture: Image.Image, style: Style) -> Image.Image:
    """The picture drawn to the colours of its style, as a film is graded."""
    colours = style.palette
    dark, light = colour.with_lightness(colours.near, 0.13), colour.with_lightness(colours.light, 0.98)
    middle = colour.with_lightness(colour.mix(colours.far, colours.haze, 0.5), 0.62)
    toned = ImageOps.colorize(picture.convert("L"), black=dark, mid=middle, white=light, midpoint=132)
    return Image.blend(picture, toned, style.manner.grade)


def _plain(picture: Image.Image, _style: Style, _unit: float) -> Image.Image:
    return picture


def _wash(picture: Image.Image, style: Style, unit: float) -> Image.Image:
    """Pigment that pooled unevenly on wet paper."""
    pools = Image.blend(texture.clouding(picture.size, 3, "pools"), texture.clouding(picture.size, 14, "specks"), 0.4)
    uneven = pools.point([round(128 + (value - 122) * 0.24) for value in range(256)])
    wet = ImageChops.overlay(picture, Image.merge("RGB", (uneven, uneven, uneven)))
    thin = Image.blend(wet, Image.new("RGB", picture.size, style.palette.paper), 0.1)
    return Image.blend(thin, thin.filter(ImageFilter.BoxBlur(max(1, round(unit)))), 0.3)


def _woodcut(picture: Image.Image, style: Style, unit: float) -> Image.Image:
    """Ink where the picture is dark, cut by grooves that grow with the light; flat colour beneath."""
    grey = picture.convert("L").point([round(255 * (value / 255) ** 0.72) for value in range(256)])
    grooves = _grooves(picture.size, max(3, round(5.5 * unit)))
    ink = ImageChops.add(grey, grooves, 1, -64).point(
        [255 - min(255, max(0, (value - 60) * 6)) for value in range(256)]
    )
    lifted = picture.point([min(255, 40 + round(value * 0.92)) for value in range(256)] * 3)
    flat = Image.blend(lifted, Image.new("RGB", picture.size, style.palette.haze), 0.2)
    flat.paste(style.palette.ink, (0, 0), ink)
    return flat


@lru_cache(maxsize=6)
def _grooves(size: tuple[int, int], pitch: int) -> Image.Image:
    wave = [round(abs(index / pitch * 2 - 1) * 128) for index in range(pitch)]
    column = Image.frombytes("L", (1, size[1] + 64), bytes(wave[index % pitch] for index in range(size[1] + 64)))
    sheet = column.resize((size[0], size[1] + 64), Image.Resampling.NEAREST)
    sheared = sheet.transform(
        size, Image.Transform.QUAD, (0, 0, 0, size[1], size[0], size[1] + 48, size[0], 48), Image.Resampling.BILINEAR
    )
    return sheared.filter(ImageFilter.GaussianBlur(0.6))


def _halftone(picture: Image.Image, style: Style, unit: float) -> Image.Image:
    """Printed dots in the half shadows."""
    grey = picture.convert("L")
    screen = _dots(picture.size, max(4, round(6 * unit)))
    dots = ImageChops.subtract(screen, grey).point([min(140, value * 6) for value in range(256)])
    picture.paste(colour.with_lightness(style.palette.near, 0.22), (0, 0), dots)
    return picture


@lru_cache(maxsize=6)
def _dots(size: tuple[int, int], pitch: int) -> Image.Image:
    cell = Image.radial_gradient("L").point([max(0, 150 - value) for value in range(256)])
    cell = cell.resize((pitch, pitch), Image.Resampling.BOX)
    tile = Image.new("L", (pitch * 2, pitch))
    tile.paste(cell, (0, 0))
    tile.paste(cell, (pitch, 0))
    half = ImageChops.offset(cell, 0, pitch // 2)
    tile.paste(half, (pitch, 0))
    return texture.tiled(tile.resize((pitch * 2, pitch)), size)


def _glow(picture: Image.Image, style: Style, unit: float) -> Image.Image:
    """Lights that spill, and the lines of a screen."""
    small = picture.reduce(4).point([max(0, value - 96) for value in range(256)] * 3)
    spill = small.filter(ImageFilter.GaussianBlur(4 * unit)).resize(picture.size, Image.Resampling.BILINEAR)
    return ImageChops.screen(picture, spill)


def _pencil(picture: Image.Image, style: Style, unit: float) -> Image.Image:
    """Mostly paper: colour is a light wash, darkness is hatching."""
    pale = Image.blend(picture, Image.new("RGB", picture.size, style.palette.haze), 0.52)
    grey = picture.convert("L")
    grooves = _grooves(picture.size, max(3, round(4 * unit))).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    hatch = ImageChops.add(grey, grooves, 1, -52).point([min(120, max(0, (84 - value) * 5)) for value in range(256)])
    pale.paste(style.palette.ink, (0, 0), hatch)
    return pale


def _pixel(picture: Image.Image, _style: Style, unit: float) -> Image.Image:
    step = max(2, round(3.2 * unit))
    small = picture.resize((max(1, picture.width // step), max(1, picture.height // step)), Image.Resampling.BOX)
    few = small.quantize(40, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).convert("RGB")
    return few.resize(picture.size, Image.Resampling.NEAREST)


def _brush(picture: Image.Image, _style: Style, unit: float) -> Image.Image:
    """Long strokes of a dry brush."""
    size = picture.size
    strokes = (
        texture.clouding((size[0], max(8, size[1] // 10)), 24, "bristles")
        .resize(size[::-1])
        .transpose(Image.Transpose.ROTATE_90)
    )
    light = strokes.point([round(128 + (value - 128) * 0.12) for value in range(256)])
    return ImageChops.overlay(picture, Image.merge("RGB", (light, light, light)))


_TOUCHES: dict[Finish, Callable[[Image.Image, Style, float], Image.Image]] = {
    "plain": _plain,
    "wash": _wash,
    "woodcut": _woodcut,
    "halftone": _halftone,
    "glow": _glow,
    "pencil": _pencil,
    "pixel": _pixel,
    "brush": _brush,
}
