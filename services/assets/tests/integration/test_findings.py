import asyncio
from itertools import permutations

import pytest
from services.assets.tests.integration.workspace import Home, Workspace, found, names, read

from chassis.ids import new_id
from contracts.assets.v1 import ProjectAssetCreated, ProjectAssetUpdated
from contracts.examples import Golden


async def change_sets(workspace: Workspace) -> list[tuple[str, bool]]:
    rows = await workspace.running.fetch(
        "SELECT state, closed_at IS NOT NULL AS ended FROM change_set WHERE workspace_id = $1 ORDER BY id", workspace.id
    )
    return [(row["state"], row["ended"]) for row in rows]


async def test_a_finding_becomes_an_asset(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.deliver(
        found(
            home,
            " MIRA OKAFOR ",
            aliases=("MIRA", "mira okafor", "The Keeper"),
            description="Tall and wind-burnt.",
            attributes={"age": "60"},
            scene_numbers=(9, 1, 9),
        )
    )
    [asset] = await workspace.items(home.assets)
    assert (asset["name"], asset["aliases"]) == ("MIRA OKAFOR", ["MIRA", "The Keeper"])
    assert (asset["description"], asset["attributes"]) == ("Tall and wind-burnt.", {"age": "60"})
    assert (asset["scene_numbers"], asset["status"], asset["version"]) == ([1, 9], "draft", 1)
    [told] = await workspace.emitted(ProjectAssetCreated)
    assert told.data["name"] == "MIRA OKAFOR"
    assert told.envelope.causation_id is not None


async def test_the_same_name_and_type_is_the_same_asset(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.deliver(
        found(home, "MIRA", scene_numbers=(1,)),
        found(home, "Mira", scene_numbers=(2,)),
        found(home, "  mira", scene_numbers=(3,)),
        found(home, "Mira", kind="location"),
    )
    character, location = sorted(await workspace.items(home.assets), key=lambda asset: str(asset["type"]))
    assert (character["scene_numbers"], character["version"]) == ([1, 2, 3], 3)
    assert (location["type"], location["version"]) == ("location", 1)
    told = await workspace.emitted(ProjectAssetUpdated)
    assert [(one.envelope.aggregate_version, one.data["changed_fields"]) for one in told] == [
        (2, ["scene_numbers"]),
        (3, ["scene_numbers"]),
    ]


async def test_many_findings_of_one_new_name_at_once_are_one_asset(workspace: Workspace) -> None:
    home = await workspace.home()
    findings = [found(home, name, scene_numbers=(n,)) for n, name in enumerate(["MIRA", "mira", "Mira"] * 10, 1)]
    await workspace.deliver(*findings, times=2)
    [asset] = await workspace.items(home.assets)
    assert asset["scene_numbers"] == list(range(1, 31))
    assert await workspace.running.dead_letters() == []


async def test_a_finding_never_touches_what_a_person_has_changed(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.deliver(found(home, "MIRA", aliases=("The Keeper",), scene_numbers=(1,)))
    [asset] = await workspace.items(home.assets)
    changes = {"aliases": [], "description": "Small.", "attributes": {"hair": "red"}}
    await workspace.patch(f"{home.assets}/{asset['id']}", changes, version=1)
    await workspace.deliver(
        found(home, "MIRA", aliases=("Miss",), description="Tall.", attributes={"age": "9"}, scene_numbers=(7,))
    )
    asset = await workspace.shown(home, asset)
    assert {name: asset[name] for name in changes} == changes
    assert asset["scene_numbers"] == [1, 7]


async def test_a_renamed_asset_is_found_by_the_name_it_came_with(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.deliver(found(home, "OLD WOMAN"))
    [asset] = await workspace.items(home.assets)
    await workspace.patch(f"{home.assets}/{asset['id']}", {"name": "Mira"}, version=1)
    await workspace.deliver(found(home, "Old Woman", scene_numbers=(4,)))
    [asset] = await workspace.items(home.assets)
    assert (asset["name"], asset["aliases"], asset["scene_numbers"]) == ("Mira", ["Old Woman"], [4])


async def test_the_name_that_an_asset_bears_goes_before_one_that_another_bore(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.deliver(found(home, "OLD WOMAN"))
    [renamed] = await workspace.items(home.assets)
    await workspace.patch(f"{home.assets}/{renamed['id']}", {"name": "Mira"}, version=1)
    other = await workspace.asset(home, "Old Woman")
    await workspace.deliver(found(home, "OLD WOMAN", scene_numbers=(4,)))
    assert (await workspace.shown(home, other))["scene_numbers"] == [4]
    assert (await workspace.shown(home, renamed))["scene_numbers"] == []


async def test_an_archived_asset_stays_archived_when_it_is_found_again(workspace: Workspace) -> None:
    home = await workspace.home()
    asset = await workspace.asset(home, "Mira", status="archived")
    await workspace.deliver(found(home, "MIRA", scene_numbers=(2,)))
    asset = await workspace.shown(home, asset)
    assert (asset["status"], asset["scene_numbers"]) == ("archived", [2])


async def test_a_deleted_asset_comes_back_when_it_is_found_again(workspace: Workspace) -> None:
    home = await workspace.home()
    asset = await workspace.asset(home, "Mira")
    await workspace.delete(f"{home.assets}/{asset['id']}", version=1)
    await workspace.deliver(found(home, "MIRA"))
    [again] = await workspace.items(home.assets)
    assert again["id"] != asset["id"]


async def test_findings_for_a_deleted_branch_are_ignored(workspace: Workspace) -> None:
    home = await workspace.home()
    branch = await workspace.post(f"{home.project}/branches", {"name": "noir"})
    gone = Home(home.project_id, branch["id"])
    await workspace.delete(gone.branch, version=1)
    before = len(await workspace.emitted())
    await workspace.deliver(found(gone), read(gone, new_id()))
    assert await workspace.running.dead_letters() == []
    assert len(await workspace.emitted()) == before
    assert await change_sets(workspace) == []


async def test_findings_for_a_branch_of_another_workspace_are_ignored(workspace: Workspace) -> None:
    elsewhere = Workspace(workspace.running, await workspace.running.http(role="editor", workspace_id=new_id()))
    home = await elsewhere.home()
    await workspace.deliver(found(home))
    assert await elsewhere.items(home.assets) == []


RUN = new_id()
ORDERS = list(permutations(range(3)))


@pytest.mark.parametrize("order", ORDERS, ids=str)
async def test_a_run_ends_its_change_set_in_whatever_order_its_news_arrive(
    workspace: Workspace, order: tuple[int, int, int]
) -> None:
    home = await workspace.home()
    news: list[Golden] = [found(home, "MIRA", run_id=RUN), found(home, "CUP", "prop", run_id=RUN), read(home, RUN)]
    for place in order:
        await workspace.deliver(news[place], times=2)
    assert sorted(names(await workspace.items(home.assets))) == ["CUP", "MIRA"]
    assert await change_sets(workspace) == [("closed", True)]


async def test_a_change_set_is_open_until_its_run_has_told_everything(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.deliver(found(home))
    assert await change_sets(workspace) == [("open", False)]


async def test_people_and_findings_at_the_same_moment_lose_nothing(workspace: Workspace) -> None:
    home = await workspace.home()
    findings = [found(home, f"N{number % 5}", scene_numbers=(number + 1,)) for number in range(25)]
    posts = [workspace.client.post(home.assets, json={"name": f"n{n}", "type": "character"}) for n in range(5)]
    await asyncio.gather(workspace.deliver(*findings), *posts)
    listed = await workspace.items(home.assets)
    assert len(listed) == 5
    assert sorted(scene for asset in listed for scene in asset["scene_numbers"]) == list(range(1, 26))
