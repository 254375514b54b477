from dataclasses import replace
from unittest.mock import AsyncMock
from uuid import uuid4

import pytest
from nats.js.api import StreamConfig
from sandbox import Sandbox, Store, WidgetChanged
from sandbox.events import widget_changed
from sandbox.running import RunSandbox

from chassis import outcomes
from chassis.bus import header_bytes
from chassis.deadletters import DeadLetterIncomplete, DeadLetterNotFound, list_dead_letters, replay_dead_letter
from chassis.events import Handler, Received
from chassis.service import Process, RunRole
from chassis.topology import consumer, ensure_consumer
from chassis.work import Work
from contracts.examples import Golden
from contracts.subjects import DEAD_STREAM, event_filter, event_subject
from dramatis.testing.service import ServiceUnderTest, eventually

DURABLE = "sandbox-sandbox-widget-changed-v1"


class Refused(Exception):
    """漢字 and a line
    break."""

    code = "refused"
    kind = "invalid"


async def refuse(_event: Received[WidgetChanged], _work: Work[Store]) -> None:
    raise Refused("漢字\r\nNats-Msg-Id: forged\x00 \ud800 é")


REFUSING = Sandbox(handlers=[Handler(WidgetChanged, refuse, 1)])


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (0.01,))


async def publish(running: ServiceUnderTest[Store], message: Golden, headers: dict[str, str]) -> None:
    headers = {**message.headers, "ce-workspaceid": str(running.workspace_id), **headers}
    subject = event_subject(WidgetChanged.TYPE, running.workspace_id)
    stored = await running.js.publish(subject, message.data_bytes, headers=headers)
    await running.settled("SANDBOX", DURABLE, stored.seq)


