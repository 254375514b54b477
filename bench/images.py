"""A batch of pictures through imagegen: 200 of 300 ms each, 20 at once, with S3 and records."""

import asyncio
from time import perf_counter
from uuid import UUID

import orjson
from nats.aio.msg import Msg
from nats.js import JetStreamContext

from bench.ground import Ground
from bench.row import Row, at_most, row
from chassis.ids import new_id
from contracts.assets.v1 import ImageRequested
from contracts.examples import golden
from contracts.imagegen.v1 import JobCompleted
from contracts.subjects import event_subject
from dramatis.testing.service import ServiceUnderTest, service_under_test
from imagegen.app.store import Store
from imagegen.bootstrap import build

PICTURES = 200
SECONDS_EACH = 0.3
AT_ONCE = 20
WIDTH, HEIGHT = 512, 768
IDEAL_S = PICTURES * SECONDS_EACH / AT_ONCE


async def rows(ground: Ground) -> list[Row]:
    """From the first request in the stream to the last job completed, against the ideal."""
    latency = round(SECONDS_EACH * 1000)
    async with service_under_test(
        "imagegen", build, ground.servers, sketch_latency_ms=latency, database_pool=20, fetch_seconds=1.0
    ) as running:
        await batch(ground, running, AT_ONCE)  # warm: the first object makes the store's volumes
        seconds = [await batch(ground, running, PICTURES) for _ in range(5)]
    limit = [IDEAL_S] * len(seconds)
    says = f"ideal: {PICTURES} x {SECONDS_EACH} s / {AT_ONCE}"
    return [row("200 images, S3 and records included", seconds, limit, at_most(1.1), unit="s", limit_is=says)]


async def batch(ground: Ground, running: ServiceUnderTest[Store], count: int) -> float:
    """Seconds until `count` requested cards are drawn, stored, recorded and told of."""
    left = count
    finished = asyncio.Event()

    async def on_completed(_message: Msg) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            finished.set()

    told = await ground.client.subscribe(event_subject(JobCompleted.TYPE, running.workspace_id), cb=on_completed)
    started = perf_counter()
    await _request(running.js, running.workspace_id, count)
    async with asyncio.timeout(120):
        await finished.wait()
    seconds = perf_counter() - started
    await told.unsubscribe()
    return seconds


async def _request(js: JetStreamContext, workspace_id: UUID, count: int) -> None:
    """Requests for one card each, all alike, so that what is measured is everything but the drawing."""
    example, batch_id = orjson.loads(golden(ImageRequested.TYPE)[0].data_bytes), str(new_id())
    example |= {"batch_id": batch_id, "batch_size": count, "width": WIDTH, "height": HEIGHT}
    headers = {**golden(ImageRequested.TYPE)[0].headers, "ce-workspaceid": str(workspace_id)}
    for _ in range(count):
        request, event = str(new_id()), str(new_id())
        about = {"ce-id": event, "Nats-Msg-Id": event, "ce-subject": f"{ImageRequested.AGGREGATE}/{request}"}
        data = orjson.dumps(example | {"request_id": request})
        await js.publish(event_subject(ImageRequested.TYPE, workspace_id), data, headers={**headers, **about})
