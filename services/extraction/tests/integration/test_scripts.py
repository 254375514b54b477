import asyncio
import hashlib
import threading
from uuid import uuid4

import pytest
from services.extraction.tests.integration.place import EXAMPLES, ORCHARD, SCENE, STREET, Place, scenes

from contracts.extraction.v1 import ScriptUploaded
from extraction.adapters.documents import read_document, script_of
from extraction.app.documents import Documents
from extraction.domain.uploads import ScriptFile, Upload
from extraction.entrypoints.schemas import SceneList, ScriptList, ScriptOut


async def test_a_file_is_read_kept_and_told(place: Place) -> None:
    await place.open()
    data = (EXAMPLES / STREET).read_bytes()
    answer = await place.upload(data, STREET)
    assert answer.status_code == 201
    shown = ScriptOut.model_validate_json(answer.content)
    sha256 = hashlib.sha256(data).hexdigest()
    assert (shown.version, shown.title, shown.format) == (1, "The Street That Wasn't There", "fountain")
    assert (shown.file_name, shown.encoding, shown.sha256) == (STREET, "utf-8", sha256)
    assert (shown.bytes, shown.scene_count) == (len(data), 9)
    [event] = await place.emitted()
    assert event.type == ScriptUploaded.TYPE
    assert event.envelope.aggregate_version == 1
    assert event.data == {
        "script_id": str(shown.script_id),
        "project_id": str(place.project_id),
        "branch_id": str(place.branch_id),
        "version": 1,
        "title": "The Street That Wasn't There",
        "format": "fountain",
        "format_name": "fountain",
        "sha256": sha256,
        "bytes": len(data),
        "scene_count": 9,
    }
    [row] = await place.rows("SELECT original FROM script_version WHERE workspace_id = $1")
    assert row["original"] == data


async def test_a_text_is_a_script_too(place: Place) -> None:
    await place.open()
    answer = await place.write((EXAMPLES / ORCHARD).read_text(), title="Orchard", format="txt")
    assert answer.status_code == 201
    shown = ScriptOut.model_validate_json(answer.content)
    assert (shown.title, shown.format, shown.file_name, shown.encoding) == ("Orchard", "txt", None, "utf-8")


async def test_what_is_said_about_a_file_wins_over_what_it_looks_like(place: Place) -> None:
    await place.open()
    answer = await place.upload(SCENE.encode(), "a/b\\Draft.Fountain", title=" The Lamp ", format="markdown")
    shown = answer.json()
    assert (shown["title"], shown["format"], shown["file_name"]) == ("The Lamp", "md", "Draft.Fountain")


async def test_empty_form_fields_say_nothing(place: Place) -> None:
    await place.open()
    answer = await place.upload(SCENE.encode(), "the_lamp.fountain", title="", format="")
    assert (answer.json()["title"], answer.json()["format"]) == ("the lamp", "fountain")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "gb18030"])
async def test_a_script_may_come_in_any_usual_encoding(place: Place, encoding: str) -> None:
    await place.open()
    story = "INT. CAFÉ - NIGHT\n\nZOË waits.\n\nZOË\nDéjà vu.\n"
    if encoding == "gb18030":
        story = "第1场 日 内 咖啡馆\n\n△米拉坐在窗边。雨点敲打着玻璃。\n\n米拉\n你来晚了。\n" * 4
    answer = await place.upload(story.encode(encoding), "café.txt")
    assert answer.status_code == 201, answer.text
    scenes = SceneList.model_validate_json((await place.get(f"{place.path}/scripts/1/scenes")).content).items
    assert ("CAFÉ" in scenes[0].heading) or ("咖啡馆" in scenes[0].heading)