async def test_a_dead_letter_keeps_the_message_and_the_reason_in_any_language(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(REFUSING) as running:
        message = widget_changed(uuid4(), "lantern", 1)
        await publish(running, message, {"x-other": "kept 漢"})
        [letter] = await running.dead_letters()
        assert letter.reason == "漢字 Nats-Msg-Id: forged ? é"
        assert (letter.code, letter.consumer, letter.service, letter.deliveries) == ("refused", DURABLE, "sandbox", 1)
        assert (letter.data, letter.headers["x-other"]) == (message.data_bytes, "kept 漢")
        assert letter.subject == event_subject(WidgetChanged.TYPE, running.workspace_id)
        assert letter.died_at is not None


async def test_a_message_waits_until_the_dead_letter_stream_is_back(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(REFUSING) as running:
        config = (await running.js.stream_info(DEAD_STREAM)).config
        await running.js.delete_stream(DEAD_STREAM)
        await running.js.publish(
            event_subject(WidgetChanged.TYPE, running.workspace_id),
            (message := widget_changed(uuid4(), "lantern", 1)).data_bytes,
            headers={**message.headers, "ce-workspaceid": str(running.workspace_id)},
        )

        async def tried_often() -> bool:
            info = await running.js.consumer_info("SANDBOX", DURABLE)
            return bool(info.num_redelivered)

        await eventually(tried_often, "the message is delivered again")
        await running.js.add_stream(config)
        await running.settled("SANDBOX", DURABLE)
        assert [letter.code for letter in await running.dead_letters()] == ["refused"]


async def test_a_full_dead_letter_stream_terminates_nothing(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(REFUSING) as running:
        config: StreamConfig = (await running.js.stream_info(DEAD_STREAM)).config
        await running.js.update_stream(config.evolve(max_msgs=1))
        await running.deliver(widget_changed(uuid4(), "first", 1), times=1)
        await running.js.publish(
            event_subject(WidgetChanged.TYPE, running.workspace_id),
            (second := widget_changed(uuid4(), "second", 1)).data_bytes,
            headers={**second.headers, "ce-workspaceid": str(running.workspace_id)},
        )

        async def waits() -> bool:
            info = await running.js.consumer_info("SANDBOX", DURABLE)
            return bool(info.num_redelivered and info.num_ack_pending)

        await eventually(waits, "the second is kept by its stream")
        await running.js.update_stream(config)
        await running.settled("SANDBOX", DURABLE)
        assert len(await running.dead_letters()) == 2


@pytest.mark.parametrize("large", ["data", "headers"])
async def test_a_dead_letter_too_large_to_keep_says_where_its_message_is(run_sandbox: RunSandbox, large: str) -> None:
    async with run_sandbox(REFUSING) as running:
        plain = widget_changed(uuid4(), "", 1)
        headers = {"ce-type": "dramatis.sandbox.widget.changed.v2", "x-other": ""}
        size = header_bytes({**plain.headers, **headers, "ce-workspaceid": str(running.workspace_id)})
        room = {"data": running.process._client.max_payload - size - len(plain.data_bytes), "headers": 65_535 - size}
        if large == "headers":
            headers["x-other"] = "x" * (room["headers"] - 50)
        message = widget_changed(uuid4(), "x" * (room["data"] - 50 if large == "data" else 0), 1)
        await publish(running, message, headers)
        [letter] = await running.dead_letters()
        assert (letter.code, letter.data) == ("unknown-version", b"")
        assert letter.headers["dramatis-data-left-out"] == str(len(message.data_bytes))
        with pytest.raises(DeadLetterIncomplete, match="stream SANDBOX"):
            await replay_dead_letter(running.js, letter.number)
        assert running.process._client.is_connected


async def test_a_replay_that_broke_off_half_way_publishes_once(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run_sandbox(REFUSING) as running:
        await running.deliver(widget_changed(uuid4(), "lantern", 1), times=1)
        [letter] = await running.dead_letters()
        with monkeypatch.context() as broken:
            broken.setattr(running.js, "delete_msg", AsyncMock(side_effect=ConnectionError))
            with pytest.raises(ConnectionError):
                await replay_dead_letter(running.js, letter.number)
        await replay_dead_letter(running.js, letter.number)
        assert (await running.js.stream_info("SANDBOX")).state.messages == 2


async def test_the_newest_letters_come_first_and_others_are_left_out(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(REFUSING) as running:
        for name in ("first", "second", "third"):
            await running.deliver(widget_changed(uuid4(), name, 1), times=1)
        letters = await list_dead_letters(running.js, "sandbox")
        assert [b"third" in letters[0].data, b"first" in letters[2].data] == [True, True]
        await running.js.delete_msg(DEAD_STREAM, letters[1].number)
        assert [letter.number for letter in await list_dead_letters(running.js, limit=2)] == [
            letters[0].number,
            letters[2].number,
        ]
        assert await list_dead_letters(running.js, "assets") == []
        with pytest.raises(DeadLetterNotFound):
            await replay_dead_letter(running.js, letters[1].number)


async def test_a_message_that_keeps_killing_its_processes_is_a_dead_letter(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "CRASH_LOOP_DELIVERIES", 3)
    handled = 0

    async def handle(_events: object, _work: Work[Store]) -> None:
        nonlocal handled
        handled += 1

    async with run_sandbox() as running:
        await running.process.__aexit__()
        wanted = consumer(DURABLE, event_filter(WidgetChanged.TYPE), 2)
        await ensure_consumer(running.js, "SANDBOX", wanted)
        message = widget_changed(uuid4(), "lantern", 1)
        headers = {**message.headers, "ce-workspaceid": str(running.workspace_id)}
        subject = event_subject(WidgetChanged.TYPE, running.workspace_id)
        await running.js.publish(subject, message.data_bytes, headers=headers)
        subscription = await running.js.pull_subscribe_bind(DURABLE, stream="SANDBOX")
        for _ in range(3):
            [delivered] = await subscription.fetch(1)
            await delivered.nak()
        await subscription.unsubscribe()
        service = replace(running.service, handlers=[Handler(WidgetChanged, handle, 10)])
        async with Process(service, RunRole.WORKER):
            await running.settled("SANDBOX", DURABLE)
        assert [letter.code for letter in await running.dead_letters()] == ["crash-loop"]
        assert handled == 0
