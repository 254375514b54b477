import asyncio
from collections.abc import Callable
from uuid import uuid4

import pytest
from services.localizer.tests.integration.scene import Scene, png

from chassis.objects import ObjectStore, ObjectStoreUnavailable
from contracts.examples import Golden
from localizer.app.remove_copy import RemoveCopy

DELETIONS: list[Callable[[Scene], Golden]] = [Scene.asset_deleted, Scene.branch_deleted, Scene.project_deleted]


@pytest.fixture(params=DELETIONS, ids=["asset", "branch", "project"])
def deletion(request: pytest.FixtureRequest, scene: Scene) -> Golden:
    delete: Callable[[Scene], Golden] = request.param
    return delete(scene)


async def test_a_deletion_removes_the_copies_and_their_thumbnails(scene: Scene, deletion: Golden) -> None:
    source = await scene.stored(png())
    await scene.deliver(scene.selected(source), scene.selected(source))
    before = await scene.until("localized", "localized")
    await scene.deliver(deletion, times=2)
    after = await scene.until("removed", "removed")
    for row in before:
        assert not await scene.exists(row["key"])
        assert not await scene.exists(row["thumbnail_key"])
    assert all(row["objects_removed_at"] is not None and row["sha256"] is None for row in after)
    assert await scene.exists(source), "the source is somebody else's"
    assert len(await scene.emitted()) == 2


async def test_a_deletion_that_is_heard_first_wins_as_well(scene: Scene, deletion: Golden) -> None:
    await scene.deliver(deletion)
    await scene.deliver(scene.selected(await scene.stored(png()), version=1_000))
    await scene.at_rest()
    assert await scene.rows() == []
    assert await scene.emitted() == []
    assert await scene.dead_letters() == []


async def test_a_deletion_heard_at_the_same_time_wins_as_well(scene: Scene, deletion: Golden) -> None:
    source = await scene.stored(png())
    selections = [scene.selected(source) for _ in range(8)]
    await asyncio.gather(*(scene.deliver(each) for each in (*selections[:4], deletion, *selections[4:])))
    await scene.at_rest()
    assert {row["state"] for row in await scene.rows()} <= {"removed"}
    assert await scene.objects.list_keys(f"project_{scene.project_id}/") == []
    assert await scene.dead_letters() == []


async def test_a_deletion_leaves_everything_else_alone(scene: Scene) -> None:
    source = await scene.stored(png())
    await scene.deliver(scene.selected(source), scene.selected(source, asset_id=uuid4()))
    rows = await scene.until("localized", "localized")
    await scene.deliver(scene.asset_deleted())
    doomed, kept = (next(row for row in rows if (row["asset_id"] == scene.asset_id) is mine) for mine in (True, False))
    await scene.at_rest()
    assert not await scene.exists(doomed["key"])
    assert await scene.exists(kept["key"])


async def test_a_failed_localization_of_a_deleted_asset_is_removed_too(scene: Scene) -> None:
    await scene.deliver(scene.selected("https://images.example.org/mira.png"))
    await scene.until("failed")
    await scene.deliver(scene.asset_deleted())
    [row] = await scene.until("removed")
    assert row["error_class"] is None


async def test_a_store_that_is_away_delays_the_removal(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await scene.deliver(scene.selected(await scene.stored(png())))
    [row] = await scene.until("localized")
    refusals = iter(range(3))
    delete = ObjectStore.delete

    async def refuse_thrice(store: ObjectStore, key: str) -> None:
        if next(refusals, None) is not None:
            raise ObjectStoreUnavailable("delete: connection refused")
        await delete(store, key)

    monkeypatch.setattr(ObjectStore, "delete", refuse_thrice)
    await scene.deliver(scene.asset_deleted())
    [after] = await scene.until("removed")
    assert (after["failures"], after["error_class"]) == (0, None)
    assert not await scene.exists(row["key"])


async def test_a_removal_that_failed_for_good_says_so_and_can_be_tried_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.deliver(scene.selected(await scene.stored(png())))
    [row] = await scene.until("localized")

    async def refuse(*_: object) -> None:
        raise ObjectStoreUnavailable("delete: connection refused")

    with monkeypatch.context() as away:
        away.setattr(ObjectStore, "delete", refuse)
        away.setattr(RemoveCopy, "max_tries", 2)
        await scene.deliver(scene.asset_deleted())
        [stuck] = await scene.until("removed")
        assert (stuck["failures"], stuck["error_class"]) == (2, "object-store-unavailable")
        assert await scene.exists(row["key"])
    client = await scene.running.http()
    assert (await client.post(f"/v1/localizations/{row['id']}/retry")).status_code == 202
    await scene.at_rest()
    assert not await scene.exists(row["key"])
