import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from uuid import UUID

import nats
import pytest
from nats.aio.client import Client
from nats.errors import TimeoutError as NatsTimeoutError
from nats.js.api import ConsumerConfig, StreamConfig
from nats.js.errors import NotFoundError

from chassis.topology import consumer, ensure_consumer, ensure_topology
from contracts.assets.v1 import ImageRequested, ProjectCreated
from contracts.subjects import durable_of, event_filter, event_subject, work_durable, work_filter, work_subject
from dramatis.servers.nats import OPERATOR, NatsAddress
from dramatis.servers.permissions import inbox_prefix

WORKSPACE = UUID("0197b000-0000-7000-8000-000000000001")
PROJECT_CREATED = durable_of("extraction", ProjectCreated.TYPE)

Refusals = asyncio.Queue[str]
Connect = Callable[[str], AbstractAsyncContextManager[tuple[Client, Refusals]]]


@pytest.fixture
async def connect(fresh_nats_server: NatsAddress) -> Connect:
    """Connects as a user with all streams made; the list holds what the server refused."""
    address = fresh_nats_server
    await ensure_topology(address.url, OPERATOR, address.passwords[OPERATOR])

    @asynccontextmanager
    async def as_user(user: str) -> AsyncIterator[tuple[Client, Refusals]]:
        refused: Refusals = asyncio.Queue()

        async def on_error(error: Exception) -> None:
            refused.put_nowait(str(error).lower())

        client = await nats.connect(
            address.url,
            user=user,
            password=address.passwords[user],
            inbox_prefix=inbox_prefix(user).encode(),
            error_cb=on_error,
        )
        try:
            yield client, refused
        finally:
            await client.close()

    return as_user


async def test_a_service_publishes_and_another_consumes(connect: Connect) -> None:
    subject = event_subject(ProjectCreated.TYPE, WORKSPACE)
    async with connect("assets") as (assets, _), connect("extraction") as (extraction, refused):
        await assets.jetstream().publish(subject, b"{}", stream="ASSETS")
        js = extraction.jetstream()
        wanted = consumer(PROJECT_CREATED, event_filter(ProjectCreated.TYPE), ack_wait=30)
        await ensure_consumer(js, "ASSETS", wanted)
        subscription = await js.pull_subscribe_bind(PROJECT_CREATED, stream="ASSETS")
        [message] = await subscription.fetch(1)
        await message.ack_sync()
        assert message.subject == subject
        assert refused.empty()


async def test_a_service_works_off_its_own_queue(connect: Connect) -> None:
    async with connect("imagegen") as (imagegen, refused):
        js = imagegen.jetstream()
        await js.publish(work_subject("imagegen", "draw", WORKSPACE), b"1", stream="WORK_IMAGEGEN")
        durable = work_durable("imagegen", "draw")
        await ensure_consumer(js, "WORK_IMAGEGEN", consumer(durable, work_filter("imagegen", "draw"), ack_wait=30))
        subscription = await js.pull_subscribe_bind(durable, stream="WORK_IMAGEGEN")
        [message] = await subscription.fetch(1)
        await message.ack_sync()
        assert refused.empty()


@pytest.mark.parametrize(
    "subject",
    ["extraction.run.started.v1.x", "work.extraction.read.x", "dead.extraction.d", "_INBOX_extraction.x", "other"],
)
async def test_a_service_cannot_speak_for_another(connect: Connect, subject: str) -> None:
    async with connect(OPERATOR) as (operator, _), connect("assets") as (assets, refused):
        heard = await operator.subscribe(subject)
        await operator.flush()
        await assets.publish(subject, b"forged")
        await assets.flush()
        assert "permissions violation for publish" in await asyncio.wait_for(refused.get(), 5)
        assert heard.pending_msgs == 0


async def test_a_service_cannot_overhear_answers_and_events(connect: Connect) -> None:
    async with connect("assets") as (assets, refused):
        for subject in ("_INBOX_extraction.>", "_INBOX.>", "extraction.>", ">"):
            await assets.subscribe(subject)
            await assets.flush()
            assert "permissions violation for subscription" in await asyncio.wait_for(refused.get(), 5)


async def test_a_service_cannot_take_the_events_of_anothers_durable(connect: Connect) -> None:
    subject = event_subject(ProjectCreated.TYPE, WORKSPACE)
    async with connect(OPERATOR) as (operator, _), connect("imagegen") as (imagegen, refused):
        js = operator.jetstream()
        await ensure_consumer(js, "ASSETS", consumer(PROJECT_CREATED, event_filter(ProjectCreated.TYPE), ack_wait=30))
        await js.publish(subject, b"{}")
        theft = await imagegen.jetstream().pull_subscribe_bind(PROJECT_CREATED, stream="ASSETS")
        with pytest.raises(NatsTimeoutError):
            await theft.fetch(1, timeout=0.15)
        info = await js.consumer_info("ASSETS", PROJECT_CREATED)
        assert (info.num_pending, info.num_ack_pending) == (1, 0)
        assert "consumer.msg.next" in await asyncio.wait_for(refused.get(), 5)


async def test_a_service_cannot_make_or_delete_what_is_not_its_own(connect: Connect) -> None:
    own = durable_of("imagegen", ImageRequested.TYPE)
    async with connect(OPERATOR) as (operator, _), connect("imagegen") as (imagegen, _):
        js = imagegen.jetstream(timeout=0.15)
        for attempt in (
            js.add_consumer("ASSETS", ConsumerConfig(name="spy", durable_name="spy")),
            js.add_consumer("EXTRACTION", ConsumerConfig(name=own, durable_name=own)),
            js.add_stream(StreamConfig(name="MINE", subjects=["mine"])),
            js.delete_stream("ASSETS"),
            js.purge_stream("ASSETS"),
        ):
            with pytest.raises(NatsTimeoutError):
                await attempt
        with pytest.raises(NotFoundError):
            await operator.jetstream().consumer_info("ASSETS", "spy")


async def test_a_wrong_password_is_refused(nats_server: NatsAddress) -> None:
    reader, writer = await asyncio.open_connection(nats_server.host, nats_server.port)
    try:
        await reader.readline()
        writer.write(b'CONNECT {"user": "assets", "pass": "wrong"}\r\nPING\r\n')
        assert b"Authorization Violation" in await asyncio.wait_for(reader.readline(), 5)
    finally:
        writer.close()
        await writer.wait_closed()
