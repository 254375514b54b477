import json
from collections.abc import Callable

import httpx
import pytest
from services.extraction.tests.integration.place import SCENE, Place, scenes
from services.extraction.tests.unit import written
from services.extraction.tests.unit.test_bad_documents import LAUGHS, WORD, package, scan

from extraction.domain import uploads
from extraction.domain.script import Format

TITLE_PAGE = "Title: The Lantern Keeper\nCredit: written by\nAuthor: Nobody\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem document that says what to do."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    return answer.status_code, answer.json()["code"]


async def assert_nothing_kept(place: Place) -> None:
    assert await place.rows("SELECT 1 FROM script_version WHERE workspace_id = $1") == []
    assert await place.emitted() == []


@pytest.mark.parametrize(
    ("data", "file_name", "status", "code"),
    [
        pytest.param(b"", "a.fountain", 422, "script-empty", id="empty"),
        pytest.param(b" \r\n\t\n ", "a.txt", 422, "script-empty", id="white space"),
        pytest.param("\ufeff \n".encode("utf-16"), "a.txt", 422, "script-empty", id="white space in UTF-16"),
        pytest.param(PNG, "a.txt", 415, "script-is-binary", id="an image"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "a.txt", 415, "format-mismatch", id="a PDF by another name"),
        pytest.param(b"INT. A - DAY\n\n\x00\x00\x01\x02", "a.txt", 415, "script-is-binary", id="a text with NUL"),
        pytest.param(bytes(range(1, 32)) * 20, "a.txt", 415, "script-is-binary", id="control characters"),
        pytest.param(b"\xff\xfeI\x00N\x00T", "a.txt", 415, "encoding-unknown", id="broken UTF-16"),
        pytest.param("ИНТ. КУХНЯ - ДЕНЬ ".encode("cp1251") * 9, "a.txt", 415, "encoding-unknown", id="Cyrillic"),
        pytest.param(TITLE_PAGE.encode(), "a.fountain", 422, "no-scenes", id="only a title page"),
        pytest.param(SCENE.encode(), "a.celtx", 415, "unknown-format", id="an extension that is not known"),
    ],
)
async def test_a_file_that_is_no_script_is_refused(
    place: Place, data: bytes, file_name: str, status: int, code: str
) -> None:
    await place.open()
    assert problem(await place.upload(data, file_name)) == (status, code)
    await assert_nothing_kept(place)


@pytest.mark.parametrize(
    ("write", "file_name", "status", "code"),
    [
        (lambda: package(document=WORD + b" " * 70_000_000), "a.docx", 413, "unpacked-too-large"),
        (
            lambda: b'<!DOCTYPE x [<!ENTITY a "lol">' + LAUGHS + b"]><FinalDraft>&k;</FinalDraft>",
            "a.fdx",
            422,
            "xml-forbidden",
        ),
        (lambda: written.pdf(password="secret"), "a.pdf", 422, "pdf-encrypted"),
        (scan, "a.pdf", 422, "no-text-layer"),
    ],
    ids=["a zip bomb", "an XML bomb", "an encrypted PDF", "a scan"],
)
async def test_a_document_that_is_a_trap_or_holds_no_text_is_refused(
    place: Place, write: Callable[[], bytes], file_name: str, status: int, code: str
) -> None:
    await place.open()
    assert problem(await place.upload(write(), file_name)) == (status, code)
    await assert_nothing_kept(place)


async def test_a_format_that_is_not_known_is_refused_with_those_that_are(place: Place) -> None:
    await place.open()
    answer = await place.upload(SCENE.encode(), format="celtx")
    assert problem(answer) == (415, "unknown-format")
    assert set(answer.json()["known"]) == set(Format)
    await assert_nothing_kept(place)


async def test_a_body_of_twenty_megabytes_is_refused(place: Place) -> None:
    await place.open()
    large = b"INT. ROOM - DAY\n\nBO sits.\n\n" * 800_000
    assert len(large) > 20_000_000
    assert problem(await place.upload(large)) == (413, "body-too-large")
    assert problem(await place.write(large.decode())) == (413, "body-too-large")
    await assert_nothing_kept(place)


