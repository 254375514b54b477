from collections.abc import Mapping
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nats.aio.msg import Msg
from sandbox import WidgetChanged
from sandbox import events as sandbox_events
from sandbox.events import widget_changed

from chassis.errors import Undecodable, UnknownVersion
from chassis.events import by_workspace, cause_of, consumes, decode, handlers_in
from chassis.tasks import read_task
from contracts.subjects import event_subject

WORKSPACE = UUID(int=7)


def message(headers: Mapping[str, str] | None, data: bytes, subject: str | None = None) -> Msg:
    subject = subject or event_subject(WidgetChanged.TYPE, WORKSPACE)
    return Msg(_client=None, subject=subject, data=data, headers=None if headers is None else dict(headers))  # type: ignore[arg-type] # needs no client


def headers(**other: str | None) -> dict[str, str]:
    good = {**widget_changed(uuid4(), "lantern", 3).headers, "ce-workspaceid": str(WORKSPACE)}
    changed = {**good, **{name.replace("_", "-"): value for name, value in other.items()}}
    return {name: value for name, value in changed.items() if value is not None}


BODY = b'{"widget_id": "01970000-0000-7000-8000-000000000000", "name": "lantern", "later": "field"}'


def test_a_message_becomes_an_event_with_its_envelope() -> None:
    event = decode(message(headers(), BODY), WidgetChanged)
    assert (event.data.name, event.version, event.workspace_id) == ("lantern", 3, WORKSPACE)
    cause = cause_of(event.envelope)
    assert (cause.workspace_id, cause.correlation_id, cause.causation_id, cause.actor) == (
        WORKSPACE,
        event.envelope.correlation_id,
        event.envelope.id,
        "system",
    )


@pytest.mark.parametrize(
    "spoilt",
    [
        message(None, BODY),
        message({}, BODY),
        message(headers(ce_workspaceid="mine"), BODY),
        message(headers(ce_id=None), BODY),
        message(headers(ce_correlationid="x"), BODY),
        message(headers(ce_time="yesterday"), BODY),
        message(headers(content_type="text/plain"), BODY),
        message(headers(), BODY, event_subject(WidgetChanged.TYPE, uuid4())),
        message(headers(), b""),
        message(headers(), b"null"),
        message(headers(), b"[" * 100_000),
        message(headers(), b'{"widget_id": "x", "name": 5}'),
        message(headers(), b'{"name": "\xff"}'),
    ],
)
def test_what_cannot_be_read_says_why(spoilt: Msg) -> None:
    with pytest.raises(Undecodable) as refused:
        decode(spoilt, WidgetChanged)
    assert str(refused.value)


@pytest.mark.parametrize("event_type", ["dramatis.sandbox.widget.changed.v2", "dramatis.sandbox.widget.removed.v1"])
def test_another_type_or_version_is_told_apart(event_type: str) -> None:
    with pytest.raises(UnknownVersion):
        decode(message(headers(ce_type=event_type), BODY), WidgetChanged)


@given(st.binary(max_size=200), st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=6))
def test_no_message_at_all_is_a_bug(data: bytes, odd: dict[str, str]) -> None:
    for readable in (headers(), odd, {**headers(), **odd}):
        try:
            decode(message(readable, data), WidgetChanged)
        except (Undecodable, UnknownVersion):
            continue


def test_a_batch_is_grouped_by_workspace_in_the_order_of_arrival() -> None:
    one, other = uuid4(), uuid4()
    events = [
        decode(message(headers(ce_workspaceid=str(ws)), BODY, event_subject(WidgetChanged.TYPE, ws)), WidgetChanged)
        for ws in (one, other, one)
    ]
    assert by_workspace(events) == {one: [events[0], events[2]], other: [events[1]]}


def test_handlers_are_found_by_their_mark() -> None:
    assert handlers_in(sandbox_events) == []

    async def on_widget_changed() -> None: ...

    marked = consumes(WidgetChanged, batch=7, one_statement=True)(on_widget_changed)
    module = ModuleType("entrypoints")
    vars(module).update(on_widget_changed=marked, other=5)
    [handler] = handlers_in(module)
    assert (handler.event, handler.batch, handler.one_statement) == (WidgetChanged, 7, True)
    assert handler.durable("sandbox") == "sandbox-sandbox-widget-changed-v1"


def task(data: bytes, **other: str | None) -> Msg:
    good = {"ce-workspaceid": str(WORKSPACE), "ce-correlationid": str(uuid4()), "ce-causationid": str(uuid4())}
    changed: dict[str, Any] = {**good, **{name.replace("_", "-"): value for name, value in other.items()}}
    known = {name: value for name, value in changed.items() if value is not None}
    return message(known, data, f"work.sandbox.paint.{WORKSPACE}")


def test_a_task_message_names_its_cause_and_its_row() -> None:
    row = uuid4()
    read = task(b'{"id": "%b"}' % str(row).encode())
    cause, subject_id = read_task(read)
    assert (cause.workspace_id, subject_id) == (WORKSPACE, row)
    assert str(cause.causation_id) == (read.headers or {})["ce-causationid"]
    assert read_task(task(b'{"id": "%b"}' % str(row).encode(), ce_causationid=None))[0].causation_id is None


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"5", b"null", b'{"id": 5}', b'{"id": null}', b'{"id": ["a"]}'])
def test_a_message_that_names_no_row_is_no_task(data: bytes) -> None:
    with pytest.raises(Undecodable):
        read_task(task(data))


@pytest.mark.parametrize("header", ["ce_workspaceid", "ce_correlationid", "ce_causationid"])
@pytest.mark.parametrize("value", ["x", "", "019a0000-0000-7000-8000-0000000000010"])
def test_a_task_message_with_a_spoilt_header_is_no_task(header: str, value: str) -> None:
    with pytest.raises(Undecodable):
        read_task(task(b'{"id": "%b"}' % str(uuid4()).encode(), **{header: value}))


def test_a_task_of_another_workspace_than_its_subject_is_no_task() -> None:
    with pytest.raises(Undecodable):
        read_task(task(b'{"id": "%b"}' % str(uuid4()).encode(), ce_workspaceid=str(uuid4())))
