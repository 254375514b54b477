import asyncio
import os
import sys
from asyncio.subprocess import Process as OsProcess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import pytest
from nats.js.errors import NotFoundError
from pydantic import SecretStr
from services.imagegen.tests.conftest import (
    Imagegen,
    RunImagegen,
    object_keys,
    requested,
    told,
    until_ended,
    until_states,
)

from chassis.service import Process, RunRole
from dramatis.testing.service import eventually
from imagegen.bootstrap import build
from imagegen.settings import Settings


@asynccontextmanager
async def worker(running: Imagegen) -> AsyncIterator[OsProcess]:
    """`python -m imagegen worker` on the same servers, killed at the end."""
    settings = {name: value for name, value in running.service.settings if value not in {None, ""}}
    plain = {n: v.get_secret_value() if isinstance(v, SecretStr) else str(v) for n, v in settings.items()}
    environment = {f"DRAMATIS_{name.upper()}": value for name, value in plain.items()}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "imagegen", "worker"), env={**os.environ, **environment, "DRAMATIS_PORT": "0"}
    )

    async def pulls() -> bool:
        assert process.returncode is None, "the worker has ended by itself"
        try:
            return bool((await running.js.consumer_info("WORK_IMAGEGEN", "imagegen-work-draw")).num_waiting)
        except NotFoundError:
            return False

    try:
        await eventually(pulls, "the worker is ready", seconds=60)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@asynccontextmanager
async def held(running: Imagegen, job_id: UUID) -> AsyncIterator[None]:
    """Nobody can record anything about the job."""
    connection = await asyncpg.connect(running.database.superuser_url)
    try:
        async with connection.transaction():
            assert await connection.fetchval("SELECT id FROM job WHERE id = $1 FOR UPDATE", job_id) == job_id
            yield
    finally:
        await connection.close()


@pytest.mark.timeout(120)  # a process of its own takes its time to start
async def test_a_worker_killed_between_storing_and_recording_leaves_one_image(run_imagegen: RunImagegen) -> None:
    async def stored() -> bool:
        return len(await object_keys(running)) == 1

    async with run_imagegen(
        role=RunRole.API, image_provider="sketch", sketch_latency_ms=1000, ack_wait_seconds=1
    ) as running:
        async with worker(running) as doomed:
            await running.deliver(requested(batch_id=UUID(int=5), batch_size=1), times=1)
            [job] = await until_states(running, "running")
            async with held(running, job["id"]):
                await eventually(stored, "the picture is stored")
                doomed.kill()
                await doomed.wait()
        settings = running.service.settings
        assert isinstance(settings, Settings)
        async with Process(build(settings), RunRole.WORKER):
            [done] = await until_ended(running)

            async def one_image() -> bool:
                return await object_keys(running) == [done["object_key"]]

            await eventually(one_image, "only the recorded image is left")
        assert (done["state"], done["attempts"], done["failures"]) == ("completed", 2, 0)
        tries = await running.fetch("SELECT outcome FROM attempt ORDER BY number")
        assert [row["outcome"] for row in tries] == ["lost", "completed"]
        facts = [fact for fact, _ in await told(running)]
        assert (facts.count("job.completed"), facts.count("batch.completed")) == (1, 1)
