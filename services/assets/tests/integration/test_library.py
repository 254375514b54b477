import pytest
from services.assets.tests.integration.workspace import Json, Workspace, names

from contracts.assets.v1 import GlobalAssetCreated, GlobalAssetDeleted, GlobalAssetUpdated

FULL = {
    "type": "character",
    "name": "Mira Okafor",
    "aliases": ["The Keeper"],
    "description": "Tall and wind-burnt.",
    "attributes": {"age": "60"},
    "tags": ["lighthouse", "Norway"],
    "metadata": {"source": {"book": 1}},
}


async def add(workspace: Workspace, name: str, kind: str = "character", **fields: object) -> Json:
    return await workspace.post("/v1/global-assets", {"name": name, "type": kind, **fields})


async def test_a_library_asset_is_shown_as_it_was_given(workspace: Workspace) -> None:
    asset = await workspace.post("/v1/global-assets", FULL)
    assert {name: asset[name] for name in FULL} == FULL
    assert await workspace.items("/v1/global-assets") == [asset]
    assert await workspace.get(f"/v1/global-assets/{asset['id']}") == asset
    [told] = await workspace.emitted(GlobalAssetCreated)
    assert (told.data["asset_type"], told.data["metadata"]) == ("character", FULL["metadata"])


async def test_versions_rise_with_each_change_and_with_the_deletion(workspace: Workspace) -> None:
    asset = await add(workspace, "Mira")
    path = f"/v1/global-assets/{asset['id']}"
    answer = await workspace.patch(path, {"tags": ["x"], "name": "Miro"}, version=1)
    assert (answer.json()["tags"], answer.json()["name"], answer.headers["ETag"]) == (["x"], "Miro", '"2"')
    assert (await workspace.delete(path, version=2)).status_code == 204
    assert (await workspace.client.get(path)).json()["code"] == "global-asset-not-found"
    told = await workspace.emitted(GlobalAssetUpdated) + await workspace.emitted(GlobalAssetDeleted)
    assert [one.envelope.aggregate_version for one in told] == [2, 3]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Mira", "Harbour", "Cup 50%"]),
        ({"type": "location"}, ["Harbour"]),
        ({"q": "MIR"}, ["Mira"]),
        ({"q": "keeper"}, ["Mira"]),
        ({"q": "wharf"}, ["Harbour"]),
        ({"q": "50%"}, ["Cup 50%"]),
        ({"q": "5_%"}, []),
        ({"q": "  "}, ["Mira", "Harbour", "Cup 50%"]),
        ({"tag": "Norway"}, ["Mira", "Harbour"]),
        ({"tag": "norway"}, []),
        ({"tag": "Norway", "type": "prop"}, []),
        ({"tag": "Norway", "q": "mira", "type": "character"}, ["Mira"]),
    ],
    ids=str,
)
async def test_the_library_is_narrowed_by_type_words_and_tag(
    workspace: Workspace, query: dict[str, str], expected: list[str]
) -> None:
    await add(workspace, "Mira", aliases=["The Keeper"], tags=["Norway"])
    await add(workspace, "Harbour", "location", tags=["Norway", "wharf"])
    await add(workspace, "Cup 50%", "prop")
    assert names(await workspace.items("/v1/global-assets", **query)) == expected


async def test_a_changed_name_is_found_by_the_new_one_only(workspace: Workspace) -> None:
    asset = await add(workspace, "Mira")
    await workspace.patch(f"/v1/global-assets/{asset['id']}", {"name": "Miro"}, version=1)
    assert names(await workspace.items("/v1/global-assets", q="miro")) == ["Miro"]
    assert await workspace.items("/v1/global-assets", q="mira") == []
