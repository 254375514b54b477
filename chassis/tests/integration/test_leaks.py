import asyncio
from uuid import uuid4

import asyncpg
from sandbox import Claim, PaintWidget, Sandbox, Store, WidgetChanged
from sandbox.running import Lines

from chassis.events import Handler, Received
from chassis.service import Process
from chassis.work import Cause, Work
from dramatis.testing.service import ServiceUnderTest, eventually


async def ignore(_event: Received[WidgetChanged], _work: Work[Store]) -> None: ...


async def paint(_claim: Claim) -> str:
    return "painted"


WORKING = Sandbox(handlers=[Handler(WidgetChanged, ignore, 1)], tasks=[PaintWidget(paint)])


async def work(running: ServiceUnderTest[Store], process: Process[Store]) -> None:
    """One task from its row to the event that tells of it."""
    widget = uuid4()
    async with process.db.work(Cause(running.workspace_id, uuid4())) as unit:
        await unit.store.insert(running.workspace_id, widget, "lantern")
        unit.enqueue("paint", widget)

    async def done() -> bool:
        [row] = await running.fetch("SELECT state FROM widget WHERE id = $1", widget)
        return bool(row["state"] == "painted")

    await eventually(done, "the widget is painted")
    await running.emitted()


async def connections(running: ServiceUnderTest[Store]) -> int:
    return len(
        await running.fetch(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'dramatis-%'"
        )
    )


async def test_a_process_that_has_stopped_leaves_no_task_and_no_connection(lines: Lines) -> None:
    async with lines.run(WORKING) as running:
        await running.process.__aexit__()
        assert await connections(running) == 0
        before = asyncio.all_tasks()
        for _ in range(3):
            async with Process(running.service, running.process.role) as process:
                await work(running, process)
            assert process._client.is_closed

        async def nothing_left() -> bool:
            return await connections(running) == 0 and not named(asyncio.all_tasks() - before)

        await eventually(nothing_left, "connections and tasks are gone")


def named(tasks: set[asyncio.Task[object]]) -> set[str]:
    """Tasks of the chassis and its drivers; the proxies have some of their own."""
    return {str(task.get_coro()) for task in tasks if "Proxy" not in str(task.get_coro())}


async def test_a_process_that_is_cut_off_often_keeps_as_many_subscriptions_and_connections(lines: Lines) -> None:
    async with lines.run(WORKING) as running:
        client, pool = running.process._client, running.process.db.pool
        await work(running, running.process)
        before = len(client._subs)
        for _ in range(5):
            lines.nats.cut()
            lines.postgres.cut()

            async def back() -> bool:
                try:
                    for _ in range(pool.get_size()):
                        await pool.fetchval("SELECT 1")
                except asyncpg.PostgresConnectionError:
                    return False
                return client.is_connected and all(loop.failure is None for loop in running.process._loops)

            await eventually(back, "everything is connected again")
            await work(running, running.process)
        assert len(client._subs) <= before + 1  # a loop may be between two of its own
        assert pool.get_size() <= running.service.settings.database_pool
