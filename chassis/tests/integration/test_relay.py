import asyncio
import contextlib
from uuid import uuid4

import asyncpg
import pytest
from sandbox import Sandbox, Store, WidgetChanged
from sandbox.running import RunSandbox

from chassis.bus import BatchPublisher
from chassis.database import TransactionLost
from chassis.ids import new_id
from chassis.relay import Relay
from chassis.service import Process, RunRole
from chassis.work import Cause, Outgoing
from dramatis.testing.service import ServiceUnderTest, eventually


async def emit(running: ServiceUnderTest[Store], count: int, name: str = "lantern") -> None:
    async with running.process.db.work(Cause(running.workspace_id, uuid4())) as work:
        for _ in range(count):
            work.emit(WidgetChanged(widget_id=uuid4(), name=name), 1)


async def test_many_relays_publish_everything_once(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        others = [Process(running.service, RunRole.RELAY) for _ in range(3)]
        for other in others:
            await other.__aenter__()
        try:
            await asyncio.gather(*(emit(running, 100) for _ in range(10)))
            events = await running.emitted()
        finally:
            for other in others:
                await other.__aexit__()
        assert len(events) == 1000
        assert len({event.envelope.id for event in events}) == 1000


async def test_what_another_process_left_behind_is_picked_up(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        await running.process._relay.stop()
        await emit(running, 3)
        assert len(await running.fetch("SELECT 1 FROM outbox")) == 3
        async with Process(running.service, RunRole.RELAY):
            assert len(await running.emitted()) == 3


async def test_a_rolled_back_unit_of_work_says_nothing(run_sandbox: RunSandbox) -> None:
    async def emit_and_fail(running: ServiceUnderTest[Store]) -> None:
        async with running.process.db.work(Cause(running.workspace_id, uuid4())) as work:
            work.emit(WidgetChanged(widget_id=uuid4(), name="lantern"), 1)
            raise RuntimeError

    async with run_sandbox() as running:
        with pytest.raises(RuntimeError):
            await emit_and_fail(running)
        assert await running.emitted() == []


async def test_a_swallowed_database_error_is_not_taken_for_a_commit(run_sandbox: RunSandbox) -> None:
    async def emit_and_swallow(running: ServiceUnderTest[Store]) -> None:
        async with running.process.db.work(Cause(running.workspace_id, uuid4())) as work:
            work.emit(WidgetChanged(widget_id=uuid4(), name="lantern"), 1)
            with contextlib.suppress(asyncpg.DivisionByZeroError):
                await work.store.connection.execute("SELECT 1/0")

    async with run_sandbox() as running:
        with pytest.raises((TransactionLost, asyncpg.InFailedSQLTransactionError)):
            await emit_and_swallow(running)
        assert await running.emitted() == []


async def test_a_message_no_stream_takes_does_not_hold_up_the_others(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        relay = running.process._relay
        await running.fetch(
            "INSERT INTO outbox (message_id, workspace_id, subject, headers, payload)"
            " VALUES ($1, $2, 'nowhere.at.all', '{}', 'x') RETURNING id",
            uuid4(),
            running.workspace_id,
        )
        await emit(running, 5)

        async def others_left() -> bool:
            rows = await running.fetch("SELECT subject, attempts, last_error FROM outbox")
            return [row["subject"] for row in rows] == ["nowhere.at.all"] and rows[0]["attempts"] > 0

        await eventually(others_left, "only the refused message is left")
        [row] = await running.fetch("SELECT last_error FROM outbox")
        assert "no stream" in row["last_error"]
        assert isinstance(relay, Relay)


async def test_the_publisher_tells_which_messages_were_stored(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        publisher = BatchPublisher(running.process._client)
        await publisher.start()
        good = Outgoing(new_id(), f"sandbox.widget.changed.v1.{uuid4()}", {"Nats-Msg-Id": "1"}, b"{}")
        lost = Outgoing(new_id(), "nowhere.at.all", {}, b"{}")
        wrong = Outgoing(new_id(), good.subject, {"Nats-Expected-Stream": "OTHER"}, b"{}")
        answers = await publisher.publish([good, lost, wrong])
        assert answers[0] == ""
        assert "no stream" in (answers[1] or "")
        assert "expected stream" in (answers[2] or "")


async def test_an_event_of_another_owner_is_refused_where_it_is_emitted(run_sandbox: RunSandbox) -> None:
    class Foreign(WidgetChanged):
        TYPE = "dramatis.assets.project.created.v1"

    async with run_sandbox(Sandbox()) as running:
        with pytest.raises(ValueError, match="one owner"):
            async with running.process.db.work(Cause(running.workspace_id, uuid4())) as work:
                work.emit(Foreign(widget_id=uuid4(), name="lantern"), 1)


async def test_repeats_of_a_message_are_dropped_by_the_stream(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        await running.process._relay.stop()
        await emit(running, 4)
        rows = await running.fetch("SELECT message_id, workspace_id, subject, headers, payload FROM outbox")
        async with Process(running.service, RunRole.RELAY):
            await running.emitted()
            for row in rows:
                await running.fetch(
                    "INSERT INTO outbox (message_id, workspace_id, subject, headers, payload)"
                    " VALUES ($1, $2, $3, $4, $5) RETURNING id",
                    *row,
                )
            assert len(await running.emitted()) == 4
