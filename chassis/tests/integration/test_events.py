import asyncio
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from sandbox import Sandbox, Store, WidgetChanged
from sandbox.events import widget_changed
from sandbox.running import RunSandbox

from chassis import outcomes
from chassis.database import Duplicate
from chassis.deadletters import DeadLetterNotFound, read_dead_letter, replay_dead_letter
from chassis.errors import Unavailable
from chassis.events import Handler, Received
from chassis.one_statement import MoreThanOneStatement
from chassis.work import Cause, Work
from contracts.examples import Golden
from dramatis.testing.service import ServiceUnderTest, eventually

Event = Received[WidgetChanged]
DURABLE = "sandbox-sandbox-widget-changed-v1"


async def count(events: Sequence[Event], work: Work[Store]) -> None:
    news = [(event.data.widget_id, event.data.name, event.version) for event in events]
    await work.store.count_effect(work.workspace_id, news)


async def count_one(event: Event, work: Work[Store]) -> None:
    await count([event], work)


def handling(function: Callable[..., Awaitable[None]], batch: int = 1, *, one_statement: bool = False) -> Sandbox:
    return Sandbox(handlers=[Handler(WidgetChanged, function, batch, one_statement)])


def failing(times: int, error: Callable[[], Exception]) -> Callable[[Event, Work[Store]], Awaitable[None]]:
    """A handler that fails so many times, after its effect, and then lets it stand."""
    left = times

    async def handle(event: Event, work: Work[Store]) -> None:
        nonlocal left
        await count_one(event, work)
        if left:
            left -= 1
            raise error()

    return handle


@pytest.fixture
def quick_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (0.01,))


async def effects(running: ServiceUnderTest[Store]) -> dict[UUID, int]:
    return {row["id"]: row["effects"] for row in await running.fetch("SELECT id, effects FROM widget")}


@pytest.mark.parametrize("batch", [1, 50], ids=["one by one", "in batches"])
async def test_an_event_delivered_three_times_has_one_effect(run_sandbox: RunSandbox, batch: int) -> None:
    widgets = [uuid4() for _ in range(40)]
    messages = [widget_changed(widget, "lantern", 1) for widget in widgets]
    async with run_sandbox(handling(count_one if batch == 1 else count, batch)) as running:
        await running.deliver(*messages, times=3)
        assert await effects(running) == dict.fromkeys(widgets, 1)
        assert await running.dead_letters() == []


@pytest.mark.parametrize("batch", [1, 50], ids=["one by one", "in batches"])
async def test_older_news_never_overwrites_newer(run_sandbox: RunSandbox, batch: int) -> None:
    widget = uuid4()
    messages = [widget_changed(widget, f"name {version}", version) for version in range(1, 21)]
    Random(7).shuffle(messages)
    async with run_sandbox(handling(count_one if batch == 1 else count, batch)) as running:
        await running.deliver(*messages, times=1)
        [row] = await running.fetch("SELECT name, version, effects FROM widget")
        assert tuple(row) == ("name 20", 20, 20)


async def test_a_unit_of_work_of_one_statement_has_its_effect_and_its_events_once(run_sandbox: RunSandbox) -> None:
    async def count_and_tell(event: Event, work: Work[Store]) -> None:
        await count_one(event, work)
        if event.data.name != "an echo":
            work.emit(WidgetChanged(widget_id=uuid4(), name="an echo"), 1)

    widgets = [uuid4() for _ in range(20)]
    async with run_sandbox(handling(count_and_tell, one_statement=True)) as running:
        await running.deliver(*[widget_changed(widget, "lantern", 1) for widget in widgets], times=3)
        found = await effects(running)
        assert {widget: found.pop(widget) for widget in widgets} == dict.fromkeys(widgets, 1)
        echoes = [event for event in await running.emitted(WidgetChanged) if event.data["name"] == "an echo"]
        assert len(echoes) == len(widgets)
        assert await running.dead_letters() == []


