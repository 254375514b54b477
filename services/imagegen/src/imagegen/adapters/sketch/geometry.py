"""Paths: lists of points, made by formulas, smoothed, moved."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Path: TypeAlias = Sequence[Point]


@lru_cache(maxsize=512)
def points(text: str) -> Path:
    """Points written as in SVG: "x,y x,y"."""
    pairs = (pair.split(",") for pair in text.split())
    return tuple((float(x), float(y)) for x, y in pairs)


def ellipse(x: float, y: float, rx: float, ry: float | None = None, *, start: float = 0, end: float = 360) -> Path:
    """An ellipse around (x, y), or the part of it from `start` to `end` degrees clockwise from the right."""
    tall = rx if ry is None else ry
    steps = max(8, int(48 * abs(end - start) / 360))
    last = 0 if abs(end - start) >= 360 else 1
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + last)]
    return [(x + rx * math.cos(angle), y + tall * math.sin(angle)) for angle in angles]


def box(left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> Path:
    """A rectangle, its corners rounded."""
    if radius <= 0:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    round_by = min(radius, abs(right - left) / 2, abs(bottom - top) / 2)
    corners = ((right, top, 270), (right, bottom, 0), (left, bottom, 90), (left, top, 180))
    path: list[Point] = []
    for x, y, start in corners:
        inward_x = -round_by if x == right else round_by
        inward_y = -round_by if y == bottom else round_by
        for step in range(5):
            angle = math.radians(start + 22.5 * step)
            path.append((x + inward_x + round_by * math.cos(angle), y + inward_y + round_by * math.sin(angle)))
    return path


def smooth(points: Path, closed: bool = True, steps: int = 6) -> Path:
    """A curve through the points (Catmull-Rom)."""
    count = len(points)
    if count < 3:
        return points
    path: list[Point] = []
    for index in range(count if closed else count - 1):
        before, start, end, after = (
            points[(index + offset) % count] if closed else points[min(count - 1, max(0, index + offset))]
            for offset in (-1, 0, 1, 2)
        )
        path.extend(_spline(before, start, end, after, step / steps) for step in range(steps))
    if not closed:
        path.append(points[-1])
    return path


def _spline(before: Point, start: Point, end: Point, after: Point, t: float) -> Point:
    square, cube = t * t, t * t * t
    w0, w1 = -0.5 * cube + square - 0.5 * t, 1.5 * cube - 2.5 * square + 1
    w2, w3 = -1.5 * cube + 2 * square + 0.5 * t, 0.5 * cube - 0.5 * square
    return (
        before[0] * w0 + start[0] * w1 + end[0] * w2 + after[0] * w3,
        before[1] * w0 + start[1] * w1 + end[1] * w2 + after[1] * w3,
    )


def curve(start: Point, pull: Point, end: Point, steps: int = 10) -> Path:
    """An open quadratic Bézier curve."""
    path: list[Point] = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
        path.append((start[0] * a + pull[0] * b + end[0] * c, start[1] * a + pull[1] * b + end[1] * c))
    return path


def mirrored(points: Path, axis: float = 0.0) -> Path:
    """The points on the other side of a vertical axis, in reverse order."""
    return [(2 * axis - x, y) for x, y in reversed(points)]


def both_sides(right: Path, axis: float = 0.0) -> Path:
    """A symmetric closed shape from its right side, listed from top to bottom."""
    return [*right, *mirrored(right, axis)]


def spun(points: Path, degrees: float, x: float = 0.0, y: float = 0.0) -> Path:
    """The points turned clockwise around (x, y)."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(x + (px - x) * cosine - (py - y) * sine, y + (px - x) * sine + (py - y) * cosine) for px, py in points]


def moved(points: Path, dx: float, dy: float = 0.0) -> Path:
    """The points shifted."""
    return [(x + dx, y + dy) for x, y in points]


def ribbon(points: Path, start: float, end: float) -> Path:
    """A closed strip along an open path, its width running from `start` to `end`."""
    left: list[Point] = []
    right: list[Point] = []
    last = len(points) - 1
    for index, (x, y) in enumerate(points):
        ahead, behind = points[min(last, index + 1)], points[max(0, index - 1)]
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        length = math.hypot(dx, dy) or 1.0
        half = (start + (end - start) * index / max(1, last)) / 2
        left.append((x - dy / length * half, y + dx / length * half))
        right.append((x + dy / length * half, y - dx / length * half))
    return [*left, *reversed(right)]


def star(x: float, y: float, outer: float, inner: float, rays: int = 5) -> Path:
    """A star with its first ray upwards."""
    path: list[Point] = []
    for index in range(rays * 2):
        radius = outer if index % 2 == 0 else inner
        angle = math.pi * index / rays - math.pi / 2
        path.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
    return path
