"""Scripts of unusual size, script and spelling, in every format."""

from collections.abc import Callable, Sequence

import pytest
from services.extraction.tests.unit import written

from extraction.adapters.documents import script_of
from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType
from extraction.domain.script import Kind

Write = Callable[[Sequence[written.Part]], bytes]
TEXTS: list[tuple[Write, str]] = [
    (written.fountain, "fountain"),
    (written.markdown, "md"),
    (written.typed, "txt"),
    (written.fdx, "fdx"),
]
ALL: list[tuple[Write, str]] = [*TEXTS, (written.docx, "docx"), (written.pdf, "pdf")]


def scenes(count: int) -> list[written.Part]:
    return [
        part
        for number in range(1, count + 1)
        for part in (
            (written.HEADING, f"INT. ROOM {number} - DAY"),
            (Kind.ACTION, "Bo takes a key."),
            (Kind.CUE, "BO"),
            (Kind.DIALOGUE, "Hello there."),
        )
    ]


@pytest.mark.parametrize(("write", "format"), TEXTS)
def test_ten_thousand_scenes_are_read(write: Write, format: str) -> None:
    script = script_of(write(scenes(10_000)), format)
    assert len(script.scenes) == 10_000
    assert script.scenes[-1].place == "ROOM 10000"
    if format == "fountain":
        assert {find.name for find in extract(script)} == {
            "Bo",
            "Key",
            *(f"Room {number}" for number in range(1, 10_001)),
        }


@pytest.mark.parametrize(("write", "format"), [(written.docx, "docx"), (written.pdf, "pdf")])
def test_hundreds_of_scenes_are_read_from_documents(write: Write, format: str) -> None:
    script = script_of(write(scenes(400)), format)
    assert [scene.place for scene in script.scenes] == [f"ROOM {number}" for number in range(1, 401)]
    assert {len(scene.elements) for scene in script.scenes} == {3}


@pytest.mark.parametrize(("write", "format"), [each for each in ALL if each[1] != "pdf"])
def test_one_scene_of_a_megabyte_is_read(write: Write, format: str) -> None:
    action = (Kind.ACTION, "He waits by the door and looks at the rain. " * 24)
    script = script_of(write([(written.HEADING, "INT. HALL - DAY"), *[action] * 1_000]), format)
    assert len(script.scenes) == 1
    assert sum(len(element.text) for element in script.scenes[0].elements) > 1_000_000
    if format == "fountain":
        assert [find.name for find in extract(script)] == ["Hall"]


@pytest.mark.parametrize(("write", "format"), [each for each in ALL if each[1] != "pdf"])
@pytest.mark.parametrize(
    "words",
    ["דוד פותח את הדלת לאט.", "يفتح أحمد الباب.", "🦊🔑 opens the 🚪.", "Zoë İpek öffnet die Tür.", "e\u0301lodie"],
)
def test_every_script_and_sign_comes_through(write: Write, format: str, words: str) -> None:
    script = script_of(write([(written.HEADING, "INT. בית 🏠 - DAY"), (Kind.ACTION, words)]), format)
    assert (script.scenes[0].place, script.scenes[0].elements[0].text) == ("בית 🏠", words)
    assert [(find.name, [seen.scene for seen in find.evidence]) for find in extract(script)] == [("בית 🏠", [1])]


@pytest.mark.parametrize(("write", "forced"), [(written.fountain, "@"), (written.fdx, "")])
@pytest.mark.parametrize(("name", "place"), [("דוד", "בית"), ("אליהו הנביא", "חצר"), ("أحمد", "السوق")])
def test_names_and_places_are_found_in_scripts_from_right_to_left(
    write: Write, forced: str, name: str, place: str
) -> None:
    parts = [(written.HEADING, f"INT. {place} - DAY"), (Kind.CUE, forced + name), (Kind.DIALOGUE, "...")]
    finds = extract(script_of(write(parts), "fountain" if forced else "fdx"))
    found = {(find.asset_type, find.name, tuple(seen.line for seen in find.evidence) != ()) for find in finds}
    assert found == {(AssetType.CHARACTER, name, True), (AssetType.LOCATION, place, True)}


@pytest.mark.parametrize("format", ["fountain", "fdx", "md"])
def test_an_emoji_may_be_part_of_a_name(format: str) -> None:
    parts = [(written.HEADING, "INT. DEN - DAY"), (Kind.CUE, "FOX 🦊"), (Kind.DIALOGUE, "Yip.")]
    write = next(write for write, name in TEXTS if name == format)
    assert [element.text for element in script_of(write(parts), format).scenes[0].elements] == ["FOX 🦊", "Yip."]


def test_an_emoji_may_be_a_whole_name() -> None:
    text = "INT. DEN - DAY\n\n@🦊 (V.O.)\nYip.\n\n@🦊🔑\nYap.\n\n@🦊\nYip.\n"
    found = {find.name: len(find.evidence) for find in extract(script_of(text.encode(), "fountain"))}
    assert found == {"🦊": 1, "🦊🔑": 1, "Den": 1}


@pytest.mark.parametrize(("write", "format"), ALL)
def test_a_scene_keeps_its_hash_when_others_change(write: Write, format: str) -> None:
    before = script_of(write(scenes(3)), format)
    parts = [*scenes(1), (written.HEADING, "EXT. YARD - NIGHT"), (Kind.ACTION, "Snow."), *scenes(3)[4:]]
    after = script_of(write(parts), format)
    assert [scene.sha256 for scene in after.scenes if scene.place != "YARD"] == [
        scene.sha256 for scene in before.scenes
    ]
