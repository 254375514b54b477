import io
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageStat

from imagegen.adapters.sketch import AssetType, CardBrief, colour, draw_card
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.moods import MOODS, Mood
from imagegen.adapters.sketch.palette import from_words
from imagegen.adapters.sketch.style import style_of
from imagegen.adapters.sketch.traits import traits_of
from imagegen.adapters.sketch.words import Words

CHANNEL = st.integers(0, 255)


def paper(style: str, palette: tuple[str, ...] = ()) -> RGB:
    """The colour of a card beside its picture."""
    card = Image.open(
        io.BytesIO(draw_card(CardBrief("", "prop", 256, 256, "key", style_prompt=style, palette=palette)))
    )
    red, green, blue = ImageStat.Stat(card.convert("RGB").crop((2, 2, 250, 7))).mean
    return round(red), round(green), round(blue)


@pytest.mark.parametrize("mood", MOODS, ids=lambda mood: mood.words[0])
def test_every_word_of_a_mood_calls_its_hand(mood: Mood) -> None:
    for word in mood.words:
        assert style_of(f"A {word} look").manner == mood.manner


@pytest.mark.parametrize("mood", MOODS, ids=lambda mood: mood.words[0])
def test_lettering_is_readable_on_every_card(mood: Mood) -> None:
    assert colour.contrast(mood.palette.ink, mood.palette.paper) >= 7


def test_dark_styles_are_dark_and_light_ones_light() -> None:
    for dark, light in (("film noir", "watercolor"), ("cyberpunk", "pastel"), ("gothic horror", "anime")):
        assert colour.lightness(paper(dark)) < 0.35
        assert colour.lightness(paper(light)) > 0.9


def test_the_paper_of_all_types_of_a_project_is_the_same() -> None:
    prompt = "our own film, sad and slow"
    papers = []
    for kind in get_args(AssetType):
        brief = CardBrief("Any", kind, 256, 256, style_prompt=prompt)
        image = Image.open(io.BytesIO(draw_card(brief))).convert("RGB")
        papers.append(ImageStat.Stat(image.crop((2, 2, 250, 7))).mean)
    assert max(max(channel) - min(channel) for channel in zip(*papers, strict=True)) < 2


def test_given_colours_replace_those_of_the_style() -> None:
    colours = style_of("watercolor", ("#112233", "#c04020", "#f0e0c0", "#508060")).palette
    assert colours.accent == (0xC0, 0x40, 0x20)
    assert colours.second == (0x50, 0x80, 0x60)
    assert style_of("watercolor").palette.accent != colours.accent


def test_colours_may_be_given_by_name_and_nonsense_is_ignored() -> None:
    assert style_of("watercolor", ("bone white", "#zzz", "")).palette.light != style_of("watercolor").palette.light
    assert style_of("watercolor", ("#zzz", "", "nothing")) == style_of("watercolor")


def test_two_named_styles_mix_colours_of_the_first_with_the_hand_of_the_second() -> None:
    mixed = style_of("noir watercolor")
    assert mixed.palette.is_dark
    assert mixed.manner == style_of("watercolor").manner


def test_spacing_and_case_do_not_change_a_style() -> None:
    assert style_of("  Film   NOIR ") == style_of("film noir")


def test_unknown_styles_have_palettes_of_their_own() -> None:
    accents = {style_of(f"the mood of film number {number}").palette.accent for number in range(30)}
    assert len(accents) > 25


@given(st.text(max_size=40), st.lists(st.tuples(CHANNEL, CHANNEL, CHANNEL), max_size=6))
def test_lettering_stays_readable_whatever_the_style_and_colours(prompt: str, colours: list[RGB]) -> None:
    hexes = tuple("#{:02x}{:02x}{:02x}".format(*each) for each in colours)
    found = style_of(prompt, hexes).palette
    assert colour.contrast(found.ink, found.paper) >= 6.5


@given(st.text(max_size=20))
def test_a_palette_of_words_keeps_its_roles_apart(seed: str) -> None:
    colours = from_words(seed)
    assert colour.contrast(colours.ink, colours.paper) > 7
    assert abs(colour.lightness(colours.near) - colour.lightness(colours.haze)) > 0.3
    assert colour.chroma(colours.accent) > 0.08


@given(st.tuples(CHANNEL, CHANNEL, CHANNEL))
def test_a_colour_survives_the_way_through_oklab(rgb: RGB) -> None:
    assert all(abs(a - b) <= 1 for a, b in zip(colour.from_lab(colour.to_lab(rgb)), rgb, strict=True))


def test_hex_colours_are_read_in_all_their_forms() -> None:
    assert colour.parse_hex("#abc") == colour.parse_hex("aabbcc") == colour.parse_hex(" #AABBCCFF ") == (170, 187, 204)
    assert colour.parse_hex("#ab") is None
    assert colour.parse_hex("red") is None


def test_dice_fall_the_same_for_the_same_words_and_apart_for_others() -> None:
    first, same, other = Dice("a", 1), Dice("a", 1), Dice("a", 2)
    drawn = [first.unit() for _ in range(200)]
    assert drawn == [same.unit() for _ in range(200)]
    assert drawn != [other.unit() for _ in range(200)]
    assert all(0 <= value < 1 for value in drawn)
    assert 0.4 < sum(drawn) / len(drawn) < 0.6


def test_words_are_found_whole_and_in_chinese_anywhere() -> None:
    words = Words("Two keys, a BORED man; 她穿红色风衣")
    assert words.has("key")
    assert not words.has("red")
    assert words.has("风衣")
    assert words.colour_of("风衣") == words.colours()[0]


def test_a_colour_belongs_to_the_thing_it_stands_before() -> None:
    words = Words("a woman in a long red wool coat, black hair and a white hat")
    assert words.colour_of("coat") == (190, 52, 44)
    assert words.colour_of("hair") == (40, 40, 46)
    assert Words("white hanfu, long hair").colour_of("hair") is None


def test_words_to_avoid_are_not_found() -> None:
    assert not Words("a red coat and a hat", avoid="hats, red").has("hat", "red")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("an old king with a beard", {"age": "old", "feminine": False, "hat": "crown"}),
        ("little girl, red hair", {"age": "child", "feminine": True, "hair": (158, 70, 40)}),
        ("a rusty robot", {"kind": "robot"}),
        ("knight in armour", {"garment": "armour", "hat": "helmet"}),
        ("老人 白色长袍", {"age": "old", "garment": "robe"}),
        ("pirate with an eyepatch", {"hat": "tricorne", "extras": frozenset({"eyepatch"})}),
    ],
)
def test_a_character_is_what_its_description_says(told: str, expected: dict[str, object]) -> None:
    found = traits_of(Words(told), Dice("nature", told), style_of("minimal").palette)
    for trait, value in expected.items():
        actual = getattr(found, trait)
        if isinstance(value, tuple):
            assert colour.contrast(actual, value) < 1.5
        else:
            assert actual == value
