"""Grain, paper and gradients: grey tiles that are made once and only read afterwards."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageChops, ImageFilter

from imagegen.adapters.sketch.colour import RGB, mix
from imagegen.adapters.sketch.dice import Dice

TILE = 256
_RAMP = 256
_PADDING = 8


@lru_cache(maxsize=1)
def speckle() -> Image.Image:
    """A tile of even noise of all grey levels. Shared: read it, never draw on it."""
    return Image.frombytes("L", (TILE, TILE), Dice("grain").noise(TILE * TILE))


def tiled(tile: Image.Image, size: tuple[int, int], left: int = 0, top: int = 0) -> Image.Image:
    """The tile repeated over `size`, as if the pattern's origin lay at (-left, -top)."""
    sheet = Image.new("L", size)
    wide, high = tile.size
    for y in range(-(top % high), size[1], high):
        for x in range(-(left % wide), size[0], wide):
            sheet.paste(tile, (x, y))
    return sheet


@lru_cache(maxsize=6)
def print_grain(size: tuple[int, int], strength: float) -> Image.Image:
    """Paper tooth around middle grey, `strength` 0..1. Shared: read it, never draw on it."""
    fine = speckle().filter(ImageFilter.GaussianBlur(0.5))
    coarse = speckle().transpose(Image.Transpose.ROTATE_90).filter(ImageFilter.GaussianBlur(1.4))
    tile = ImageChops.add(fine, coarse, 2)
    span = 0.34 * strength
    levels = [min(255, max(0, round((128 + (value - 128) * span) / 3) * 3)) for value in range(256)]
    return tiled(tile.point(levels), size)


@lru_cache(maxsize=6)
def clouding(size: tuple[int, int], cells: int, seed: str) -> Image.Image:
    """Soft blotches, about `cells` across the shorter side, over all grey levels. Shared: read only."""
    step = max(1, min(size) // max(1, cells))
    across, down = size[0] // step + 3, size[1] // step + 3
    blotches = Image.frombytes("L", (across, down), Dice("clouding", seed).noise(across * down))
    return blotches.resize(size, Image.Resampling.BICUBIC)


@lru_cache(maxsize=6)
def vignette(size: tuple[int, int], strength: float) -> Image.Image:
    """White in the middle, darker towards the corners. Shared: read only."""
    levels = [255 - round(255 * strength * (value / 255) ** 2.6) for value in range(256)]
    return Image.radial_gradient("L").point(levels).resize(size, Image.Resampling.BICUBIC)


@lru_cache(maxsize=1)
def _ramp() -> Image.Image:
    values = bytes(_RAMP * _PADDING) + bytes(range(256)) + b"\xff" * (_RAMP * _PADDING)
    return Image.frombytes("L", (1, len(values)), values).resize((3, len(values)), Image.Resampling.NEAREST)


def ramp(size: tuple[int, int], start: tuple[float, float], end: tuple[float, float]) -> Image.Image:
    """Black before `start`, white after `end`, in straight bands between them."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    square = dx * dx + dy * dy
    if square == 0:
        return Image.new("L", size, 255)
    scale = _RAMP / square
    offset = _RAMP * _PADDING - (start[0] * dx + start[1] * dy) * scale
    return _ramp().transform(
        size, Image.Transform.AFFINE, (0, 0, 1, dx * scale, dy * scale, offset), Image.Resampling.BILINEAR
    )


def blend(size: tuple[int, int], top: RGB, bottom: RGB) -> Image.Image:
    """A vertical gradient."""
    high = max(1, size[1])
    steps = [mix(top, bottom, (index + 0.5) / min(high, 96)) for index in range(min(high, 96))]
    strip = Image.frombytes("RGB", (1, len(steps)), bytes(channel for step in steps for channel in step))
    if len(steps) != high:
        strip = strip.resize((1, high), Image.Resampling.BILINEAR)
    return strip.resize((max(1, size[0]), high), Image.Resampling.NEAREST)
