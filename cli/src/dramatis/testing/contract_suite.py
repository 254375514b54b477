"""What the contract tests of every service have in common: frozen schemas, examples, completeness.

A service's own tests say which use case emits what, and what an example should change; everything else is here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeAlias
from uuid import uuid4

import orjson
import pytest
from jsonschema import Draft202012Validator

from chassis.events import Handler
from contracts.consumers import CONSUMERS
from contracts.event import EventData
from contracts.examples import Golden, golden
from contracts.registry import EVENTS
from contracts.schemas import frozen_schema
from contracts.subjects import event_subject, owner_of, parse_type, short_name, stream_of
from dramatis.testing.random_events import message_of
from dramatis.testing.service import Emitted, ServiceUnderTest, eventually

Effects: TypeAlias = Mapping[str, Sequence[str]]
"""Rows by table, and under `published` the number of events."""


@cache
def frozen(event_type: str) -> Draft202012Validator:
    """Validator of an event's data against its frozen schema."""
    return Draft202012Validator(frozen_schema(event_type), format_checker=Draft202012Validator.FORMAT_CHECKER)


def assert_frozen(emitted: Emitted) -> None:
    """The event says what its frozen schema promises, about the thing that its envelope and subject name."""
    event = EVENTS[emitted.type]
    frozen(emitted.type).validate(emitted.data)
    assert emitted.envelope.subject == f"{event.AGGREGATE}/{emitted.data[event.AGGREGATE_ID]}"
    assert emitted.subject == event_subject(emitted.type, emitted.envelope.workspace_id)
    assert emitted.headers["Nats-Msg-Id"] == str(emitted.envelope.id)


def owned_by(service: str) -> set[type[EventData]]:
    """Every event that only this service may publish."""
    return {event for event in EVENTS.values() if owner_of(event.TYPE) == service}


def assert_handles_what_it_consumes(service: str, handlers: Sequence[Handler], floor: int) -> None:
    """The handlers in the code are the consumers in the contract, each once and named after its event.

    `floor` is how many there are at least, lest none be found.
    """
    handled = sorted(handler.event.TYPE for handler in handlers)
    assert handled == sorted(event.TYPE for event in CONSUMERS[service])
    assert len(handled) >= floor
    for handler in handlers:
        _, entity, fact, _ = parse_type(handler.event.TYPE)
        assert handler.function.__name__ == f"on_{entity}_{fact}".replace("-", "_")


def consumed_examples(service: str) -> list[Any]:
    """Parameters `(event, example)` for every golden example of every event that the service consumes."""
    return [
        pytest.param(event, example, id=f"{short_name(event.TYPE)}-{example}")
        for event in CONSUMERS[service]
        for example in golden(event.TYPE)
    ]


def aimed(message: Golden, *, version: int | None = None, **fields: object) -> Golden:
    """The same news, as a new event, about other things: `fields` replace those of its data, e.g. `branch_id`."""
    event = EVENTS[message.headers["ce-type"]]
    data = orjson.loads(message.data_bytes) | fields
    headers = {**message.headers, "ce-id": str(uuid4()), "ce-subject": f"{event.AGGREGATE}/{data[event.AGGREGATE_ID]}"}
    if version is not None:
        headers["ce-aggregateversion"] = str(version)
    return replace(message, headers=headers, data_bytes=orjson.dumps(data))


def told(data: EventData, version: int = 1) -> Golden:
    """An event as its owner would publish it, about an aggregate that is now at `version`."""
    return message_of(type(data), data.model_dump(mode="json"), version)


async def effects(running: ServiceUnderTest[Any]) -> Effects:
    """Every row of every table of the service, as JSON text, and how much it has published; chassis tables left out."""
    tables = await running.fetch(
        """
        SELECT relname AS name, format('SELECT to_jsonb(entry)::text AS entry FROM %I AS entry ORDER BY 1', relname) AS rows
          FROM pg_class
         WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
           AND relname NOT IN ('outbox', 'inbox', 'idempotency', 'schema_migrations')
        """
    )
    found = {table["name"]: [row["entry"] for row in await running.fetch(table["rows"])] for table in tables}
    return {**found, "published": [str(await _published(running))]}


async def _published(running: ServiceUnderTest[Any]) -> int:
    """Number of messages in the service's stream, once its outbox is empty."""

    async def flushed() -> bool:
        return not await running.fetch("SELECT 1 FROM outbox LIMIT 1")

    await eventually(flushed, "the outbox is empty")
    return (await running.js.stream_info(stream_of(running.service.name))).state.messages


async def assert_done_once(running: ServiceUnderTest[Any], *messages: Golden) -> Effects:
    """Deliver messages, then all of them twice more in the opposite order: nothing may change any more."""
    await running.deliver(*messages, times=1)
    once = await effects(running)
    await running.deliver(*reversed(messages), times=2)
    assert await effects(running) == once
    assert await running.dead_letters() == []
    return once


async def assert_survives(
    running: ServiceUnderTest[Any], messages: Sequence[Golden], refuses: Collection[str] = ()
) -> None:
    """Deliver messages: each is acknowledged, or dead for one of the reasons in `refuses`; none met a bug."""
    await running.deliver(*messages, times=1)
    reasons = {letter.code: letter.reason for letter in await running.dead_letters()}
    assert set(reasons) <= set(refuses), reasons
