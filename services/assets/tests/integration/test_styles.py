import asyncio

from services.assets.tests.integration.workspace import Workspace, names

from contracts.assets.v1 import StyleCapsuleDeleted, StyleCapsuleUpdated

FULL = {
    "name": "Noir",
    "prompt": "black and white",
    "negative_prompt": "colour",
    "palette": ["#000000", "#FFFFFF"],
    "reference_images": ["https://example.org/one.png"],
    "metadata": {"by": "Gregg"},
}


async def test_a_style_is_shown_as_it_was_given(workspace: Workspace) -> None:
    style = await workspace.style(**FULL)
    assert {name: style[name] for name in FULL} == FULL
    assert await workspace.items("/v1/style-capsules") == [style]
    assert await workspace.get(f"/v1/style-capsules/{style['id']}") == style


async def test_a_changed_style_keeps_what_was_not_named(workspace: Workspace) -> None:
    style = await workspace.style(**FULL)
    path = f"/v1/style-capsules/{style['id']}"
    answer = await workspace.patch(path, {"palette": [], "prompt": "sepia"}, version=1)
    assert answer.json() == {
        **style,
        "palette": [],
        "prompt": "sepia",
        "version": 2,
        "updated_at": answer.json()["updated_at"],
    }
    [told] = await workspace.emitted(StyleCapsuleUpdated)
    assert (told.data["prompt"], told.data["negative_prompt"]) == ("sepia", "colour")


async def test_a_style_in_use_stays_and_the_problem_names_its_projects(workspace: Workspace) -> None:
    home = await workspace.home()
    style = (await workspace.get(home.project))["style_capsule_id"]
    answer = await workspace.delete(f"/v1/style-capsules/{style}", version=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "style-capsule-in-use")
    assert answer.json()["projects"] == [{"id": str(home.project_id), "name": "The Lighthouse"}]
    await workspace.patch(home.project, {"style_capsule_id": None}, version=1)
    assert (await workspace.delete(f"/v1/style-capsules/{style}", version=1)).status_code == 204
    [told] = await workspace.emitted(StyleCapsuleDeleted)
    assert told.envelope.aggregate_version == 2


async def test_a_style_that_is_deleted_while_it_is_taken_into_use_is_one_or_the_other(workspace: Workspace) -> None:
    for _ in range(8):
        style = await workspace.style()
        made, deleted = await asyncio.gather(
            workspace.client.post("/v1/projects", json={"name": "x", "style_capsule_id": style["id"]}),
            workspace.delete(f"/v1/style-capsules/{style['id']}", version=1),
        )
        assert (made.status_code, deleted.status_code) in {(201, 409), (404, 204)}


async def test_styles_are_listed_in_the_order_of_their_making(workspace: Workspace) -> None:
    for name in ("one", "two", "three"):
        await workspace.style(name=name)
    assert names(await workspace.items("/v1/style-capsules")) == ["one", "two", "three"]
