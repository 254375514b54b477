import json
from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.imagegen.tests.conftest import Imagegen, RunImagegen, jobs, until_ended

from chassis.events import handlers_in
from contracts.assets.v1 import ImageRequested
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
from imagegen.entrypoints import events


@pytest.fixture
async def queueing(run_imagegen: RunImagegen) -> AsyncIterator[Imagegen]:
    """The service with nobody to draw, so that what an event did stays to be seen."""
    async with run_imagegen(draws=False) as running:
        yield running


def test_every_event_the_contract_lists_has_its_handler() -> None:
    assert_handles_what_it_consumes("imagegen", handlers_in(events), floor=1)


@pytest.mark.parametrize(("event", "example"), consumed_examples("imagegen"))
async def test_each_example_queues_its_candidates_once(
    queueing: Imagegen, event: type[EventData], example: Golden
) -> None:
    request = event.model_validate_json(example.data_bytes)
    assert isinstance(request, ImageRequested)
    await assert_done_once(queueing, example)
    queued = await jobs(queueing)
    assert [job["candidate"] for job in queued] == list(range(1, request.candidates + 1))
    assert {job["state"] for job in queued} == {"queued"}
    assert all(ImageRequested.model_validate(json.loads(job["request"])) == request for job in queued)


async def test_all_examples_in_either_order_leave_the_same_jobs(queueing: Imagegen) -> None:
    examples = golden(ImageRequested.TYPE)
    await assert_done_once(queueing, *examples)
    wanted = sum(ImageRequested.model_validate_json(example.data_bytes).candidates for example in examples)
    assert len(await jobs(queueing)) == wanted


async def test_each_example_is_drawn_or_refused_for_its_size(run_imagegen: RunImagegen) -> None:
    examples = golden(ImageRequested.TYPE)
    async with run_imagegen(image_provider="sketch") as running:
        await running.deliver(*(aimed(example, candidates=1) for example in examples), times=1)
        done = await until_ended(running, count=len(examples))
        assert {job["error_class"] for job in done} == {None, "size-unsupported"}
        assert await running.dead_letters() == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(random_messages(ImageRequested), min_size=1, max_size=8))
async def test_whatever_the_schema_allows_is_queued(queueing: Imagegen, messages: list[Golden]) -> None:
    await assert_survives(queueing, messages)