async def test_each_change_is_a_new_version_of_the_same_script(place: Place) -> None:
    await place.open()
    answers = [await place.write(scenes(count)) for count in (1, 2, 3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert [answer.json()["version"] for answer in answers] == [1, 2, 3]
    assert len({answer.json()["script_id"] for answer in answers}) == 1
    latest = await place.get(f"{place.path}/scripts/latest")
    assert latest.json() == answers[2].json()
    second = await place.get(f"{place.path}/scripts/2")
    assert second.json() == answers[1].json()
    versions = [event.envelope.aggregate_version for event in await place.emitted()]
    assert versions == [1, 2, 3]


async def test_the_newest_version_sent_again_is_the_same_version(place: Place) -> None:
    await place.open()
    first = await place.upload(SCENE.encode(), "lamp.fountain")
    again = await place.upload(SCENE.encode(), "lamp (1).fountain")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert len(await place.emitted()) == 1
    assert len(await place.rows("SELECT 1 FROM scene WHERE workspace_id = $1")) == 1


async def test_an_older_version_sent_again_is_a_new_one(place: Place) -> None:
    await place.open()
    answers = [await place.write(scenes(count)) for count in (1, 2, 1)]
    assert [answer.json()["version"] for answer in answers] == [1, 2, 3]


@pytest.mark.parametrize("said", [{"format": "txt"}, {"title": "Another title"}])
async def test_the_same_bytes_under_another_title_or_format_are_a_new_version(
    place: Place, said: dict[str, str]
) -> None:
    await place.open()
    await place.upload(SCENE.encode())
    answer = await place.upload(SCENE.encode(), "script.fountain", None, **said)
    assert (answer.status_code, answer.json()["version"]) == (201, 2)


async def test_uploads_that_race_each_get_a_version_of_their_own(place: Place) -> None:
    await place.open()
    answers = await asyncio.gather(*(place.write(scenes(count)) for count in range(1, 9)))
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(answer.json()["version"] for answer in answers) == list(range(1, 9))
    assert len({answer.json()["script_id"] for answer in answers}) == 1
    rows = await place.rows("SELECT version, scene_count FROM script_version WHERE workspace_id = $1")
    assert sorted(row["scene_count"] for row in rows) == list(range(1, 9))
    assert sorted(event.envelope.aggregate_version for event in await place.emitted()) == list(range(1, 9))


async def test_the_same_file_sent_many_times_at_once_is_one_version(place: Place) -> None:
    await place.open()
    answers = await asyncio.gather(*(place.upload(SCENE.encode()) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert {answer.json()["version"] for answer in answers} == {1}
    assert len(await place.emitted()) == 1


async def test_the_same_idempotency_key_gives_the_first_answer(place: Place) -> None:
    await place.open()
    answers = [await place.upload(SCENE.encode(), headers={"Idempotency-Key": "once"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert "Idempotency-Replayed" in answers[1].headers
    assert len(await place.emitted()) == 1


async def test_branches_count_their_versions_apart(place: Place) -> None:
    await place.open()
    other = Place(place.running, project_id=place.project_id)
    await other.deliver(other.created()[2])
    first, second = await place.write(), await other.write()
    assert (first.json()["version"], second.json()["version"]) == (1, 1)
    assert first.json()["script_id"] != second.json()["script_id"]


async def test_versions_are_listed_newest_first_page_by_page(place: Place) -> None:
    await place.open()
    for count in range(1, 6):
        await place.write(scenes(count))
    seen: list[int] = []
    cursor: dict[str, str] = {}
    for expected in (2, 2, 1):
        answer = await place.get(f"{place.path}/scripts", params={"limit": "2"} | cursor)
        page = ScriptList.model_validate_json(answer.content)
        assert len(page.items) == expected
        seen += [item.version for item in page.items]
        cursor = {"cursor": page.next_cursor or ""}
    assert (seen, cursor) == ([5, 4, 3, 2, 1], {"cursor": ""})


async def test_scenes_are_listed_in_reading_order_page_by_page(place: Place) -> None:
    await place.open()
    await place.write(scenes(25))
    seen: list[str] = []
    cursor: dict[str, str] = {}
    for expected in (10, 10, 5):
        answer = await place.get(f"{place.path}/scripts/1/scenes", params={"limit": "10"} | cursor)
        page = SceneList.model_validate_json(answer.content)
        assert len(page.items) == expected
        seen += [item.place or "" for item in page.items]
        cursor = {"cursor": page.next_cursor or ""}
    assert seen == [f"ROOM {number}" for number in range(1, 26)]
    assert (page.items[-1].number, page.items[-1].setting, page.items[-1].time_of_day) == (25, "INT", "DAY")


async def test_a_branch_without_a_script_says_so(place: Place) -> None:
    await place.open()
    assert (await place.get(f"{place.path}/scripts")).json() == {"items": [], "next_cursor": None}
    for path in ("latest", "1", "1/scenes"):
        answer = await place.get(f"{place.path}/scripts/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "script-not-found")


@pytest.mark.parametrize("version", ["0", "-1", "first", "99999999999"])
async def test_a_version_that_cannot_be_is_refused(place: Place, version: str) -> None:
    await place.open()
    answer = await place.get(f"{place.path}/scripts/{version}")
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")


async def test_others_are_answered_while_a_script_is_read(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, released = threading.Event(), threading.Event()

    def read_slowly(upload: Upload) -> ScriptFile:
        entered.set()
        assert released.wait(30)
        return read_document(upload)

    monkeypatch.setitem(place.running.service.parts, Documents, Documents(read_slowly, script_of))
    await place.open()
    upload = asyncio.create_task(place.write())
    assert await asyncio.to_thread(entered.wait, 30)
    assert (await place.get(f"{place.path}/scripts")).json()["items"] == []
    [locks] = await place.running.fetch(
        "SELECT count(*) FROM pg_locks WHERE mode IN ('RowShareLock', 'RowExclusiveLock') AND database ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    assert locks["count"] == 0, "a script that is being read holds up nobody"
    released.set()
    assert (await upload).status_code == 201


async def test_a_viewer_uploads_nothing(place: Place) -> None:
    await place.open()
    viewer = await place.running.http("viewer")
    answer = await viewer.post(f"{place.path}/scripts", json={"text": SCENE})
    assert (answer.status_code, answer.json()["code"]) == (403, "role-forbidden")


async def test_what_is_not_known_here_yet_may_be_on_its_way(place: Place) -> None:
    for answer in (await place.write(), await place.get(f"{place.path}/scripts"), await place.start()):
        assert (answer.status_code, answer.json()["code"]) == (404, "project-not-found")
        assert "may still be on its way" in answer.json()["detail"]
    await place.deliver(*place.created()[:2])
    answer = await place.write()
    assert (answer.status_code, answer.json()["code"]) == (404, "branch-not-found")
    assert "may still be on its way" in answer.json()["detail"]
    await place.deliver(place.created()[2])
    assert (await place.write()).status_code == 201


async def test_a_branch_of_another_project_is_not_there(place: Place) -> None:
    await place.open()
    other = await Place(place.running).open()
    crossed = Place(place.running, project_id=place.project_id, branch_id=other.branch_id)
    answer = await crossed.write()
    assert (answer.status_code, answer.json()["code"]) == (404, "branch-not-found")


async def test_another_workspace_finds_nothing(place: Place) -> None:
    await place.open()
    await place.write()
    stranger = await place.running.http(workspace_id=uuid4())
    for path in ("scripts", "scripts/latest", "scripts/1", "scripts/1/scenes", "runs"):
        answer = await stranger.get(f"{place.path}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "project-not-found")
    answer = await stranger.post(f"{place.path}/scripts", json={"text": SCENE})
    assert (answer.status_code, answer.json()["code"]) == (404, "project-not-found")


@pytest.mark.parametrize(("of", "code"), [("project", "project-not-found"), ("branch", "branch-not-found")])
async def test_what_was_deleted_takes_no_script(place: Place, of: str, code: str) -> None:
    await place.open()
    await place.write()
    await place.deliver(place.project_deleted() if of == "project" else place.branch_deleted())
    for answer in (await place.write(scenes(2)), await place.get(f"{place.path}/scripts"), await place.start()):
        assert (answer.status_code, answer.json()["code"]) == (404, code)
        assert "was deleted" in answer.json()["detail"]
