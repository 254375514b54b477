"""A run over a script of each format."""

from collections.abc import Callable

import pytest
from services.extraction.tests.integration.place import EXAMPLES, KINDS, SCENE, Place, scenes
from services.extraction.tests.unit import written

from extraction.domain.script import Format

WRITERS = [
    pytest.param(written.fountain, "clock.fountain", id="Fountain"),
    pytest.param(written.fdx, "clock.fdx", id="Final Draft"),
    pytest.param(written.typed, "clock.txt", id="plain text"),
    pytest.param(written.markdown, "clock.md", id="Markdown"),
    pytest.param(written.pdf, "clock.pdf", id="PDF"),
    pytest.param(written.docx, "clock.docx", id="Word"),
]
MOST_SCENES = 10_000


def test_every_format_is_among_them() -> None:
    assert {str(writer.values[1]).rpartition(".")[2] for writer in WRITERS} == set(Format)


@pytest.mark.parametrize(("write", "file_name"), WRITERS)
async def test_a_script_of_any_format_is_kept_as_it_came_and_read(
    place: Place, write: Callable[[], bytes], file_name: str
) -> None:
    data = write()
    await place.open()
    assert (await place.upload(data, file_name)).status_code == 201
    run = await place.run()
    assert (run["status"], run["scenes_read"]) == ("completed", 3)
    names = {asset["name"].upper() for asset in run["assets"]}
    assert {"VERA LINDQVIST", "OTIS BRANDT", "HARBOUR"} <= names
    [kept] = await place.rows("SELECT original, format FROM script_version WHERE workspace_id = $1")
    assert (kept["original"], kept["format"]) == (data, file_name.rpartition(".")[2])


@pytest.mark.parametrize(("file_name", "there"), KINDS.values(), ids=KINDS)
async def test_a_script_of_any_kind_is_read(place: Place, file_name: str, there: set[str]) -> None:
    await place.open()
    assert (await place.upload((EXAMPLES / file_name).read_bytes(), file_name)).status_code == 201
    run = await place.run()
    assert (run["status"], run["message"]) == ("completed", None)
    assert there <= {asset["name"].upper() for asset in run["assets"]}


@pytest.mark.timeout(120)
async def test_a_script_of_ten_thousand_places_is_read_whole(place: Place) -> None:
    await place.open()
    assert (await place.upload((scenes(MOST_SCENES - 1) + SCENE).encode())).status_code == 201
    run = await place.run(within=90)
    assert (run["status"], run["error_class"], run["scenes_read"]) == ("completed", None, MOST_SCENES)
    assert (run["characters"], run["locations"]) == (1, MOST_SCENES)
    assert run["props"] == 1
