"""A run over a script of each format."""

from collections.abc import Callable

import pytest
from services.extraction.tests.integration.place import Place
from services.extraction.tests.unit import written

WRITERS = [
    pytest.param(written.fountain, "clock.fountain", id="Fountain"),
    pytest.param(written.fdx, "clock.fdx", id="Final Draft"),
    pytest.param(written.typed, "clock.txt", id="plain text"),
    pytest.param(written.markdown, "clock.md", id="Markdown"),
    pytest.param(written.pdf, "clock.pdf", id="PDF"),
    pytest.param(written.docx, "clock.docx", id="Word"),
]


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
