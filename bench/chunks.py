"""A script read by a language model, through the whole pipeline: how much of the model's time is waited for."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, perf_counter_ns
from typing import Any
from uuid import uuid4

from nats.aio.msg import Msg

from bench.ground import Ground
from bench.row import REPEATS, Row, at_least, row
from bench.scripts import screenplay
from contracts.assets.v1 import BranchCreated, ProjectCreated, StyleCapsuleCreated
from contracts.extraction.v1 import RunCompleted
from contracts.subjects import event_subject
from dramatis.servers.ports import LOOPBACK, free_port
from dramatis.servers.probes import http_status
from dramatis.servers.process import Child
from dramatis.testing.contract_suite import told
from dramatis.testing.service import ServiceUnderTest, service_under_test
from extraction.app.store import Store
from extraction.bootstrap import build

CHUNKS = 48
SECONDS_EACH = 2.0
AT_ONCE = 8
IDEAL_S = CHUNKS * SECONDS_EACH / AT_ONCE
CHUNK_TOKENS = 160
"""More than any scene has, and less than two have: every scene is a chunk."""


async def rows(ground: Ground) -> list[Row]:
    """From the request to `run.completed`, records, raw replies and events included, against the ideal."""
    with _model() as model:
        async with service_under_test(
            "extraction",
            build,
            ground.servers,
            fetch_seconds=1.0,
            ack_wait_seconds=30,
            database_pool=20,
            llm_provider="openai",
            llm_model="simulated",
            llm_base_url=model.base_url,
            llm_concurrency=AT_ONCE,
            llm_chunk_tokens=CHUNK_TOKENS,
        ) as running:
            await _read(ground, running, AT_ONCE)  # warm: the first call loads the libraries of all vendors
            seconds = [await _read(ground, running, CHUNKS) for _ in range(REPEATS)]
        calls = model.calls()
    assert len(calls) == AT_ONCE + REPEATS * CHUNKS, len(calls)
    assert max(call["at_once"] for call in calls) == AT_ONCE
    speeds = [CHUNKS / each for each in seconds]
    ideal = [CHUNKS / IDEAL_S] * len(speeds)
    says = f"ideal: {AT_ONCE} at once, {SECONDS_EACH:g} s each"
    return [row(f"{CHUNKS} chunks through a model", speeds, ideal, at_least(0.9), unit="chunks/s", limit_is=says)]


@dataclass(frozen=True, slots=True)
class _Model:
    """A simulated language model in a process of its own, as a real one is."""

    base_url: str
    log: Path

    def calls(self) -> list[dict[str, Any]]:
        """Its log so far."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@contextmanager
def _model() -> Iterator[_Model]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "calls.jsonl"
        simulate = [sys.executable, "-m", "dramatis", "simulate", "llm", "--log", str(log), "--port", str(port)]
        child = Child(
            "llm",
            [*simulate, "--latency-ms", str(SECONDS_EACH * 1000)],
            log=Path(folder) / "llm.log",
            ready=lambda: http_status(port, "/v1/models") == 200,
        )
        child.start()
        try:
            yield _Model(f"http://{LOOPBACK}:{port}/v1", log)
        finally:
            child.stop()


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
