"""The same screenplay reads alike from every format."""

from collections.abc import Callable

import pytest
from services.extraction.tests.unit import written

from extraction.adapters.documents import read_document, script_of
from extraction.domain.builtin_engine import extract
from extraction.domain.formats.detection import WRITTEN
from extraction.domain.script import Format, Kind, Script, Setting
from extraction.domain.uploads import Upload

WRITERS = [
    pytest.param(written.fountain, "fountain", id="Fountain"),
    pytest.param(written.fdx, "fdx", id="Final Draft"),
    pytest.param(written.typed, "txt", id="plain text in columns"),
    pytest.param(written.markdown, "md", id="Markdown"),
    pytest.param(written.pdf, "pdf", id="PDF"),
    pytest.param(written.docx, "docx", id="Word, indented"),
    pytest.param(written.styled_docx, "docx", id="Word, styled"),
]
SCENES = [
    (Setting.INT, "CLOCK TOWER - WORKSHOP", "NIGHT"),
    (Setting.EXT, "HARBOUR", "CONTINUOUS"),
    (Setting.INT, "CLOCK TOWER - BELFRY", "LATER"),
]
SAID = [kind for kind, _ in written.SCREENPLAY if kind != written.HEADING]


def words(script: Script, kind: Kind) -> list[str]:
    """The words of each scene's lines of a kind, however they are broken into lines."""
    return [" ".join(element.text for element in scene.elements if element.kind is kind) for scene in script.scenes]


def expected(kind: Kind) -> list[str]:
    scenes: list[list[str]] = []
    for each, text in written.SCREENPLAY:
        if each == written.HEADING:
            scenes.append([])
        elif each == kind:
            scenes[-1].append(text)
    return [" ".join(texts) for texts in scenes]


@pytest.mark.parametrize(("write", "extension"), WRITERS)
def test_every_format_gives_the_same_script(write: Callable[[], bytes], extension: str) -> None:
    script = script_of(write(), None, f"salt.{extension}")
    assert script.format is Format(extension)
    assert script.title.casefold() == written.TITLE.casefold()
    assert [(scene.setting, scene.place, scene.time_of_day) for scene in script.scenes] == SCENES
    for kind in sorted(set(SAID)):
        assert words(script, Kind(kind)) == expected(Kind(kind)), kind


def test_every_format_is_among_them() -> None:
    assert {each.values[1] for each in WRITERS} == set(Format)


@pytest.mark.parametrize(
    ("write", "extension"), [each for each in WRITERS if Format(str(each.values[1])) not in WRITTEN - {Format.FOUNTAIN}]
)
def test_formats_with_marks_of_their_own_need_no_name(write: Callable[[], bytes], extension: str) -> None:
    file = read_document(Upload(write()))
    assert file.format == extension
    assert len(file.scenes) == len(SCENES)


@pytest.mark.parametrize(("write", "extension"), WRITERS)
def test_every_format_shows_the_same_people_and_places(write: Callable[[], bytes], extension: str) -> None:
    finds = extract(script_of(write(), extension))
    plain = extract(script_of(written.fountain(), "fountain"))
    assert finds
    for asset_type in ("character", "location"):
        found, wanted = (
            {(find.name, find.scene_numbers) for find in each if find.asset_type == asset_type}
            for each in (finds, plain)
        )
        assert found == wanted


@pytest.mark.parametrize(("write", "extension"), WRITERS)
def test_the_same_file_has_the_same_hashes(write: Callable[[], bytes], extension: str) -> None:
    data = write()
    first, second = script_of(data, extension), script_of(data, extension)
    assert [scene.sha256 for scene in first.scenes] == [scene.sha256 for scene in second.scenes]
    assert first.sha256 == second.sha256
