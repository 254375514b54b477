from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from nats.aio.msg import Msg
from nats.errors import ConnectionClosedError
from sandbox import Sandbox, Store, WidgetChanged
from sandbox.events import widget_changed
from sandbox.running import RunSandbox

from chassis import outcomes
from chassis.events import Handler, Received
from chassis.work import Work
from contracts.examples import Golden
from contracts.subjects import event_subject
from dramatis.testing.service import ServiceUnderTest

DURABLE = "sandbox-sandbox-widget-changed-v1"
Events = Sequence[Received[WidgetChanged]]


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (0.01,))


class Counting:
    """Counts effects; what is called `poison` is refused, what is called `late` fails at first."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self._late = True

    async def __call__(self, events: Events, work: Work[Store]) -> None:
        self.sizes.append(len(events))
        await work.store.count_effect(
            work.workspace_id, [(event.data.widget_id, event.data.name, event.version) for event in events]
        )
        names = {event.data.name for event in events}
        if "poison" in names:
            raise Refused
        if "late" in names and len(events) == 1 and self._late:
            self._late = False
            raise TimeoutError


class Refused(Exception):
    """This widget is refused."""

    code = "refused"
    kind = "invalid"


async def publish(running: ServiceUnderTest[Store], messages: Sequence[Golden], workspaces: Sequence[UUID]) -> None:
    """Publish into the stream while nobody listens, so that the next fetch gets them in one batch."""
    for message, workspace_id in zip(messages, workspaces, strict=True):
        headers = {**message.headers, "ce-workspaceid": str(workspace_id), "Nats-Msg-Id": uuid4().hex}
        subject = event_subject(WidgetChanged.TYPE, workspace_id)
        await running.js.publish(subject, message.data_bytes, headers=headers)


async def effects(running: ServiceUnderTest[Store]) -> dict[UUID, int]:
    return {row["id"]: row["effects"] for row in await running.fetch("SELECT id, effects FROM widget")}


async def run_batch(
    run: RunSandbox, handler: Counting, messages: Sequence[Golden], workspaces: Sequence[UUID] = ()
) -> tuple[dict[UUID, int], list[str]]:
    """Effects, and codes of the dead letters, of messages that come in one batch."""
    async with run(Sandbox(handlers=[Handler(WidgetChanged, handler, 100)])) as running:
        [loop] = running.process._loops
        await loop.stop(1)
        await publish(running, messages, workspaces or [running.workspace_id] * len(messages))
        async with type(running.process)(running.service, running.process.role):
            await running.settled("SANDBOX", DURABLE, len(messages))
        return await effects(running), sorted(letter.code for letter in await running.dead_letters())


async def test_good_bad_late_and_repeated_events_of_one_batch_each_get_their_own_outcome(
    run_sandbox: RunSandbox,
) -> None:
    widgets = [uuid4() for _ in range(10)]
    good = [widget_changed(widget, "lantern", 1) for widget in widgets]
    late_widget = uuid4()
    late, poison = widget_changed(late_widget, "late", 1), widget_changed(uuid4(), "poison", 1)
    spoilt = Golden("spoilt", {**good[0].headers, "ce-id": str(uuid4())}, b"{")
    handler = Counting()
    found, dead = await run_batch(run_sandbox, handler, [*good, *good, poison, late, late, spoilt])
    assert found == dict.fromkeys([*widgets, late_widget], 1)
    assert dead == ["refused", "undecodable"]


async def test_a_batch_is_one_call_per_workspace_with_every_event_once(run_sandbox: RunSandbox) -> None:
    widgets = [uuid4() for _ in range(10)]
    messages = [widget_changed(widget, "lantern", 1) for widget in widgets] * 2
    tenants = [uuid4(), uuid4()] * 10
    handler = Counting()
    found, dead = await run_batch(run_sandbox, handler, messages, tenants)
    assert found == dict.fromkeys(widgets, 1)
    assert handler.sizes == [5, 5]
    assert dead == []


async def test_one_workspace_that_fails_does_not_undo_another(run_sandbox: RunSandbox) -> None:
    good, poison = widget_changed(uuid4(), "lantern", 1), widget_changed(uuid4(), "poison", 1)
    found, dead = await run_batch(run_sandbox, Counting(), [good, poison], [uuid4(), uuid4()])
    assert list(found.values()) == [1]
    assert dead == ["refused"]


@pytest.mark.parametrize("batch", [1, 50], ids=["one by one", "in batches"])
async def test_an_acknowledgement_that_fails_repeats_the_message_and_not_its_effect(
    run_sandbox: RunSandbox, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = 5
    ack = Msg.ack

    async def fail_at_first(self: Msg) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise ConnectionClosedError
        await ack(self)

    async def count(events: Events | Received[WidgetChanged], work: Work[Store]) -> None:
        await Counting()([events] if isinstance(events, Received) else events, work)

    monkeypatch.setattr(Msg, "ack", fail_at_first)
    async with run_sandbox(Sandbox(handlers=[Handler(WidgetChanged, count, batch)]), ack_wait_seconds=0.3) as running:
        widgets = [uuid4() for _ in range(20)]
        await running.deliver(*[widget_changed(widget, "lantern", 1) for widget in widgets], times=1)
        assert failures == 0
        assert await effects(running) == dict.fromkeys(widgets, 1)
