import io

import pytest
from PIL import Image, ImageChops, ImageStat

from imagegen.adapters.sketch import CardBrief, draw_card, geometry, interior, still_life, traits, vista
from imagegen.adapters.sketch.geometry import box, ellipse, ribbon
from imagegen.adapters.sketch.moods import MOODS, Mood
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.plate import Grade, Plate
from imagegen.adapters.sketch.style import style_of
from imagegen.adapters.sketch.vessels import bell_jar
from imagegen.adapters.sketch.words import Words

RED, WHITE = (200, 30, 30), (255, 255, 255)


def pen_on(size: tuple[int, int] = (100, 100), style: str = "minimal") -> Pen:
    return Pen(Plate(size, WHITE), style_of(style))


def prop(words: str) -> Image.Image:
    brief = CardBrief("Thing", "prop", 192, 192, words, style_prompt="minimal")
    return Image.open(io.BytesIO(draw_card(brief))).convert("RGB")


def place(words: str) -> Image.Image:
    brief = CardBrief("X", "location", 288, 162, f"{words}, day", style_prompt="minimal")
    return Image.open(io.BytesIO(draw_card(brief))).convert("RGB")


def person(words: str) -> Image.Image:
    brief = CardBrief("X", "character", 160, 240, words, style_prompt="minimal")
    return Image.open(io.BytesIO(draw_card(brief))).convert("RGB")


def difference(first: Image.Image, second: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean)


@pytest.mark.parametrize("thing", still_life.THINGS, ids=lambda thing: thing.__name__)
def test_every_prop_is_drawn_as_something_of_its_own(thing: still_life.Drawing) -> None:
    word = still_life.THINGS[thing][0]
    assert difference(prop(word), prop("thingamajig")) > 4


@pytest.mark.parametrize("thing", still_life.THINGS, ids=lambda thing: thing.__name__)
def test_a_prop_is_known_by_its_english_and_chinese_words(thing: still_life.Drawing) -> None:
    words = still_life.THINGS[thing]
    assert any(word.isascii() for word in words)
    assert any(not word.isascii() for word in words)


def test_a_thing_nobody_knows_is_shown_under_glass() -> None:
    assert still_life.thing_of(Words("thingamajig")) is bell_jar
    assert bell_jar not in still_life.THINGS


@pytest.mark.parametrize("kind", [*vista.PLACES, *interior.FURNISHED])
def test_every_place_is_drawn_as_something_of_its_own(kind: str) -> None:
    words = {**vista.PLACES, **interior.FURNISHED}[kind]
    other = "desert" if kind != "desert" else "library"
    assert difference(place(words[0]), place(other)) > 12


@pytest.mark.parametrize(("words", "expected"), [("night", 60), ("dusk", 20), ("dawn", 8), ("storm", 30)])
def test_the_hour_changes_the_light(words: str, expected: float) -> None:
    by_day = place("mountain")
    brief = CardBrief("X", "location", 288, 162, f"mountain, {words}", style_prompt="minimal")
    shown = Image.open(io.BytesIO(draw_card(brief))).convert("RGB")
    assert difference(by_day, shown) > expected


@pytest.mark.parametrize("weather", ["rain", "snow", "fog"])
def test_weather_lies_over_the_land(weather: str) -> None:
    told = CardBrief("X", "location", 288, 162, f"mountain, day, {weather}", style_prompt="minimal")
    assert difference(place("mountain"), Image.open(io.BytesIO(draw_card(told))).convert("RGB")) > 0.5


@pytest.mark.parametrize("garment", traits.GARMENTS)
def test_every_garment_is_drawn(garment: str) -> None:
    other = "suit" if garment != "suit" else "armour"
    assert difference(person(f"man, {traits.GARMENTS[garment][0]}"), person(f"man, {other}")) > 3


@pytest.mark.parametrize("hat", traits.HATS)
def test_every_hat_is_drawn(hat: str) -> None:
    assert difference(person(f"man in a shirt, {traits.HATS[hat][0]}"), person("man in a shirt")) > 0.8


@pytest.mark.parametrize("kind", traits.KINDS)
def test_every_creature_is_drawn(kind: str) -> None:
    assert difference(person(traits.KINDS[kind][0]), person("man")) > 8


@pytest.mark.parametrize("extra", traits.EXTRAS)
def test_everything_worn_is_drawn(extra: str) -> None:
    assert difference(person(f"bald man in a suit, {traits.EXTRAS[extra][0]}"), person("bald man in a suit")) > 0.05


@pytest.mark.parametrize("hair", traits.HAIRSTYLES)
def test_every_hairstyle_is_drawn(hair: str) -> None:
    other = "bald" if hair != "bald" else "curly"
    assert difference(person(f"woman, {traits.HAIRSTYLES[hair][0]}"), person(f"woman, {other}")) > 0.8


