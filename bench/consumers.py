"""Consuming: an event per transaction, per statement and in batches, and what tracing adds."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any
from uuid import uuid4

from nats.aio.msg import Msg
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from sandbox import Store, WidgetChanged
from sandbox.events import widget_changed

from bench.ground import Ground
from bench.load import so_many
from bench.row import Row, at_least, interleaved, row
from chassis import telemetry, topology
from chassis.bus import BatchPublisher
from chassis.consumer import EventConsumer
from chassis.events import Handler, Received
from chassis.ids import new_id
from chassis.pull import PullLoop
from chassis.work import Outgoing, Work

EVENTS = 3000
IN_FLIGHT = 32
BATCH = 100

_ONE_STATEMENT = """
WITH tenant AS MATERIALIZED (SELECT set_config('app.workspace_id', $1::uuid::text, true)),
     received AS (INSERT INTO inbox (consumer, event_id, workspace_id) SELECT 'limit', $2, $1 FROM tenant
                      ON CONFLICT DO NOTHING RETURNING event_id)
INSERT INTO widget (id, workspace_id, name, version, effects) SELECT $3, $1, $4, $5, 1 FROM received
    ON CONFLICT (id) DO UPDATE SET effects = widget.effects + 1
"""

Event = Received[WidgetChanged]


async def rows(ground: Ground) -> list[Row]:
    """All rows about consumers."""
    per_event = Handler(WidgetChanged, on_one, 1)
    statement = Handler(WidgetChanged, on_one, 1, one_statement=True)
    batched = Handler(WidgetChanged, on_many, BATCH)
    transactions, statements, one, single, many = await interleaved(
        lambda: _transactions(ground),
        lambda: _statements(ground),
        lambda: _consume(ground, per_event),
        lambda: _consume(ground, statement),
        lambda: _consume(ground, batched),
    )
    unit = "events/s"
    same = "the same without messaging"
    return [
        row("consumer, a transaction per event", one, transactions, at_least(0.45), unit=unit, limit_is=same),
        row("consumer, one statement per event", single, statements, at_least(0.35), unit=unit, limit_is=same),
        row(
            "consumer, in batches of 100",
            many,
            transactions,
            at_least(1.5),
            unit=unit,
            limit_is="per event, without messaging",
        ),
        *await _tracing(ground, per_event, batched),
    ]


async def on_one(event: Event, work: Work[Store]) -> None:
    """One upsert."""
    await on_many([event], work)


async def on_many(events: Sequence[Event], work: Work[Store]) -> None:
    """One upsert for all."""
    news = [(event.data.widget_id, event.data.name, event.version) for event in events]
    await work.store.count_effect(work.workspace_id, news)


async def _transactions(ground: Ground) -> float:
    """What `_consume` does to Postgres, a transaction per event, with nothing around it."""
    await ground.empty()
    db = ground.db()

    async def one() -> None:
        async with db.consuming(ground.cause(), "limit", uuid4()) as work:
            await work.store.count_effect(ground.workspace_id, [(uuid4(), "lantern", 1)])

    return await so_many(one, IN_FLIGHT, EVENTS)


async def _statements(ground: Ground) -> float:
    """Inbox and effect in one statement, with nothing around it."""
    await ground.empty()

    async def one() -> None:
        await ground.pool.execute(_ONE_STATEMENT, ground.workspace_id, uuid4(), uuid4(), "lantern", 1)

    return await so_many(one, IN_FLIGHT, EVENTS)


async def _consume(ground: Ground, handler: Handler) -> float:
    """Events already in the stream, until the last is acknowledged."""
    await ground.empty()
    await _publish(ground)
    config = topology.consumer(handler.durable("sandbox"), "sandbox.widget.changed.v1.*", 30)
    consumer = EventConsumer(ground.db(), ground.js, handler)
    left = EVENTS
    finished = asyncio.Event()

    async def handle(messages: Sequence[Msg]) -> None:
        nonlocal left
        await consumer.handle(messages)
        left -= len(messages)
        if left <= 0:
            finished.set()

    loop = PullLoop(ground.js, "SANDBOX", config, handle, slots=IN_FLIGHT, batch=handler.batch, fetch_seconds=0.2)
    started = perf_counter()
    loop.start()
    async with asyncio.timeout(60):
        await finished.wait()
    rate = EVENTS / (perf_counter() - started)
    await loop.stop(5)
    await ground.js.delete_consumer("SANDBOX", handler.durable("sandbox"))
    return rate


async def _publish(ground: Ground) -> None:
    publisher = BatchPublisher(ground.client)
    await publisher.start()
    subject = f"sandbox.widget.changed.v1.{ground.workspace_id}"
    for _ in range(EVENTS // 500):
        messages = [widget_changed(uuid4(), "lantern", 1) for _ in range(500)]
        answers = await publisher.publish(
            [
                Outgoing(new_id(), subject, {**one.headers, "ce-workspaceid": str(ground.workspace_id)}, one.data_bytes)
                for one in messages
            ]
        )
        assert set(answers) == {""}, answers


class _Nowhere(SpanExporter):
    """An exporter that costs nothing, so that what is measured is the spans."""

    def export(self, spans: Sequence[Any]) -> SpanExportResult:
        """Drop them."""
        return SpanExportResult.SUCCESS


@contextmanager
def _tracer_of(provider: trace.TracerProvider) -> Iterator[None]:
    """The chassis' tracer replaced for a while."""
    before = telemetry._tracer
    telemetry._tracer = provider.get_tracer("bench")
    try:
        yield
    finally:
        telemetry._tracer = before


async def _tracing(ground: Ground, per_event: Handler, batched: Handler) -> list[Row]:
    """Consumers with every span recorded, against spans switched off."""
    recording = TracerProvider()
    recording.add_span_processor(BatchSpanProcessor(_Nowhere()))

    def traced(handler: Handler, provider: trace.TracerProvider) -> Callable[[], Awaitable[float]]:
        async def measure() -> float:
            with _tracer_of(provider):
                return await _consume(ground, handler)

        return measure

    off = trace.NoOpTracerProvider()
    one_on, one_off, many_on, many_off = await interleaved(
        traced(per_event, recording), traced(per_event, off), traced(batched, recording), traced(batched, off)
    )
    recording.shutdown()
    return [
        row("tracing every event", one_on, one_off, at_least(0.65), unit="events/s", limit_is="tracing off"),
        row("tracing every batch", many_on, many_off, at_least(0.9), unit="events/s", limit_is="tracing off"),
    ]
