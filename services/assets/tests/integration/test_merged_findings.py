"""Findings that turn out to be one: their assets become one, and nothing that people have done is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import permutations

import pytest
from services.assets.tests.integration.workspace import Home, Json, Workspace, found, merged, names

from chassis.ids import new_id
from contracts.assets.v1 import ProjectAssetDeleted, ProjectAssetUpdated

Work = Callable[[Workspace, Home, Json], Awaitable[object]]

KEEPER = "THE KEEPER"


async def two_and_their_merging(workspace: Workspace, home: Home, work: Work) -> tuple[Json, Json]:
    """Mira and the Keeper are found, somebody works on the Keeper, and then he turns out to be Mira."""
    keeper_id = new_id()
    await workspace.deliver(
        found(home, "MIRA", scene_numbers=(1,)),
        found(home, KEEPER, scene_numbers=(2,), extracted_asset_id=keeper_id, aliases=("Old Woman",)),
    )
    [mira, keeper] = sorted(await workspace.items(home.assets), key=lambda asset: str(asset["name"]))
    await work(workspace, home, keeper)
    await workspace.deliver(merged(home, keeper_id, KEEPER, "MIRA"), times=2)
    return mira, keeper


async def nothing(_workspace: Workspace, _home: Home, _asset: Json) -> None:
    """Nobody works on it."""


async def test_an_asset_that_nobody_worked_on_is_folded_into_the_one_it_is(workspace: Workspace) -> None:
    home = await workspace.home()
    mira, keeper = await two_and_their_merging(workspace, home, nothing)
    [left] = await workspace.items(home.assets)
    assert (left["id"], left["scene_numbers"], left["same_as"]) == (mira["id"], [1, 2], None)
    assert left["aliases"] == [KEEPER, "Old Woman"]
    [deleted] = await workspace.emitted(ProjectAssetDeleted)
    assert (deleted.data["asset_id"], deleted.envelope.aggregate_version) == (keeper["id"], 2)
    [updated] = await workspace.emitted(ProjectAssetUpdated)
    assert updated.data["changed_fields"] == ["aliases", "scene_numbers"]


async def describes(workspace: Workspace, home: Home, asset: Json) -> None:
    await workspace.patch(f"{home.assets}/{asset['id']}", {"description": "Small."}, version=1)


async def approves(workspace: Workspace, home: Home, asset: Json) -> None:
    await workspace.patch(f"{home.assets}/{asset['id']}", {"status": "approved"}, version=1)


async def notes(workspace: Workspace, home: Home, asset: Json) -> None:
    await workspace.patch(f"{home.assets}/{asset['id']}", {"metadata": {"actor": "Ida"}}, version=1)


async def asks_for_an_image(workspace: Workspace, home: Home, asset: Json) -> None:
    await workspace.wish(home, asset_ids=[asset["id"]])


async def draws_an_image(workspace: Workspace, home: Home, asset: Json) -> None:
    await workspace.draw(home, asset)


async def replaces_by_hand(workspace: Workspace, home: Home, asset: Json) -> None:
    await workspace.delete(f"{home.assets}/{asset['id']}", version=1)
    await workspace.asset(home, KEEPER)


@pytest.mark.parametrize(
    "work", [describes, approves, notes, asks_for_an_image, draws_an_image, replaces_by_hand], ids=lambda w: w.__name__
)
async def test_an_asset_that_people_worked_on_stays_and_says_what_it_is(workspace: Workspace, work: Work) -> None:
    home = await workspace.home()
    before: list[Json] = []

    async def works(workspace: Workspace, home: Home, asset: Json) -> None:
        await work(workspace, home, asset)
        before.extend(await workspace.items(home.assets))

    mira, _ = await two_and_their_merging(workspace, home, works)
    [_, kept] = sorted(await workspace.items(home.assets), key=lambda asset: str(asset["name"]))
    [_, worked_on] = sorted(before, key=lambda asset: str(asset["name"]))
    changed = {"same_as", "version", "updated_at"}
    assert {name for name in kept if kept[name] != worked_on[name]} == changed
    assert (kept["same_as"], kept["version"]) == (mira["id"], worked_on["version"] + 1)
    told = (await workspace.emitted(ProjectAssetUpdated))[-1]
    assert (told.data["asset_id"], told.data["same_as"]) == (kept["id"], mira["id"])
    assert told.data["changed_fields"] == ["same_as"]


async def test_a_person_may_say_that_two_assets_are_two_after_all(workspace: Workspace) -> None:
    home = await workspace.home()
    _, keeper = await two_and_their_merging(workspace, home, describes)
    answer = await workspace.patch(f"{home.assets}/{keeper['id']}", {"same_as": None}, version=3)
    assert (answer.status_code, answer.json()["same_as"]) == (200, None)
    await workspace.deliver(merged(home, new_id(), KEEPER, "MIRA"))
    shown = await workspace.shown(home, keeper)
    assert (shown["same_as"], shown["version"]) == (None, 4)
    other = await workspace.patch(f"{home.assets}/{keeper['id']}", {"same_as": str(new_id())}, version=4)
    assert other.status_code == 422


async def test_an_asset_that_another_reading_made_is_not_removed(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.deliver(found(home, "MIRA"), found(home, KEEPER), merged(home, new_id(), KEEPER, "MIRA"))
    assert sorted(names(await workspace.items(home.assets))) == ["MIRA", KEEPER]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
async def test_one_is_left_in_whatever_order_the_news_arrive(workspace: Workspace, order: tuple[int, int, int]) -> None:
    home = await workspace.home()
    keeper_id = new_id()
    news = [
        found(home, "MIRA"),
        found(home, KEEPER, extracted_asset_id=keeper_id),
        merged(home, keeper_id, KEEPER, "MIRA"),
    ]
    for place in order:
        await workspace.deliver(news[place], times=2)
    assert names(await workspace.items(home.assets)) == ["MIRA"]


@pytest.mark.parametrize("work", [nothing, describes], ids=lambda work: work.__name__)
@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
async def test_a_row_of_merged_findings_ends_at_the_last_in_whatever_order_it_is_told(
    workspace: Workspace, order: tuple[int, int, int], work: Work
) -> None:
    home = await workspace.home()
    row = ["KEEPER", "OLD WOMAN", "MOTHER", "MIRA"]
    ids = [new_id() for _ in row]
    await workspace.deliver(
        *(found(home, name, extracted_asset_id=ids[at], scene_numbers=(at + 1,)) for at, name in enumerate(row))
    )
    assets = {str(asset["name"]): asset for asset in await workspace.items(home.assets)}
    await work(workspace, home, assets["KEEPER"])
    for at in order:
        await workspace.deliver(merged(home, ids[at], row[at], row[at + 1], into_id=ids[at + 1]), times=2)
    left = {str(asset["name"]): asset for asset in await workspace.items(home.assets)}
    mira = left.pop("MIRA")
    assert mira["id"] == assets["MIRA"]["id"]
    if work is nothing:
        assert (left, mira["scene_numbers"]) == ({}, [1, 2, 3, 4])
    else:
        assert [(name, asset["same_as"]) for name, asset in left.items()] == [("KEEPER", mira["id"])]
        assert mira["scene_numbers"] == [2, 3, 4]
        updates = [one for one in await workspace.emitted(ProjectAssetUpdated) if one.data["name"] == "KEEPER"]
        told = updates[-1]
        assert (told.data["same_as"], told.data["changed_fields"]) == (mira["id"], ["same_as"])
        assert told.envelope.aggregate_version == left["KEEPER"]["version"]


async def test_two_assets_never_say_of_each_other_that_they_are_the_other(workspace: Workspace) -> None:
    home = await workspace.home()
    mira, keeper = await two_and_their_merging(workspace, home, describes)
    await workspace.deliver(merged(home, new_id(), "MIRA", KEEPER))
    assert (await workspace.shown(home, keeper))["same_as"] == mira["id"]
    assert (await workspace.shown(home, mira))["same_as"] is None


@pytest.mark.parametrize("between", [False, True], ids=["of the folded one", "of another that says it of this one"])
async def test_an_asset_that_another_is_folded_into_never_says_it_is_itself(
    workspace: Workspace, *, between: bool
) -> None:
    home = await workspace.home()
    keeper_id = new_id()
    mother = await workspace.asset(home, "MOTHER")
    mira = await workspace.asset(home, "MIRA")
    await workspace.deliver(found(home, KEEPER, extracted_asset_id=keeper_id, scene_numbers=(2,)))
    if between:
        await workspace.deliver(merged(home, new_id(), "MIRA", "MOTHER"), merged(home, new_id(), "MOTHER", KEEPER))
    else:
        await workspace.deliver(merged(home, new_id(), "MIRA", KEEPER))
    await workspace.deliver(merged(home, keeper_id, KEEPER, "MIRA"))
    same_as = {asset["name"]: asset["same_as"] for asset in await workspace.items(home.assets)}
    assert same_as == {"MIRA": mother["id"] if between else None, "MOTHER": None}
    assert (await workspace.shown(home, mira))["scene_numbers"] == [2]


async def test_one_is_left_when_all_news_arrive_at_once(workspace: Workspace) -> None:
    home = await workspace.home()
    findings = [new_id() for _ in range(10)]
    news = [
        message
        for number, finding_id in enumerate(findings)
        for message in (
            found(home, f"KEEPER {number}", extracted_asset_id=finding_id),
            merged(home, finding_id, f"KEEPER {number}", "MIRA"),
        )
    ]
    await asyncio.gather(workspace.deliver(*news), workspace.deliver(found(home, "MIRA")))
    assert names(await workspace.items(home.assets)) == ["MIRA"]
    assert await workspace.running.dead_letters() == []


async def test_an_asset_that_was_renamed_into_the_other_one_is_left_alone(workspace: Workspace) -> None:
    home = await workspace.home()
    finding_id = new_id()
    await workspace.deliver(found(home, KEEPER, extracted_asset_id=finding_id))
    [asset] = await workspace.items(home.assets)
    await workspace.patch(f"{home.assets}/{asset['id']}", {"name": "Mira"}, version=1)
    await workspace.deliver(merged(home, finding_id, KEEPER, "MIRA"))
    assert (await workspace.shown(home, asset))["version"] == 2


async def test_merged_findings_of_another_workspace_or_a_deleted_branch_are_ignored(workspace: Workspace) -> None:
    elsewhere = Workspace(workspace.running, await workspace.running.http(role="editor", workspace_id=new_id()))
    home = await elsewhere.home()
    await elsewhere.asset(home, KEEPER)
    await elsewhere.asset(home, "MIRA")
    ours = await workspace.home()
    branch = await workspace.post(f"{ours.project}/branches", {"name": "noir"})
    gone = Home(ours.project_id, branch["id"])
    await workspace.delete(gone.branch, version=1)
    await workspace.deliver(merged(home, new_id(), KEEPER, "MIRA"), merged(gone, new_id(), KEEPER, "MIRA"))
    assert [asset["same_as"] for asset in await elsewhere.items(home.assets)] == [None, None]
    rows = await workspace.running.fetch("SELECT id FROM merged_finding WHERE workspace_id = $1", workspace.id)
    assert rows == []
    assert await workspace.running.dead_letters() == []
