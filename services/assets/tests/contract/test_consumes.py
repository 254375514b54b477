"""Every golden example of every consumed event, through real JetStream: its effect happens once."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from services.assets.tests.integration.workspace import Home, Json, Workspace, copied, found, names

from assets.entrypoints import events
from chassis.events import handlers_in
from chassis.ids import new_id
from contracts.event import EventData
from contracts.examples import Golden, golden
from contracts.extraction.v1 import AssetExtracted, AssetMerged, RunCompleted
from contracts.imagegen.v1 import JobCancelled, JobCompleted, JobFailed
from contracts.localizer.v1 import ImageFailed, ImageLocalized
from dramatis.testing.contract_suite import (
    aimed,
    assert_done_once,
    assert_handles_what_it_consumes,
    consumed_examples,
    effects,
)

Shown = Callable[[Workspace, Home, Json, Json], Awaitable[None]]


async def becomes_an_asset(workspace: Workspace, home: Home, _asset: Json, data: Json) -> None:
    found = [asset for asset in await workspace.items(home.assets) if asset["name"] == data["name"].strip()]
    assert [(asset["type"], asset["version"]) for asset in found] == [(data["asset_type"], 1)]
    assert found[0]["description"] == data.get("description", "")
    assert found[0]["scene_numbers"] == sorted(set(data.get("scene_numbers", [])))


async def makes_no_asset(workspace: Workspace, home: Home, _asset: Json, data: Json) -> None:
    told_late = found(home, data["name"], data["asset_type"], extracted_asset_id=data["extracted_asset_id"])
    await workspace.deliver(told_late)
    assert names(await workspace.items(home.assets)) == ["An asset with an image"]


async def closes_the_change_set(workspace: Workspace, _home: Home, _asset: Json, data: Json) -> None:
    rows = await workspace.running.fetch(
        "SELECT id::text, state FROM change_set WHERE workspace_id = $1", workspace.running.workspace_id
    )
    assert [(row["id"], row["state"]) for row in rows] == [(data["run_id"], "closed")]


async def adds_an_image(workspace: Workspace, home: Home, asset: Json, data: Json) -> None:
    images = await workspace.items(f"{home.assets}/{asset['id']}/images")
    assert [image["object_key"] for image in images[1:]] == [data["object_key"]]
    assert images[1]["look"] == data.get("look", "base")
    assert images[1]["selected"] == (images[1]["look"] != "base")


async def explains_the_failure(workspace: Workspace, _home: Home, _asset: Json, data: Json) -> None:
    [row] = await workspace.running.fetch("SELECT state, error FROM image_request WHERE id = $1", data["request_id"])
    assert row["state"] == "failed"
    assert row["error"].startswith(f"{data['failure_stage']}: {data['error_class']}")
    assert data.get("vendor_message", "") in row["error"]


async def says_it_was_stopped(workspace: Workspace, _home: Home, _asset: Json, data: Json) -> None:
    [row] = await workspace.running.fetch("SELECT state, error FROM image_request WHERE id = $1", data["request_id"])
    assert tuple(row) == ("failed", "cancelled: job-cancelled")


async def shows_the_copy(workspace: Workspace, home: Home, asset: Json, data: Json) -> None:
    shown = (await workspace.shown(home, asset))["image"]
    assert (shown["state"], shown["error"]) == ("localized", None)
    assert (shown["localized_key"], shown["thumbnail_key"]) == (data["key"], data["thumbnail_key"])
    assert shown["sha256"] == data["sha256"]


async def explains_the_missing_copy(workspace: Workspace, home: Home, asset: Json, data: Json) -> None:
    shown = (await workspace.shown(home, asset))["image"]
    assert shown["state"] == "failed"
    assert data.get("message", "") in shown["error"]


EFFECTS: Mapping[type[EventData], Shown] = {
    AssetExtracted: becomes_an_asset,
    AssetMerged: makes_no_asset,
    RunCompleted: closes_the_change_set,
    JobCompleted: adds_an_image,
    JobFailed: explains_the_failure,
    JobCancelled: says_it_was_stopped,
    ImageLocalized: shows_the_copy,
    ImageFailed: explains_the_missing_copy,
}


async def scene(workspace: Workspace) -> tuple[Home, Json, dict[str, Any]]:
    """A branch with a drawn asset, and what a message must say to be about them."""
    home = await workspace.home()
    asset = await workspace.asset(home, "An asset with an image")
    image = await workspace.draw(home, asset)
    [request] = (await workspace.wish(home))["requests"]
    return (
        home,
        asset,
        {
            "project_id": str(home.project_id),
            "branch_id": str(home.branch_id),
            "asset_id": asset["id"],
            "request_id": request["id"],
            "image_id": image["id"],
        },
    )


def about(example: Golden, ids: Mapping[str, Any], **others: Any) -> Golden:
    """The example, about what is there; whatever it names besides is its own affair."""
    fields = json.loads(example.data_bytes).keys() | {"project_id", "branch_id"}
    return aimed(example, **{name: value for name, value in ids.items() if name in fields}, **others)


@pytest.mark.parametrize(("event", "example"), consumed_examples("assets"))
async def test_an_example_has_its_effect_once(event: type[EventData], example: Golden, workspace: Workspace) -> None:
    home, asset, ids = await scene(workspace)
    unique = {"run_id": str(new_id())} if event is RunCompleted else {}
    message = about(example, ids, **unique)
    await assert_done_once(workspace.running, message)
    await EFFECTS[event](workspace, home, asset, json.loads(message.data_bytes))


@pytest.mark.parametrize(("event", "example"), consumed_examples("assets"))
async def test_an_example_about_things_that_are_not_there_has_no_effect(
    event: type[EventData], example: Golden, workspace: Workspace
) -> None:
    assert example.headers["ce-type"] == event.TYPE
    before = await effects(workspace.running)
    assert await assert_done_once(workspace.running, example) == before


@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
async def test_copies_come_to_the_same_in_whatever_order_they_are_told(workspace: Workspace, backwards: bool) -> None:
    home, asset, ids = await scene(workspace)
    localization_id = str(new_id())
    examples = [*golden(ImageFailed.TYPE), *golden(ImageLocalized.TYPE)]
    news = [
        about(example, ids, localization_id=localization_id, version=version)
        for version, example in enumerate(examples, 1)
    ]
    for message in reversed(news) if backwards else news:
        await workspace.deliver(message)
    await shows_the_copy(workspace, home, asset, json.loads(news[-1].data_bytes))


async def test_everything_at_once_and_again_comes_to_the_same(workspace: Workspace) -> None:
    home, asset, ids = await scene(workspace)
    news = [
        about(example, ids)
        for event in (AssetExtracted, AssetMerged, JobCompleted, JobFailed)
        for example in golden(event.TYPE)
    ]
    await assert_done_once(
        workspace.running, *news, copied(home, {**asset, **ids, "id": ids["image_id"], "object_key": "x"})
    )


def test_every_consumed_event_has_a_handler_and_a_proof() -> None:
    assert_handles_what_it_consumes("assets", handlers_in(events), floor=8)
    assert set(EFFECTS) == {handler.event for handler in handlers_in(events)}
