import asyncio
from uuid import uuid4

from services.localizer.tests.integration.scene import Scene, png, sha256_of

from contracts.localizer.v1 import ImageFailed, ImageLocalized


async def test_selecting_an_image_again_announces_its_copy_again(scene: Scene) -> None:
    source, image_id = await scene.stored(png()), uuid4()
    await scene.deliver(scene.selected(source, image_id=image_id, version=3))
    await scene.until("localized")
    await scene.deliver(scene.selected(source, image_id=image_id, version=5), times=2)
    [row] = await scene.until("localized")
    first, second = await scene.emitted()
    assert first.data == second.data
    assert first.envelope.aggregate_version < second.envelope.aggregate_version == row["version"]
    assert (row["attempts"], row["asset_version"]) == (1, 5)


async def test_an_older_selection_changes_nothing(scene: Scene) -> None:
    source, image_id = await scene.stored(png()), uuid4()
    await scene.deliver(scene.selected(source, image_id=image_id, version=5))
    [before] = await scene.until("localized")
    await scene.deliver(scene.selected("workspace_x/other.png", image_id=image_id, version=4))
    await scene.deliver(scene.selected(source, image_id=image_id, version=5))
    assert await scene.until("localized") == [before]
    assert len(await scene.emitted()) == 1


async def test_a_failed_image_is_tried_again_when_it_is_selected_again(scene: Scene) -> None:
    image_id = uuid4()
    await scene.deliver(scene.selected("https://images.example.org/mira.png", image_id=image_id, version=1))
    await scene.until("failed")
    source = await scene.stored(png())
    await scene.deliver(scene.selected(source, image_id=image_id, version=2))
    [row] = await scene.until("localized")
    assert (row["source"], row["error_class"], row["failures"]) == (source, None, 0)
    failed, localized = await scene.emitted()
    assert (failed.type, localized.type) == (ImageFailed.TYPE, ImageLocalized.TYPE)
    assert failed.envelope.aggregate_version < localized.envelope.aggregate_version


async def test_a_checksum_told_later_is_checked(scene: Scene) -> None:
    data = png()
    source, image_id = await scene.stored(data), uuid4()
    await scene.deliver(scene.selected(source, image_id=image_id, version=1))
    await scene.until("localized")
    await scene.deliver(scene.selected(source, image_id=image_id, version=2, sha256=sha256_of(data)))
    [row] = await scene.until("localized")
    assert row["attempts"] == 1
    await scene.deliver(scene.selected(source, image_id=image_id, version=3, sha256=sha256_of(b"else")))
    [row] = await scene.until("failed")
    assert row["error_class"] == "checksum-mismatch"


async def test_the_name_of_the_newest_selection_is_kept(scene: Scene) -> None:
    source, image_id = await scene.stored(png()), uuid4()
    await scene.deliver(scene.selected(source, image_id=image_id, version=1))
    newer = scene.selected(source, image_id=image_id, version=2)
    renamed = newer.data_bytes.replace(b"Mira Okafor", "米拉".encode())
    await scene.deliver(type(newer)("renamed", newer.headers, renamed))
    [row] = await scene.until("localized")
    assert row["asset_name"] == "米拉"


async def test_selections_that_arrive_together_make_one_localization(scene: Scene) -> None:
    source, image_id = await scene.stored(png()), uuid4()
    selections = [scene.selected(source, image_id=image_id, version=version) for version in range(1, 9)]
    await asyncio.gather(*(scene.deliver(selection) for selection in selections))
    [row] = await scene.until("localized")
    assert row["asset_version"] == 8
    assert await scene.dead_letters() == []
