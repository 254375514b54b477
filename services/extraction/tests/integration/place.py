"""A running extraction, a project and a branch in it, and what a person does there."""

import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from chassis.service import RunRole
from contracts.assets.v1 import (
    BranchCreated,
    BranchDeleted,
    ProjectCreated,
    ProjectDeleted,
    ProjectUpdated,
    StyleCapsuleCreated,
    StyleCapsuleDeleted,
)
from contracts.examples import Golden
from contracts.extraction.v1 import AssetExtracted
from contracts.subjects import work_durable, work_stream
from dramatis.testing.contract_suite import told
from dramatis.testing.service import (
    WAIT_SECONDS,
    Emitted,
    ServiceServers,
    ServiceUnderTest,
    eventually,
    service_under_test,
)
from extraction.app.engines import Extract
from extraction.app.language_model import LanguageModel
from extraction.app.store import Store
from extraction.bootstrap import build
from extraction.domain import builtin_engine
from extraction.domain.finds import Find
from extraction.domain.script import Script
from extraction.entrypoints.schemas_reports import ChunkList, ChunkOut

EXAMPLES = Path(__file__).parents[4] / "examples"
STREET = "the-street-that-wasnt-there.fountain"
ORCHARD = "the-orchard-under-the-ice.txt"
KINDS = {
    "Chinese short drama": ("the-watch-shop-in-the-rain.txt", {"顾小满", "流浪汉", "老街"}),
    "stage play": ("the-last-ferry.txt", {"MRS. ABIGAIL CROWE", "DANIEL CROWE", "MISS PETTIGREW"}),
    "prose treatment": (ORCHARD, {"MARIT OYELARAN", "VESPER STATION"}),
    "prose story": ("the-beekeepers-umbrella.txt", {"TOBIAS WREN", "GRAND HOTEL"}),
}
"""Examples of each kind that plain text may be, and names in them."""

SCENE = "INT. LIGHTHOUSE - NIGHT\n\nMIRA OKAFOR, 30s, trims the LANTERN.\n\nMIRA\nIt will hold.\n"
"""The shortest script that shows something of each type."""

Extraction = ServiceUnderTest[Store]


def last_of(told: list[Emitted]) -> dict[str, dict[str, Any]]:
    """How each asset was told last, by its name; each name belongs to one asset."""
    assert len({event.data["name"] for event in told}) == len({event.data["extracted_asset_id"] for event in told})
    return {event.data["name"]: event.data for event in told}


def scenes(count: int) -> str:
    """A script of that many scenes."""
    return "".join(f"INT. ROOM {number} - DAY\n\nBO sits.\n\n" for number in range(1, count + 1))


@dataclass
class HeldEngine:
    """Finds what the built-in engine finds, once it is released; `entered` says that somebody waits in it."""

    entered: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def __call__(self, script: Script) -> Sequence[Find]:
        self.entered.set()
        assert self.released.wait(30), "the test lets go of its engine"
        return builtin_engine.extract(script)

    async def has_begun(self) -> bool:
        return self.entered.is_set()


