import asyncio
from uuid import uuid4

from services.assets.tests.integration.workspace import Home, Workspace, copied, merged, names

from chassis.ids import new_id
from contracts.assets.v1 import BranchCreated, ImageSelected, ProjectAssetCreated


async def fork(workspace: Workspace, home: Home, name: str = "noir", **fields: object) -> Home:
    branch = await workspace.post(f"{home.project}/branches", {"name": name, **fields})
    return Home(home.project_id, branch["id"])


async def test_assets_images_and_selections_come_along(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home, attributes={"age": "60"}, scene_numbers=[1, 2], metadata={"n": 1})
    await workspace.asset(home, "Cup", "prop")
    first = await workspace.draw(home, mira)
    second = await workspace.draw(home, mira)
    await workspace.post(f"{home.assets}/{mira['id']}/images/{second['id']}/select", status=200)
    await workspace.deliver(copied(home, second))
    noir = await fork(workspace, home)
    copy, cup = await workspace.items(noir.assets)
    assert names([copy, cup]) == ["Mira", "Cup"]
    assert {key: copy[key] for key in ("attributes", "scene_numbers", "metadata", "status")} == {
        key: mira[key] for key in ("attributes", "scene_numbers", "metadata", "status")
    }
    assert (copy["version"], copy["branch_id"]) == (1, noir.branch_id)
    images = await workspace.items(f"{noir.assets}/{copy['id']}/images")
    assert [(image["object_key"], image["selected"]) for image in images] == [
        (first["object_key"], False),
        (second["object_key"], True),
    ]
    assert copy["image"]["state"] == "drawn", "the fork needs a copy of its own"
    assert copy["image"]["selected_image_id"] == images[1]["id"]


async def test_a_fork_tells_the_branch_its_assets_and_their_selected_images(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    await workspace.draw(home, mira)
    await workspace.asset(home, "Cup", "prop")
    before = len(await workspace.emitted())
    noir = await fork(workspace, home)
    branch, *assets, selected = (await workspace.emitted())[before:]
    assert [one.type for one in (branch, selected)] == [BranchCreated.TYPE, ImageSelected.TYPE]
    assert {one.type for one in assets} == {ProjectAssetCreated.TYPE}
    assert branch.data["forked_from_branch_id"] == str(home.branch_id)
    assert {one.data["branch_id"] for one in (*assets, selected)} == {noir.branch_id}
    assert selected.data["asset_id"] in {one.data["asset_id"] for one in assets}


async def test_a_copy_that_is_said_to_be_another_asset_is_the_copy_of_that_one(workspace: Workspace) -> None:
    home = await workspace.home()
    for name in ("Keeper", "Mira", "Miro", "Nobody"):
        await workspace.asset(home, name)
    await workspace.deliver(merged(home, new_id(), "Keeper", "Mira"), merged(home, new_id(), "Miro", "Nobody"))
    [*_, nobody] = await workspace.items(home.assets)
    await workspace.delete(f"{home.assets}/{nobody['id']}", version=1)
    noir = await fork(workspace, home)
    copies = {asset["name"]: asset for asset in await workspace.items(noir.assets)}
    assert {name: copy["same_as"] for name, copy in copies.items()} == {
        "Keeper": copies["Mira"]["id"],
        "Mira": None,
        "Miro": None,
    }
    told = {one.data["asset_id"]: one.data["same_as"] for one in await workspace.emitted(ProjectAssetCreated)}
    assert told[copies["Keeper"]["id"]] == copies["Mira"]["id"]


async def test_a_fork_of_a_fork_leaves_both_originals_alone(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.asset(home)
    noir = await fork(workspace, home)
    [mira] = await workspace.items(noir.assets)
    await workspace.patch(f"{noir.assets}/{mira['id']}", {"name": "Miro"}, version=1)
    silent = await fork(workspace, home, "silent", forked_from_branch_id=noir.branch_id)
    assert [names(await workspace.items(one.assets)) for one in (home, noir, silent)] == [["Mira"], ["Miro"], ["Miro"]]


async def test_a_fork_outlives_the_branch_it_came_from(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.asset(home)
    noir = await fork(workspace, home)
    silent = await fork(workspace, home, "silent", forked_from_branch_id=noir.branch_id)
    await workspace.delete(noir.branch, version=1)
    assert (await workspace.get(silent.branch))["forked_from_branch_id"] == noir.branch_id
    assert names(await workspace.items(silent.assets)) == ["Mira"]


async def test_spellings_of_one_name_are_taken_even_at_the_same_moment(workspace: Workspace) -> None:
    home = await workspace.home()
    spellings = ["Noir", "NOIR", " noir ", "Main"]
    answers = await asyncio.gather(
        *(workspace.client.post(f"{home.project}/branches", json={"name": name}) for name in spellings)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "branch-name-taken"}


async def test_there_must_be_something_to_fork_from(workspace: Workspace) -> None:
    home, other = await workspace.home(), await workspace.home()
    path = f"{home.project}/branches"
    body = {"name": "noir", "forked_from_branch_id": str(other.branch_id)}
    assert (await workspace.post(path, body, status=404))["code"] == "branch-not-found"
    nowhere = f"/v1/projects/{uuid4()}/branches"
    assert (await workspace.post(nowhere, {"name": "noir"}, status=404))["code"] == "project-not-found"
    assert (await workspace.post(path, {"name": "\x1c"}, status=422))["code"] == "name-blank"
