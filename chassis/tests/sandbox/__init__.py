"""A made-up service with one table, one event, one task: what the chassis guarantees, without any real service."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import Depends, File, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from chassis.database import Connection
from chassis.errors import RequestInvalid
from chassis.events import Handler, Received
from chassis.http import IfMatch, current_work, etag, prepared, prepares, service_router
from chassis.service import Service
from chassis.settings import ServiceSettings
from chassis.tasks import ClaimLost, Failure
from chassis.work import Work
from contracts.event import EventData


class WidgetChanged(EventData):
    """A widget is now called something."""

    TYPE: ClassVar[str] = "dramatis.sandbox.widget.changed.v1"
    AGGREGATE: ClassVar[str] = "widget"
    AGGREGATE_ID: ClassVar[str] = "widget_id"

    widget_id: UUID
    name: str


class WidgetNotFound(Exception):
    """There is no such widget."""

    code = "widget-not-found"
    kind = "not-found"


class WidgetStale(Exception):
    """The widget has changed since."""

    code = "widget-stale"
    kind = "stale"


class Store:
    """Statements on widgets."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def insert(self, workspace_id: UUID, widget_id: UUID, name: str) -> None:
        await self.connection.execute(
            "INSERT INTO widget (id, workspace_id, name) VALUES ($1, $2, $3)", widget_id, workspace_id, name
        )

    async def count_effect(self, workspace_id: UUID, widgets: Sequence[tuple[UUID, str, int]]) -> None:
        await self.connection.execute(
            """
            INSERT INTO widget (id, workspace_id, name, version, effects)
            SELECT id, $1, name, version, effects FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::int[])
                AS news (id, name, version, effects)
                ON CONFLICT (id) DO UPDATE
               SET name = CASE WHEN excluded.version > widget.version THEN excluded.name ELSE widget.name END,
                   version = greatest(widget.version, excluded.version),
                   effects = widget.effects + excluded.effects
            """,
            workspace_id,
            *zip(*_latest(widgets), strict=True),
        )

    async def read(self, widget_id: UUID) -> Any:
        return await self.connection.fetchrow("SELECT id, name, version FROM widget WHERE id = $1", widget_id)

    async def rename(self, widget_id: UUID, name: str, version: int) -> int | None:
        renamed: int | None = await self.connection.fetchval(
            "UPDATE widget SET name = $2, version = version + 1 WHERE id = $1 AND version = $3 RETURNING version",
            widget_id,
            name,
            version,
        )
        return renamed

    async def claim(self, widget_id: UUID, token: UUID) -> int | None:
        failures: int | None = await self.connection.fetchval(
            "UPDATE widget SET state = 'running', claim = $2 WHERE id = $1 AND state IN ('new', 'running')"
            " RETURNING failures",
            widget_id,
            token,
        )
        return failures

    async def end(self, widget_id: UUID, token: UUID, state: str, *, failed: bool = False) -> bool:
        status = await self.connection.execute(
            "UPDATE widget SET state = $3, claim = NULL, effects = effects + 1, failures = failures + $4"
            " WHERE id = $1 AND claim = $2",
            widget_id,
            token,
            state,
            int(failed),
        )
        return status == "UPDATE 1"


def _latest(widgets: Sequence[tuple[UUID, str, int]]) -> list[tuple[UUID, str, int, int]]:
    effects: dict[UUID, tuple[str, int, int]] = {}
    for widget_id, name, version in widgets:
        known = effects.get(widget_id)
        newest = (name, version) if known is None or version > known[1] else known[:2]
        effects[widget_id] = (*newest, 1 if known is None else known[2] + 1)
    return [(widget_id, *effect) for widget_id, effect in effects.items()]


