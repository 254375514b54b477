from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.localizer.tests.integration.scene import Scene, running_localizer

from chassis.events import handlers_in
from chassis.ids import new_id
from contracts.assets.v1 import BranchDeleted, ImageSelected, ProjectAssetDeleted, ProjectDeleted
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
from dramatis.testing.service import ServiceServers
from localizer.entrypoints import events

DELETIONS: dict[type[EventData], str] = {
    ProjectAssetDeleted: "asset_id",
    BranchDeleted: "branch_id",
    ProjectDeleted: "project_id",
}
KNOWN_IDS = [str(UUID(int=number)) for number in range(1, 4)]
KNOWN = dict.fromkeys(("image_id", "asset_id", "branch_id", "project_id"), KNOWN_IDS)


@pytest.fixture(scope="module")
async def queueing_localizer(service_servers: ServiceServers) -> AsyncIterator[Scene]:
    async with running_localizer(service_servers, works=False) as scene:
        yield scene


@pytest.fixture
def queueing(queueing_localizer: Scene) -> Scene:
    """A workspace in which nothing is copied, so that what an event did stays to be seen."""
    return Scene(replace(queueing_localizer.running, workspace_id=new_id()), queueing_localizer.objects)


def selections() -> list[tuple[Golden, ImageSelected]]:
    """The examples as events of their own: the tests share an inbox."""
    examples = [aimed(example) for example in golden(ImageSelected.TYPE)]
    return [(example, ImageSelected.model_validate_json(example.data_bytes)) for example in examples]


def full_selection() -> tuple[Golden, ImageSelected]:
    [full] = [(example, selection) for example, selection in selections() if example.name == "full"]
    return full


def test_every_event_the_contract_lists_has_its_handler() -> None:
    assert_handles_what_it_consumes("localizer", handlers_in(events), floor=4)


@pytest.mark.parametrize(("event", "example"), consumed_examples("localizer"))
async def test_each_example_takes_effect_once(queueing: Scene, event: type[EventData], example: Golden) -> None:
    await assert_done_once(queueing.running, aimed(example))
    data = event.model_validate_json(example.data_bytes)
    rows = await queueing.rows()
    if isinstance(data, ImageSelected):
        expected = [(data.image_id, data.asset_id, data.look, data.source, data.sha256, "queued")]
        found = [
            (row["image_id"], row["asset_id"], row["look"], row["source"], row["source_sha256"], row["state"])
            for row in rows
        ]
        assert found == (expected if data.project_id else [])
        assert await queueing.tombstones() == set()
    else:
        assert rows == []
        assert await queueing.tombstones() == {data.aggregate_id}


async def test_all_selections_in_either_order_leave_the_same_localizations(queueing: Scene) -> None:
    examples = selections()
    await assert_done_once(queueing.running, *(example for example, _ in examples))
    copied = {selection.image_id for _, selection in examples if selection.project_id is not None}
    assert {row["image_id"] for row in await queueing.rows()} == copied
    assert len(copied) >= 5


async def test_older_news_never_overwrites_newer(queueing: Scene) -> None:
    full, _ = full_selection()
    versions = {version: aimed(full, version=version, asset_name=f"Mira {version}") for version in (3, 4, 5)}
    await queueing.deliver(versions[4], versions[3], versions[5], versions[3], versions[4])
    [row] = await queueing.rows()
    assert (row["asset_version"], row["asset_name"]) == (5, "Mira 5")


@pytest.mark.parametrize("deletion", DELETIONS, ids=lambda event: event.__name__)
@pytest.mark.parametrize("comes_first", [True, False], ids=["first", "last"])
async def test_a_deletion_wins_in_either_order(queueing: Scene, deletion: type[EventData], comes_first: bool) -> None:
    example, selection = full_selection()
    name = DELETIONS[deletion]
    [full] = [example for example in golden(deletion.TYPE) if example.name == "full"]
    messages = [aimed(full, version=None, **{name: str(getattr(selection, name))}), example]
    for message in messages if comes_first else reversed(messages):
        await queueing.deliver(message, times=2)
    assert {row["state"] for row in await queueing.rows()} == (set() if comes_first else {"removed"})


# Few ids, so that deletions meet selections of the same things.
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    messages=st.lists(
        st.one_of([random_messages(event, KNOWN) for event in CONSUMERS["localizer"]]), min_size=1, max_size=10
    )
)
async def test_whatever_the_schemas_allow_is_consumed(queueing_localizer: Scene, messages: list[Golden]) -> None:
    workspace = Scene(replace(queueing_localizer.running, workspace_id=new_id()), queueing_localizer.objects)
    await assert_survives(workspace.running, messages)
    deleted = await workspace.tombstones()
    for row in await workspace.rows():
        is_gone = bool(deleted & {row["asset_id"], row["branch_id"], row["project_id"]})
        assert (row["state"] == "removed") is is_gone
