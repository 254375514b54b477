import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from imagegen.adapters.sketch import lettering, typeface
from imagegen.adapters.sketch.typeface import BOLD, ITALIC, SERIF, covers

SCRIPTS = {
    "Latin": "Ångström", "Greek": "Ωmega", "Cyrillic": "Дмитрий", "Vietnamese": "Nguyễn", "Chinese": "侦探李明",
    "Japanese": "たなか探偵", "Korean": "김철수", "Arabic": "المحقق كريم", "Hebrew": "שרלוק", "Hindi": "अनिका शर्मा",
    "Thai": "ก้องภพ", "Tamil": "தமிழ்", "Georgian": "ქართული", "Armenian": "Հայերեն", "Amharic": "አማርኛ", "emoji": "🔑",
}  # fmt: skip


def inked(text: str, size: int = 30, width: int = 700) -> tuple[int, int, int, int] | None:
    """The box of what is drawn of a text at (20, 60)."""
    image = Image.new("L", (width, 100))
    lettering.write(ImageDraw.Draw(image), (20, 60), text, SERIF, size, ink=255)  # type: ignore[arg-type]  # a grey image
    return image.getbbox()


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_written_with_glyphs_and_not_with_boxes(script: str) -> None:
    text = SCRIPTS[script]
    assert lettering.clean(text) == text
    for face, piece in typeface.runs(text, SERIF):
        for character in piece.replace(" ", ""):
            assert covers(face, character)
    assert inked(text) is not None


@pytest.mark.parametrize("text", ["\ue000", "\x07\x1b", "\u200b\u2060", "\ud800", "\u0007" * 50, "\U000e0001", ""])
def test_what_cannot_be_drawn_is_left_out(text: str) -> None:
    assert lettering.clean(text) == ""
    assert lettering.clean(f"a{text}b") == "ab"


def test_spaces_and_lines_become_single_spaces() -> None:
    assert lettering.clean("  The \n\t Salt\u00a0\u3000Lanterns ") == "The Salt Lanterns"


def test_han_characters_take_the_face_of_their_text() -> None:
    assert dict(typeface.runs("探偵たなか", SERIF)).keys() == {typeface.JAPANESE}
    assert dict(typeface.runs("侦探", SERIF)).keys() == {typeface.CHINESE}


def test_right_to_left_words_come_before_the_latin_ones_on_their_right() -> None:
    mixed, arabic = inked("كريم Holmes"), inked("كريم")
    assert mixed is not None
    assert arabic is not None
    image = Image.new("L", (700, 100))
    lettering.write(ImageDraw.Draw(image), (20, 60), "كريم Holmes", SERIF, 30, ink=255)  # type: ignore[arg-type]  # as above
    latin = Image.new("L", (700, 100))
    lettering.write(ImageDraw.Draw(latin), (20, 60), "Holmes", SERIF, 30, ink=255)  # type: ignore[arg-type]  # as above
    start = lettering.width_of("Holmes", SERIF, 30)
    assert (
        image.crop((20, 0, 20 + int(start) - 2, 100)).tobytes()
        == latin.crop((20, 0, 20 + int(start) - 2, 100)).tobytes()
    )


def test_without_shaping_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeface, "has_shaping", lambda: False)
    assert inked("كريم Holmes अनिका") is not None


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=120),
    st.integers(40, 400),
    st.integers(20, 120),
    st.integers(1, 2),
    st.sampled_from([SERIF, ITALIC, BOLD]),
)
def test_a_setting_fits_its_room(text: str, width: int, height: int, lines: int, face: typeface.Face) -> None:
    setting = lettering.fit(lettering.clean(text), face, (width, height), (46, 12), lines)
    assert len(setting.lines) <= lines
    assert 12 <= setting.size <= 46
    for line in setting.lines:
        assert lettering.width_of(line, face, setting.size) <= width + 1


def test_a_short_name_is_set_large_and_a_long_one_smaller_and_in_two_lines() -> None:
    room, sizes = (400.0, 100.0), (46, 15)
    short = lettering.fit("Anna", SERIF, room, sizes)
    long = lettering.fit("The last keeper of the northern lighthouse", SERIF, room, sizes)
    assert (short.size, len(short.lines)) == (46, 1)
    assert long.size < 46
    assert len(long.lines) == 2
    widths = [lettering.width_of(line, SERIF, long.size) for line in long.lines]
    assert min(widths) > 0.6 * max(widths)


def test_chinese_breaks_between_characters_and_english_between_words() -> None:
    chinese = lettering.fit("雨夜中的侦探与失踪的钥匙的故事", SERIF, (200, 80), (46, 15))
    english = lettering.fit("northern lighthouse", SERIF, (200, 100), (46, 15))
    assert len(chinese.lines) == 2
    assert english.lines == ("northern", "lighthouse")


def test_what_does_not_fit_at_the_smallest_size_ends_with_an_ellipsis() -> None:
    setting = lettering.fit("word " * 200, SERIF, (200, 40), (30, 14))
    assert setting.size == 14
    assert setting.lines[-1].endswith("…")


def test_tracking_widens_a_line_by_its_characters() -> None:
    plain, tracked = (lettering.width_of("PROP", BOLD, 12, tracking) for tracking in (0.0, 3.0))
    assert tracked == pytest.approx(plain + 12)