async def test_more_scenes_than_can_be_read_are_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_SCENES", 3)
    await place.open()
    assert problem(await place.write(scenes(4))) == (422, "too-many-scenes")
    await assert_nothing_kept(place)
    assert (await place.write(scenes(3))).status_code == 201


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "body-malformed"),
        (b"{", 400, "body-malformed"),
        (b'{"text": "\xff"}', 400, "body-malformed"),
        (b'{"text": "\\ud800"}', 400, "body-malformed"),
        (b"[]", 422, "request-invalid"),
        (b"null", 422, "request-invalid"),
        (b"{}", 422, "request-invalid"),
        (b'{"text": 7}', 422, "request-invalid"),
        (b'{"text": null}', 422, "request-invalid"),
        (b'{"text": ""}', 422, "request-invalid"),
        (b'{"text": " "}', 422, "script-empty"),
        (b'{"text": "INT. A - DAY\\u0000"}', 415, "script-is-binary"),
        (b'{"text": "INT. A - DAY", "title": ""}', 422, "request-invalid"),
        (b'{"text": "INT. A - DAY", "title": "a\\u0000b"}', 422, "request-invalid"),
        (b'{"text": "INT. A - DAY", "format": "fdx"}', 415, "format-mismatch"),
        (b'{"text": "INT. A - DAY", "file": "x"}', 422, "request-invalid"),
        (json.dumps({"text": SCENE, "title": "t" * 201}).encode(), 422, "request-invalid"),
    ],
)
async def test_json_of_the_wrong_shape_is_refused(place: Place, body: bytes, status: int, code: str) -> None:
    await place.open()
    answer = await place.post(f"{place.path}/scripts", content=body, headers={"Content-Type": "application/json"})
    assert problem(answer) == (status, code)
    await assert_nothing_kept(place)


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"data": {"title": "no file"}, "files": {"other": ("a.txt", b"x")}}, 422, "request-invalid"),
        ({"files": {"file": (None, SCENE)}}, 422, "request-invalid"),
        ({"files": {"file": ("a.txt", SCENE)}, "data": {"colour": "red"}}, 422, "request-invalid"),
        ({"files": {"file": ("a.txt", SCENE)}, "data": {"title": "t" * 201}}, 422, "request-invalid"),
        ({"files": [("file", ("a.txt", SCENE)), ("file", ("b.txt", SCENE))]}, 400, "body-malformed"),
        ({"files": {"file": ("a.txt", SCENE)}, "data": {"title": "t" * 2_000_000}}, 400, "body-malformed"),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "body-malformed"),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=b"}}, 400, "body-malformed"),
        ({"content": SCENE, "headers": {"Content-Type": "text/plain"}}, 415, "upload-unsupported"),
        ({"content": SCENE}, 415, "upload-unsupported"),
        ({"data": {"text": SCENE}}, 415, "upload-unsupported"),
        ({}, 415, "upload-unsupported"),
    ],
)
async def test_a_form_of_the_wrong_shape_is_refused(
    place: Place, request_: dict[str, object], status: int, code: str
) -> None:
    await place.open()
    assert problem(await place.post(f"{place.path}/scripts", **request_)) == (status, code)
    await assert_nothing_kept(place)


@pytest.mark.parametrize(
    "file_name", ["../../etc/passwd", "C:\\a\\b.txt", "a\x00b.txt", "x" * 4_000 + ".txt", "\n.txt"]
)
async def test_no_file_name_does_harm(place: Place, file_name: str) -> None:
    await place.open()
    answer = await place.upload(SCENE.encode(), file_name, format="txt")
    assert answer.status_code in {201, 400}, answer.text
    for row in await place.rows("SELECT file_name FROM script_version WHERE workspace_id = $1"):
        assert row["file_name"].isprintable()
        assert len(row["file_name"]) <= 200
        assert "/" not in row["file_name"]
