import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from PIL import Image

from chassis import outcomes
from chassis.objects import ObjectStore
from chassis.service import RunRole, Service
from contracts.assets.v1 import ImageRequested
from contracts.examples import Golden, golden
from dramatis.testing.contract_suite import aimed
from dramatis.testing.service import ServiceServers, ServiceUnderTest, eventually, service_under_test
from imagegen.app.store import Store
from imagegen.bootstrap import build
from imagegen.domain.brief import Brief
from imagegen.domain.picture import Picture

PRICE = 39_000  # micro-USD
ENDED = ("completed", "failed", "cancelled")

Imagegen = ServiceUnderTest[Store]
RunImagegen = Callable[..., AbstractAsyncContextManager[Imagegen]]
"""What the fixture `run_imagegen` is."""


@cache
def png(width: int, height: int) -> bytes:
    """A picture of a size."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(stream, "PNG")
    return stream.getvalue()


async def at_once(brief: Brief) -> bytes:
    """Answers with what was asked for."""
    return png(brief.width, brief.height)


@dataclass
class Vendor:
    """A vendor of pictures as a test wants it."""

    answer: Callable[[Brief], Awaitable[bytes]] = at_once
    max_concurrency: int = 20
    name: str = "vendor"
    model: str = "vendor-1"
    briefs: list[Brief] = field(default_factory=list)

    def cost(self, brief: Brief) -> int:
        return PRICE

    async def draw(self, brief: Brief) -> Picture:
        self.briefs.append(brief)
        return Picture(await self.answer(brief), self.model, PRICE)


@asynccontextmanager
async def running_imagegen(
    servers: ServiceServers,
    vendor: Vendor | None = None,
    role: RunRole = RunRole.ALL,
    *,
    draws: bool = True,
    **settings: object,
) -> AsyncIterator[Imagegen]:
    """The service with a test's vendor; without `draws` jobs stay queued."""
    vendor = vendor or Vendor()

    def built() -> Service[Store]:
        service = build(others=[vendor])
        return service if draws else replace(service, tasks=())

    settings = {"image_provider": vendor.name, **settings}
    async with service_under_test("imagegen", built, servers, role=role, folders=None, **settings) as running:
        yield running


@pytest.fixture
def run_imagegen(service_servers: ServiceServers, monkeypatch: pytest.MonkeyPatch) -> RunImagegen:
    """Runs the service as `running_imagegen` does, for a test alone; it hardly waits between tries."""
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (0.01,))
    return partial(running_imagegen, service_servers)


def requested(**fields: object) -> Golden:
    """An image request about a new asset; `fields` replace those of its data."""
    [minimal] = [example for example in golden(ImageRequested.TYPE) if example.name == "minimal"]
    news = {"request_id": str(uuid4()), "asset_id": str(uuid4()), "width": 48, "height": 32}
    return aimed(minimal, version=1, **news | {name: _plain(value) for name, value in fields.items()})


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value


async def jobs(running: Imagegen) -> list[asyncpg.Record]:
    """Every job, in the order of their making."""
    return await running.fetch("SELECT * FROM job ORDER BY id")


async def the_job(running: Imagegen) -> asyncpg.Record:
    """The only job."""
    [job] = await jobs(running)
    return job


async def until_states(running: Imagegen, *states: str, count: int = 1) -> list[asyncpg.Record]:
    """Wait until there are `count` jobs and all are in one of `states`."""

    async def reached() -> bool:
        found = await jobs(running)
        return len(found) == count and all(job["state"] in states for job in found)

    await eventually(reached, f"{count} jobs are {' or '.join(states)}")
    return await jobs(running)


async def until_ended(running: Imagegen, count: int = 1) -> list[asyncpg.Record]:
    """Wait until there are `count` jobs and all have ended, their messages settled."""
    await until_states(running, *ENDED, count=count)
    await running.settled("WORK_IMAGEGEN", "imagegen-work-draw")
    return await jobs(running)


async def told(running: Imagegen) -> list[tuple[str, Any]]:
    """What was said, as (fact, data) in the order it was published, e.g. `job.completed`."""
    return [(".".join(one.type.split(".")[2:4]), one.data) for one in await running.emitted()]


def objects_of(running: Imagegen) -> ObjectStore:
    """The bucket the service works with."""
    [objects] = [resource for resource in running.service.resources if isinstance(resource, ObjectStore)]
    return objects


async def object_keys(running: Imagegen) -> list[str]:
    """What the test's workspace has in the bucket."""
    return await objects_of(running).list_keys(f"workspace_{running.workspace_id}/")


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem document."""
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]
