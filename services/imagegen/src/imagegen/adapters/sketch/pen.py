"""The artist's hand: draws on a plate in the units of the thing drawn, in the manner of the style."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, Point
from imagegen.adapters.sketch.manner import Manner
from imagegen.adapters.sketch.plate import Grade, Paint, Plate
from imagegen.adapters.sketch.style import Style


@dataclass(frozen=True, slots=True)
class Pen:
    """A place on the plate with a scale, a turn and perhaps a mirror.

    Everything that is drawn with a pen is in the pen's own units, x to the right and y downwards.
    """

    plate: Plate
    style: Style
    pixel: float = 1.0  # pixels of the plate per pixel of a 512 pixel card
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    turn: float = 0.0
    flip: bool = False
    silhouette: bool = False  # everything solid comes out white, all light and shadow is left out

    def at(self, x: float, y: float, scale: float = 1.0, turn: float = 0.0, flip: bool = False) -> Pen:
        """A pen whose origin is at (x, y) of this one, `scale` times as large, turned clockwise by `turn` degrees."""
        place_x, place_y = self.place((x, y))
        turned = -turn if self.flip else turn
        return replace(
            self, x=place_x, y=place_y, scale=self.scale * scale, turn=self.turn + turned, flip=self.flip != flip
        )

    def place(self, point: Point) -> Point:
        """Where a point of this pen lies on the plate."""
        angle = math.radians(self.turn)
        x = -point[0] if self.flip else point[0]
        across, down = x * self.scale, point[1] * self.scale
        return (
            self.x + across * math.cos(angle) - down * math.sin(angle),
            self.y + across * math.sin(angle) + down * math.cos(angle),
        )

    def fill(
        self,
        *paths: Path,
        paint: Paint,
        alpha: float = 1.0,
        blur: float = 0.0,
        cut: list[Path] | None = None,
        contour: bool = True,
    ) -> None:
        """Paint shapes; `contour` lets styles that have contours draw them."""
        shapes = [self._put(path) for path in paths]
        if self.silhouette:
            self.plate.fill(shapes, (255, 255, 255), 1.0, 0, [self._put(path) for path in cut or []])
            return
        drawn = contour and blur == 0 and alpha > 0.5
        if drawn and self.manner.finish != "wash":
            self._contour(shapes, paint)
        self.plate.fill(shapes, paint, alpha, blur * self.scale, [self._put(path) for path in cut or []])
        if drawn and self.manner.finish == "wash" and len(shapes) == 1:
            self._rim(shapes, paint)

    def line(self, path: Path, width: float, paint: Paint, alpha: float = 1.0, closed: bool = False) -> None:
        """Draw along a path, `width` in the pen's units."""
        tint = (255, 255, 255) if self.silhouette else paint
        self.plate.stroke(self._put(path), max(0.8, width * self.scale), tint, alpha, closed)

    def shade(
        self,
        *paths: Path,
        start: Point,
        end: Point,
        paint: RGB | None = None,
        alpha: float = 0.5,
        cut: list[Path] | None = None,
    ) -> None:
        """A shadow inside shapes that grows from `start` to `end`; `paint` makes it a light of that colour instead."""
        if self.silhouette:
            return
        tint = self.shadow if paint is None else paint
        strength = min(0.92, alpha * self.manner.depth) if paint is None else alpha
        run = (self.place(start), self.place(end))
        shapes = [self._put(path) for path in paths]
        self.plate.shade(
            shapes, tint, strength, run=run, grit=self.manner.grit, cut=[self._put(path) for path in cut or []]
        )

    def glow(
        self, x: float, y: float, radius: float, paint: RGB, alpha: float = 0.8, *, tall: float | None = None
    ) -> None:
        """Light around a point, gone at `radius` (`tall` upwards)."""
        if self.silhouette:
            return
        place_x, place_y = self.place((x, y))
        self.plate.glow(place_x, place_y, radius * self.scale, (tall or radius) * self.scale, colour=paint, alpha=alpha)

    @property
    def manner(self) -> Manner:
        """The hand of the style."""
        return self.style.manner

    @property
    def shadow(self) -> RGB:
        """The colour of the style's shadows."""
        return colour.with_lightness(colour.mix(self.style.palette.near, self.style.palette.sky, 0.25), 0.2)

    def natural(self, base: RGB, tint: RGB, amount: float) -> RGB:
        """`base` with some of a thing's own colour; less in dark styles, none in styles without colour."""
        colours = self.style.palette
        allowed = min(1.0, colour.chroma(colours.accent) / 0.1) * (0.5 if colours.is_dark else 1.0)
        return colour.mix(base, tint, amount * allowed)

    def _put(self, path: Path) -> list[Point]:
        angle = math.radians(self.turn)
        cosine, sine = math.cos(angle) * self.scale, math.sin(angle) * self.scale
        side = -1.0 if self.flip else 1.0
        return [(self.x + side * x * cosine - y * sine, self.y + side * x * sine + y * cosine) for x, y in path]

    def _contour(self, shapes: list[list[Point]], paint: Paint) -> None:
        """An ink line; drawn before the shapes, so that only the outline of their union shows."""
        width = self.manner.outline * self.pixel * 2
        if width > 0:
            ink = colour.mix(self.shadow, _body(paint), 0.12)
            for shape in shapes:
                self.plate.stroke(shape, width, ink, 0.95, closed=True)

    def _rim(self, shapes: list[list[Point]], paint: Paint) -> None:
        """The dark edge where wet colour dries."""
        for shape in shapes:
            self.plate.stroke(shape, 1.3 * self.pixel, colour.tone(_body(paint), -0.13), 0.45, closed=True)


def _body(paint: Paint) -> RGB:
    return paint.bottom if isinstance(paint, Grade) else paint