@pytest.mark.parametrize("mood", MOODS, ids=lambda mood: mood.words[0])
def test_every_style_shows_the_same_thing_in_another_way(mood: Mood) -> None:
    shown = draw_card(CardBrief("X", "prop", 192, 192, "key", style_prompt=mood.words[0]))
    plain = draw_card(CardBrief("X", "prop", 192, 192, "key", style_prompt="minimal"))
    assert (
        mood.words[0] == "minimal"
        or difference(*(Image.open(io.BytesIO(each)).convert("RGB") for each in (shown, plain))) > 8
    )


def test_a_shape_is_filled_inside_and_nowhere_else() -> None:
    pen = pen_on()
    pen.fill(box(20, 20, 60, 60), paint=RED)
    assert pen.plate.image.getpixel((40, 40)) == RED
    assert pen.plate.image.getpixel((70, 40)) == WHITE


def test_an_edge_between_pixels_is_smooth() -> None:
    pen = pen_on()
    pen.fill(ellipse(50, 50, 30), paint=(0, 0, 0))
    grey = pen.plate.image.convert("L")
    assert len([count for count in grey.histogram()[20:235] if count]) >= 6


def test_a_cut_stays_free() -> None:
    pen = pen_on()
    pen.fill(box(10, 10, 90, 90), paint=RED, cut=[box(40, 40, 60, 60)])
    assert pen.plate.image.getpixel((50, 50)) == WHITE


def test_a_grade_runs_from_top_to_bottom() -> None:
    pen = pen_on()
    pen.fill(box(0, 0, 100, 100), paint=Grade((0, 0, 0), WHITE))
    grey = pen.plate.image.convert("L")
    column = [ImageStat.Stat(grey.crop((50, y, 51, y + 1))).mean[0] for y in (2, 30, 60, 97)]
    assert column == sorted(column)
    assert column[0] != column[-1]


def test_a_shade_grows_towards_its_end_and_stays_inside() -> None:
    pen = pen_on(style="pastel")
    shape = box(10, 10, 90, 90)
    pen.fill(shape, paint=WHITE)
    pen.shade(shape, start=(10, 0), end=(90, 0), alpha=0.8)
    left, right = (
        ImageStat.Stat(pen.plate.image.convert("L").crop(area)).mean[0] for area in ((12, 20, 30, 80), (70, 20, 88, 80))
    )
    assert left > right + 40
    assert pen.plate.image.getpixel((95, 50)) == WHITE


def test_what_lies_outside_the_plate_is_ignored() -> None:
    pen = pen_on()
    for shape in (box(-50, -50, -10, -10), box(200, 200, 300, 300), []):
        pen.fill(shape, paint=RED)
        pen.shade(shape, start=(0, 0), end=(1, 1))
        pen.glow(-500, -500, 20, RED)
    assert pen.plate.image.getcolors() == [(10_000, WHITE)]


def test_a_pen_moves_turns_scales_and_mirrors() -> None:
    pen = pen_on().at(50, 50, 10, turn=90)
    assert pen.place((1, 0)) == pytest.approx((50, 60))
    assert pen.at(0, 1).place((0, 0)) == pytest.approx((40, 50))
    assert pen_on().at(50, 50, 10, flip=True).place((1, 2)) == pytest.approx((40, 70))


def test_a_silhouette_is_white_without_light_or_shadow() -> None:
    plate = Plate((60, 60), (0, 0, 0))
    pen = Pen(plate, style_of("noir"), silhouette=True)
    pen.fill(box(10, 10, 50, 50), paint=RED, alpha=0.2)
    pen.shade(box(10, 10, 50, 50), start=(10, 10), end=(50, 50))
    pen.glow(30, 30, 30, RED)
    grey = plate.image.getchannel(0)
    assert plate.image == Image.merge("RGB", (grey, grey, grey))
    assert plate.image.getpixel((30, 30)) == WHITE
    assert plate.image.getpixel((5, 5)) == (0, 0, 0)


def test_paths_are_what_they_say() -> None:
    assert geometry.points("1,2 -3,0.5") == ((1.0, 2.0), (-3.0, 0.5))
    assert geometry.mirrored([(1, 2), (3, 4)], 1) == [(-1, 4), (1, 2)]
    assert len(ribbon([(0, 0), (10, 0)], 2, 4)) == 4
    around = geometry.smooth(geometry.points("0,0 10,0 10,10 0,10"), steps=4)
    assert len(around) == 16
    assert geometry.spun([(1, 0)], 90)[0] == pytest.approx((0, 1))
