import zlib

import pytest

from chassis.errors import KINDS
from extraction.domain.decode import clean_text, decode
from extraction.domain.errors import (
    EncodingUnknown,
    ExtractionError,
    ScriptEmpty,
    ScriptIsBinary,
    ScriptTooLarge,
)

ENGLISH = "INT. KITCHEN - DAY\n\nA kettle sings.\n"
FRENCH = "INT. CAFÉ - NUIT\n\nÉLODIE\nDéjà vu, n'est-ce pas ? Où ça ?\n"
CHINESE = "1-1 日 内 沈家客厅\n\n△茶几上摆着一份烫金的婚书和一只锦盒。\n沈明珠：让我嫁给他？我死都不去！\n"  # noqa: RUF001 - Chinese punctuation
TRADITIONAL = "沈知夏端著一隻碗走進來\u3002\n沈知夏\uff1a你好\uff0c我們走吧\u3002\n1-1 日 內 客廳\n"
JAPANESE = "彼女は家に帰った\u3002\n彼は海を見ていた\u3002\n"
KOREAN = "그녀는 집에 돌아왔다. 아버지는 없었다. 바다가 보였다.\n"
RUSSIAN = "ИНТ. КУХНЯ - ДЕНЬ\n\nЖенщина смотрит в окно и молчит.\n"  # noqa: RUF001 - Russian letters


@pytest.mark.parametrize(
    ("text", "codec", "told"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (CHINESE, "utf-8", "utf-8"),
        (FRENCH, "utf-8-sig", "utf-8"),
        (FRENCH, "utf-16-le", "utf-16-le"),
        (FRENCH, "utf-16-be", "utf-16-be"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (CHINESE, "utf-16-be", "utf-16-be"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "latin-1", "cp1252"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
    ],
)
def test_text_comes_back_whatever_wrote_it(text: str, codec: str, told: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.encoding == told


@pytest.mark.parametrize("codec", ["utf-16", "utf-32"])
def test_byte_order_marks_decide(codec: str) -> None:
    assert decode(CHINESE.encode(codec)).text == CHINESE


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", "\u200b\n\u200b".encode()])
def test_nothing_to_read_is_an_empty_script(data: bytes) -> None:
    with pytest.raises(ScriptEmpty, match="scene"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "JPEG image"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF document"),
        (b"PK\x03\x04\x14\x00" + bytes(32), "zip archive"),
        (b"{\\rtf1\\ansi Hello}", "rich text"),
        (b"RIFF\x24\x08\x00\x00WEBPVP8 " + bytes(32), "RIFF file"),
    ],
)
def test_known_binaries_are_called_by_their_name(data: bytes, what: str) -> None:
    with pytest.raises(ScriptIsBinary, match=what):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        b"INT. A - DAY\n\x00\nHe waits.",
        b"\x01\x02\x03\x04",
        b"He waits.\x00",
        zlib.compress(ENGLISH.encode() * 50),
    ],
)
def test_other_binaries_are_refused_with_a_domain_error(data: bytes) -> None:
    with pytest.raises((ScriptIsBinary, EncodingUnknown)):
        decode(data)


def test_a_script_may_begin_with_riff() -> None:
    assert decode(b"RIFF RAFF\n\nINT. A - DAY\n").text.startswith("RIFF RAFF")


def test_one_control_character_in_a_page_is_no_binary() -> None:
    text = ENGLISH * 20 + "\x0c" + "\x07"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("data", [b"\xff\xfeI\x00N\x00T", b"\xff\xfe\x00\xd8", b"\xef\xbb\xbf\xff\xfe"])
def test_a_damaged_marked_file_says_so(data: bytes) -> None:
    with pytest.raises(EncodingUnknown, match="UTF-8"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "codec"),
    [(RUSSIAN, "cp1251"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (KOREAN, "euc_kr")],
)
def test_an_alphabet_that_cannot_be_told_is_refused_and_not_garbled(text: str, codec: str) -> None:
    with pytest.raises(EncodingUnknown, match="UTF-8"):
        decode(text.encode(codec))


def test_western_text_is_never_taken_for_chinese() -> None:
    text = "Ça va? Où ça? Là, déjà. ÉLODIE: garçon! Ñandú, Ångström, Öl, straße."
    assert decode(text.encode("cp1252")).text == text


def test_size_is_limited_and_told() -> None:
    with pytest.raises(ScriptTooLarge, match="1,001 bytes, at most 1,000") as caught:
        decode(b"a" * 1001, limit=1000)
    assert caught.value.extra == {"size": 1001, "limit": 1000}


def test_half_a_surrogate_pair_cannot_be_stored() -> None:
    with pytest.raises(EncodingUnknown):
        clean_text("INT. A - DAY \ud800")


@pytest.mark.parametrize("problem", [each for each in ExtractionError.__subclasses__() if each.__name__[0] != "_"])
def test_every_error_has_a_code_a_kind_and_words(problem: type[ExtractionError]) -> None:
    assert problem.code == problem.code.lower()
    assert problem.kind in KINDS
    assert str(problem()) == (problem.__doc__ or "").splitlines()[0]
    assert "code" in problem.__dict__
