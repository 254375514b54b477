import pytest

from extraction.domain.errors import EncodingUnknown, FormatMismatch, ScriptEmpty, ScriptIsBinary, UnknownFormat
from extraction.domain.reading import detect_format, read_script
from extraction.domain.script import Format

SCENE = "INT. HALL - DAY\n\nA door.\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fountain", Format.FOUNTAIN),
        ("Fountain", Format.FOUNTAIN),
        (".spmd", Format.FOUNTAIN),
        ("txt", Format.TEXT),
        ("text", Format.TEXT),
        (" MD ", Format.MARKDOWN),
        ("markdown", Format.MARKDOWN),
    ],
)
def test_a_format_has_its_usual_names(name: str, expected: Format) -> None:
    assert detect_format(SCENE, name) is expected


@pytest.mark.parametrize(
    ("file_name", "expected"),
    [
        ("a.fountain", Format.FOUNTAIN),
        ("My Script.v2.TXT", Format.TEXT),
        ("notes.md", Format.MARKDOWN),
        ("no extension", Format.FOUNTAIN),
        (None, Format.FOUNTAIN),
    ],
)
def test_the_extension_decides_where_no_format_is_named(file_name: str | None, expected: Format) -> None:
    assert detect_format(SCENE, None, file_name) is expected


def test_the_text_decides_where_nothing_is_named() -> None:
    assert detect_format("Once upon a time there was nobody.\n") is Format.TEXT
    assert detect_format("Title: X\n\nHe waits.\n") is Format.FOUNTAIN


def test_the_named_format_wins_over_the_extension() -> None:
    assert read_script(SCENE, "fountain", "a.xyz").format is Format.FOUNTAIN


@pytest.mark.parametrize(("named", "file_name"), [("celtx", None), (None, "script.rtf"), ("", "script.fadein")])
def test_an_unknown_format_lists_the_known_ones(named: str | None, file_name: str | None) -> None:
    with pytest.raises(UnknownFormat, match=", ".join(Format)) as caught:
        read_script(SCENE, named, file_name)
    assert caught.value.extra["known"] == list(Format)


@pytest.mark.parametrize(("named", "file_name"), [("fdx", None), (None, "script.pdf"), ("", "script.docx")])
def test_a_text_is_no_document(named: str | None, file_name: str | None) -> None:
    with pytest.raises(FormatMismatch, match="it is a text"):
        read_script(SCENE, named, file_name)


@pytest.mark.parametrize(
    ("text", "file_name", "title"),
    [
        ('Title: "The Door"\n\n' + SCENE, "x.fountain", "The Door"),
        (SCENE, "scripts/the_last_door.fountain", "the last door"),
        (SCENE, "C:\\scripts\\Door.fountain", "Door"),
        (SCENE, None, "Untitled"),
        ("Title: " + "x" * 500 + "\n\n" + SCENE, None, "x" * 200),
    ],
)
def test_the_title_is_the_scripts_own_or_the_files_name(text: str, file_name: str | None, title: str) -> None:
    assert read_script(text, None, file_name).title == title


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", ScriptEmpty),
        (" \n\t", ScriptEmpty),
        ("\ufeff", ScriptEmpty),
        ("a\x00b", ScriptIsBinary),
        ("a\ud800", EncodingUnknown),
    ],
)
def test_texts_that_cannot_be_kept_are_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_script(text)


def test_a_scenes_hash_changes_with_its_words_only() -> None:
    first = read_script("INT. HALL - DAY\n\nA  door.   \n\nANNA\nHi.\n", "fountain").scenes[0]
    moved = read_script("x.\n\nINT. HALL - DAY #7#  \n\n\nA door.\n\nANNA\nHi.  \n", "fountain").scenes[0]
    told = read_script("INT. HALL - DAY\n\nA door.\n\n@ANNA\nHi!\n", "fountain").scenes[0]
    assert first.sha256 == moved.sha256
    assert first.sha256 != told.sha256


def test_a_scripts_hash_knows_the_order_of_its_scenes() -> None:
    there = read_script("INT. A - DAY\n\nx.\n\nINT. B - DAY\n\ny.\n", "fountain")
    back = read_script("INT. B - DAY\n\ny.\n\nINT. A - DAY\n\nx.\n", "fountain")
    assert there.sha256 != back.sha256
    assert {scene.sha256 for scene in there.scenes} == {scene.sha256 for scene in back.scenes}
