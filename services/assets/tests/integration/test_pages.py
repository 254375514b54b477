import asyncio

import pytest
from services.assets.tests.integration.workspace import Json, Workspace


async def walk(workspace: Workspace, path: str, limit: int, **query: str) -> list[Json]:
    """All items of a list, page by page."""
    items: list[Json] = []
    page = await workspace.get(path, limit=limit, **query)
    while True:
        items += page["items"]
        assert len(page["items"]) <= limit
        if page["next_cursor"] is None:
            return items
        assert len(page["items"]) == limit
        page = await workspace.get(path, limit=limit, cursor=page["next_cursor"], **query)


async def list_paths(workspace: Workspace, count: int) -> dict[str, list[str]]:
    """Every list of the service, with the ids of `count` things in it."""
    home = await workspace.home()
    mira = await workspace.asset(home)
    made: dict[str, list[str]] = {
        "/v1/projects": [str(home.project_id)],
        "/v1/style-capsules": [(await workspace.get(home.project))["style_capsule_id"]],
        f"{home.project}/branches": [str(home.branch_id)],
        "/v1/global-assets": [],
        home.assets: [mira["id"]],
        f"{home.assets}/{mira['id']}/images": [],
    }
    for number in range(count):
        name = {"name": f"n{number}"}
        made["/v1/projects"].append((await workspace.post("/v1/projects", name))["id"])
        made["/v1/style-capsules"].append((await workspace.style())["id"])
        branch = await workspace.post(f"{home.project}/branches", name)
        made[f"{home.project}/branches"].append(branch["id"])
        asset = await workspace.post("/v1/global-assets", {**name, "type": "prop"})
        made["/v1/global-assets"].append(asset["id"])
        made[home.assets].append((await workspace.asset(home, **name))["id"])
        image = await workspace.draw(home, mira)
        made[f"{home.assets}/{mira['id']}/images"].append(image["id"])
    return made


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
async def test_every_list_walked_page_by_page_has_everything_once(workspace: Workspace, limit: int) -> None:
    for path, ids in (await list_paths(workspace, 5)).items():
        assert [item["id"] for item in await walk(workspace, path, limit)] == ids, path


async def test_a_walk_loses_nothing_while_others_insert(workspace: Workspace) -> None:
    home = await workspace.home()
    there = [(await workspace.asset(home, f"before {number}"))["id"] for number in range(30)]
    inserting = asyncio.gather(*(workspace.asset(home, f"meanwhile {number}") for number in range(30)))
    walked = [item["id"] for item in await walk(workspace, home.assets, 4)]
    meanwhile = {asset["id"] for asset in await inserting}
    assert [asset_id for asset_id in walked if asset_id in there] == there
    assert set(walked) - set(there) <= meanwhile
    assert len(walked) == len(set(walked))


async def test_a_filtered_walk_keeps_its_filter(workspace: Workspace) -> None:
    home = await workspace.home()
    for number in range(6):
        await workspace.asset(home, f"n{number}", "prop" if number % 2 else "location")
    assert {item["type"] for item in await walk(workspace, home.assets, 2, type="prop")} == {"prop"}
    assert len(await walk(workspace, home.assets, 2, type="prop")) == 3


@pytest.mark.parametrize("query", [{"cursor": "nonsense"}, {"limit": 0}, {"limit": 201}, {"q": "nul\x00"}], ids=str)
async def test_a_page_that_cannot_be_is_refused(workspace: Workspace, query: dict[str, str | int]) -> None:
    home = await workspace.home()
    answer = await workspace.client.get(home.assets, params=query)
    assert answer.status_code == 422
    assert answer.json()["code"] in {"request-invalid", "cursor-invalid"}
