from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from services.localizer.tests.integration.scene import Scene, png, sha256_of


async def test_a_localization_tells_of_its_copy(scene: Scene) -> None:
    data = png(40, 30)
    await scene.deliver(scene.selected(await scene.stored(data), look="雨夜"))
    [row] = await scene.until("localized")
    answer = await (await scene.running.http(role="viewer")).get(f"/v1/localizations/{row['id']}")
    shown = answer.json()
    assert answer.status_code == 200
    assert answer.headers["ETag"] == f'"{row["version"]}"'
    assert (shown["status"], shown["look"], shown["key"], shown["thumbnail_key"]) == (
        "localized",
        "雨夜",
        row["key"],
        row["thumbnail_key"],
    )
    assert (shown["sha256"], shown["bytes"]) == (sha256_of(data), len(data))
    assert (shown["width"], shown["height"], shown["content_type"]) == (40, 30, "image/png")


async def test_a_failed_localization_says_why_and_names_no_object(scene: Scene) -> None:
    await scene.deliver(scene.selected("https://images.example.org/mira.png"))
    [row] = await scene.until("failed")
    shown = (await (await scene.running.http()).get(f"/v1/localizations/{row['id']}")).json()
    assert (shown["status"], shown["failure_stage"], shown["error_class"]) == ("failed", "source", "source-not-stored")
    assert shown["key"] is shown["thumbnail_key"] is shown["sha256"] is None
    assert "https://images.example.org/mira.png" in shown["message"]


async def test_a_list_shows_what_a_single_one_shows(scene: Scene) -> None:
    await scene.deliver(scene.selected(await scene.stored(png())))
    await scene.until("localized")
    await scene.deliver(scene.selected("https://images.example.org/mira.png"))
    await scene.until("localized", "failed")
    client = await scene.running.http()
    listed = (await client.get("/v1/localizations")).json()
    assert listed["next_cursor"] is None
    singles = [(await client.get(f"/v1/localizations/{item['id']}")).json() for item in listed["items"]]
    assert [with_times(item) for item in listed["items"]] == [with_times(single) for single in singles]


def with_times(item: dict[str, object]) -> dict[str, object]:
    times = {name: datetime.fromisoformat(str(item[name])) for name in ("created_at", "updated_at")}
    return item | times


async def test_a_list_is_narrowed_by_project_branch_asset_and_status(scene: Scene) -> None:
    other = Scene(scene.running, scene.objects)
    await scene.deliver(scene.selected(await scene.stored(png())))
    await scene.until("localized")
    await other.deliver(other.selected("https://images.example.org/mira.png"))
    mine, others = await scene.until("localized", "failed")
    client = await scene.running.http()
    for query, expected in (
        ({}, [mine, others]),
        ({"project_id": scene.project_id}, [mine]),
        ({"branch_id": other.branch_id}, [others]),
        ({"asset_id": scene.asset_id}, [mine]),
        ({"status": "failed"}, [others]),
        ({"status": "failed", "project_id": scene.project_id}, []),
        ({"project_id": uuid4()}, []),
    ):
        answer = await client.get("/v1/localizations", params={name: str(value) for name, value in query.items()})
        assert [item["id"] for item in answer.json()["items"]] == [str(row["id"]) for row in expected]


async def test_a_list_comes_in_pages(scene: Scene) -> None:
    for _ in range(5):
        await scene.deliver(scene.selected("https://images.example.org/mira.png"))
    rows = await scene.until(*["failed"] * 5)
    client, seen, cursor = await scene.running.http(), [], None
    pages = 0
    while pages == 0 or cursor is not None:
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/v1/localizations", params=query)).json()
        seen += [item["id"] for item in page["items"]]
        cursor, pages = page["next_cursor"], pages + 1
    assert (seen, pages) == ([str(row["id"]) for row in rows], 3)
    whole = (await client.get("/v1/localizations", params={"limit": "5"})).json()
    assert whole["next_cursor"] is None


@pytest.mark.parametrize("query", [{"status": "done"}, {"project_id": "x"}, {"limit": "0"}, {"cursor": "!"}])
async def test_a_list_refuses_what_it_does_not_know(scene: Scene, query: dict[str, str]) -> None:
    answer = await (await scene.running.http()).get("/v1/localizations", params=query)
    assert answer.status_code == 422


