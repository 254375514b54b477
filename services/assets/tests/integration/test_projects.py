from uuid import uuid4

from services.assets.tests.integration.workspace import Workspace, names


async def test_a_project_is_born_with_a_branch_main(workspace: Workspace) -> None:
    project = await workspace.post("/v1/projects", {"name": "The Lighthouse", "metadata": {"season": 2}})
    assert (project["name"], project["style_capsule_id"], project["version"]) == ("The Lighthouse", None, 1)
    assert project["metadata"] == {"season": 2}
    [main] = await workspace.items(f"/v1/projects/{project['id']}/branches")
    assert (main["name"], main["forked_from_branch_id"]) == ("main", None)
    assert [one.type.split(".")[2:4] for one in await workspace.emitted()] == [
        ["project", "created"],
        ["branch", "created"],
    ]


async def test_a_new_project_says_where_it_is_and_at_which_version(workspace: Workspace) -> None:
    answer = await workspace.client.post("/v1/projects", json={"name": "The Lighthouse"})
    assert answer.headers["ETag"] == '"1"'
    assert (await workspace.client.get(answer.headers["Location"].removeprefix("/api/assets"))).json() == answer.json()


async def test_a_changed_project_has_the_next_version_and_tells_it(workspace: Workspace) -> None:
    home = await workspace.home(styled=False)
    style = await workspace.style()
    answer = await workspace.patch(home.project, {"style_capsule_id": style["id"]}, version=1)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert answer.json()["style_capsule_id"] == style["id"]
    answer = await workspace.patch(home.project, {"name": "Skerry", "style_capsule_id": None}, version=2)
    assert (answer.json()["name"], answer.json()["style_capsule_id"]) == ("Skerry", None)
    told = [one for one in await workspace.emitted() if one.type.endswith("project.updated.v1")]
    assert [one.envelope.aggregate_version for one in told] == [2, 3]
    assert told[0].data["style_capsule_id"] == style["id"]


async def test_a_change_that_changes_nothing_tells_nothing(workspace: Workspace) -> None:
    home = await workspace.home(styled=False)
    answer = await workspace.patch(home.project, {"name": "The Lighthouse"}, version=1)
    assert answer.headers["ETag"] == '"1"'
    assert len(await workspace.emitted()) == 2


async def test_a_project_cannot_have_a_style_that_is_not_there(workspace: Workspace) -> None:
    body = {"name": "The Lighthouse", "style_capsule_id": str(uuid4())}
    problem = await workspace.post("/v1/projects", body, status=404)
    assert problem["code"] == "style-capsule-not-found"
    home = await workspace.home(styled=False)
    answer = await workspace.patch(home.project, {"style_capsule_id": str(uuid4())}, version=1)
    assert answer.json()["code"] == "style-capsule-not-found"


async def test_deleting_a_project_takes_everything_in_it_and_tells_project_and_branches(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    await workspace.wish(home)
    await workspace.draw(home, mira)
    await workspace.post(f"{home.project}/branches", {"name": "noir"})
    before = len(await workspace.emitted())
    assert (await workspace.delete(home.project, version=1)).status_code == 204
    for path in (home.project, f"{home.project}/branches", home.branch, home.assets, f"{home.assets}/{mira['id']}"):
        assert (await workspace.client.get(path)).status_code == 404
    told = [(one.type.split(".")[2], one.envelope.aggregate_version) for one in (await workspace.emitted())[before:]]
    assert told == [("branch", 2), ("branch", 2), ("project", 2)]
    left = await workspace.running.fetch(
        """
        SELECT (SELECT count(*) FROM project_asset WHERE workspace_id = $1)
             + (SELECT count(*) FROM image_request WHERE workspace_id = $1)
             + (SELECT count(*) FROM image_candidate WHERE workspace_id = $1) AS rows
        """,
        workspace.id,
    )
    assert left[0]["rows"] == 0


async def test_a_branch_goes_and_main_stays(workspace: Workspace) -> None:
    home = await workspace.home()
    branch = await workspace.post(f"{home.project}/branches", {"name": "noir"})
    answer = await workspace.delete(f"{home.project}/branches/{branch['id']}", version=1)
    assert answer.status_code == 204
    answer = await workspace.delete(home.branch, version=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "main-branch-stays")
    assert names(await workspace.items(f"{home.project}/branches")) == ["main"]
    [told] = [one for one in await workspace.emitted() if one.type.endswith("branch.deleted.v1")]
    assert told.data["branch_id"] == branch["id"]


async def test_a_branch_of_another_project_is_not_found(workspace: Workspace) -> None:
    home, other = await workspace.home(), await workspace.home()
    path = f"{home.project}/branches/{other.branch_id}"
    for address in (path, f"{path}/assets"):
        answer = await workspace.client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (404, "branch-not-found")
    assert (await workspace.delete(path, version=1)).status_code == 404
    problem = await workspace.post(f"{path}/assets", {"name": "Mira", "type": "character"}, status=404)
    assert problem["code"] == "branch-not-found"


async def test_projects_are_listed_as_they_are_shown(workspace: Workspace) -> None:
    for name in ("one", "two"):
        await workspace.post("/v1/projects", {"name": name, "metadata": {"n": [1.5, None]}})
    listed = await workspace.items("/v1/projects")
    assert names(listed) == ["one", "two"]
    assert listed[0] == await workspace.get(f"/v1/projects/{listed[0]['id']}")
    [branch] = await workspace.items(f"/v1/projects/{listed[0]['id']}/branches")
    assert branch == await workspace.get(f"/v1/projects/{listed[0]['id']}/branches/{branch['id']}")
