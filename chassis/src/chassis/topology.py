"""Streams and durable consumers: created and updated in one place, compared with what the server has, loudly.

Streams belong to the operator (`ensure_streams`); each service makes and re-makes its own durables (`ensure_consumer`).
"""

from collections.abc import Sequence
from typing import Any

import nats
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    ConsumerInfo,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import NotFoundError

from chassis.errors import TopologyMismatch
from contracts.consumers import SERVICES
from contracts.subjects import DEAD_STREAM, DEAD_SUBJECTS, stream_of, stream_subjects, work_stream, work_subjects

DAY = 24 * 3600.0
DUPLICATE_WINDOW = 1200.0


def streams(services: Sequence[str] = SERVICES, replicas: int = 1) -> list[StreamConfig]:
    """Every stream: one per owner for seven days, one work queue per service, and the dead letters for ninety days."""
    facts = [
        _stream(stream_of(service), stream_subjects(service), RetentionPolicy.LIMITS, 7 * DAY, replicas)
        for service in services
    ]
    work = [
        _stream(work_stream(service), work_subjects(service), RetentionPolicy.WORK_QUEUE, 0, replicas)
        for service in services
    ]
    return [*facts, *work, _stream(DEAD_STREAM, DEAD_SUBJECTS, RetentionPolicy.LIMITS, 90 * DAY, replicas)]


def _stream(name: str, subjects: str, retention: RetentionPolicy, max_age: float, replicas: int) -> StreamConfig:
    return StreamConfig(
        name=name,
        subjects=[subjects],
        retention=retention,
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        max_age=max_age,
        duplicate_window=DUPLICATE_WINDOW,
        num_replicas=replicas,
        deny_delete=False,
    )


def consumer(durable: str, subject: str, ack_wait: float, max_ack_pending: int = 1000) -> ConsumerConfig:
    """A durable pull consumer. Deliveries are unlimited on the server: the outcome table decides, and drops nothing."""
    return ConsumerConfig(
        durable_name=durable,
        name=durable,
        filter_subject=subject,
        ack_policy=AckPolicy.EXPLICIT,
        deliver_policy=DeliverPolicy.ALL,
        ack_wait=ack_wait,
        max_deliver=-1,
        max_ack_pending=max_ack_pending,
    )


async def ensure_streams(js: JetStreamContext, wanted_streams: Sequence[StreamConfig]) -> None:
    """Create or update streams; raises `TopologyMismatch` when the server's stream still differs."""
    for wanted in wanted_streams:
        try:
            await js.stream_info(str(wanted.name))
        except NotFoundError:
            await js.add_stream(wanted)
        else:
            await js.update_stream(wanted)
        info = await js.stream_info(str(wanted.name))
        compare(f"stream {wanted.name}", wanted, info.config)


async def ensure_consumer(js: JetStreamContext, stream: str, wanted: ConsumerConfig) -> ConsumerInfo:
    """Create or update one durable; raises `TopologyMismatch` when the server's consumer still differs."""
    await js.add_consumer(stream, wanted)
    info: ConsumerInfo = await js.consumer_info(stream, str(wanted.durable_name))
    compare(f"consumer {wanted.durable_name}", wanted, info.config)
    return info


async def ensure_topology(nats_url: str, user: str, password: str, replicas: int = 1) -> None:
    """The operator's step before any service starts: all streams as the code declares them."""
    client = await nats.connect(nats_url, user=user or None, password=password or None, connect_timeout=5)
    try:
        await ensure_streams(client.jetstream(timeout=10), streams(replicas=replicas))
    finally:
        await client.close()


def compare(what: str, wanted: StreamConfig | ConsumerConfig, found: StreamConfig | ConsumerConfig) -> None:
    """Raise `TopologyMismatch` naming every field of `wanted` that the server holds differently."""
    asked: dict[str, Any] = wanted.as_dict()
    held: dict[str, Any] = found.as_dict()
    differing = [
        f"{name}: wanted {value!r}, server has {held.get(name)!r}"
        for name, value in asked.items()
        if value not in (None, held.get(name))
    ]
    if differing:
        raise TopologyMismatch(f"{what}: " + "; ".join(differing))
