import hashlib
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from imagegen.adapters.sketch import AssetType, CardBrief, draw_card
from imagegen.adapters.sketch.caption import layout

SIZES: dict[AssetType, tuple[int, int]] = {"character": (512, 768), "location": (1024, 576), "prop": (512, 512)}
TELLING: dict[AssetType, str] = {
    "character": "a tall woman detective in a long red coat",
    "location": "a village by the sea at dusk",
    "prop": "an old brass lantern",
}
TYPES = list(SIZES)


def brief(kind: AssetType, **changes: object) -> CardBrief:
    width, height = SIZES[kind]
    usual = CardBrief("Eleanor Vane", kind, width, height, TELLING[kind], style_prompt="storybook")
    return replace(usual, **changes)  # type: ignore[arg-type]  # replace() checks names and types when it runs


@cache
def card(of: CardBrief) -> Image.Image:
    image = Image.open(io.BytesIO(draw_card(of)))
    assert image.format == "PNG"
    assert image.mode == "RGB"
    return image.convert("RGB")


def picture(of: CardBrief) -> Image.Image:
    return card(of).crop(layout((of.width, of.height)).window)


def difference(first: Image.Image, second: Image.Image) -> float:
    """Mean difference of all channels, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


def digests(briefs: list[CardBrief]) -> list[str]:
    return [hashlib.sha256(draw_card(each)).hexdigest() for each in briefs]


@pytest.mark.parametrize("kind", TYPES)
def test_a_card_has_the_size_of_its_brief(kind: AssetType) -> None:
    assert card(brief(kind)).size == SIZES[kind]


@pytest.mark.parametrize("size", [(16, 16), (17, 400), (400, 17), (200, 150), (1200, 300), (300, 1200)])
@pytest.mark.parametrize("kind", TYPES)
def test_any_size_can_be_drawn(kind: AssetType, size: tuple[int, int]) -> None:
    assert card(brief(kind, width=size[0], height=size[1])).size == size


@pytest.mark.parametrize("size", [(15, 512), (512, 4097), (0, 0), (-1, 512)])
def test_a_size_out_of_range_is_refused_with_its_numbers(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=f"{size[0]} x {size[1]}"):
        draw_card(brief("prop", width=size[0], height=size[1]))


PROGRAM = """
import sys
sys.path.insert(0, {folder!r})
from test_sketch_cards import digests, few
print(*digests(few()))
"""


def few() -> list[CardBrief]:
    """Small cards of all types in two styles."""
    styles = ("watercolor", "no such style")
    return [brief(kind, width=200, height=220, style_prompt=style) for kind in TYPES for style in styles]


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_every_process_draws_the_same_bytes(seed: str) -> None:
    program = PROGRAM.format(folder=str(Path(__file__).parent))
    printed = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai" if seed == "0" else "UTC", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout.split() == digests(few())


def test_threads_do_not_disturb_each_other() -> None:
    briefs = [replace(each, name=name) for each in few() for name in ("李明", "كريم")]
    alone = digests(briefs)
    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda each: digests([each])[0], briefs * 2))
    assert together == alone * 2


@pytest.mark.parametrize("style", ["film noir", "watercolor", "anime", "woodcut", "minimal", "a style of our own"])
@pytest.mark.parametrize("kind", TYPES)
def test_a_picture_is_rich_and_has_contrast(kind: AssetType, style: str) -> None:
    shown = picture(brief(kind, style_prompt=style))
    small = shown.reduce(4)
    assert len(set(small.get_flattened_data())) > 250
    assert ImageStat.Stat(shown.convert("L")).stddev[0] > 14
    assert min(ImageStat.Stat(strip).stddev[0] for strip in _strips(shown)) > 2


def _strips(image: Image.Image) -> list[Image.Image]:
    grey, step = image.convert("L"), image.height // 5
    return [grey.crop((0, index * step, image.width, (index + 1) * step)) for index in range(5)]


@pytest.mark.parametrize("kind", TYPES)
def test_candidates_differ_visibly(kind: AssetType) -> None:
    shown = [picture(brief(kind, candidate=turn)) for turn in range(4)]
    for index, first in enumerate(shown):
        for second in shown[index + 1 :]:
            assert difference(first, second) > 6


def test_a_description_changes_the_picture() -> None:
    others: dict[AssetType, str] = {"character": "a small robot", "location": "a desert at noon", "prop": "a letter"}
    for kind, other in others.items():
        assert difference(picture(brief(kind)), picture(brief(kind, description=other))) > 12


def test_a_candidate_keeps_the_coat_of_the_description() -> None:
    for turn in range(4):
        shown = picture(brief("character", candidate=turn, style_prompt="minimal"))
        chest = shown.crop((150, 330, 314, 540)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
        assert isinstance(chest, tuple)
        assert chest[0] > chest[1] + 40
        assert chest[0] > chest[2] + 40


def test_what_the_negative_prompt_names_is_left_out() -> None:
    told = brief("character", description="a man with a fedora and a beard")
    assert card(replace(told, negative_prompt="hat, fedora")) != card(told)
    bare = replace(told, description="a man with a beard")
    assert difference(picture(replace(told, negative_prompt="fedora")), picture(bare)) < difference(
        picture(told), picture(bare)
    )


@pytest.mark.parametrize("kind", TYPES)
def test_the_name_changes_only_the_lettering_of_the_card(kind: AssetType) -> None:
    places = layout(SIZES[kind])
    assert places.lettering is not None
    left, top, right, bottom = places.lettering
    first, second = card(brief(kind)), card(brief(kind, name="Tobias Marsh"))
    below = (0, places.window[3], *SIZES[kind])
    changed = ImageChops.difference(first.crop(below), second.crop(below)).getbbox()
    assert changed is not None
    assert changed[0] >= left - 2
    assert changed[2] <= right + 2
    assert changed[1] + below[1] >= top
    assert changed[3] + below[1] <= bottom


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "W" * 300,
        "Wilhelmina Aurelia " * 12,
        "侦探李明" * 20,
        "كريم " * 30,
        "g̈j̈q̈p̧" * 30,
        "🔑" * 40,
        "\ue000",
        "İ",
    ],
)
@pytest.mark.parametrize("kind", TYPES)
def test_lettering_never_touches_the_border(kind: AssetType, name: str) -> None:
    full, bare = (brief(kind, name=each, look=each, style_name=f"noir {each}") for each in (name, ""))
    width, height = SIZES[kind]
    edge = round(14 * min(width, height) / 512)
    for strip in (
        (0, 0, width, edge),
        (0, height - edge, width, height),
        (0, 0, edge, height),
        (width - edge, 0, width, height),
    ):
        assert ImageChops.difference(card(full).crop(strip), card(bare).crop(strip)).getbbox() is None


def test_a_name_no_typeface_knows_gets_a_seal_of_its_own() -> None:
    seals = [card(brief("prop", name=name)).crop((0, 420, 300, 512)) for name in ("\ue000", "\ue001", "")]
    assert difference(seals[0], seals[1]) > 0.2
    assert difference(seals[0], seals[2]) > 0.2


TEXT = st.text(max_size=80)


BRIEFS = st.builds(
    CardBrief,
    name=TEXT,
    asset_type=st.sampled_from(TYPES),
    width=st.integers(16, 260),
    height=st.integers(16, 260),
    description=TEXT,
    look=TEXT,
    style_name=TEXT,
    style_prompt=TEXT,
    negative_prompt=TEXT,
    palette=st.lists(st.one_of(TEXT, st.from_regex(r"\A#[0-9a-f]{6}\Z")), max_size=6).map(tuple),
    candidate=st.integers(0, 50),
)


@settings(max_examples=60, deadline=None)
@given(BRIEFS)
@example(CardBrief("\ud800", "prop", 200, 200, "\udfff", "\x00", "\u202e", palette=("#zzz",)))
@example(CardBrief("\u0301\u200d\ufe0f", "character", 250, 250, "红", style_prompt="水墨"))
def test_any_text_gives_a_card_of_the_right_size(told: CardBrief) -> None:
    with Image.open(io.BytesIO(draw_card(told))) as image:
        assert image.size == (told.width, told.height)


ENCODINGS = 2.5  # a card costs no more than so many encodings of incompressible noise of its size


@pytest.mark.parametrize("kind", TYPES)
def test_a_card_costs_no_more_than_a_few_encodings_of_noise(kind: AssetType) -> None:
    briefs = [
        brief(kind, candidate=turn, style_prompt=style)
        for turn, style in enumerate(("noir", "anime", "oil", "minimal"))
    ]
    for each in briefs:
        draw_card(each)
    noise = Image.frombytes("RGB", SIZES[kind], hashlib.shake_128(b"noise").digest(3 * SIZES[kind][0] * SIZES[kind][1]))
    limit = min(_seconds(lambda: noise.save(io.BytesIO(), "PNG")) for _ in range(3))
    assert any(_seconds(lambda: digests(briefs)) / len(briefs) < ENCODINGS * limit for _ in range(3))


def _seconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started
