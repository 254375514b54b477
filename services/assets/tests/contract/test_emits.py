"""Every event that the service emits, told by its own use case, is what its frozen schema says."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from services.assets.tests.integration.workspace import Home, Json, Workspace, found

from contracts.assets.v1 import (
    BranchCreated,
    BranchDeleted,
    GlobalAssetCreated,
    GlobalAssetDeleted,
    GlobalAssetUpdated,
    ImageRequested,
    ImageSelected,
    ProjectAssetCloned,
    ProjectAssetCreated,
    ProjectAssetDeleted,
    ProjectAssetSynced,
    ProjectAssetUpdated,
    ProjectCreated,
    ProjectDeleted,
    ProjectUpdated,
    StyleCapsuleCreated,
    StyleCapsuleDeleted,
    StyleCapsuleUpdated,
)
from contracts.event import EventData
from dramatis.testing.contract_suite import assert_frozen, owned_by

NO_USE_CASE = {ProjectAssetCloned, ProjectAssetSynced}
"""Facts of inheritance from the library."""

TEXT = "吴子安 \U0001f3ee " + "x" * 9_000
LONGEST: Json = {
    "aliases": [f"{number} " + "\U0001f3ee" * 190 for number in range(100)],
    "description": "\U0001f3ee" * 10_000,
    "attributes": {f"{number} " + "x" * 90: "\U0001f3ee" * 1_000 for number in range(50)},
    "metadata": {"text": "x" * 65_000},
}


async def long_asset(workspace: Workspace) -> tuple[Home, Json]:
    home = await workspace.home()
    return home, await workspace.asset(home, "\U0001f3ee" * 200, **LONGEST, scene_numbers=list(range(1, 10_001)))


async def create_project(workspace: Workspace) -> None:
    await workspace.home()


async def edit_project(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.patch(home.project, {"style_capsule_id": None, "name": TEXT[:200]}, version=1)


async def delete_project(workspace: Workspace) -> None:
    await workspace.delete((await workspace.home()).project, version=1)


async def delete_branch(workspace: Workspace) -> None:
    home = await workspace.home()
    branch = await workspace.post(f"{home.project}/branches", {"name": TEXT[:200]})
    await workspace.delete(f"{home.project}/branches/{branch['id']}", version=1)


async def edit_and_delete_style(workspace: Workspace) -> None:
    style = await workspace.style(
        prompt=TEXT, negative_prompt=TEXT, palette=["#aBcDeF"] * 64, reference_images=["x" * 2_048] * 16
    )
    path = f"/v1/style-capsules/{style['id']}"
    await workspace.patch(path, {"name": "Sepia"}, version=1)
    await workspace.delete(path, version=2)


async def edit_and_delete_global_asset(workspace: Workspace) -> None:
    asset = await workspace.post(
        "/v1/global-assets", {"type": "prop", "name": "Cup", "tags": ["\U0001f3ee" * 100] * 100, **LONGEST}
    )
    path = f"/v1/global-assets/{asset['id']}"
    await workspace.patch(path, {"name": "Mug"}, version=1)
    await workspace.delete(path, version=2)


async def make_asset(workspace: Workspace) -> None:
    home, _ = await long_asset(workspace)
    await workspace.deliver(found(home, "MIRA"))


async def edit_and_delete_asset(workspace: Workspace) -> None:
    home, asset = await long_asset(workspace)
    path = f"{home.assets}/{asset['id']}"
    await workspace.patch(path, {"status": "approved", "name": "Mira"}, version=1)
    await workspace.delete(path, version=2)


async def draw(workspace: Workspace) -> None:
    home, asset = await long_asset(workspace)
    await workspace.wish(home, look="\U0001f3ee" * 200, candidates=100)
    await workspace.draw(home, asset, look="\U0001f3ee" * 200)


SCENARIOS: dict[type[EventData], Callable[[Workspace], Awaitable[None]]] = {
    ProjectCreated: create_project,
    ProjectUpdated: edit_project,
    ProjectDeleted: delete_project,
    BranchCreated: create_project,
    BranchDeleted: delete_branch,
    StyleCapsuleCreated: edit_and_delete_style,
    StyleCapsuleUpdated: edit_and_delete_style,
    StyleCapsuleDeleted: edit_and_delete_style,
    GlobalAssetCreated: edit_and_delete_global_asset,
    GlobalAssetUpdated: edit_and_delete_global_asset,
    GlobalAssetDeleted: edit_and_delete_global_asset,
    ProjectAssetCreated: make_asset,
    ProjectAssetUpdated: edit_and_delete_asset,
    ProjectAssetDeleted: edit_and_delete_asset,
    ImageRequested: draw,
    ImageSelected: draw,
}


@pytest.mark.parametrize("event", SCENARIOS, ids=lambda event: event.TYPE.removeprefix("dramatis.assets."))
async def test_what_is_emitted_is_what_the_frozen_schema_says(event: type[EventData], workspace: Workspace) -> None:
    await SCENARIOS[event](workspace)
    emitted = await workspace.emitted(event)
    assert emitted
    for one in emitted:
        assert_frozen(one)


def test_every_event_of_the_service_is_proven() -> None:
    assert set(SCENARIOS) | NO_USE_CASE == owned_by("assets")


async def test_versions_of_each_thing_rise_one_by_one(workspace: Workspace) -> None:
    for scenario in (edit_project, edit_and_delete_style, edit_and_delete_global_asset, edit_and_delete_asset):
        await scenario(workspace)
    versions: dict[str, list[int]] = {}
    for one in await workspace.emitted():
        versions.setdefault(one.envelope.subject, []).append(one.envelope.aggregate_version)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in versions.values()), versions


async def test_an_event_says_which_action_and_which_event_led_to_it(workspace: Workspace) -> None:
    home = await workspace.home()
    finding = found(home)
    await workspace.deliver(finding)
    [created] = await workspace.emitted(ProjectAssetCreated)
    assert str(created.envelope.causation_id) == finding.headers["ce-id"]
    assert str(created.envelope.correlation_id) == finding.headers["ce-correlationid"]


async def test_events_of_one_request_belong_to_one_action(workspace: Workspace) -> None:
    headers: Any = {"X-Correlation-Id": "0197b000-0000-7000-8000-000000000009"}
    await workspace.client.post("/v1/projects", json={"name": "x"}, headers=headers)
    emitted = await workspace.emitted()
    assert {str(one.envelope.correlation_id) for one in emitted} == set(headers.values())
    assert {one.envelope.causation_id for one in emitted} == {None}