async def test_another_workspace_sees_and_retries_nothing(scene: Scene) -> None:
    await scene.deliver(scene.selected("https://images.example.org/mira.png"))
    [row] = await scene.until("failed")
    stranger = await scene.running.http(workspace_id=uuid4())
    assert (await stranger.get("/v1/localizations")).json()["items"] == []
    for answer in (
        await stranger.get(f"/v1/localizations/{row['id']}"),
        await stranger.post(f"/v1/localizations/{row['id']}/retry"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "localization-not-found")


async def test_a_failed_localization_can_be_tried_again(scene: Scene) -> None:
    source = f"workspace_{scene.running.workspace_id}/imagegen/late.png"
    await scene.deliver(scene.selected(source))
    [row] = await scene.until("failed")
    data = png()
    await scene.objects.put(source, data, "image/png", sha256_of(data))
    client = await scene.running.http(role="editor")
    answers = [
        await client.post(f"/v1/localizations/{row['id']}/retry", headers={"Idempotency-Key": "again"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json()["status"] == "queued"
    assert answers[0].content == answers[1].content
    [row] = await scene.until("localized")
    assert (row["attempts"], row["failures"]) == (2, 0)
    again = await client.post(f"/v1/localizations/{row['id']}/retry")
    assert (again.status_code, again.json()["code"]) == (409, "localization-not-failed")


async def test_a_viewer_tries_nothing_again(scene: Scene) -> None:
    viewer = await scene.running.http(role="viewer")
    assert (await viewer.post(f"/v1/localizations/{uuid4()}/retry")).status_code == 403


async def fetched(url: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(url)


async def test_a_signed_url_fetches_the_copy_the_thumbnail_and_the_workspace_s_own_objects(scene: Scene) -> None:
    source = await scene.stored(png())
    await scene.deliver(scene.selected(source))
    [row] = await scene.until("localized")
    client = await scene.running.http(role="viewer")
    for key in (row["key"], row["thumbnail_key"], source):
        asked_at = datetime.now(UTC)
        answer = await client.get(f"/v1/objects/{key}/url")
        assert answer.status_code == 200
        remaining = datetime.fromisoformat(answer.json()["expires_at"]) - asked_at
        assert timedelta(minutes=14) < remaining <= timedelta(minutes=15, seconds=5)
        image = await fetched(answer.json()["url"])
        assert (image.status_code, image.content) == (200, await scene.objects.get(key))
        assert image.headers["content-type"] == ("image/webp" if key == row["thumbnail_key"] else "image/png")


async def test_a_key_of_any_script_can_be_signed(scene: Scene) -> None:
    key = f"workspace_{scene.running.workspace_id}/uploads/吴子安 雨夜 #1?.png"
    data = png()
    await scene.objects.put(key, data, "image/png", sha256_of(data))
    answer = await (await scene.running.http()).get(f"/v1/objects/{quote(key)}/url")
    assert (await fetched(answer.json()["url"])).content == data


async def test_no_workspace_signs_for_what_is_not_its_own(scene: Scene) -> None:
    source = await scene.stored(png())
    await scene.deliver(scene.selected(source))
    [row] = await scene.until("localized")
    stranger = await scene.running.http(workspace_id=uuid4())
    for key in (row["key"], row["thumbnail_key"], source):
        answer = await stranger.get(f"/v1/objects/{key}/url")
        assert (answer.status_code, answer.json()["code"]) == (404, "object-unknown")


@pytest.mark.parametrize(
    "key",
    [
        "{own}/../workspace_{other}/a.png",
        "{own}/a/../../b.png",
        "{own}/./a.png",
        "{own}//a.png",
        "{own}/..\\b.png",
        "{own}/a\x00.png",
        "{own}/",
        "{own}",
        "/{own}/a.png",
        "workspace_{other}/imagegen/a.png",
        "project_{other}/branch_{other}/master-assets/character/{other}/base-{other}.png",
        "\x00",
        "..",
        "é" * 1100,
    ],
)
async def test_no_other_key_is_signed(scene: Scene, key: str) -> None:
    client = await scene.running.http()
    named = key.format(own=f"workspace_{scene.running.workspace_id}", other=uuid4())
    answer = await client.get(f"/v1/objects/{quote(named, safe='').replace('.', '%2E')}/url")
    assert (answer.status_code, answer.json()["code"]) == (404, "object-unknown")


async def test_nothing_is_signed_before_it_is_there_or_after_it_is_gone(scene: Scene) -> None:
    await scene.deliver(scene.selected("https://images.example.org/mira.png"))
    [row] = await scene.until("failed")
    client = await scene.running.http()
    assert (await client.get(f"/v1/objects/{row['key']}/url")).status_code == 404
    gone = Scene(scene.running, scene.objects)
    await gone.deliver(gone.selected(await gone.stored(png())))
    [_, row] = await scene.until("failed", "localized")
    await gone.deliver(gone.asset_deleted())
    await scene.until("failed", "removed")
    assert (await client.get(f"/v1/objects/{row['key']}/url")).status_code == 404


async def test_the_api_describes_every_route(scene: Scene) -> None:
    document = (await (await scene.running.http()).get("/openapi.json")).json()
    routes = {(method, path) for path, methods in document["paths"].items() for method in methods if "/v1/" in path}
    assert routes == {
        ("get", "/api/localizer/v1/localizations"),
        ("get", "/api/localizer/v1/localizations/{localization}"),
        ("post", "/api/localizer/v1/localizations/{localization}/retry"),
        ("get", "/api/localizer/v1/objects/{key}/url"),
    }
