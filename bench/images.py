"""A batch of pictures through imagegen: 200 of 300 ms each, 20 at once, with S3 and records."""

import asyncio
from time import perf_counter
from uuid import UUID

import orjson
from nats.js import JetStreamContext

from bench.ground import Ground
from bench.row import Row, at_most, row
from chassis.ids import new_id
from contracts.assets.v1 import ImageRequested
from contracts.examples import golden
from contracts.subjects import event_subject
from dramatis.testing.service import ServiceUnderTest, service_under_test
from imagegen.app.store import Store
from imagegen.bootstrap import build

PICTURES = 200
SECONDS_EACH = 0.3
AT_ONCE = 20
IDEAL_S = PICTURES * SECONDS_EACH / AT_ONCE


async def rows(ground: Ground) -> list[Row]:
    """From the first request in the stream to the last job completed, against the ideal."""
    latency = round(SECONDS_EACH * 1000)
    async with service_under_test(
        "imagegen", build, ground.servers, sketch_latency_ms=latency, database_pool=20, fetch_seconds=1.0
    ) as running:
        await _batch(running, AT_ONCE)  # warm: the first object makes the store's volumes
        seconds = [await _batch(running, PICTURES) for _ in range(3)]
    limit = [IDEAL_S] * len(seconds)
    says = f"ideal: {PICTURES} x {SECONDS_EACH} s / {AT_ONCE}"
    return [row("200 images, S3 and records included", seconds, limit, at_most(1.1), unit="s", limit_is=says)]


async def _batch(running: ServiceUnderTest[Store], count: int) -> float:
    batch = new_id()
    started = perf_counter()
    await _request(running.js, running.workspace_id, batch, count)
    async with asyncio.timeout(120):
        while await _completed(running, batch) < count:  # noqa: ASYNC110 - the database tells only when asked
            await asyncio.sleep(0.02)
    return perf_counter() - started


async def _request(js: JetStreamContext, workspace_id: UUID, batch: UUID, count: int) -> None:
    """Requests for one card each, all alike, so that what is measured is everything but the drawing."""
    example = golden(ImageRequested.TYPE)[0]
    subject = event_subject(ImageRequested.TYPE, workspace_id)
    for _ in range(count):
        request, event = str(new_id()), str(new_id())
        data = {**orjson.loads(example.data_bytes), "request_id": request, "batch_id": str(batch), "batch_size": count}
        headers = {**example.headers, "ce-workspaceid": str(workspace_id), "ce-id": event, "Nats-Msg-Id": event}
        headers["ce-subject"] = f"{ImageRequested.AGGREGATE}/{request}"
        await js.publish(subject, orjson.dumps(data), headers=headers)


async def _completed(running: ServiceUnderTest[Store], batch: UUID) -> int:
    sql = "SELECT count(*) AS done FROM job WHERE batch_id = $1 AND state = 'completed'"
    return int((await running.fetch(sql, batch))[0]["done"])
