import asyncio
import contextlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from nats.js.api import StreamConfig
from sandbox import Store, WidgetChanged
from sandbox.running import RunSandbox

from chassis import outcomes, relay
from chassis.bus import BatchPublisher
from chassis.service import Process, RunRole
from chassis.work import Cause, Outgoing
from contracts.subjects import event_subject
from dramatis.testing.service import ServiceUnderTest, eventually

SUBJECT = event_subject(WidgetChanged.TYPE, UUID(int=7))
INSERT = """
INSERT INTO outbox (message_id, workspace_id, subject, headers, payload) VALUES ($1, $2, $3, $4::jsonb, $5) RETURNING id
"""


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (0.01,))


async def emit(running: ServiceUnderTest[Store], count: int = 1) -> None:
    async with running.process.db.work(Cause(running.workspace_id, uuid4())) as work:
        for _ in range(count):
            work.emit(WidgetChanged(widget_id=uuid4(), name="lantern"), 1)


@pytest.mark.parametrize(
    ("subject", "headers", "payload"),
    [
        (SUBJECT, "{}", b"x" * 1024 * 1024),
        (SUBJECT, '{"a": "%s"}' % ("x" * 300), b"x" * (1024 * 1024 - 200)),
        (SUBJECT, '{"a": "%s"}' % ("x" * 70_000), b"{}"),
        (SUBJECT, '{"no header": "x"}', b"{}"),
        ("sandbox widget", "{}", b"{}"),
        ("", "{}", b"{}"),
    ],
    ids=["data too large", "together too large", "headers too large", "bad header", "bad subject", "no subject"],
)
async def test_a_message_that_can_never_be_sent_holds_up_nobody(
    run_sandbox: RunSandbox, subject: str, headers: str, payload: bytes
) -> None:
    async with run_sandbox() as running:
        await running.process._relay.stop()
        await running.fetch(INSERT, uuid4(), running.workspace_id, subject, headers, payload)
        await emit(running, 5)
        async with Process(running.service, RunRole.RELAY) as other:

            async def only_it_is_left() -> bool:
                rows = await running.fetch("SELECT subject, attempts, last_error FROM outbox")
                return [row["subject"] for row in rows] == [subject] and rows[0]["attempts"] > 1

            await eventually(only_it_is_left, "the others are published, and it is tried again")
            [row] = await running.fetch("SELECT last_error FROM outbox")
            assert row["last_error"]
            assert other._client.is_connected
            assert not other.cut_off.is_set()


async def test_more_refused_messages_than_a_batch_hold_up_nobody(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "BATCH", 2)
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (600.0,))
    async with run_sandbox() as running:
        await running.process._relay.stop()
        for _ in range(5):
            await running.fetch(INSERT, uuid4(), running.workspace_id, "nowhere.at.all", "{}", b"{}")
        await emit(running, 3)
        async with Process(running.service, RunRole.RELAY):

            async def only_they_are_left() -> bool:
                return len(await running.fetch("SELECT 1 FROM outbox")) == 5

            await eventually(only_they_are_left, "the others are published")