async def test_a_unit_of_work_of_one_statement_sees_no_other_tenant(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        stranger = uuid4()
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await insert_for(running, stranger)
        assert await effects(running) == {}


async def insert_for(running: ServiceUnderTest[Store], stranger: UUID) -> None:
    async with running.process.db.one_statement(Cause(running.workspace_id, uuid4())) as work:
        await work.store.insert(stranger, uuid4(), "lantern")


async def test_a_second_statement_where_one_was_promised_is_a_bug(run_sandbox: RunSandbox) -> None:
    async def twice(running: ServiceUnderTest[Store]) -> None:
        async with running.process.db.one_statement(Cause(running.workspace_id, uuid4())) as work:
            await work.store.insert(running.workspace_id, uuid4(), "lantern")
            await work.store.read(uuid4())

    async with run_sandbox() as running:
        with pytest.raises(MoreThanOneStatement):
            await twice(running)
        assert await effects(running) == {}


async def test_a_batch_holds_events_of_many_workspaces(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(handling(count, 50)) as running:
        tenants = {uuid4(): uuid4() for _ in range(5)}
        for workspace_id, widget in tenants.items():
            await running.deliver(widget_changed(widget, "lantern", 1), times=2, workspace_id=workspace_id)
        rows = await running.fetch("SELECT workspace_id, id FROM widget")
        assert {row["workspace_id"]: row["id"] for row in rows} == tenants


async def test_an_outage_is_retried_until_it_is_over(run_sandbox: RunSandbox, quick_backoff: None) -> None:
    deliveries = outcomes.MAX_DELIVER + 3
    async with run_sandbox(handling(failing(deliveries, Unavailable))) as running:
        widget = uuid4()
        await running.deliver(widget_changed(widget, "lantern", 1), times=1)
        assert await effects(running) == {widget: 1}
        assert await running.dead_letters() == []


async def test_a_bug_is_retried_a_few_times_and_then_kept_as_a_dead_letter(
    run_sandbox: RunSandbox, quick_backoff: None
) -> None:
    async with run_sandbox(handling(failing(1000, lambda: RuntimeError("boom")))) as running:
        message = widget_changed(uuid4(), "lantern", 1)
        await running.deliver(message, times=1)
        [letter] = await running.dead_letters()
        assert (letter.code, letter.consumer, letter.deliveries) == ("unexpected-error", DURABLE, outcomes.MAX_DELIVER)
        assert letter.reason == "RuntimeError: boom"
        assert letter.data == message.data_bytes
        assert letter.headers["ce-id"] == message.headers["ce-id"]
        assert await effects(running) == {}


class WidgetForbidden(Exception):
    """This widget may never be changed."""

    code = "widget-forbidden"
    kind = "forbidden"


async def test_a_problem_is_a_dead_letter_at_once_and_leaves_no_effect(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(handling(failing(1, WidgetForbidden))) as running:
        await running.deliver(widget_changed(uuid4(), "lantern", 1), times=1)
        [letter] = await running.dead_letters()
        assert (letter.code, letter.deliveries) == ("widget-forbidden", 1)
        assert await effects(running) == {}


async def test_a_replayed_dead_letter_is_handled_and_gone(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(handling(failing(1, WidgetForbidden))) as running:
        widget = uuid4()
        await running.deliver(widget_changed(widget, "lantern", 1), times=1)
        [letter] = await running.dead_letters()
        await replay_dead_letter(running.js, letter.number)
        await running.settled("SANDBOX", DURABLE, sequence=2)
        assert await effects(running) == {widget: 1}
        assert await running.dead_letters() == []
        with pytest.raises(DeadLetterNotFound):
            await read_dead_letter(running.js, letter.number)


@pytest.mark.parametrize("batch", [1, 50], ids=["one by one", "in batches"])
async def test_one_poisoned_event_does_not_hold_up_its_neighbours(run_sandbox: RunSandbox, batch: int) -> None:
    poison, widgets = uuid4(), [uuid4() for _ in range(20)]

    async def handle(events: Event | Sequence[Event], work: Work[Store]) -> None:
        group = events if isinstance(events, Sequence) else [events]
        await count(group, work)
        if poison in {event.data.widget_id for event in group}:
            raise WidgetForbidden

    messages = [widget_changed(widget, "lantern", 1) for widget in [*widgets, poison]]
    async with run_sandbox(handling(handle, batch)) as running:
        await running.deliver(*messages, times=1)
        assert await effects(running) == dict.fromkeys(widgets, 1)
        assert [letter.code for letter in await running.dead_letters()] == ["widget-forbidden"]


def spoilt(change: dict[str, str | None], data: bytes | None = None) -> Golden:
    good = widget_changed(uuid4(), "lantern", 1)
    headers = {name: value for name, value in {**good.headers, **change}.items() if value is not None}
    return Golden("spoilt", headers, good.data_bytes if data is None else data)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (spoilt({"ce-id": None}), "undecodable"),
        (spoilt({"ce-aggregateversion": "minus one"}), "undecodable"),
        (spoilt({}, b""), "undecodable"),
        (spoilt({}, b'{"widget_id": "0197'), "undecodable"),
        (spoilt({}, b'{"widget_id": 5, "name": "lantern"}'), "undecodable"),
        (spoilt({}, b"\x00\xff"), "undecodable"),
    ],
)
async def test_what_cannot_be_read_is_a_dead_letter_with_the_reason(
    run_sandbox: RunSandbox, message: Golden, code: str
) -> None:
    async with run_sandbox(handling(count_one)) as running:
        await running.deliver(message, times=1)
        [letter] = await running.dead_letters()
        assert (letter.code, letter.deliveries) == (code, 1)
        assert letter.reason


async def test_an_unknown_version_on_a_known_subject_is_a_dead_letter(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(handling(count_one)) as running:
        message = widget_changed(uuid4(), "lantern", 1)
        headers = {**message.headers, "ce-type": "dramatis.sandbox.widget.changed.v2"}
        subject = f"sandbox.widget.changed.v1.{headers['ce-workspaceid']}"
        stored = await running.js.publish(subject, b"{}", headers=headers)
        await running.settled("SANDBOX", DURABLE, stored.seq)
        [letter] = await running.dead_letters()
        assert letter.code == "unknown-version"


async def test_an_event_that_claims_another_workspace_than_its_subject_is_a_dead_letter(
    run_sandbox: RunSandbox,
) -> None:
    async with run_sandbox(handling(count_one)) as running:
        message = widget_changed(uuid4(), "lantern", 1)
        subject = f"sandbox.widget.changed.v1.{running.workspace_id}"
        stored = await running.js.publish(subject, message.data_bytes, headers=dict(message.headers))
        await running.settled("SANDBOX", DURABLE, stored.seq)
        assert [letter.code for letter in await running.dead_letters()] == ["undecodable"]
        assert await effects(running) == {}


async def test_a_slow_handler_keeps_its_message_beyond_ack_wait(run_sandbox: RunSandbox) -> None:
    calls = 0

    async def slow(event: Event, work: Work[Store]) -> None:
        nonlocal calls
        calls += 1
        await asyncio.sleep(1.5)  # lint: allow sleeping-test longer than ack_wait: the heartbeat during it is tested
        await count_one(event, work)

    async with run_sandbox(handling(slow), ack_wait_seconds=0.5) as running:
        widget = uuid4()
        await running.deliver(widget_changed(widget, "lantern", 1), times=1)
        assert calls == 1
        assert await effects(running) == {widget: 1}


async def test_never_more_events_are_in_flight_than_slots(run_sandbox: RunSandbox) -> None:
    now, most = 0, 0

    async def handle(event: Event, work: Work[Store]) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await count_one(event, work)
        now -= 1

    async with run_sandbox(handling(handle), event_concurrency=4) as running:
        await running.deliver(*[widget_changed(uuid4(), "lantern", 1) for _ in range(60)], times=1)
        assert most == 4


async def test_a_durable_that_is_deleted_is_made_again_and_loses_nothing(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(handling(count_one)) as running:
        await running.deliver(widget_changed(uuid4(), "lantern", 1), times=1)
        await running.js.delete_consumer("SANDBOX", DURABLE)
        await running.js.publish(
            f"sandbox.widget.changed.v1.{running.workspace_id}",
            (message := widget_changed(uuid4(), "rope", 1)).data_bytes,
            headers={**message.headers, "ce-workspaceid": str(running.workspace_id)},
        )

        async def both() -> bool:
            return len(await effects(running)) == 2

        await eventually(both, "the second event has its effect")
        assert set((await effects(running)).values()) == {1}


async def test_a_missing_stream_fails_readiness_until_it_is_back(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(handling(count_one)) as running:
        config = (await running.js.stream_info("SANDBOX")).config
        await running.js.delete_stream("SANDBOX")
        client = await running.http()

        async def status() -> Any:
            return (await client.get("http://testserver/health/ready")).json()["checks"]["consumers"]

        async def failing_checks() -> bool:
            return DURABLE in await status()

        await eventually(failing_checks, "readiness names the consumer")
        await running.js.add_stream(config)

        async def well() -> bool:
            return bool(await status() == "ok")

        await eventually(well, "readiness is back")


async def test_stopping_finishes_what_is_in_flight(run_sandbox: RunSandbox) -> None:
    started, finish = asyncio.Event(), asyncio.Event()

    async def handle(event: Event, work: Work[Store]) -> None:
        started.set()
        await finish.wait()
        await count_one(event, work)

    async with run_sandbox(handling(handle)) as running:
        message = widget_changed(uuid4(), "lantern", 1)
        delivering = asyncio.create_task(running.deliver(message, times=1))
        await started.wait()
        stopping = asyncio.create_task(running.process.__aexit__())
        finish.set()
        await stopping
        await delivering
        assert list((await effects(running)).values()) == [1]


async def test_stopping_hands_back_at_once_what_does_not_finish_in_time(run_sandbox: RunSandbox) -> None:
    started = asyncio.Event()

    async def never(_event: Event, _work: Work[Store]) -> None:
        started.set()
        await asyncio.Event().wait()

    async with run_sandbox(handling(never), shutdown_seconds=0.1, ack_wait_seconds=3600) as running:
        message = widget_changed(uuid4(), "lantern", 1)
        delivering = asyncio.create_task(running.deliver(message, times=1))
        await started.wait()
        await running.process.__aexit__()
        subscription = await running.js.pull_subscribe_bind(DURABLE, stream="SANDBOX")
        [again] = await subscription.fetch(1, timeout=5)
        assert again.metadata.num_delivered == 2
        await again.ack()
        await delivering


async def test_the_inbox_row_and_the_effect_are_one_transaction(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        cause = Cause(running.workspace_id, uuid4())
        event_id = uuid4()
        with pytest.raises(RuntimeError):
            async with running.process.db.consuming(cause, DURABLE, event_id):
                raise RuntimeError
        async with running.process.db.consuming(cause, DURABLE, event_id) as work:
            await work.store.insert(running.workspace_id, uuid4(), "lantern")
        with pytest.raises(Duplicate):
            async with running.process.db.consuming(cause, DURABLE, event_id):
                pytest.fail("a duplicate was let in")
