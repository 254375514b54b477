import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sandbox import Sandbox, Store, WidgetChanged
from sandbox.events import widget_changed
from sandbox.running import Lines

from chassis import relay, service
from chassis.events import Handler, Received
from chassis.service import Process, RunRole
from chassis.work import Cause, Work
from dramatis.testing.service import ServiceUnderTest, eventually

Event = Received[WidgetChanged]
COMMIT = b"COMMIT\x00"
"""Of a unit of work; the relay's own ends with a semicolon."""


async def count_and_tell(event: Event, work: Work[Store]) -> None:
    if event.data.name != "an echo":
        await work.store.count_effect(work.workspace_id, [(event.data.widget_id, event.data.name, event.version)])
        work.emit(WidgetChanged(widget_id=event.data.widget_id, name="an echo"), event.version)


def counting(*, one_statement: bool = False) -> Sandbox:
    return Sandbox(handlers=[Handler(WidgetChanged, count_and_tell, 1, one_statement)])


async def effects(running: ServiceUnderTest[Store]) -> dict[UUID, int]:
    return {row["id"]: row["effects"] for row in await running.fetch("SELECT id, effects FROM widget")}


async def echoes(running: ServiceUnderTest[Store]) -> list[str]:
    return [event.data["widget_id"] for event in await running.emitted() if event.data["name"] == "an echo"]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "STOP_SECONDS", 0.5)
    monkeypatch.setattr(service, "CLOSE_SECONDS", 0.5)
    monkeypatch.setattr(service, "READY_SECONDS", 0.5)


async def test_an_event_whose_commit_was_not_answered_has_its_effect_once(lines: Lines) -> None:
    async with lines.run(counting()) as running:
        widget = uuid4()
        lines.postgres.swallow_answer_to(COMMIT)
        await running.deliver(widget_changed(widget, "lantern", 1), times=1)
        assert lines.postgres.swallowed.is_set()
        assert await effects(running) == {widget: 1}
        assert await echoes(running) == [str(widget)]


async def test_a_post_whose_commit_was_not_answered_can_be_repeated(lines: Lines) -> None:
    async with lines.run() as running:
        client = await running.http()
        headers = {"Idempotency-Key": "once"}
        lines.postgres.swallow_answer_to(COMMIT)
        unanswered = await client.post("/v1/widgets", json={"name": "lantern"}, headers=headers)
        assert (unanswered.status_code, unanswered.json()["code"]) == (503, "service-unavailable")
        repeated = await client.post("/v1/widgets", json={"name": "lantern"}, headers=headers)
        assert (repeated.status_code, repeated.headers["Idempotency-Replayed"]) == (201, "true")
        assert len(await effects(running)) == 1
        assert len(await running.emitted()) == 1


async def test_messages_whose_storing_was_not_answered_are_published_once(lines: Lines) -> None:
    async with lines.run(counting()) as running:
        lines.nats.swallow_answer_to(b"Nats-Msg-Id")
        widgets = [uuid4() for _ in range(20)]
        async with running.process.db.work(Cause(running.workspace_id, uuid4())) as work:
            for widget in widgets:
                work.emit(WidgetChanged(widget_id=widget, name="lantern"), 1)
        async with asyncio.timeout(8):  # not the whole time that an answer may take
            assert len(await running.emitted()) >= len(widgets)
        assert lines.nats.swallowed.is_set()

        async def all_counted() -> bool:
            return len(await effects(running)) == len(widgets)

        await eventually(all_counted, "every event has its effect")
        assert set((await effects(running)).values()) == {1}
        assert sorted(await echoes(running)) == sorted(map(str, widgets))


@pytest.mark.parametrize("one_statement", [False, True], ids=["transaction", "one statement"])
async def test_connections_cut_at_any_moment_lose_nothing_and_repeat_nothing(
    lines: Lines, *, one_statement: bool
) -> None:
    async with lines.run(counting(one_statement=one_statement)) as running:
        widgets = [uuid4() for _ in range(300)]
        delivering = asyncio.create_task(
            running.deliver(*[widget_changed(widget, "lantern", 1) for widget in widgets], times=1)
        )
        for line in [lines.postgres, lines.nats] * 5:
            before = len(await effects(running))

            async def going_on(before: int = before) -> bool:
                return delivering.done() or len(await effects(running)) > before

            await eventually(going_on, "some more events have their effects")
            line.cut()
        await delivering
        assert await effects(running) == dict.fromkeys(widgets, 1)
        assert sorted(await echoes(running)) == sorted(map(str, widgets))
        assert await running.dead_letters() == []


async def test_a_process_stops_in_bounded_time_when_nothing_answers(lines: Lines, impatient: None) -> None:
    async with lines.run(counting(), shutdown_seconds=0.5) as running:
        await running.deliver(widget_changed(uuid4(), "lantern", 1), times=1)
        lines.postgres.freeze()
        lines.nats.freeze()
        async with asyncio.timeout(10):
            await running.process.__aexit__()
        lines.postgres.thaw()
        lines.nats.thaw()


async def test_a_resource_that_will_not_close_holds_up_nothing(lines: Lines, impatient: None) -> None:
    @asynccontextmanager
    async def stubborn() -> AsyncIterator[None]:
        yield
        await asyncio.Event().wait()

    async with lines.run() as running:
        await running.process.__aexit__()
        process = Process(replace(running.service, resources=[stubborn()]), RunRole.RELAY)
        async with asyncio.timeout(10):
            async with process:
                pass


async def test_what_a_process_could_not_publish_is_published_by_the_next(lines: Lines, impatient: None) -> None:
    async with lines.run() as running:
        lines.nats.freeze()
        async with running.process.db.work(Cause(running.workspace_id, uuid4())) as work:
            work.emit(WidgetChanged(widget_id=uuid4(), name="lantern"), 1)
        async with asyncio.timeout(10):
            await running.process.__aexit__()
        assert len(await running.fetch("SELECT 1 FROM outbox")) == 1
        lines.nats.thaw()
        async with Process(running.service, running.process.role):
            assert len(await running.emitted()) == 1


async def test_readiness_tells_of_a_database_that_does_not_answer_or_refuses(lines: Lines, impatient: None) -> None:
    async with lines.run() as running:
        client = await running.http()
        lines.postgres.freeze()
        async with asyncio.timeout(5):
            answer = await client.get("http://testserver/health/ready")
        lines.postgres.thaw()
        assert answer.status_code == 503
        assert "no answer" in answer.json()["checks"]["postgres"]
        assert (await client.get("http://testserver/health/live")).status_code == 200

        async def ready() -> bool:
            return (await client.get("http://testserver/health/ready")).status_code == 200

        await eventually(ready, "ready again")
        await lines.postgres.close()
        refused = await client.get("http://testserver/health/ready")
        await lines.postgres.open()
        assert refused.status_code == 503
        assert refused.json()["checks"]["postgres"] != "ok"
        await eventually(ready, "ready once more")
