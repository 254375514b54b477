import asyncio

import pytest
from services.assets.tests.integration.workspace import Workspace, drawn, names, not_drawn

from contracts.assets.v1 import ProjectAssetCreated, ProjectAssetDeleted, ProjectAssetUpdated

FULL = {
    "type": "character",
    "name": "Mira Okafor",
    "aliases": ["The Keeper"],
    "description": "Tall and wind-burnt.",
    "attributes": {"age": "60"},
    "scene_numbers": [1, 5],
    "status": "approved",
    "metadata": {"source": {"book": 1}},
}


async def test_an_asset_is_shown_as_it_was_given(workspace: Workspace) -> None:
    home = await workspace.home()
    asset = await workspace.post(home.assets, FULL)
    assert {name: asset[name] for name in FULL} == FULL
    assert (asset["project_id"], asset["branch_id"]) == (str(home.project_id), str(home.branch_id))
    assert asset["image"]["state"] == "none"
    assert await workspace.items(home.assets) == [asset]
    assert await workspace.shown(home, asset) == asset
    [told] = await workspace.emitted(ProjectAssetCreated)
    assert told.data["scene_numbers"] == [1, 5]
    assert (told.data["global_asset_id"], told.data["overridden_fields"]) == (None, [])


async def test_a_change_tells_what_changed_and_a_deletion_ends_the_count(workspace: Workspace) -> None:
    home = await workspace.home()
    asset = await workspace.post(home.assets, FULL)
    path = f"{home.assets}/{asset['id']}"
    answer = await workspace.patch(path, {"name": "Mira", "status": "archived", "description": ""}, version=1)
    assert answer.headers["ETag"] == '"2"'
    assert (answer.json()["name"], answer.json()["status"], answer.json()["description"]) == ("Mira", "archived", "")
    [told] = await workspace.emitted(ProjectAssetUpdated)
    assert told.data["changed_fields"] == ["description", "name", "status"]
    assert (await workspace.delete(path, version=2)).status_code == 204
    [told] = await workspace.emitted(ProjectAssetDeleted)
    assert told.envelope.aggregate_version == 3
    assert (await workspace.client.get(path)).json()["code"] == "asset-not-found"


async def test_a_name_is_taken_once_per_type_and_branch_even_at_the_same_moment(workspace: Workspace) -> None:
    home = await workspace.home()
    bodies = [{"name": name, "type": "character"} for name in ("Mira", "MIRA", "m\u0131ra", " mira ")]
    answers = await asyncio.gather(*(workspace.client.post(home.assets, json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "asset-name-taken"}
    await workspace.asset(home, "Mira", "location")


async def test_renaming_to_a_taken_name_is_refused_and_changes_nothing(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.asset(home, "Mira")
    miro = await workspace.asset(home, "Miro")
    answer = await workspace.patch(f"{home.assets}/{miro['id']}", {"name": "MIRA", "description": "x"}, version=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "asset-name-taken")
    assert await workspace.shown(home, miro) == miro


async def test_of_two_changes_to_one_version_one_wins(workspace: Workspace) -> None:
    home = await workspace.home()
    asset = await workspace.asset(home)
    path = f"{home.assets}/{asset['id']}"
    answers = await asyncio.gather(*(workspace.patch(path, {"description": str(n)}, version=1) for n in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]
    [winner] = [answer.json() for answer in answers if answer.status_code == 200]
    assert await workspace.shown(home, asset) == winner


async def test_an_asset_of_another_branch_is_not_found_and_stays_as_it_is(workspace: Workspace) -> None:
    home, neighbour = await workspace.home(), await workspace.home()
    asset = await workspace.asset(home)
    path = f"{neighbour.assets}/{asset['id']}"
    answers = [
        await workspace.client.get(path),
        await workspace.client.get(f"{path}/images"),
        await workspace.patch(path, {"name": "Mine"}, version=1),
        await workspace.delete(path, version=1),
    ]
    assert {answer.json()["code"] for answer in answers} == {"asset-not-found"}
    wish = await workspace.client.post(f"{neighbour.assets}/generate-images", json={"asset_ids": [asset["id"]]})
    assert wish.json()["code"] == "assets-missing"
    assert await workspace.shown(home, asset) == asset


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Mira", "Harbour", "Cup", "Whistle"]),
        ({"type": "prop"}, ["Cup", "Whistle"]),
        ({"q": "KEEPER"}, ["Mira"]),
        ({"q": "%"}, []),
        ({"status": "archived"}, ["Cup"]),
        ({"image": "none"}, ["Cup"]),
        ({"image": "requested"}, ["Harbour"]),
        ({"image": "drawn"}, ["Mira"]),
        ({"image": "failed"}, ["Whistle"]),
        ({"image": "localized"}, []),
        ({"type": "prop", "status": "draft", "q": "whis", "image": "failed"}, ["Whistle"]),
    ],
    ids=str,
)
async def test_the_assets_of_a_branch_are_narrowed_by_type_words_status_and_image(
    workspace: Workspace, query: dict[str, str], expected: list[str]
) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home, "Mira", aliases=["The Keeper"])
    await workspace.asset(home, "Harbour", "location")
    await workspace.asset(home, "Cup", "prop", status="archived")
    whistle = await workspace.asset(home, "Whistle", "prop")
    requests = {one["asset_id"]: one["id"] for one in (await workspace.wish(home))["requests"]}
    await workspace.deliver(
        drawn(home, mira, request_id=requests[mira["id"]]),
        not_drawn(home, whistle, request_id=requests[whistle["id"]]),
    )
    listed = await workspace.items(home.assets, **query)
    assert names(listed) == expected
    for asset in listed:
        assert asset == await workspace.shown(home, asset)
