import hashlib
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from imagegen.adapters.pictures import inspect
from imagegen.domain.brief import Brief, Style
from imagegen.domain.errors import PictureSizeWrong, PictureUnreadable
from imagegen.domain.picture import EXTENSIONS, Facts, keep_promise

TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
BRIEF = Brief("Mira", "character", "base", "", Style("Gouache", ""), width=40, height=24)


def picture(kind: str, size: tuple[int, int] = (40, 24), mode: str = "RGB") -> bytes:
    stream = io.BytesIO()
    noise = Image.effect_noise(size, 60)
    (noise.convert("I").convert(mode) if mode == "I;16" else noise.convert(mode)).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("kind", TYPES)
def test_the_facts_of_a_whole_picture_are_found_in_the_file(kind: str) -> None:
    content = picture(kind)
    digest = hashlib.sha256(content).hexdigest()
    assert inspect(content) == Facts(TYPES[kind], 40, 24, len(content), digest)


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("JPEG", "L")]
)
def test_unusual_colours_are_no_obstacle(kind: str, mode: str) -> None:
    assert inspect(picture(kind, mode=mode)).content_type == TYPES[kind]


def test_every_type_that_is_let_in_has_an_extension() -> None:
    assert set(TYPES.values()) == set(EXTENSIONS)


@pytest.mark.parametrize("kind", TYPES)
def test_a_picture_that_was_cut_off_is_refused(kind: str) -> None:
    content = picture(kind, (300, 200))
    for kept in (8, len(content) // 2, len(content) - 40):
        with pytest.raises(PictureUnreadable):
            inspect(content[:kept])


def test_a_flipped_bit_in_a_png_is_noticed() -> None:
    content = bytearray(picture("PNG", (300, 200)))
    content[len(content) // 2] ^= 1
    with pytest.raises(PictureUnreadable):
        inspect(bytes(content))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_kinds_of_pictures_are_refused(kind: str) -> None:
    with pytest.raises(PictureUnreadable):
        inspect(picture(kind))


@pytest.mark.parametrize("content", [b"", b"<html>503</html>", b"\x89PNG\r\n\x1a\n", b'{"error": "quota"}'])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureUnreadable, match="no whole PNG, JPEG or WebP"):
        inspect(content)


@given(st.sampled_from(sorted(TYPES)), st.binary(min_size=1, max_size=30), st.integers(0, 400))
def test_damage_is_refused_or_harmless_and_never_a_crash(kind: str, damage: bytes, place: int) -> None:
    content = picture(kind)
    try:
        facts = inspect(content[:place] + damage + content[place + len(damage) :])
    except PictureUnreadable:
        return
    assert facts.content_type in EXTENSIONS


def test_a_picture_of_the_promised_size_is_accepted() -> None:
    keep_promise(inspect(picture("PNG")), BRIEF)


@pytest.mark.parametrize("size", [(24, 40), (40, 25), (80, 48)])
def test_a_picture_of_another_size_breaks_the_promise(size: tuple[int, int]) -> None:
    facts = replace(inspect(picture("PNG")), width=size[0], height=size[1])
    with pytest.raises(PictureSizeWrong, match="40 x 24"):
        keep_promise(facts, BRIEF)
