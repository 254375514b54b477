"""A script read by a language model, through the whole pipeline: how much of the model's time is waited for."""

import asyncio
from time import perf_counter, perf_counter_ns
from uuid import uuid4

from nats.aio.msg import Msg

from bench.ground import Ground
from bench.row import REPEATS, Row, at_least, row
from bench.scripts import screenplay
from contracts.assets.v1 import BranchCreated, ProjectCreated, StyleCapsuleCreated
from contracts.extraction.v1 import RunCompleted
from contracts.subjects import event_subject
from dramatis.simulator import simulated_llm
from dramatis.testing.contract_suite import told
from dramatis.testing.service import ServiceUnderTest, service_under_test
from extraction.app.store import Store
from extraction.bootstrap import build

CHUNKS = 80
SECONDS_EACH = 1.0
AT_ONCE = 8
IDEAL_S = CHUNKS * SECONDS_EACH / AT_ONCE
CHUNK_TOKENS = 200
"""More than a scene has, and less than two have."""


async def rows(ground: Ground) -> list[Row]:
    """From the request to `run.completed`, records, raw replies and events included, against the ideal."""
    with simulated_llm(latency_ms=SECONDS_EACH * 1000) as llm:
        async with service_under_test(
            "extraction",
            build,
            ground.servers,
            fetch_seconds=1.0,
            ack_wait_seconds=30,
            database_pool=20,
            llm_provider="openai",
            llm_model=llm.model,
            llm_base_url=llm.base_url,
            llm_concurrency=AT_ONCE,
            llm_chunk_tokens=CHUNK_TOKENS,
        ) as running:
            await _read(ground, running, AT_ONCE)  # warm: the first call loads the libraries of all vendors
            seconds = [await _read(ground, running, CHUNKS) for _ in range(REPEATS)]
        at_once = max(call.at_once for call in llm.calls)
    assert at_once == AT_ONCE, at_once
    says = f"ideal: {CHUNKS} x {SECONDS_EACH:g} s / {AT_ONCE}"
    speeds = [CHUNKS / each for each in seconds]
    return [
        row(
            f"{CHUNKS} chunks scheduled",
            speeds,
            [CHUNKS / IDEAL_S] * REPEATS,
            at_least(0.9),
            unit="chunks/s",
            limit_is=says,
        )
    ]


async def _read(ground: Ground, running: ServiceUnderTest[Store], chunks: int) -> float:
    """Seconds from the request to read a new script of so many chunks until its run is told to be completed."""
    path = await _place(running)
    client = await running.http()
    text = screenplay(chunks, seed=perf_counter_ns())
    assert (await client.post(f"{path}/scripts", json={"text": text, "format": "fountain"})).status_code == 201
    finished = asyncio.Event()

    async def on_completed(_message: Msg) -> None:
        finished.set()

    told_of = await ground.client.subscribe(event_subject(RunCompleted.TYPE, running.workspace_id), cb=on_completed)
    started = perf_counter()
    run = (await client.post(f"{path}/runs", json={"engine": "llm"})).json()
    async with asyncio.timeout(120):
        await finished.wait()
    seconds = perf_counter() - started
    await told_of.unsubscribe()
    shown = (await client.get(f"/v1/runs/{run['id']}")).json()
    assert shown["status"] == "completed", shown
    return seconds


async def _place(running: ServiceUnderTest[Store]) -> str:
    """Path of the branch of a new project, known to the service."""
    capsule, project, branch = uuid4(), uuid4(), uuid4()
    await running.deliver(
        told(StyleCapsuleCreated(style_capsule_id=capsule, name="Ink", prompt="ink")),
        told(ProjectCreated(project_id=project, name="Bench", style_capsule_id=capsule)),
        told(BranchCreated(branch_id=branch, project_id=project, name="main")),
        times=1,
    )
    return f"/v1/projects/{project}/branches/{branch}"
