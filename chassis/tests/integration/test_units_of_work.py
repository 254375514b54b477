import asyncio
import contextlib
from random import Random
from uuid import UUID, uuid4

import asyncpg
import pytest
from sandbox import Store, WidgetChanged
from sandbox.running import RunSandbox

from chassis import database
from chassis.database import Duplicate, TransactionLost
from chassis.tenant_reads import OnlyReads
from chassis.work import Cause
from dramatis.testing.service import ServiceUnderTest

DURABLE = "sandbox-sandbox-widget-changed-v1"


def a_cause(running: ServiceUnderTest[Store]) -> Cause:
    return Cause(running.workspace_id, uuid4())


async def consume(running: ServiceUnderTest[Store], widget: UUID, *, one_statement: bool) -> None:
    db, cause = running.process.db, a_cause(running)
    unit = db.one_statement(cause, (DURABLE, widget)) if one_statement else db.consuming(cause, DURABLE, widget)
    async with unit as work:
        await work.store.insert(running.workspace_id, widget, "lantern")
        work.emit(WidgetChanged(widget_id=widget, name="lantern"), 1)


@pytest.mark.parametrize("one_statement", [False, True], ids=["transaction", "one statement"])
async def test_work_that_is_cancelled_at_any_moment_is_done_wholly_or_not_at_all(
    run_sandbox: RunSandbox, *, one_statement: bool
) -> None:
    rng = Random(11)
    async with run_sandbox() as running:
        await running.process._relay.stop()

        async def consume_for(widget: UUID, turns: int) -> int:
            """Begin, and cancel after so many turns of the loop; returns how many it took."""
            task = asyncio.create_task(consume(running, widget, one_statement=one_statement))
            taken = 0
            while not task.done() and taken < turns:
                await asyncio.sleep(0)
                taken += 1
            task.cancel()
            await asyncio.wait({task})
            return taken

        longest = sorted([await consume_for(uuid4(), 1_000_000) for _ in range(5)])[2]
        widgets = [uuid4() for _ in range(200)]
        for widget in widgets:
            await consume_for(widget, rng.randrange(longest * 3 // 2))
        [left] = await running.fetch(
            """
            SELECT count(widget.id) AS widgets, count(inbox.event_id) AS events, count(outbox.id) AS messages,
                   count(*) FILTER (WHERE widget.id IS NULL OR inbox.event_id IS NULL OR outbox.id IS NULL) AS halves
              FROM widget
              FULL JOIN inbox ON inbox.event_id = widget.id
              FULL JOIN outbox ON outbox.headers->>'ce-subject' = 'widget/' || widget.id
            """
        )
        assert left["halves"] == 0
        assert 5 < left["widgets"] < len(widgets) + 5
        for widget in widgets:
            with contextlib.suppress(Duplicate):
                await consume(running, widget, one_statement=one_statement)
        assert len(await running.fetch("SELECT 1 FROM widget")) == len(widgets) + 5
        assert not await running.fetch(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'"
        )


async def test_an_error_of_the_database_that_was_swallowed_is_not_taken_for_a_commit(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        with pytest.raises(TransactionLost):
            await write_and_swallow(running)
        assert await running.fetch("SELECT 1 FROM widget") == []


async def write_and_swallow(running: ServiceUnderTest[Store]) -> None:
    async with running.process.db.work(a_cause(running)) as work:
        await work.store.insert(running.workspace_id, uuid4(), "lantern")
        with contextlib.suppress(asyncpg.DivisionByZeroError):
            await work.store.connection.execute("SELECT 1/0")


async def test_the_same_event_twice_at_once_is_done_once(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        widget = uuid4()
        done = await asyncio.gather(
            *(consume(running, widget, one_statement=bool(number % 2)) for number in range(8)), return_exceptions=True
        )
        assert sorted(type(error).__name__ for error in done if error is not None) == ["Duplicate"] * 7


async def test_the_second_delivery_goes_on_when_the_first_fails(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        event_id, inside, fail = uuid4(), asyncio.Event(), asyncio.Event()

        async def first() -> None:
            async with running.process.db.consuming(a_cause(running), DURABLE, event_id):
                inside.set()
                await fail.wait()
                raise RuntimeError

        async def second() -> None:
            await inside.wait()
            asyncio.get_running_loop().call_later(0.05, fail.set)
            async with running.process.db.consuming(a_cause(running), DURABLE, event_id) as work:
                await work.store.insert(running.workspace_id, uuid4(), "lantern")

        failed, done = await asyncio.gather(first(), second(), return_exceptions=True)
        assert isinstance(failed, RuntimeError)
        assert done is None


async def test_the_workspace_of_one_unit_of_work_is_unknown_to_the_next(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(database_pool=2) as running:
        db = running.process.db
        async with db.work(a_cause(running)) as work:
            await work.store.insert(running.workspace_id, uuid4(), "lantern")
        async with db.one_statement(a_cause(running)) as work:
            await work.store.insert(running.workspace_id, uuid4(), "lantern")
        async with db.reading(a_cause(running)) as work:
            assert len(await work.store.connection.fetch("SELECT id FROM widget")) == 2
        async with db.pool.acquire() as connection:
            assert not await connection.fetchval("SELECT current_setting('app.workspace_id', true)")
            with pytest.raises(asyncpg.PostgresError):
                await connection.fetch("SELECT id FROM widget")
        async with db.reading(Cause(uuid4(), uuid4())) as work:
            assert await work.store.connection.fetch("SELECT id FROM widget") == []


@pytest.mark.parametrize("table", ["outbox", "inbox", "idempotency"])
async def test_the_chassis_own_tables_keep_workspaces_apart(run_sandbox: RunSandbox, table: str) -> None:
    rows = {
        "outbox": "(message_id, workspace_id, subject, headers, payload) VALUES (gen_random_uuid(), $1, 'a', '{}', '')",
        "inbox": "(consumer, event_id, workspace_id) VALUES ('a', gen_random_uuid(), $1)",
        "idempotency": "(workspace_id, key, request_hash) VALUES ($1, 'a', '')",
    }
    async with run_sandbox() as running:
        await running.process._relay.stop()
        await running.fetch(f"INSERT INTO {table} {rows[table]} RETURNING 1", uuid4())
        async with running.process.db.work(a_cause(running)) as work:
            assert await work.store.connection.fetch(f"SELECT 1 FROM {table}") == []  # noqa: S608 - constants
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await write_for_a_stranger(running, f"INSERT INTO {table} {rows[table]}")


async def write_for_a_stranger(running: ServiceUnderTest[Store], sql: str) -> None:
    async with running.process.db.work(a_cause(running)) as work:
        await work.store.connection.execute(sql, uuid4())


async def test_a_reading_unit_of_work_cannot_write(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        await running.fetch(
            "CREATE FUNCTION make_widget() RETURNS uuid LANGUAGE sql AS"
            " $$ INSERT INTO widget (id, workspace_id, name)"
            " SELECT gen_random_uuid(), current_setting('app.workspace_id')::uuid, 'rope' RETURNING id $$"
        )
        async with running.process.db.reading(a_cause(running)) as work:
            with pytest.raises(OnlyReads):
                await work.store.insert(running.workspace_id, uuid4(), "lantern")
            for refused, sql in {
                asyncpg.PostgresSyntaxError: "DELETE FROM widget RETURNING id",
                asyncpg.ReadOnlySQLTransactionError: "SELECT make_widget()",
            }.items():
                with pytest.raises(refused):
                    await work.store.connection.fetch(sql)
        assert await running.fetch("SELECT 1 FROM widget") == []


async def test_a_reading_unit_of_work_sees_the_rows_of_its_workspace_in_their_order(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        names = [f"lantern {number}" for number in range(50)]
        for cause in (a_cause(running), Cause(uuid4(), uuid4())):
            async with running.process.db.work(cause) as work:
                for name in names:
                    await work.store.insert(cause.workspace_id, uuid4(), name)
        async with running.process.db.reading(a_cause(running)) as work:
            rows = await work.store.connection.fetch("SELECT name FROM widget ORDER BY name DESC LIMIT $1", 20)
            assert [row["name"] for row in rows] == sorted(names, reverse=True)[:20]
            assert await work.store.connection.fetchval("SELECT count(*) FROM widget") == 50
            assert await work.store.connection.fetchval("SELECT workspace_id FROM widget") == running.workspace_id


async def test_what_a_connection_left_unfinished_is_never_committed(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forget(_connection: object) -> None: ...

    async with run_sandbox(database_pool=2) as running:
        monkeypatch.setattr(database, "_end", forget)
        with pytest.raises(RuntimeError):
            await fail_halfway(running)
        monkeypatch.undo()
        async with running.process.db.work(a_cause(running)) as work:
            await work.store.insert(running.workspace_id, uuid4(), "rope")
        assert [row["name"] for row in await running.fetch("SELECT name FROM widget")] == ["rope"]


async def fail_halfway(running: ServiceUnderTest[Store]) -> None:
    async with running.process.db.work(a_cause(running)) as work:
        await work.store.insert(running.workspace_id, uuid4(), "lantern")
        raise RuntimeError


async def test_who_waits_for_a_connection_is_told_when_it_takes_too_long(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "ACQUIRE_SECONDS", 0.05)
    async with run_sandbox(database_pool=2) as running:  # one of them is the relay's
        client = await running.http()
        async with running.process.db.work(a_cause(running)):
            for answer in (
                await client.get(f"/v1/widgets/{uuid4()}"),
                await client.post("/v1/widgets", json={"name": "a"}),
            ):
                assert (answer.status_code, answer.json()["code"]) == (503, "service-unavailable")
        assert (await client.get(f"/v1/widgets/{uuid4()}")).status_code == 404