class NewWidget(BaseModel):
    """Body of a POST."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=50)


class WidgetOut(BaseModel):
    """A widget as clients see it."""

    id: UUID
    name: str
    version: int


InWork = Annotated[Work[Store], Depends(current_work)]


async def no_crash(_where: str) -> None:
    """What happens unless a test has other plans."""


async def first_word(request: Request) -> str:
    """What the route below prepares."""
    word = (await request.body()).decode()
    if not word:
        raise RequestInvalid("say something")
    return word


@prepares(first_word)
async def post_prepared(word: Annotated[str, Depends(prepared)], work: InWork) -> dict[str, object]:
    """A route with a preparation."""
    return {"prepared": word, "transaction": work.store.connection.is_in_transaction()}


async def post_known_widget(widget: UUID, body: NewWidget, work: InWork) -> None:
    """A widget whose id the client chooses."""
    await work.store.insert(work.workspace_id, widget, body.name)


async def post_picture(picture: Annotated[UploadFile, File()], work: InWork) -> WidgetOut:
    """An upload."""
    name = f"{len(await picture.read())} bytes"
    widget = WidgetOut(id=work.new_id(), name=name, version=1)
    await work.store.insert(work.workspace_id, widget.id, name)
    return widget


def make_router(crash: Callable[[str], Awaitable[None]]) -> Any:
    router = service_router("sandbox")

    @router.post("/v1/widgets", status_code=201)
    async def post_widget(body: NewWidget, work: InWork, response: Response) -> WidgetOut:
        widget = WidgetOut(id=work.new_id(), name=body.name, version=1)
        await work.store.insert(work.workspace_id, widget.id, widget.name)
        work.emit(WidgetChanged(widget_id=widget.id, name=widget.name), 1)
        await crash("post")
        response.headers.update({**etag(1), "Location": f"widgets/{widget.id}"})
        return widget

    @router.get("/v1/widgets/{widget}")
    async def get_widget(widget: UUID, work: InWork, response: Response) -> WidgetOut:
        row = await work.store.read(widget)
        if row is None:
            raise WidgetNotFound(f"no widget {widget}")
        response.headers.update(etag(row["version"]))
        return WidgetOut(**row)

    @router.patch("/v1/widgets/{widget}")
    async def patch_widget(widget: UUID, body: NewWidget, version: IfMatch, work: InWork) -> WidgetOut:
        renamed = await work.store.rename(widget, body.name, version)
        if renamed is None:
            raise WidgetStale
        return WidgetOut(id=widget, name=body.name, version=renamed)

    router.post("/v1/prepared")(post_prepared)
    router.post("/v1/pictures")(post_picture)
    router.post("/v1/widgets/{widget}", status_code=204)(post_known_widget)
    return router


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimed widget."""

    widget_id: UUID
    token: UUID
    failures: int


@dataclass
class PaintWidget:
    """The sandbox's slow work: `paint` is what a test makes of it."""

    paint: Callable[[Claim], Any]
    name: str = "paint"
    concurrency: int = 8
    max_tries: int = 3

    async def claim(self, work: Work[Store], subject_id: UUID, token: UUID) -> Claim | None:
        failures = await work.store.claim(subject_id, token)
        return None if failures is None else Claim(subject_id, token, failures)

    async def perform(self, claim: Claim) -> str:
        result: str = await self.paint(claim)
        return result

    async def settle(self, work: Work[Store], claim: Claim, result: str) -> None:
        if not await work.store.end(claim.widget_id, claim.token, result):
            raise ClaimLost
        work.emit(WidgetChanged(widget_id=claim.widget_id, name=result), 2)

    async def release(self, work: Work[Store], claim: Claim, failure: Failure) -> None:
        if not await work.store.end(claim.widget_id, claim.token, "new", failed=True):
            raise ClaimLost

    async def fail(self, work: Work[Store], claim: Claim, failure: Failure) -> None:
        if not await work.store.end(claim.widget_id, claim.token, f"failed: {failure.error_class}", failed=True):
            raise ClaimLost


@dataclass
class Sandbox:
    """What a test plugs in."""

    crash: Callable[[str], Awaitable[None]] = no_crash
    handlers: Sequence[Handler] = ()
    tasks: Sequence[PaintWidget] = ()
    seen: list[Received[WidgetChanged]] = field(default_factory=list)

    def build(self) -> Service[Store]:
        settings = ServiceSettings()
        router = make_router(self.crash)
        return Service("sandbox", settings, Store, router, self.handlers, self.tasks)
