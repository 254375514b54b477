from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.extraction.tests.integration.place import Place

from chassis.events import handlers_in
from chassis.ids import new_id
from contracts.assets.v1 import (
    BranchCreated,
    BranchDeleted,
    ProjectCreated,
    ProjectDeleted,
    ProjectUpdated,
    StyleCapsuleCreated,
    StyleCapsuleDeleted,
    StyleCapsuleUpdated,
)
from contracts.consumers import CONSUMERS
from contracts.event import EventData
from contracts.examples import Golden, golden
from dramatis.testing.contract_suite import (
    aimed,
    assert_done_once,
    assert_handles_what_it_consumes,
    assert_survives,
    consumed_examples,
)
from dramatis.testing.random_events import random_messages
from extraction.entrypoints import events

TABLES = {"project": "project", "branch": "branch", "style-capsule": "style_capsule"}
LIVES: list[tuple[type[EventData], ...]] = [
    (ProjectCreated, ProjectUpdated, ProjectDeleted),
    (BranchCreated, BranchDeleted),
    (StyleCapsuleCreated, StyleCapsuleUpdated, StyleCapsuleDeleted),
]
DELETIONS = {ProjectDeleted, BranchDeleted, StyleCapsuleDeleted}
KNOWN_IDS = [str(UUID(int=number)) for number in range(1, 4)]
KNOWN = dict.fromkeys(("project_id", "branch_id", "style_capsule_id"), KNOWN_IDS)


async def rows(place: Place, event: type[EventData]) -> list[asyncpg.Record]:
    """What is known of the things that an event is about."""
    return await place.rows(f"SELECT * FROM {TABLES[event.AGGREGATE]} WHERE workspace_id = $1 ORDER BY id")  # noqa: S608 - one of three tables


def full(event: type[EventData], version: int, thing: UUID) -> Golden:
    """News of one thing at a version, named after it."""
    [example] = [example for example in golden(event.TYPE) if example.name == "full"]
    return aimed(example, version=version, **{event.AGGREGATE_ID: str(thing), "name": f"at {version}"})


def test_every_event_the_contract_lists_has_its_handler() -> None:
    assert_handles_what_it_consumes("extraction", handlers_in(events), floor=8)


@pytest.mark.parametrize(("event", "example"), consumed_examples("extraction"))
async def test_each_example_takes_effect_once(place: Place, event: type[EventData], example: Golden) -> None:
    # A workspace shares the inbox with those of the other tests: every test has events of its own.
    await assert_done_once(place.running, aimed(example))
    data = event.model_validate_json(example.data_bytes)
    [row] = await rows(place, event)
    assert (row["id"], row["version"]) == (data.aggregate_id, int(example.headers["ce-aggregateversion"]))
    assert row["is_deleted"] == (event in DELETIONS)
    assert row["name"] == data.model_dump()["name"]
    if isinstance(data, ProjectUpdated | ProjectCreated):
        assert row["style_capsule_id"] == data.style_capsule_id


async def test_all_examples_in_either_order_leave_the_same_rows(place: Place) -> None:
    examples = [aimed(example) for event in CONSUMERS["extraction"] for example in golden(event.TYPE)]
    await assert_done_once(place.running, *examples)
    for life in LIVES:
        things = {
            event.model_validate_json(example.data_bytes).aggregate_id
            for event in life
            for example in golden(event.TYPE)
        }
        assert {row["id"] for row in await rows(place, life[0])} == things


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life[0].AGGREGATE)
async def test_the_news_of_a_thing_may_come_in_any_order(place: Place, life: Sequence[type[EventData]]) -> None:
    for order in permutations(range(len(life))):
        thing = new_id()
        messages = [full(event, version, thing) for version, event in enumerate(life, start=1)]
        await place.deliver(*(messages[number] for number in order))
        [row] = [row for row in await rows(place, life[0]) if row["id"] == thing]
        assert (row["is_deleted"], row["version"]) == (True, len(life))


@pytest.mark.parametrize("event", [ProjectUpdated, StyleCapsuleUpdated], ids=lambda event: event.AGGREGATE)
async def test_older_news_never_overwrites_newer(place: Place, event: type[EventData]) -> None:
    thing = new_id()
    await place.deliver(*(full(event, version, thing) for version in (4, 3, 5, 2)))
    [row] = await rows(place, event)
    assert (row["version"], row["name"], row["is_deleted"]) == (5, "at 5", False)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life[0].AGGREGATE)
async def test_nothing_brings_back_what_was_deleted(place: Place, life: Sequence[type[EventData]]) -> None:
    thing = new_id()
    await place.deliver(full(life[-1], 3, thing), full(life[0], 9, thing))
    [row] = await rows(place, life[0])
    assert row["is_deleted"]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    messages=st.lists(
        st.one_of([random_messages(event, KNOWN) for event in CONSUMERS["extraction"]]), min_size=1, max_size=10
    )
)
async def test_whatever_the_schemas_allow_is_consumed(shared_place: Place, messages: list[Golden]) -> None:
    place = Place(replace(shared_place.running, workspace_id=new_id()))
    await assert_survives(place.running, messages)
    for life in LIVES:
        about = {message.headers["ce-subject"] for message in messages if _type_of(message) in life}
        deleted = {message.headers["ce-subject"] for message in messages if _type_of(message) == life[-1]}
        found = await rows(place, life[0])
        assert {f"{life[0].AGGREGATE}/{row['id']}" for row in found} == about
        assert {f"{life[0].AGGREGATE}/{row['id']}" for row in found if row["is_deleted"]} == deleted


def _type_of(message: Golden) -> type[EventData]:
    [event] = [event for event in CONSUMERS["extraction"] if message.headers["ce-type"] == event.TYPE]
    return event
