"""Rooms: a wall with windows, a floor, light across it, and rooms. One unit is the height of the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from imagegen.adapters.sketch import colour, rooms
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.geometry import Path, box, ellipse
from imagegen.adapters.sketch.land import Land
from imagegen.adapters.sketch.plate import Grade

FURNISHED: Mapping[str, Sequence[str]] = {
    "library": ("library", "bookshop", "bookstore", "archive", "study", "图书馆", "书房", "书店"),
    "bar": ("bar", "tavern", "pub", "inn", "saloon", "cafe", "restaurant", "diner", "酒馆", "酒吧", "餐厅", "咖啡", "客栈"),
    "bedroom": ("bedroom", "hotel", "hospital", "ward", "卧室", "病房", "酒店"),
    "kitchen": ("kitchen", "bakery", "厨房"),
    "hall": ("church", "cathedral", "hall", "throne", "ballroom", "museum", "station", "chapel", "教堂", "大厅", "宫殿", "大殿", "车站", "博物馆"),
    "laboratory": ("laboratory", "lab", "workshop", "factory", "warehouse", "garage", "control", "spaceship", "cockpit", "实验室", "工厂", "仓库", "车间", "飞船", "控制室"),
    "office": ("office", "classroom", "school", "courtroom", "headquarters", "办公室", "教室", "公司", "会议室", "法庭"),
    "parlour": ("room", "interior", "apartment", "parlour", "parlor", "living", "house interior", "attic", "basement", "房间", "客厅", "公寓", "室内", "屋内"),
}  # fmt: skip

_PIECES: dict[str, Callable[[Land, RGB, float], None]] = {
    "library": rooms.library,
    "bar": rooms.bar,
    "bedroom": rooms.bedroom,
    "kitchen": rooms.kitchen,
    "hall": rooms.hall,
    "laboratory": rooms.laboratory,
    "office": rooms.office,
    "parlour": rooms.parlour,
}


def room(land: Land, kind: str) -> None:
    """Draw a room of a kind in FURNISHED."""
    pen, colours = land.pen, land.pen.style.palette
    wall = colour.mix(colours.far, colours.haze, 0.42)
    wood = pen.natural(colour.mix(colours.near, colours.accent, 0.15), (138, 88, 54), 0.55)
    if land.sky.is_dark or land.sky.hour == "storm":
        wall = colour.mix(wall, colours.near, 0.42)
    floor = 0.72
    pen.fill(box(0, 0, land.wide, floor), paint=Grade(colour.tone(wall, -0.07), wall), contour=False)
    _panelling(land, wall, floor)
    windows = _windows(land, kind, wood)
    _floor(land, wood, floor)
    _patches(land, windows, floor)
    _PIECES[kind](land, colour.tone(wood, 0.04), floor)
    _beams(land, windows, floor)
    pen.shade(box(0, 0, land.wide, 1), start=(0, 0.72), end=(0, 1.15), alpha=0.5)
    away = land.wide if land.sky.x < 0.5 else 0.0
    pen.shade(box(0, 0, land.wide, 1), start=(land.wide / 2, 0.5), end=(away, 0.5), alpha=0.4)


def _panelling(land: Land, wall: RGB, floor: float) -> None:
    pen = land.pen
    pen.fill(box(0, floor - 0.2, land.wide, floor), paint=colour.tone(wall, -0.06), contour=False)
    pen.fill(box(0, floor - 0.21, land.wide, floor - 0.195), paint=colour.tone(wall, 0.05), contour=False)
    pen.fill(box(0, floor - 0.03, land.wide, floor), paint=colour.tone(wall, -0.13), contour=False)
    stiles: list[Path] = [
        box(x * 0.22 - 0.004, floor - 0.195, x * 0.22, floor - 0.03) for x in range(1, int(land.wide / 0.22) + 1)
    ]
    pen.fill(*stiles, paint=colour.tone(wall, -0.13), alpha=0.7, contour=False)


def _windows(land: Land, kind: str, wood: RGB) -> list[tuple[float, float, float, float]]:
    """Windows with the view outside; returns their places."""
    towards = 0.3 if land.sky.x < 0.5 else 0.7
    middle = land.wide * towards
    if kind == "hall":
        places = [(land.wide * part - 0.1, 0.06, land.wide * part + 0.1, 0.5) for part in (0.2, 0.4, 0.6, 0.8)]
    elif kind in {"laboratory", "kitchen"}:
        places = [(middle - 0.42, 0.1, middle + 0.42, 0.4)]
    else:
        places = [(middle - 0.36, 0.1, middle - 0.04, 0.54), (middle + 0.04, 0.1, middle + 0.36, 0.54)]
    for place in places:
        _window(land, place, wood, arched=kind in {"hall", "library"})
    return places


def _window(land: Land, place: tuple[float, float, float, float], wood: RGB, *, arched: bool) -> None:
    left, top, right, bottom = place
    pen, half = land.pen, (right - left) / 2
    opening: Path = box(left, top, right, bottom)
    if arched:
        opening = [(left, bottom), *ellipse(left + half, top + half, half, half, start=180, end=360), (right, bottom)]
    glass = Grade(land.sky.top, land.sky.low)
    pen.line(opening, 0.05, colour.tone(wood, 0.08), closed=True)
    pen.fill(opening, paint=glass, contour=False)
    pen.glow(left + half, top + half, half * 1.3, land.sky.sun, 0.5)
    far = [
        (left, bottom - 0.08),
        (left + half * 0.6, bottom - 0.15),
        (left + half * 1.2, bottom - 0.07),
        (right, bottom - 0.13),
        (right, bottom),
        (left, bottom),
    ]
    pen.fill(far, paint=land.tint(0.45), contour=False)
    pen.line([(left + half, top), (left + half, bottom)], 0.013, colour.tone(wood, 0.08))
    for part in (0.36, 0.68):
        y = top + (bottom - top) * part
        pen.line([(left, y), (right, y)], 0.01, colour.tone(wood, 0.08))
    pen.fill(box(left - 0.04, bottom + 0.012, right + 0.04, bottom + 0.04, 0.008), paint=colour.tone(wood, 0.12))


def _floor(land: Land, wood: RGB, floor: float) -> None:
    pen = land.pen
    ground = colour.mix(colour.tone(wood, 0.12), pen.style.palette.haze, 0.22)
    pen.fill(box(0, floor, land.wide, 1.02), paint=Grade(ground, colour.tone(ground, -0.08)), contour=False)
    boards: list[Path] = []
    for step in range(-14, 15):
        x = land.wide / 2 + step * 0.14
        low = land.wide / 2 + step * 0.26
        boards.append([(x - 0.0015, floor), (x + 0.0015, floor), (low + 0.004, 1.02), (low - 0.004, 1.02)])
    pen.fill(*boards, paint=colour.tone(ground, -0.09), alpha=0.7, contour=False)
    pen.shade(box(0, floor, land.wide, floor + 0.06), start=(0, floor + 0.06), end=(0, floor), alpha=0.5)


def _slant(land: Land) -> float:
    return 0.34 if land.sky.x < 0.5 else -0.34


def _strength(land: Land) -> float:
    return {"night": 0.2, "storm": 0.22}.get(land.sky.hour, 0.34)


def _patches(land: Land, windows: list[tuple[float, float, float, float]], floor: float) -> None:
    """The light of the windows on the floor."""
    slant = _slant(land)
    for left, _, right, _ in windows:
        patch = [
            (left + slant, floor + 0.05),
            (right + slant, floor + 0.05),
            (right + slant * 1.5, floor + 0.2),
            (left + slant * 1.5, floor + 0.2),
        ]
        land.pen.fill(patch, paint=land.sky.sun, alpha=_strength(land) + 0.08, blur=0.006, contour=False)


def _beams(land: Land, windows: list[tuple[float, float, float, float]], floor: float) -> None:
    """Bars of light in the air of the room."""
    slant = _slant(land)
    for left, top, right, _ in windows:
        beam = [(left, top), (right, top), (right + slant * 1.5, floor + 0.24), (left + slant * 1.5, floor + 0.24)]
        land.pen.shade(
            beam, start=(left + slant, floor + 0.3), end=(left, top - 0.2), paint=land.sky.sun, alpha=_strength(land)
        )