async def test_a_message_without_an_answer_stays_until_there_is_one(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, calls = BatchPublisher.publish, 0

    async def answer_the_third(self: BatchPublisher, messages: Sequence[Outgoing], seconds: float = 10.0) -> Any:
        nonlocal calls
        calls += 1
        return [None] * len(messages) if calls < 3 else await publish(self, messages, seconds)

    monkeypatch.setattr(BatchPublisher, "publish", answer_the_third)
    async with run_sandbox() as running:
        await emit(running, 3)
        assert len(await running.emitted()) == 3
        assert calls >= 3


async def test_what_one_relay_publishes_keeps_the_order_of_its_telling(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        await running.process._relay.stop()
        async with running.process.db.work(Cause(running.workspace_id, uuid4())) as work:
            for number in range(40):
                work.emit(WidgetChanged(widget_id=uuid4(), name=f"{number}"), 1)
        # Now they are no longer in order on disk.
        await running.fetch("UPDATE outbox SET attempts = 0 WHERE id % 3 = 0 RETURNING id")
        async with Process(running.service, RunRole.RELAY):
            assert [event.data["name"] for event in await running.emitted()] == [str(number) for number in range(40)]


async def test_a_full_stream_takes_what_is_left_once_there_is_room(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        config: StreamConfig = (await running.js.stream_info("SANDBOX")).config
        await running.js.update_stream(config.evolve(max_msgs=3))
        await emit(running, 10)

        async def refused() -> bool:
            rows = await running.fetch("SELECT last_error FROM outbox WHERE last_error IS NOT NULL")
            return len(rows) == 7 and "maximum messages" in rows[0]["last_error"]

        await eventually(refused, "seven messages wait")
        await running.js.update_stream(config)
        assert len(await running.emitted()) == 10


async def test_every_commit_wakes_its_relay(run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "POLL_SECONDS", 3600.0)
    async with run_sandbox() as running:

        async def write(_: int) -> None:
            await emit(running)

        for number in range(30):
            await asyncio.gather(*map(write, range(number % 4)))
        assert len(await running.emitted()) == sum(number % 4 for number in range(30))


async def test_a_relay_goes_on_after_any_error_and_says_so_meanwhile(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "POLL_SECONDS", 0.01)
    fails = True
    publish = BatchPublisher.publish

    async def fail_for_now(self: BatchPublisher, messages: Sequence[Outgoing], seconds: float = 10.0) -> Any:
        if fails:
            raise LookupError
        return await publish(self, messages, seconds)

    monkeypatch.setattr(BatchPublisher, "publish", fail_for_now)
    async with run_sandbox() as running:
        await emit(running)
        client = await running.http()

        async def told() -> bool:
            answer = await client.get("http://testserver/health/ready")
            return "LookupError" in answer.json()["checks"]["relay"]

        await eventually(told, "readiness tells of the relay")
        fails = False
        assert len(await running.emitted()) == 1
        await eventually(lambda: is_well(running), "the relay is well")


async def is_well(running: ServiceUnderTest[Store]) -> bool:
    return running.process._relay.failure is None


async def test_a_relay_stops_although_others_keep_writing(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = BatchPublisher.publish

    async def write_meanwhile(self: BatchPublisher, messages: Sequence[Outgoing], seconds: float = 10.0) -> Any:
        await emit(running)
        return await publish(self, messages, seconds)

    async with run_sandbox() as running:
        await running.process._relay.stop()
        monkeypatch.setattr(BatchPublisher, "publish", write_meanwhile)
        await emit(running)
        async with Process(running.service, RunRole.RELAY) as other:
            async with asyncio.timeout(relay.STOP_SECONDS / 2):
                await other._relay.stop()
            assert other._relay._task is not None
            assert not other._relay._task.cancelled()
        monkeypatch.undo()


async def test_a_message_that_another_relay_has_in_hand_is_left_to_it(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        await running.process._relay.stop()
        await emit(running)
        connection = await asyncpg.connect(running.database.superuser_url)
        async with connection.transaction():
            [held] = await connection.fetch("SELECT id FROM outbox FOR UPDATE")
            await emit(running, 5)
            async with Process(running.service, RunRole.RELAY):

                async def others_gone() -> bool:
                    return await running.fetch("SELECT id FROM outbox") == [held]

                await eventually(others_gone, "the others are published")
        await connection.close()


async def test_no_unit_of_work_ever_has_the_rights_of_the_relay(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(database_pool=4) as running:
        pool = running.process.db.pool
        await running.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE '%outbox%' AND datname = current_database() AND pid <> pg_backend_pid()"
        )
        await emit(running)
        await running.emitted()
        await running.process._relay.stop()
        async with contextlib.AsyncExitStack() as stack:
            connections = [await stack.enter_async_context(pool.acquire()) for _ in range(4)]
            roles = [await connection.fetchval("SELECT current_role") for connection in connections]
        assert set(roles) == {"sandbox_app"}


async def test_what_can_no_longer_be_repeated_is_forgotten_and_the_rest_kept(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "SWEEP_ROWS", 3)
    monkeypatch.setattr(relay, "POLL_SECONDS", 0.01)
    async with run_sandbox() as running:
        await running.process._relay.stop()
        await running.fetch(
            """
            WITH events AS (
                INSERT INTO inbox (consumer, event_id, workspace_id, received_at)
                SELECT 'x', gen_random_uuid(), $1, now() - age FROM unnest($2::interval[]) AS age RETURNING 1)
            INSERT INTO idempotency (workspace_id, key, request_hash, created_at)
            SELECT $1, n::text, '', now() - make_interval(hours => 20 + n) FROM generate_series(1, 12) AS n RETURNING key
            """,
            running.workspace_id,
            [timedelta(days=101)] * 10 + [timedelta(days=99)] * 2,
        )
        async with Process(running.service, RunRole.RELAY):

            async def swept() -> bool:
                [left] = await running.fetch(
                    "SELECT (SELECT count(*) FROM inbox) AS inbox, (SELECT count(*) FROM idempotency) AS keys"
                )
                return tuple(left) == (2, 3)

            await eventually(swept, "only what is young is left")


async def test_a_batch_that_was_never_answered_ends(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        publisher = BatchPublisher(running.process._client)  # never listens for answers
        assert await publisher.publish([Outgoing(uuid4(), SUBJECT, {}, b"{}")], seconds=0.05) == [None]
        assert await publisher.publish([]) == []
        assert publisher._batches == {}
