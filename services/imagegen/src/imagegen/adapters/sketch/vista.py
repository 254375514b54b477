"""A location: the hour, the land or room, the weather."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from imagegen.adapters.sketch import interior, landmarks, shores, town, weather
from imagegen.adapters.sketch.land import (
    Land,
    conifer,
    dunes,
    grass,
    leafy,
    mountains,
    ridge,
    tree_line,
    wanderer,
    water,
)
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.sky import draw_sky, sky_of
from imagegen.adapters.sketch.subject import Subject
from imagegen.adapters.sketch.words import Words

PLACES: Mapping[str, Sequence[str]] = {
    "street": ("street", "alley", "lane", "chinatown", "sidewalk", "街", "巷", "胡同"),
    "lighthouse": ("lighthouse", "灯塔"),
    "ship": ("ship", "harbour", "harbor", "port", "dock", "pier", "fleet", "boat", "船", "港", "码头"),
    "castle": ("castle", "fortress", "kingdom", "citadel", "keep", "城堡", "要塞"),
    "temple": ("temple", "pagoda", "shrine", "monastery", "courtyard", "palace", "dynasty", "寺", "庙", "亭", "宫", "古镇", "山庄", "府"),
    "planet": ("planet", "mars", "alien", "colony", "asteroid", "lunar", "galaxy", "星球", "火星", "太空", "月球"),
    "graveyard": ("graveyard", "cemetery", "tomb", "grave", "墓", "坟"),
    "village": ("village", "farm", "house", "cottage", "barn", "town", "cabin", "hamlet", "countryside", "村", "农场", "小屋", "小镇", "乡"),
    "desert": ("desert", "dune", "sahara", "wasteland", "oasis", "沙漠", "荒漠", "戈壁"),
    "bridge": ("bridge", "river", "canal", "桥", "河", "江"),
    "city": ("city", "skyline", "downtown", "rooftop", "metropolis", "skyscraper", "urban", "城市", "都市", "天台", "楼"),
    "sea": ("sea", "ocean", "beach", "coast", "shore", "island", "bay", "海", "沙滩", "岛"),
    "lake": ("lake", "pond", "swamp", "fjord", "湖", "池", "沼泽"),
    "forest": ("forest", "wood", "woods", "jungle", "grove", "trees", "park", "garden", "taiga", "森林", "树林", "竹林", "丛林", "公园", "花园"),
    "mountain": ("mountain", "peak", "cliff", "valley", "canyon", "alps", "summit", "snow", "山", "峰", "谷", "崖"),
    "hills": ("hill", "meadow", "field", "road", "plain", "steppe", "grassland", "草原", "田野", "原野", "路"),
}  # fmt: skip
_INSIDE = ("inside", "interior", "indoors", "indoor", "室内", "屋内", "内景")


def draw(pen: Pen, subject: Subject) -> None:
    """Draw the place that the words describe."""
    width, height = pen.plate.size
    words = subject.words
    sheet = _camera(pen, subject)
    wide = width / height
    place = _place_of(words) or subject.nature.fork("place").pick(
        ("hills", "village", "mountain", "forest", "lake", "city")
    )
    sky = sky_of(subject, pen.style.palette)
    horizon = subject.moment.fork("horizon").between(0.52, 0.6)
    land = Land(sheet, wide, horizon, sky, subject.moment.fork("land"))
    if place in interior.FURNISHED:
        interior.room(land, place)
        return
    draw_sky(sheet, sky, wide, subject.moment.fork("clouds"), horizon + 0.06)
    _PLACES[place](land)
    _weather(land, subject)


def _camera(pen: Pen, subject: Subject) -> Pen:
    """A pen one unit high: from candidate to candidate the view is mirrored or nearer."""
    width, height = pen.plate.size
    flip, near, pan = subject.each_turn(
        ((False, 1.0, 0.0), (True, 1.0, 0.0), (False, 1.22, 0.8), (True, 1.3, -0.6), (False, 1.14, -0.9)), "camera"
    )
    left = (1 - near) * width / 2 * (1 + pan)
    return pen.at(width - left if flip else left, (1 - near) * height * 0.8, height * near, flip=flip)


def _place_of(words: Words) -> str | None:
    """A room when the words are of a room before they are of land."""
    indoors, outdoors = words.first(interior.FURNISHED), words.foremost(PLACES)
    if words.has(*_INSIDE):
        return indoors or "parlour"
    if indoors is None or outdoors is None:
        return indoors or outdoors
    return words.first({indoors: interior.FURNISHED[indoors], outdoors: PLACES[outdoors]})


def _weather(land: Land, subject: Subject) -> None:
    words, dice = subject.words, subject.moment.fork("weather")
    if words.has("fog", "foggy", "mist", "misty", "haze", "雾"):
        weather.fog(land.pen, dice, land.wide, land.horizon, 0.3)
    if words.has("rain", "rainy", "storm", "stormy", "downpour", "雨", "暴风"):
        weather.rain(land.pen, dice, land.wide, 1.0)
    if words.has("snow", "snowy", "blizzard", "winter", "雪", "冬"):
        weather.snow(land.pen, dice, land.wide, 1.0)


def _hills(land: Land) -> None:
    mountains(land, land.horizon + 0.02, 0.2, 0.12, 6)
    for step, depth in enumerate((0.25, 0.45, 0.65)):
        ridge(land, land.horizon + 0.06 + step * 0.12, 0.1, depth)
    tree_line(land, land.horizon + 0.3, 0.16, 0.7, 6, firs=False)
    ridge(land, land.horizon + 0.4, 0.08, 0.9, 4)
    wanderer(land, land.wide * (0.64 if land.sky.x < 0.5 else 0.36), land.horizon + 0.37, 0.14)
    grass(land)


def _mountain(land: Land) -> None:
    mountains(land, land.horizon + 0.04, 0.3, 0.08, 7)
    mountains(land, land.horizon + 0.1, 0.46, 0.26, 4)
    tree_line(land, land.horizon + 0.2, 0.16, 0.5, 22, firs=True)
    ridge(land, land.horizon + 0.24, 0.06, 0.62)
    tree_line(land, land.horizon + 0.36, 0.26, 0.8, 10, firs=True)
    ridge(land, land.horizon + 0.42, 0.07, 0.95, 4)
    wanderer(land, land.wide * (0.6 if land.sky.x < 0.5 else 0.4), land.horizon + 0.4, 0.13)


def _forest(land: Land) -> None:
    firs = land.dice.chance(0.6)
    tree_line(land, land.horizon + 0.05, 0.3, 0.16, 30, firs=firs)
    ridge(land, land.horizon + 0.06, 0.03, 0.24)
    tree_line(land, land.horizon + 0.16, 0.44, 0.42, 16, firs=firs)
    land.pen.glow(land.sky.x * land.wide, land.horizon + 0.05, 0.7, land.sky.sun, 0.45, tall=0.4)
    ridge(land, land.horizon + 0.2, 0.04, 0.58)
    wanderer(land, land.wide * 0.5, land.horizon + 0.27, 0.16)
    for x in (0.06, 0.2, 0.84, 0.97):
        (conifer if firs else leafy)(land, land.wide * x, 0.98, land.dice.between(0.75, 1.0), land.green(0.92))
    grass(land)


def _lake(land: Land) -> None:
    mountains(land, land.horizon + 0.02, 0.34, 0.14, 5)
    tree_line(land, land.horizon + 0.04, 0.14, 0.4, 26, firs=True)
    water(land, land.horizon + 0.03)
    ridge(land, 0.98, 0.07, 0.9, 4)
    tree_line(land, 1.0, 0.4, 0.95, 4, firs=True)
    wanderer(land, land.wide * 0.52, 0.95, 0.13)


def _desert(land: Land) -> None:
    mountains(land, land.horizon + 0.04, 0.16, 0.12, 8)
    dunes(land)
    wanderer(land, land.wide * 0.54, land.horizon + 0.24, 0.1)


_PLACES: dict[str, Callable[[Land], None]] = {
    "street": town.street,
    "city": town.skyline,
    "village": town.village,
    "graveyard": town.graveyard,
    "lighthouse": lambda land: shores.sea(land, lighthouse=True, ship=False),
    "ship": lambda land: shores.sea(land, lighthouse=False, ship=True),
    "sea": lambda land: shores.sea(land, lighthouse=False, ship=False),
    "castle": landmarks.castle,
    "temple": landmarks.temple,
    "planet": landmarks.planet,
    "bridge": shores.bridge,
    "hills": _hills,
    "mountain": _mountain,
    "forest": _forest,
    "lake": _lake,
    "desert": _desert,
}
