"""Runs that are stopped, fail, or lose their worker."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import NoReturn
from uuid import uuid4

import asyncpg
import pytest
from pydantic import SecretStr
from services.extraction.tests.integration.place import HeldEngine, Place, running_extraction

from chassis.errors import Unavailable
from chassis.service import Process, RunRole
from contracts.extraction.v1 import RunFailed
from dramatis.testing.service import ServiceServers, eventually
from extraction.app import describe_assets
from extraction.app.language_model import LanguageModel
from extraction.app.store import Store
from extraction.bootstrap import build
from extraction.domain import builtin_engine
from extraction.domain.finds import AssetType, Find
from extraction.domain.script import Script
from extraction.settings import Settings

PROGRAM_SECONDS = 60
"""How long a program may take to start on a busy machine."""


async def begun(place: Place, engine: HeldEngine) -> str:
    """The id of a run that a worker is reading, and will go on reading until it is let go."""
    await place.open()
    await place.write()
    run_id = str((await place.start()).json()["id"])
    await eventually(engine.has_begun, "a worker reads")
    return run_id


async def test_a_run_under_way_shows_its_progress(service_servers: ServiceServers, held_engine: HeldEngine) -> None:
    async with running_extraction(service_servers, held_engine) as place:
        run = await place.shown(await begun(place, held_engine))
        assert (run["status"], run["scenes_read"], run["scenes_total"]) == ("running", 0, 1)
        assert (run["seconds"], run["ended_at"], run["assets"]) == (None, None, [])
        assert run["started_at"] is not None
        held_engine.released.set()
        run = await place.until(run["id"], "completed")
        assert (run["scenes_read"], run["scenes_total"]) == (1, 1)
        assert run["seconds"] > 0


async def test_nothing_is_open_in_the_database_while_a_script_is_read(
    service_servers: ServiceServers, held_engine: HeldEngine
) -> None:
    async with running_extraction(service_servers, held_engine) as place:
        await begun(place, held_engine)

        async def nothing_open() -> bool:
            return not await place.running.fetch(
                "SELECT 1 FROM pg_stat_activity"
                " WHERE datname = current_database() AND state LIKE 'idle in transaction%'"
            )

        await eventually(nothing_open, "no transaction waits")


async def test_what_a_cancelled_run_finds_is_dropped(service_servers: ServiceServers, held_engine: HeldEngine) -> None:
    async with running_extraction(service_servers, held_engine, ack_wait_seconds=2) as place:
        run_id = await begun(place, held_engine)
        answer = await place.post(f"/v1/runs/{run_id}/cancel")
        assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
        again = await place.post(f"/v1/runs/{run_id}/cancel")
        assert (again.status_code, again.json()["version"]) == (200, answer.json()["version"])
        held_engine.released.set()
        await place.at_rest()
        run = await place.shown(run_id)
        assert (run["status"], run["assets"], run["characters"]) == ("cancelled", [], 0)
        assert await place.told() == ["script.uploaded", "run.started"]
        assert await place.running.dead_letters() == []


async def test_a_run_cancelled_before_anybody_read_is_never_read(service_servers: ServiceServers) -> None:
    async with running_extraction(service_servers, role=RunRole.API) as place:
        # Without a worker nobody keeps the news either: they are kept as a worker would.
        await known(place)
        await place.write()
        run_id = (await place.start()).json()["id"]
        await place.post(f"/v1/runs/{run_id}/cancel")
        async with worker(place):
            await place.at_rest()
        run = await place.shown(run_id)
        assert (run["status"], run["attempts"]) == ("cancelled", 0)
        assert await place.told() == ["script.uploaded"]


async def test_a_cancelled_run_can_be_tried_again_while_its_old_worker_still_reads(
    service_servers: ServiceServers, held_engine: HeldEngine
) -> None:
    async with running_extraction(service_servers, held_engine, ack_wait_seconds=2) as place:
        run_id = await begun(place, held_engine)
        await place.post(f"/v1/runs/{run_id}/cancel")
        answer = await place.post(f"/v1/runs/{run_id}/retry")
        assert (answer.status_code, answer.json()["status"]) == (202, "queued")
        await place.until(run_id, "running")
        held_engine.released.set()
        run = await place.until(run_id, "completed")
        await place.at_rest()
        assert run["attempts"] == 2
        told = await place.told()
        found = run["characters"] + run["locations"] + run["props"]
        assert (told.count("run.started"), told.count("run.completed")) == (2, 1)
        assert told.count("asset.extracted") == found > 0


@pytest.mark.usefixtures("quick_backoff")
async def test_an_engine_that_breaks_fails_the_run_with_stage_and_class(service_servers: ServiceServers) -> None:
    def break_down(_script: Script) -> NoReturn:
        message = "a bug\x00 in the engine"
        raise ZeroDivisionError(message)

    async with running_extraction(service_servers, break_down, read_tries=3) as place:
        await place.open()
        await place.write()
        run = await place.run()
        assert (run["status"], run["failures"], run["attempts"]) == ("failed", 3, 3)
        assert (run["failure_stage"], run["error_class"]) == ("extracting", "unexpected-error")
        assert run["message"] == "a bug in the engine"
        await place.at_rest()
        assert await place.told() == ["script.uploaded", "run.started", "run.failed"]
        failed = (await place.emitted())[-1]
        assert failed.type == RunFailed.TYPE
        assert (failed.data["failure_stage"], failed.data["error_class"]) == ("extracting", "unexpected-error")
        assert failed.envelope.aggregate_version == run["version"]
        [letter] = await place.running.dead_letters()
        assert letter.code == "unexpected-error"


@pytest.mark.usefixtures("quick_backoff")
async def test_an_engine_that_is_away_for_a_moment_delays_the_run(service_servers: ServiceServers) -> None:
    refusals = iter(range(2))

    def refuse_twice(script: Script) -> Sequence[Find]:
        if next(refusals, None) is not None:
            raise Unavailable("the engine is warming up")
        return builtin_engine.extract(script)

    async with running_extraction(service_servers, refuse_twice) as place:
        await place.open()
        await place.write()
        run = await place.run()
        await place.at_rest()
        assert (run["status"], run["failures"], run["attempts"]) == ("completed", 2, 3)
        assert (run["failure_stage"], run["error_class"], run["message"]) == (None, None, None)
        told = await place.told()
        assert (told.count("run.started"), told.count("run.completed")) == (1, 1)


@pytest.mark.usefixtures("quick_backoff")
async def test_a_failed_run_can_be_tried_again(service_servers: ServiceServers) -> None:
    repaired = False

    def refuse_until_repaired(script: Script) -> Sequence[Find]:
        if not repaired:
            raise Unavailable("the engine is warming up")
        return builtin_engine.extract(script)

    async with running_extraction(service_servers, refuse_until_repaired, read_tries=2) as place:
        await place.open()
        await place.write()
        run = await place.run()
        assert (run["status"], run["error_class"]) == ("failed", "service-unavailable")
        repaired = True
        assert (await place.post(f"/v1/runs/{run['id']}/retry")).status_code == 202
        run = await place.until(run["id"], "completed")
        await place.at_rest()
        assert (run["failures"], run["error_class"]) == (0, None)
        told = await place.told()
        assert (told.count("run.started"), told.count("run.failed"), told.count("run.completed")) == (2, 1, 1)


async def test_a_retry_is_held_to_the_terms_of_a_new_run(
    service_servers: ServiceServers, held_engine: HeldEngine
) -> None:
    async with running_extraction(service_servers, held_engine) as place:
        run_id = await begun(place, held_engine)
        await place.post(f"/v1/runs/{run_id}/cancel")
        await place.deliver(place.style_capsule_deleted())
        answer = await place.post(f"/v1/runs/{run_id}/retry")
        assert (answer.status_code, answer.json()["code"]) == (409, "style-capsule-required")
        await place.deliver(place.branch_deleted())
        answer = await place.post(f"/v1/runs/{run_id}/retry")
        assert (answer.status_code, answer.json()["code"]) == (404, "branch-not-found")


async def test_more_assets_than_one_run_tells_fail_it_at_once(
    service_servers: ServiceServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def invent(_script: Script) -> Sequence[Find]:
        return [Find(AssetType.PROP, f"thing {number}", (), "") for number in range(4)]

    monkeypatch.setattr(describe_assets, "MAX_ASSETS", 3)
    async with running_extraction(service_servers, invent) as place:
        await place.open()
        await place.write()
        run = await place.run()
        assert (run["status"], run["attempts"]) == ("failed", 1)
        assert (run["failure_stage"], run["error_class"]) == ("describing", "too-many-assets")
        assert await place.running.dead_letters() == []


@pytest.mark.parametrize("of", ["project", "branch"])
async def test_a_run_whose_place_is_deleted_while_it_waits_is_cancelled(
    service_servers: ServiceServers, of: str
) -> None:
    async with running_extraction(service_servers, role=RunRole.API) as place:
        await known(place)
        await place.write()
        run_id = (await place.start()).json()["id"]
        await place.running.fetch(f"UPDATE {of} SET is_deleted = true RETURNING id")  # noqa: S608 - a table's name
        async with worker(place):
            run = await place.until(run_id, "cancelled")
        assert run["assets"] == []
        assert await place.told() == ["script.uploaded"]


async def test_a_worker_that_lost_its_claim_records_nothing_and_leaves_the_run_to_the_next(
    service_servers: ServiceServers, held_engine: HeldEngine
) -> None:
    async with running_extraction(service_servers, held_engine, ack_wait_seconds=1) as place:
        run_id = await begun(place, held_engine)
        await place.running.fetch("UPDATE run SET claim_token = $1 RETURNING id", uuid4())
        held_engine.released.set()
        run = await place.until(run_id, "completed")
        await place.at_rest()
        assert (run["attempts"], run["failures"]) == (2, 0)
        await assert_told_once(place, run_id)


async def test_a_run_is_handed_on_when_its_worker_is_stopped(
    service_servers: ServiceServers, held_engine: HeldEngine
) -> None:
    async with running_extraction(service_servers, held_engine, shutdown_seconds=0.1) as place:
        run_id = await begun(place, held_engine)
        process = place.running.process
        await process.__aexit__()
        held_engine.released.set()
        async with type(process)(process.service, RunRole.ALL) as again:
            place.running.process = again
            run = await place.until(run_id, "completed")
            await place.at_rest()
            assert (run["attempts"], run["failures"]) == (2, 0)
            await assert_told_once(place, run_id)


@pytest.mark.timeout(2 * PROGRAM_SECONDS)
async def test_a_worker_killed_while_it_records_leaves_everything_told_once(service_servers: ServiceServers) -> None:
    async with running_extraction(service_servers, role=RunRole.API, ack_wait_seconds=3) as place:
        await known(place)
        await place.write()

        async def recording() -> bool:
            waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'extracted_asset'::regclass"
            return bool(await place.running.fetch(waiting))

        async with worker_program(place) as doomed, locked(place, "extracted_asset"):
            run_id = (await place.start()).json()["id"]
            await eventually(recording, "the worker waits to record what it found", PROGRAM_SECONDS)
            assert (await place.shown(run_id))["status"] == "running"
            doomed.kill()
            await doomed.wait()
        async with worker(place):
            run = await place.until(run_id, "completed")
        assert (run["attempts"], run["failures"]) == (2, 0)
        await assert_told_once(place, run_id)


async def assert_told_once(place: Place, run_id: str) -> None:
    told = await place.told()
    assert (told.count("run.started"), told.count("run.completed")) == (1, 1)
    said = [event for event in await place.emitted() if event.data.get("run_id") == run_id]
    names = [event.data["name"] for event in said if "name" in event.data]
    assert len(names) == len(set(names)) == len((await place.shown(run_id))["assets"]) > 0


async def known(place: Place) -> None:
    """Make the place known to a process that consumes nothing."""
    workspace, project = place.running.workspace_id, place.project_id
    for sql in (
        "INSERT INTO project (workspace_id, id, name, style_capsule_id, version) VALUES ($1, $2, 'P', $3, 1)",
        "INSERT INTO branch (workspace_id, project_id, id, name, version) VALUES ($1, $2, $3, 'main', 1)",
    ):
        last = place.style_capsule_id if "style" in sql else place.branch_id
        await place.running.fetch(sql, workspace, project, last)


def worker(place: Place, model: LanguageModel | None = None) -> Process[Store]:
    """A worker on the same servers, in this process."""
    settings = place.running.service.settings
    assert isinstance(settings, Settings)
    return Process(build(model=model, settings=settings), RunRole.WORKER)


@asynccontextmanager
async def worker_program(place: Place) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m extraction worker` on the same servers, killed at the end."""
    settings = {name: value for name, value in place.running.service.settings if value not in {None, ""}}
    plain = {n: v.get_secret_value() if isinstance(v, SecretStr) else str(v) for n, v in settings.items()}
    environment = {f"DRAMATIS_{name.upper()}": value for name, value in plain.items()}
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "extraction", "worker"), env={**os.environ, **environment, "DRAMATIS_PORT": "0"}
    )
    try:
        yield program
    finally:
        if program.returncode is None:
            program.kill()
        await program.wait()


@asynccontextmanager
async def locked(place: Place, table: str) -> AsyncIterator[None]:
    """Nobody writes into the table."""
    connection = await asyncpg.connect(place.running.database.superuser_url)
    try:
        async with connection.transaction():
            await connection.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()
