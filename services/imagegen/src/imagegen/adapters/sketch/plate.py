"""The drawing surface: antialiased shapes with flat, graded, shaded or glowing paint."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from imagegen.adapters.sketch import texture
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, Point

Box: TypeAlias = tuple[int, int, int, int]
Paths: TypeAlias = Sequence[Path]


@dataclass(frozen=True, slots=True)
class Grade:
    """Paint that runs from one colour at the top of a shape to another at its bottom."""

    top: RGB
    bottom: RGB


Paint: TypeAlias = RGB | Grade


class Plate:
    """An RGB picture; coordinates are its pixels. Shapes are drawn enlarged and reduced, so that edges are smooth."""

    def __init__(self, size: tuple[int, int], ground: RGB = (255, 255, 255)) -> None:
        self.image = Image.new("RGB", size, ground)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.size

    def fill(self, paths: Paths, paint: Paint, alpha: float, blur: float, cut: Paths) -> None:
        """Paint the union of `paths` without `cut`; `blur` softens the edge by so many pixels."""
        area = self._area(paths, blur * 2.5)
        if area is None:
            return
        self._lay(_mask(paths, cut, area, blur), area, paint, alpha)

    def stroke(self, path: Path, width: float, paint: Paint, alpha: float, closed: bool) -> None:
        """Draw along a path with round joins; `width` in pixels."""
        points = [*path, path[0]] if closed else list(path)
        area = self._area([points], width)
        if area is not None:
            self._lay(_line_mask(points, width, area), area, paint, alpha)

    def shade(
        self, paths: Paths, colour: RGB, alpha: float, *, run: tuple[Point, Point], grit: float, cut: Paths
    ) -> None:
        """Darken or lighten inside `paths`, from nothing at the first point of `run` to all at the second."""
        area = self._area(paths, 0)
        if area is None:
            return
        size = (area[2] - area[0], area[3] - area[1])
        (x0, y0), (x1, y1) = run
        fade = texture.ramp(size, (x0 - area[0], y0 - area[1]), (x1 - area[0], y1 - area[1]))
        mask = ImageChops.multiply(_mask(paths, cut, area, 0), _sprayed(fade, area, grit))
        self._lay(mask, area, colour, alpha)

    def glow(self, x: float, y: float, rx: float, ry: float, *, colour: RGB, alpha: float) -> None:
        """Light that fades out towards an ellipse."""
        area = self._clip((math.floor(x - rx), math.floor(y - ry), math.ceil(x + rx), math.ceil(y + ry)))
        if area is None:
            return
        left, top, right, bottom = area
        scale_x, scale_y = 128 / max(rx, 1), 128 / max(ry, 1)
        disk = _GLOW.transform(
            (right - left, bottom - top),
            Image.Transform.AFFINE,
            (scale_x, 0, 128 + (left - x) * scale_x, 0, scale_y, 128 + (top - y) * scale_y),
            Image.Resampling.BILINEAR,
        )
        self._lay(disk, area, colour, alpha)

    def _lay(self, mask: Image.Image, area: Box, paint: Paint, alpha: float) -> None:
        if alpha < 1:
            mask = Image.blend(Image.new("L", mask.size), mask, alpha)
        if isinstance(paint, Grade):
            self.image.paste(texture.blend(mask.size, paint.top, paint.bottom), area[:2], mask)
        else:
            self.image.paste(paint, area, mask)

    def _area(self, paths: Paths, margin: float) -> Box | None:
        points = [point for path in paths for point in path]
        if not points:
            return None
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return self._clip(
            (
                math.floor(min(xs) - margin) - 1,
                math.floor(min(ys) - margin) - 1,
                math.ceil(max(xs) + margin) + 1,
                math.ceil(max(ys) + margin) + 1,
            )
        )

    def _clip(self, area: Box) -> Box | None:
        width, height = self.size
        left, top, right, bottom = max(0, area[0]), max(0, area[1]), min(width, area[2]), min(height, area[3])
        return (left, top, right, bottom) if right > left and bottom > top else None


def _enlargement(area: Box) -> int:
    pixels = (area[2] - area[0]) * (area[3] - area[1])
    return 4 if pixels < 30_000 else 3 if pixels < 90_000 else 2


def _scaled(path: Path, area: Box, by: int) -> list[Point]:
    return [((x - area[0]) * by, (y - area[1]) * by) for x, y in path]


def _mask(paths: Paths, cut: Paths, area: Box, blur: float) -> Image.Image:
    size = (area[2] - area[0], area[3] - area[1])
    if blur > 4:
        coarse = (max(1, size[0] // 4), max(1, size[1] // 4))
        mask = _silhouette(paths, cut, area, 1).resize(coarse, Image.Resampling.BOX)
        return mask.filter(ImageFilter.GaussianBlur(blur / 4)).resize(size, Image.Resampling.BILINEAR)
    by = _enlargement(area)
    mask = _silhouette(paths, cut, area, by).reduce(by)
    return mask.filter(ImageFilter.GaussianBlur(blur)) if blur > 0 else mask


def _silhouette(paths: Paths, cut: Paths, area: Box, by: int) -> Image.Image:
    mask = Image.new("L", ((area[2] - area[0]) * by, (area[3] - area[1]) * by))
    draw = ImageDraw.Draw(mask)
    for path in paths:
        if len(path) > 2:
            draw.polygon(_scaled(path, area, by), fill=255)
    for path in cut:
        if len(path) > 2:
            draw.polygon(_scaled(path, area, by), fill=0)
    return mask


def _line_mask(points: list[Point], width: float, area: Box) -> Image.Image:
    by = _enlargement(area)
    mask = Image.new("L", ((area[2] - area[0]) * by, (area[3] - area[1]) * by))
    draw = ImageDraw.Draw(mask)
    scaled = _scaled(points, area, by)
    thick = max(1, round(width * by))
    draw.line(scaled, fill=255, width=thick, joint="curve")
    if thick > 2:
        for x, y in (scaled[0], scaled[-1]):
            draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
    return mask.reduce(by)


def _sprayed(fade: Image.Image, area: Box, grit: float) -> Image.Image:
    """The fade as a spray: the nearer to white, the more specks."""
    if grit <= 0:
        return fade
    grain = texture.tiled(texture.speckle(), fade.size, area[0], area[1])
    return Image.blend(fade, ImageChops.subtract(fade, grain, 0.2), min(1.0, grit))


_GLOW = Image.radial_gradient("L").point([round(255 * max(0.0, 1 - value / 178) ** 2) for value in range(256)])