@dataclass
class Place:
    """A project with one branch in one workspace of a running extraction."""

    running: Extraction
    project_id: UUID = field(default_factory=uuid4)
    branch_id: UUID = field(default_factory=uuid4)
    style_capsule_id: UUID = field(default_factory=uuid4)

    @property
    def path(self) -> str:
        return f"/v1/projects/{self.project_id}/branches/{self.branch_id}"

    def created(self, *, styled: bool = True) -> list[Golden]:
        """The news that make the place known."""
        style = self.style_capsule_id if styled else None
        return [
            told(StyleCapsuleCreated(style_capsule_id=self.style_capsule_id, name="Gouache", prompt="paper"), 1),
            told(ProjectCreated(project_id=self.project_id, name="The Lantern Keeper", style_capsule_id=style), 1),
            told(BranchCreated(branch_id=self.branch_id, project_id=self.project_id, name="main"), 1),
        ]

    def styled(self, version: int) -> Golden:
        return told(
            ProjectUpdated(
                project_id=self.project_id, name="The Lantern Keeper", style_capsule_id=self.style_capsule_id
            ),
            version,
        )

    def project_deleted(self) -> Golden:
        return told(ProjectDeleted(project_id=self.project_id, name="The Lantern Keeper"), 9)

    def branch_deleted(self) -> Golden:
        return told(BranchDeleted(branch_id=self.branch_id, project_id=self.project_id, name="main"), 9)

    def style_capsule_deleted(self) -> Golden:
        return told(StyleCapsuleDeleted(style_capsule_id=self.style_capsule_id, name="Gouache", prompt="paper"), 9)

    async def open(self, *, styled: bool = True) -> "Place":
        """Make the place known."""
        await self.deliver(*self.created(styled=styled))
        return self

    async def deliver(self, *messages: Golden, times: int = 1) -> None:
        await self.running.deliver(*messages, times=times)

    async def post(self, path: str, **request: Any) -> httpx.Response:
        return await (await self.running.http()).post(path, **request)

    async def get(self, path: str, **request: Any) -> httpx.Response:
        return await (await self.running.http("viewer")).get(path, **request)

    async def upload(
        self, data: bytes, file_name: str = "script.fountain", headers: dict[str, str] | None = None, **fields: str
    ) -> httpx.Response:
        """Send a file."""
        files = {"file": (file_name, data)}
        return await self.post(f"{self.path}/scripts", files=files, data=fields, headers=headers)

    async def write(self, text: str = SCENE, **fields: str) -> httpx.Response:
        """Send a text."""
        return await self.post(f"{self.path}/scripts", json={"title": "The Lantern Keeper", "text": text} | fields)

    async def start(self, **wanted: object) -> httpx.Response:
        """Ask for a run."""
        return await self.post(f"{self.path}/runs", json=wanted)

    async def run(self, *, within: float = WAIT_SECONDS, **wanted: object) -> dict[str, Any]:
        """A run, once it has ended; it has so many seconds."""
        answer = await self.start(**wanted)
        assert answer.status_code == 202, answer.text
        return await self.until(answer.json()["id"], "completed", "failed", "cancelled", within=within)

    async def shown(self, run_id: str) -> dict[str, Any]:
        answer = await self.get(f"/v1/runs/{run_id}")
        assert answer.status_code == 200, answer.text
        document: dict[str, Any] = answer.json()
        return document

    async def until(self, run_id: str, *states: str, within: float = WAIT_SECONDS) -> dict[str, Any]:
        """The run, once it is in one of these states."""

        async def reached() -> bool:
            return (await self.shown(run_id))["status"] in states

        await eventually(reached, f"run {run_id} is {' or '.join(states)}", within)
        return await self.shown(run_id)

    async def at_rest(self) -> None:
        """Wait until the outbox is empty and no task is waiting or under way."""
        await self.running.emitted()
        for task in ("read", "read-chunk", "read"):
            await self.running.settled(work_stream("extraction"), work_durable("extraction", task))
        await self.running.emitted()

    async def chunks_in_queue(self) -> int:
        """How many chunks of all workspaces have a message that waits or is worked on."""
        queue = await self.running.js.consumer_info(work_stream("extraction"), work_durable("extraction", "read-chunk"))
        return (queue.num_pending or 0) + (queue.num_ack_pending or 0)

    async def chunks(self, run: dict[str, Any]) -> list[ChunkOut]:
        """The chunks of a run, at most 200."""
        answer = await self.get(f"/v1/runs/{run['id']}/chunks", params={"limit": "200"})
        return ChunkList.model_validate_json(answer.content).items

    async def findings(self, run_id: str) -> list[Emitted]:
        """What was told of a run's assets, in order."""
        told = await self.emitted()
        return [event for event in told if event.type == AssetExtracted.TYPE and event.data["run_id"] == run_id]

    async def emitted(self) -> list[Emitted]:
        """What was said in this workspace, in order."""
        events = await self.running.emitted()
        return [event for event in events if event.envelope.workspace_id == self.running.workspace_id]

    async def told(self) -> list[str]:
        """The same as `run.started` and the like."""
        return [".".join(event.type.split(".")[2:4]) for event in await self.emitted()]

    async def rows(self, sql: str) -> list[asyncpg.Record]:
        """Rows of this workspace; `sql` takes it as $1."""
        return await self.running.fetch(sql, self.running.workspace_id)


@asynccontextmanager
async def running_extraction(
    servers: ServiceServers,
    extract: Extract = builtin_engine.extract,
    role: RunRole = RunRole.ALL,
    model: LanguageModel | None = None,
    **settings: object,
) -> AsyncIterator[Place]:
    """An extraction of its own, and a place in it that is not known yet.

    Two at once would take each other's messages: a test that has one does not use the one its module shares. A message
    that a busy machine is late to heartbeat is not delivered again, unless a test wants it soon.
    """
    built = partial(build, extract, model)
    wanted = {"ack_wait_seconds": 15} | settings
    async with service_under_test("extraction", built, servers, role=role, folders=None, **wanted) as running:
        yield Place(running)
