import asyncio
from uuid import UUID

import asyncpg
import pytest
from sandbox import Claim, PaintWidget, Sandbox, Store, WidgetChanged
from sandbox.running import OwnServers

from chassis import outcomes
from chassis.events import Handler, Received
from chassis.service import Process, RunRole
from chassis.work import Work
from dramatis.testing.service import ServiceUnderTest, eventually

WIDGETS = 400


async def note(event: Received[WidgetChanged], work: Work[Store]) -> None:
    """What a `lantern` event does is counted in a row of its own."""
    if event.data.name == "lantern":
        widget = UUID(int=event.data.widget_id.int ^ 1)
        await work.store.count_effect(work.workspace_id, [(widget, "noted", 1)])
        work.enqueue("paint", event.data.widget_id)


async def paint(_claim: Claim) -> str:
    await asyncio.sleep(0)
    return "painted"


async def write(running: ServiceUnderTest[Store], key: int) -> None:
    """One POST, repeated under its key until it is answered."""
    client = await running.http()
    headers = {"Idempotency-Key": str(key)}

    async def answered() -> bool:
        answer = await client.post("/v1/widgets", json={"name": "lantern"}, headers=headers)
        assert answer.status_code in (201, 503), answer.text
        return answer.status_code == 201

    await eventually(answered, "the POST is answered", seconds=40)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("server", ["nats", "postgres"])
async def test_a_server_restarted_under_load_loses_nothing_and_repeats_nothing(
    own_servers: OwnServers, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (0.1,))
    made_up = Sandbox(handlers=[Handler(WidgetChanged, note, 1)], tasks=[PaintWidget(paint)])
    restarted = {"nats": own_servers.nats, "postgres": own_servers.postgres}[server]
    async with own_servers.run(made_up) as running, Process(running.service, RunRole.ALL):
        writing = asyncio.gather(*(write(running, key) for key in range(WIDGETS)))

        async def going_on() -> bool:
            return len(await count(running, "SELECT 1 FROM widget WHERE state = 'painted'")) > WIDGETS // 20

        await eventually(going_on, "work is being done")
        await asyncio.to_thread(restarted.restart)
        await writing

        async def done() -> bool:
            rows = await count(running, "SELECT 1 FROM widget WHERE state = 'painted'")
            left = await count(running, "SELECT 1 FROM outbox")
            return len(rows) == WIDGETS and not left

        await eventually(done, "everything is done", seconds=60)
        noted = await running.fetch("SELECT effects FROM widget WHERE name = 'noted'")
        painted = await running.fetch("SELECT effects FROM widget WHERE state = 'painted'")
        assert [row["effects"] for row in noted] == [1] * WIDGETS
        assert [row["effects"] for row in painted] == [1] * WIDGETS
        told = [event.data["name"] for event in await running.emitted(WidgetChanged)]
        assert (told.count("lantern"), told.count("painted")) == (WIDGETS, WIDGETS)
        assert await running.dead_letters() == []


async def count(running: ServiceUnderTest[Store], sql: str) -> list[asyncpg.Record]:
    """Rows, or none while the database is away."""
    try:
        return await running.fetch(sql)
    except (OSError, asyncpg.PostgresError):
        return []
