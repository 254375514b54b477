from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from services.localizer.tests.integration.scene import Scene, png, sha256_of

from chassis.objects import ObjectStore, ObjectStoreUnavailable, StoredObject
from contracts.localizer.v1 import ImageLocalized
from localizer.app.copy_image import CopyImage


async def test_a_selected_image_is_copied_checked_and_announced(scene: Scene) -> None:
    data = png(640, 480)
    source = await scene.stored(data)
    image_id = uuid4()
    await scene.deliver(scene.selected(source, image_id=image_id, look="storm-coat", sha256=sha256_of(data)), times=2)
    [row] = await scene.until("localized")
    folder = f"project_{scene.project_id}/branch_{scene.branch_id}/master-assets/character/{scene.asset_id}"
    assert row["key"] == f"{folder}/storm-coat-{image_id}.png"
    assert await scene.objects.get(row["key"]) == data
    assert (await scene.objects.head(row["key"])).sha256 == sha256_of(data)
    with Image.open(BytesIO(await scene.objects.get(row["thumbnail_key"]))) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (256, 192))
    [event] = await scene.emitted()
    assert event.type == ImageLocalized.TYPE
    assert event.envelope.aggregate_version == row["version"]
    assert event.envelope.subject == f"localization/{row['id']}"
    assert event.data == {
        "localization_id": str(row["id"]),
        "image_id": str(image_id),
        "asset_id": str(scene.asset_id),
        "asset_scope": "project",
        "project_id": str(scene.project_id),
        "branch_id": str(scene.branch_id),
        "asset_type": "character",
        "look": "storm-coat",
        "source": source,
        "key": row["key"],
        "thumbnail_key": row["thumbnail_key"],
        "sha256": sha256_of(data),
        "bytes": len(data),
        "width": 640,
        "height": 480,
        "content_type": "image/png",
    }


async def test_looks_of_one_image_are_copied_one_by_one(scene: Scene) -> None:
    source, image_id = await scene.stored(png()), uuid4()
    looks = ["base", "Storm Coat", "storm-coat", "雨夜"]
    await scene.deliver(*(scene.selected(source, image_id=image_id, look=look) for look in looks))
    rows = await scene.until(*["localized"] * 4)
    assert len({row["key"] for row in rows}) == 4
    assert {row["look"] for row in rows} == set(looks)


async def test_a_copy_that_is_not_the_selected_image_is_removed(scene: Scene) -> None:
    source = await scene.stored(png())
    await scene.deliver(scene.selected(source, sha256=sha256_of(b"another image")))
    assert await scene.failure() == ("verify", "checksum-mismatch")


async def test_a_copy_that_is_not_what_its_writer_recorded_is_removed(scene: Scene) -> None:
    source = await scene.stored(png(), sha256=sha256_of(b"what should have been written"))
    await scene.deliver(scene.selected(source))
    assert await scene.failure() == ("verify", "checksum-mismatch")


async def test_a_copy_of_another_size_is_removed_even_when_no_checksum_is_known(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, head = await scene.stored(png()), ObjectStore.head

    async def longer(objects: ObjectStore, key: str) -> StoredObject:
        return replace(found := await head(objects, key), bytes=found.bytes + 1, sha256=None)

    monkeypatch.setattr(ObjectStore, "head", longer)
    await scene.deliver(scene.selected(source))
    assert await scene.failure() == ("verify", "checksum-mismatch")


async def test_a_source_that_is_not_there_fails_at_once(scene: Scene) -> None:
    await scene.deliver(scene.selected(f"workspace_{scene.running.workspace_id}/imagegen/gone.png"))
    assert await scene.failure() == ("source", "source-missing")
    [row] = await scene.rows()
    assert row["attempts"] == 1


async def test_a_source_of_another_workspace_is_not_there(scene: Scene) -> None:
    source = await scene.stored(png(), workspace_id=uuid4())
    await scene.deliver(scene.selected(source))
    assert await scene.failure() == ("source", "source-missing")


async def test_a_url_is_not_fetched(scene: Scene) -> None:
    await scene.deliver(scene.selected("https://images.example.org/mira.png"))
    assert await scene.failure() == ("source", "source-not-stored")


async def test_bytes_that_are_no_image_are_not_kept(scene: Scene) -> None:
    await scene.deliver(scene.selected(await scene.stored(b"<svg onload=alert(1)>")))
    assert await scene.failure() == ("thumbnail", "copy-unreadable")


async def test_a_copy_of_another_branch_of_the_workspace_is_a_source_too(scene: Scene) -> None:
    await scene.deliver(scene.selected(await scene.stored(png())))
    [first] = await scene.until("localized")
    await scene.deliver(scene.selected(first["key"], asset_id=uuid4()))
    rows = await scene.until("localized", "localized")
    assert rows[0]["sha256"] == rows[1]["sha256"]


async def test_a_library_image_without_a_project_is_left_where_it_is(scene: Scene) -> None:
    selected = scene.selected(await scene.stored(png()))
    data = selected.data_bytes.replace(f'"{scene.project_id}"'.encode(), b"null")
    await scene.deliver(type(selected)("library", selected.headers, data))
    await scene.at_rest()
    assert await scene.rows() == []
    assert await scene.dead_letters() == []


@pytest.mark.parametrize("operation", ["head", "copy", "get", "put"])
async def test_a_store_that_is_away_for_a_moment_delays_the_copy(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    source = await scene.stored(png())
    refusals = iter(range(2))
    answer = getattr(ObjectStore, operation)

    async def refuse_twice(store: ObjectStore, *arguments: object) -> object:
        if next(refusals, None) is not None:
            raise ObjectStoreUnavailable(f"{operation}: connection refused")
        return await answer(store, *arguments)

    monkeypatch.setattr(ObjectStore, operation, refuse_twice)
    await scene.deliver(scene.selected(source))
    [row] = await scene.until("localized")
    assert (row["attempts"], row["failures"], row["error_class"]) == (3, 2, None)
    assert [event.type for event in await scene.emitted()] == [ImageLocalized.TYPE]


@pytest.mark.parametrize(
    ("operation", "stage"), [("head", "source"), ("copy", "copy"), ("get", "verify"), ("put", "store")]
)
async def test_a_store_that_stays_away_fails_the_copy_with_the_stage_it_had_reached(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, operation: str, stage: str
) -> None:
    source = await scene.stored(png())

    async def refuse(*_: object) -> None:
        raise ObjectStoreUnavailable(f"{operation}: connection refused")

    monkeypatch.setattr(CopyImage, "max_tries", 3)
    monkeypatch.setattr(ObjectStore, operation, refuse)
    await scene.deliver(scene.selected(source))
    [row] = await scene.until("failed")
    [event] = await scene.emitted()
    assert (row["failures"], row["error_class"], row["failure_stage"]) == (3, "object-store-unavailable", stage)
    assert event.data["failure_stage"] == stage
