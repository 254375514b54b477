"""Workers that die, that race, and that are overtaken by a deletion."""

import asyncio
from uuid import UUID, uuid4

import pytest
from services.localizer.tests.integration.scene import Scene, png, running_localizer, sha256_of

from chassis.service import Process
from chassis.work import Cause
from contracts.localizer.v1 import ImageLocalized
from dramatis.testing.service import ServiceServers, eventually
from localizer.app.copy_image import COPY, CopyClaim, CopyImage
from localizer.domain.localization import Copy

pytestmark = pytest.mark.usefixtures("quick_backoff")


class Gate:
    """Lets the copies of a test happen, and holds their workers back before they settle."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.performed: list[Copy] = []
        self.opened = asyncio.Event()
        perform = CopyImage.perform

        async def perform_and_wait(task: CopyImage, claim: CopyClaim) -> Copy:
            copy = await perform(task, claim)
            self.performed.append(copy)
            await self.opened.wait()
            return copy

        monkeypatch.setattr(CopyImage, "perform", perform_and_wait)

    async def until_performed(self, times: int) -> None:
        async def reached() -> bool:
            return len(self.performed) >= times

        await eventually(reached, f"{times} copies made")


async def enqueue_copy(scene: Scene, localization_id: UUID) -> None:
    async with scene.running.process.db.work(Cause(scene.running.workspace_id, uuid4())) as work:
        work.enqueue(COPY, localization_id)


async def test_a_copy_whose_worker_died_before_settling_is_repeated_and_announced_once(
    service_servers: ServiceServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_localizer(service_servers, shutdown_seconds=0.1) as scene:
        gate = Gate(monkeypatch)
        data = png()
        await scene.deliver(scene.selected(await scene.stored(data)))
        await gate.until_performed(1)
        await scene.running.process.__aexit__()
        [unsettled] = await scene.rows()
        assert unsettled["state"] == "running"
        thumbnail = await scene.objects.get(unsettled["thumbnail_key"])
        gate.opened.set()
        async with Process(scene.running.service, scene.running.process.role):
            [row] = await scene.until("localized")
            assert (row["key"], row["sha256"]) == (unsettled["key"], sha256_of(data))
            assert row["attempts"] >= 2
            assert await scene.objects.get(row["key"]) == data
            assert await scene.objects.get(row["thumbnail_key"]) == thumbnail
            assert gate.performed[0] == gate.performed[1]
            assert [event.type for event in await scene.emitted()] == [ImageLocalized.TYPE]


async def test_two_workers_with_the_same_copy_announce_it_once(
    service_servers: ServiceServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_localizer(service_servers) as scene:
        gate = Gate(monkeypatch)
        async with Process(scene.running.service, scene.running.process.role):
            await scene.deliver(scene.selected(await scene.stored(png())))
            [row] = await scene.rows()
            await enqueue_copy(scene, row["id"])
            await enqueue_copy(scene, row["id"])
            await gate.until_performed(3)
            gate.opened.set()
            [row] = await scene.until("localized")
            assert row["attempts"] == 3
            assert len(await scene.emitted()) == 1
            assert await scene.dead_letters() == []


async def test_a_copy_that_is_done_is_not_done_again(service_servers: ServiceServers) -> None:
    async with running_localizer(service_servers) as scene:
        await scene.deliver(scene.selected(await scene.stored(png())))
        [row] = await scene.until("localized")
        await enqueue_copy(scene, row["id"])
        await enqueue_copy(scene, uuid4())
        assert await scene.until("localized") == [row]
        assert len(await scene.emitted()) == 1


async def test_a_deletion_overtakes_a_copy_that_is_under_way(
    service_servers: ServiceServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_localizer(service_servers) as scene:
        gate = Gate(monkeypatch)
        source = await scene.stored(png())
        await scene.deliver(scene.selected(source))
        await gate.until_performed(1)
        await scene.deliver(scene.asset_deleted())
        [row] = await scene.rows()
        # As if the copy had come after the removal.
        await eventually(lambda: is_gone(scene, row["key"]), "the copy is removed")
        await scene.objects.copy(source, row["key"])
        gate.opened.set()
        await eventually(lambda: is_gone(scene, row["key"]), "the late copy is removed too")
        [row] = await scene.until("removed")
        assert not await scene.exists(row["thumbnail_key"])
        assert await scene.emitted() == []


async def test_a_worker_overtaken_by_the_right_checksum_takes_no_good_copy_away(
    service_servers: ServiceServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = asyncio.Event()
    started = asyncio.Event()
    perform = CopyImage.perform
    wrong = sha256_of(b"told by mistake")

    async def perform_late(task: CopyImage, claim: CopyClaim) -> Copy:
        if claim.localization.source_sha256 == wrong:
            started.set()
            await slow.wait()
        return await perform(task, claim)

    monkeypatch.setattr(CopyImage, "perform", perform_late)
    async with running_localizer(service_servers) as scene:
        data, image_id = png(), uuid4()
        source = await scene.stored(data)
        await scene.deliver(scene.selected(source, image_id=image_id, version=1, sha256=wrong))
        await started.wait()
        await scene.deliver(scene.selected(source, image_id=image_id, version=2, sha256=sha256_of(data)))
        await eventually(lambda: is_localized(scene), "the right copy is there")
        slow.set()
        [row] = await scene.until("localized")
        assert await scene.objects.get(row["key"]) == data
        assert {event.type for event in await scene.emitted()} == {ImageLocalized.TYPE}


async def test_what_a_dead_worker_left_of_a_deleted_asset_is_removed(
    service_servers: ServiceServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_localizer(service_servers, shutdown_seconds=0.1) as scene:
        gate = Gate(monkeypatch)
        source = await scene.stored(png())
        await scene.deliver(scene.selected(source))
        await gate.until_performed(1)
        await scene.deliver(scene.project_deleted())
        [row] = await scene.rows()
        await eventually(lambda: is_gone(scene, row["key"]), "the copy is removed")
        await scene.objects.copy(source, row["key"])
        await scene.running.process.__aexit__()
        async with Process(scene.running.service, scene.running.process.role):
            await eventually(lambda: is_gone(scene, row["key"]), "what the dead worker left is removed")
            await scene.until("removed")
            assert await scene.emitted() == []


async def is_gone(scene: Scene, key: str) -> bool:
    return not await scene.exists(key)


async def is_localized(scene: Scene) -> bool:
    return [row["state"] for row in await scene.rows()] == ["localized"]
