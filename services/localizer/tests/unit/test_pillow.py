import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from localizer.adapters.pillow import Pillow
from localizer.domain.errors import CopyTooLarge, CopyUnreadable
from localizer.domain.picture import Picture

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ORIENTATION = 0x0112
RED, BLUE = (254, 0, 0), (0, 0, 254)

read = Pillow(max_pixels=4_000_000).read


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    data = BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def thumbnail_of(picture: Picture) -> Image.Image:
    with Image.open(BytesIO(picture.thumbnail)) as image:
        assert image.format == "WEBP"
        image.load()
        return image


def red_above_blue(width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    return image


@settings(PATIENT, max_examples=40)
@given(st.integers(1, 1200), st.integers(1, 1200))
async def test_a_thumbnail_keeps_the_proportions_within_256_pixels_and_never_grows(width: int, height: int) -> None:
    picture = await read(encoded(Image.new("RGB", (width, height))))
    assert (picture.width, picture.height) == (width, height)
    shown = thumbnail_of(picture)
    assert max(shown.size) == min(256, max(width, height))
    scale = max(shown.size) / max(width, height)
    assert abs(shown.width - width * scale) <= 1
    assert abs(shown.height - height * scale) <= 1


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("WEBP", "image/webp"),
        ("GIF", "image/gif"),
        ("AVIF", "image/avif"),
    ],
)
async def test_every_image_format_is_recognised_by_its_bytes(kind: str, content_type: str) -> None:
    picture = await read(encoded(Image.new("RGB", (20, 10)), kind))
    assert (picture.content_type, picture.width, picture.height) == (content_type, 20, 10)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
async def test_every_mode_of_png_gets_a_thumbnail(mode: str) -> None:
    shown = thumbnail_of(await read(encoded(Image.new(mode, (600, 300)))))
    assert shown.size == (256, 128)


async def test_a_print_jpeg_gets_a_thumbnail_in_screen_colours() -> None:
    shown = thumbnail_of(await read(encoded(Image.new("CMYK", (600, 300)), "JPEG")))
    assert shown.mode == "RGB"


async def test_transparency_survives() -> None:
    shown = thumbnail_of(await read(encoded(Image.new("RGBA", (300, 300), (255, 0, 0, 0)))))
    assert shown.mode == "RGBA"
    assert shown.getchannel("A").getextrema() == (0, 0)


async def test_sixteen_bits_are_scaled_to_eight_not_clipped() -> None:
    shown = thumbnail_of(await read(encoded(Image.new("I;16", (300, 300), 0x8000))))
    assert shown.convert("L").getpixel((100, 100)) == pytest.approx(0x80, abs=3)


# Where the red half is when an image of each EXIF orientation is shown upright.
@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (400, 200), "top"),
        (2, (400, 200), "top"),
        (3, (400, 200), "bottom"),
        (4, (400, 200), "bottom"),
        (5, (200, 400), "left"),
        (6, (200, 400), "right"),
        (7, (200, 400), "right"),
        (8, (200, 400), "left"),
    ],
)
async def test_an_image_is_shown_upright(orientation: int, size: tuple[int, int], red_at: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    picture = await read(encoded(red_above_blue(400, 200), "JPEG", exif=exif.tobytes()))
    assert (picture.width, picture.height) == size
    shown = thumbnail_of(picture)
    width, height = shown.size
    places = {
        "top": (width // 2, 5),
        "bottom": (width // 2, height - 5),
        "left": (5, height // 2),
        "right": (width - 5, height // 2),
    }
    red = {place for place, at in places.items() if _redness(shown, at) > 200}
    assert red_at in red
    assert len(red) < 4


def _redness(image: Image.Image, at: tuple[int, int]) -> int:
    pixel = image.getpixel(at)
    assert isinstance(pixel, tuple)
    return int(pixel[0])


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow warns of broken EXIF data and reads on
@settings(PATIENT, max_examples=100)
@given(st.binary(max_size=60))
async def test_no_exif_data_keeps_an_image_out(exif: bytes) -> None:
    picture = await read(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08" + exif))
    assert {picture.width, picture.height} == {40, 20}


async def test_the_same_bytes_make_the_same_thumbnail() -> None:
    data = encoded(red_above_blue(700, 500))
    assert (await read(data)).thumbnail == (await read(data)).thumbnail


async def test_an_image_with_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(CopyTooLarge, match="2001 x 2000"):
        await read(encoded(Image.new("1", (2001, 2000))))


async def test_a_strip_longer_than_an_event_can_tell_is_refused() -> None:
    assert (await read(encoded(Image.new("1", (65_535, 1))))).width == 65_535
    with pytest.raises(CopyTooLarge, match="65536 x 1"):
        await read(encoded(Image.new("1", (65_536, 1))))


@pytest.mark.parametrize("side", [10_000, 60_000])
async def test_a_decompression_bomb_is_refused(side: int) -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    small = encoded(Image.new("RGB", (1, 1)))
    bomb = small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]
    with pytest.raises(CopyTooLarge):
        await read(bomb)


NOISE = Image.effect_noise((60, 40), 80).convert("RGB")
PNG_END = 12  # bytes of the last chunk, without which every pixel is still there
WHOLE = {kind: encoded(NOISE, kind) for kind in ("PNG", "JPEG", "WEBP", "GIF", "AVIF")}


@settings(PATIENT, max_examples=200)
@given(st.data(), st.sampled_from(sorted(WHOLE)))
async def test_an_image_that_was_cut_short_is_unreadable(data: st.DataObject, kind: str) -> None:
    cut = data.draw(st.integers(0, len(WHOLE[kind]) - 2 * PNG_END))
    with pytest.raises(CopyUnreadable):
        await read(WHOLE[kind][:cut])


@settings(PATIENT, max_examples=200)
@given(st.sampled_from(sorted(WHOLE)), st.integers(min_value=0), st.binary(min_size=1, max_size=8))
async def test_damaged_bytes_are_read_or_refused_and_nothing_else(kind: str, place: int, damage: bytes) -> None:
    whole = WHOLE[kind]
    place %= len(whole)
    try:
        await read(whole[:place] + damage + whole[place + len(damage) :])
    except (CopyTooLarge, CopyUnreadable):
        return


async def test_pixels_that_cannot_be_decoded_are_not_mistaken_for_broken_exif_data() -> None:
    head = WHOLE["PNG"][:33]
    with pytest.raises(CopyUnreadable):
        await read(head + b"\0\0\0\x02IDAT\0\0")


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "PPM"])
async def test_formats_nobody_asked_for_are_unreadable(kind: str) -> None:
    with pytest.raises(CopyUnreadable):
        await read(encoded(Image.new("RGB", (10, 10)), kind))
