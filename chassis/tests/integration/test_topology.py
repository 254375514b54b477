from collections.abc import AsyncIterator
from dataclasses import replace

import nats
import pytest
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, DiscardPolicy, RetentionPolicy
from nats.js.errors import APIError, NotFoundError
from sandbox import WidgetChanged

from chassis.errors import TopologyMismatch
from chassis.topology import DAY, compare, consumer, ensure_consumer, ensure_streams, ensure_topology, streams
from contracts.consumers import SERVICES
from contracts.subjects import DEAD_STREAM, event_filter, stream_of, work_stream
from dramatis.servers.nats import OPERATOR, NatsAddress


@pytest.fixture
async def js(fresh_nats_server: NatsAddress) -> AsyncIterator[JetStreamContext]:
    client = await nats.connect(
        fresh_nats_server.url, user=OPERATOR, password=fresh_nats_server.passwords[OPERATOR], allow_reconnect=False
    )
    yield client.jetstream(timeout=5)
    await client.close()


WANTED = consumer("sandbox-sandbox-widget-changed-v1", event_filter(WidgetChanged.TYPE), 30)


async def test_every_stream_is_made_as_declared_and_making_it_again_changes_nothing(
    js: JetStreamContext, fresh_nats_server: NatsAddress
) -> None:
    for _ in range(2):
        await ensure_topology(fresh_nats_server.url, OPERATOR, fresh_nats_server.passwords[OPERATOR])
    made = {str(info.config.name): info.config for info in await js.streams_info()}
    assert set(made) == {*map(stream_of, SERVICES), *map(work_stream, SERVICES), DEAD_STREAM}
    for service in SERVICES:
        facts, work = made[stream_of(service)], made[work_stream(service)]
        assert (facts.retention, facts.max_age) == (RetentionPolicy.LIMITS, 7 * DAY)
        assert (work.retention, work.max_age) == (RetentionPolicy.WORK_QUEUE, 0)
    assert made[DEAD_STREAM].max_age == 90 * DAY
    assert {(config.discard, config.duplicate_window) for config in made.values()} == {(DiscardPolicy.NEW, 1200)}


async def test_a_stream_that_was_changed_by_hand_is_changed_back(js: JetStreamContext) -> None:
    wanted = streams(["sandbox"])
    await ensure_streams(js, wanted)
    await js.update_stream(replace(wanted[0], max_age=DAY))
    await ensure_streams(js, wanted)
    assert (await js.stream_info("SANDBOX")).config.max_age == 7 * DAY


async def test_a_stream_that_cannot_be_changed_fails_loudly(js: JetStreamContext) -> None:
    wanted = streams(["sandbox"])[0]
    await js.add_stream(replace(wanted, retention=RetentionPolicy.WORK_QUEUE))
    with pytest.raises((TopologyMismatch, APIError)):
        await ensure_streams(js, [wanted])


def test_what_the_server_holds_differently_is_named() -> None:
    wanted = streams(["sandbox"])[0]
    compare("stream SANDBOX", wanted, replace(wanted, max_msgs=7))  # of which nothing was said
    with pytest.raises(
        TopologyMismatch, match=r"stream SANDBOX: max_age: wanted .*num_replicas: wanted 1, server has 3"
    ):
        compare("stream SANDBOX", wanted, replace(wanted, max_age=DAY, num_replicas=3))


async def test_streams_that_overlap_fail_loudly(js: JetStreamContext) -> None:
    wanted = streams(["sandbox"])[0]
    await ensure_streams(js, [wanted])
    with pytest.raises(APIError):
        await ensure_streams(js, [replace(wanted, name="OTHER")])


async def test_a_consumer_is_made_as_declared(js: JetStreamContext) -> None:
    await ensure_streams(js, streams(["sandbox"]))
    for _ in range(2):
        config = (await ensure_consumer(js, "SANDBOX", WANTED)).config
    assert (config.ack_policy, config.deliver_policy, config.ack_wait, config.max_deliver) == (
        AckPolicy.EXPLICIT,
        DeliverPolicy.ALL,
        30,
        -1,
    )
    assert (config.filter_subject, config.max_ack_pending) == (event_filter(WidgetChanged.TYPE), 1000)


@pytest.mark.parametrize("before", [{"ack_wait": 5.0}, {"max_ack_pending": 7}, {"max_deliver": 3}, {"backoff": [1, 2]}])
async def test_a_consumer_with_other_settings_is_updated(js: JetStreamContext, before: dict[str, object]) -> None:
    await ensure_streams(js, streams(["sandbox"]))
    await js.add_consumer("SANDBOX", replace(WANTED, **({"max_deliver": 3} | before)))  # type: ignore[arg-type] # fields of the config
    await ensure_consumer(js, "SANDBOX", WANTED)
    config = (await js.consumer_info("SANDBOX", str(WANTED.durable_name))).config
    assert (config.ack_wait, config.max_ack_pending, config.max_deliver) == (30, 1000, -1)
    assert not config.backoff


@pytest.mark.parametrize(
    "before",
    [
        replace(WANTED, deliver_policy=DeliverPolicy.NEW),
        replace(WANTED, ack_policy=AckPolicy.NONE, max_ack_pending=None),
    ],
    ids=["deliver policy", "ack policy"],
)
async def test_a_consumer_that_cannot_be_updated_fails_loudly(js: JetStreamContext, before: ConsumerConfig) -> None:
    await ensure_streams(js, streams(["sandbox"]))
    await js.add_consumer("SANDBOX", before)
    with pytest.raises((TopologyMismatch, APIError)):
        await ensure_consumer(js, "SANDBOX", WANTED)


async def test_a_consumer_of_a_missing_stream_fails_loudly(js: JetStreamContext) -> None:
    with pytest.raises(NotFoundError):
        await ensure_consumer(js, "SANDBOX", WANTED)
