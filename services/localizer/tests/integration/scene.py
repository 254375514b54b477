"""A running localizer, the storage around it, and the messages that reach it."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from uuid import UUID, uuid4

import asyncpg
from PIL import Image

from chassis.deadletters import DeadLetter
from chassis.objects import ObjectStore
from chassis.service import RunRole, Service
from contracts.assets.v1 import BranchDeleted, ImageSelected, ProjectAssetDeleted, ProjectDeleted
from contracts.examples import Golden
from contracts.localizer.v1 import ImageFailed
from contracts.subjects import work_durable, work_stream
from contracts.values import AssetScope, AssetType
from dramatis.testing.contract_suite import told
from dramatis.testing.service import Emitted, ServiceServers, ServiceUnderTest, eventually, service_under_test
from localizer.app.store import Store
from localizer.bootstrap import build


def png(width: int = 400, height: int = 300) -> bytes:
    """An image that no other call makes, so that no two tests share bytes."""
    image = Image.new("RGB", (width, height), (20, 40, 60))
    data = BytesIO()
    image.putpixel((0, 0), tuple(uuid4().bytes[:3]))
    image.save(data, "PNG")
    return data.getvalue()


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Scene:
    """One workspace of a running localizer, with a project, a branch and an asset in it."""

    running: ServiceUnderTest[Store]
    objects: ObjectStore
    project_id: UUID = field(default_factory=uuid4)
    branch_id: UUID = field(default_factory=uuid4)
    asset_id: UUID = field(default_factory=uuid4)

    async def stored(self, data: bytes, *, sha256: str | None = None, workspace_id: UUID | None = None) -> str:
        """Key of a new object as imagegen would have stored it; `sha256` is what is recorded beside it."""
        key = f"workspace_{workspace_id or self.running.workspace_id}/imagegen/{uuid4()}/{uuid4()}.png"
        await self.objects.put(key, data, "image/png", sha256 or sha256_of(data))
        return key

    async def exists(self, key: str) -> bool:
        return key in await self.objects.list_keys(key)

    def selected(
        self,
        source: str,
        *,
        version: int = 1,
        image_id: UUID | None = None,
        asset_id: UUID | None = None,
        look: str = "base",
        sha256: str | None = None,
    ) -> Golden:
        event = ImageSelected(
            image_id=image_id or uuid4(),
            asset_id=asset_id or self.asset_id,
            asset_scope=AssetScope.PROJECT,
            asset_type=AssetType.CHARACTER,
            asset_name="Mira Okafor",
            project_id=self.project_id,
            branch_id=self.branch_id,
            look=look,
            source=source,
            sha256=sha256,
        )
        return told(event, version)

    def asset_deleted(self) -> Golden:
        event = ProjectAssetDeleted(
            asset_id=self.asset_id,
            project_id=self.project_id,
            branch_id=self.branch_id,
            asset_type=AssetType.CHARACTER,
            name="Mira Okafor",
        )
        return told(event, 9)

    def branch_deleted(self) -> Golden:
        return told(BranchDeleted(branch_id=self.branch_id, project_id=self.project_id, name="main"), 9)

    def project_deleted(self) -> Golden:
        return told(ProjectDeleted(project_id=self.project_id, name="The Lantern Keeper"), 9)

    async def deliver(self, *messages: Golden, times: int = 1) -> None:
        await self.running.deliver(*messages, times=times)

    async def emitted(self) -> list[Emitted]:
        """What was said in this workspace, in order."""
        events = await self.running.emitted()
        return [event for event in events if event.envelope.workspace_id == self.running.workspace_id]

    async def dead_letters(self) -> list[DeadLetter]:
        letters = await self.running.dead_letters()
        return [letter for letter in letters if letter.headers.get("ce-workspaceid") == str(self.running.workspace_id)]

    async def rows(self) -> list[asyncpg.Record]:
        return await self.running.fetch(
            "SELECT * FROM localization WHERE workspace_id = $1 ORDER BY id", self.running.workspace_id
        )

    async def tombstones(self) -> set[UUID]:
        """Ids of what is known to be deleted."""
        rows = await self.running.fetch("SELECT id FROM tombstone WHERE workspace_id = $1", self.running.workspace_id)
        return {row["id"] for row in rows}

    async def until(self, *states: str) -> list[asyncpg.Record]:
        """The rows, once nothing is left to do and they are in these states, in the order of their ids."""

        async def reached() -> bool:
            return [row["state"] for row in await self.rows()] == list(states)

        await eventually(reached, f"localizations are {states}")
        await self.at_rest()
        await eventually(reached, f"localizations stay {states}")
        return await self.rows()

    async def failure(self) -> tuple[str, str]:
        """Stage and class of the one announced failure, whose copy is not left lying about."""
        [row] = await self.until("failed")
        [event] = await self.emitted()
        assert event.type == ImageFailed.TYPE
        assert event.envelope.aggregate_version == row["version"]
        assert (event.data["failure_stage"], event.data["error_class"]) == (row["failure_stage"], row["error_class"])
        assert event.data["message"]
        assert not await self.exists(row["key"])
        assert not await self.exists(row["thumbnail_key"])
        assert await self.dead_letters() == []
        return row["failure_stage"], row["error_class"]

    async def at_rest(self) -> None:
        """Wait until no task is waiting, under way, or on its way."""

        async def idle() -> bool:
            before = await self._task_counts()
            waiting = await self.running.fetch("SELECT 1 FROM outbox LIMIT 1")
            return not waiting and before == await self._task_counts() and not any(pending for pending, _ in before)

        await eventually(idle, "no task is left")

    async def _task_counts(self) -> list[tuple[int, int]]:
        """Per task: messages not settled yet, and messages ever delivered."""
        durables = [work_durable("localizer", task) for task in ("copy", "remove")]
        found = [await self.running.js.consumer_info(work_stream("localizer"), durable) for durable in durables]
        return [
            (
                (info.num_pending or 0) + (info.num_ack_pending or 0),
                info.delivered.consumer_seq if info.delivered else 0,
            )
            for info in found
        ]


@asynccontextmanager
async def running_localizer(servers: ServiceServers, *, works: bool = True, **settings: object) -> AsyncIterator[Scene]:
    """A localizer of its own, and one workspace of it; one that does not work leaves its tasks queued."""

    def built() -> Service[Store]:
        service = build()
        return service if works else replace(service, tasks=())

    async with (
        service_under_test("localizer", built, servers, role=RunRole.ALL, folders=None, **settings) as running,
        ObjectStore(running.service.settings) as objects,
    ):
        yield Scene(running, objects)
