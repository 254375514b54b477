import asyncio
from uuid import uuid4

import pytest
from services.assets.tests.integration.workspace import Home, Json, Workspace

from contracts.assets.v1 import ImageRequested, ProjectCreated


async def everything(workspace: Workspace) -> tuple[Home, dict[str, Json]]:
    """One of each editable resource, by its address."""
    home = await workspace.home()
    style, branch = await workspace.style(), await workspace.post(f"{home.project}/branches", {"name": "noir"})
    library = await workspace.post("/v1/global-assets", {"name": "Mira", "type": "character"})
    asset = await workspace.asset(home)
    return home, {
        home.project: await workspace.get(home.project),
        f"/v1/style-capsules/{style['id']}": style,
        f"/v1/global-assets/{library['id']}": library,
        f"{home.assets}/{asset['id']}": asset,
        f"{home.project}/branches/{branch['id']}": branch,
    }


async def test_a_change_needs_the_version_that_was_read(workspace: Workspace) -> None:
    _, resources = await everything(workspace)
    for path, shown in resources.items():
        methods = ["DELETE"] if "/branches/" in path and "/assets" not in path else ["PATCH", "DELETE"]
        for method in methods:
            body = {"name": "other"} if method == "PATCH" else None
            for header, status, code in [(None, 428, "if-match-required"), ('"7"', 412, "stale"), ("x", 412, "stale")]:
                headers = {} if header is None else {"If-Match": header}
                answer = await workspace.client.request(method, path, json=body, headers=headers)
                assert (answer.status_code, answer.json()["code"]) == (status, code), (method, path)
        answer = await workspace.client.get(path)
        assert answer.json() == shown
        assert answer.headers["ETag"] == f'"{shown["version"]}"'


async def test_what_is_not_there_is_a_404_with_its_own_code(workspace: Workspace) -> None:
    _, resources = await everything(workspace)
    codes = ["project", "style-capsule", "global-asset", "asset", "branch"]
    for (path, shown), kind in zip(resources.items(), codes, strict=True):
        missing = path.replace(shown["id"], str(uuid4()))
        for method in ("GET", "DELETE") if kind == "branch" else ("GET", "PATCH", "DELETE"):
            body = {"name": "other"} if method == "PATCH" else None
            answer = await workspace.client.request(method, missing, json=body, headers={"If-Match": '"1"'})
            assert (answer.status_code, answer.json()["code"]) == (404, f"{kind}-not-found"), (method, missing)
            assert answer.headers["content-type"] == "application/problem+json"


async def test_another_workspace_sees_and_changes_nothing(workspace: Workspace) -> None:
    home, resources = await everything(workspace)
    mira = await workspace.asset(home, "Miro")
    image = await workspace.draw(home, mira)
    stranger = await workspace.running.http(role="owner", workspace_id=uuid4())
    for path in ("/v1/projects", "/v1/style-capsules", "/v1/global-assets", "/v1/global-assets?q=mira"):
        assert (await stranger.get(path)).json() == {"items": [], "next_cursor": None}
    for path, shown in resources.items():
        for method in ("GET", "PATCH", "DELETE"):
            body = {"name": "mine"} if method == "PATCH" else None
            answer = await stranger.request(method, path, json=body, headers={"If-Match": '"1"'})
            assert answer.status_code in {404, 405}, (method, path)
        assert await workspace.get(path) == shown
    images = f"{home.assets}/{mira['id']}/images"
    for answer in (
        await stranger.get(images),
        await stranger.post(f"{images}/{image['id']}/select"),
        await stranger.post(home.assets, json={"name": "Mine", "type": "prop"}),
        await stranger.post(f"{home.assets}/generate-images", json={}),
        await stranger.post(f"{home.project}/branches", json={"name": "mine"}),
        await stranger.post("/v1/projects", json={"name": "x", "style_capsule_id": await style_of(workspace, home)}),
    ):
        assert answer.status_code == 404, answer.text


async def style_of(workspace: Workspace, home: Home) -> str:
    style: str = (await workspace.get(home.project))["style_capsule_id"]
    return style


async def test_a_viewer_reads_and_changes_nothing(workspace: Workspace) -> None:
    _, resources = await everything(workspace)
    viewer = await workspace.running.http(role="viewer")
    for path, shown in resources.items():
        assert (await viewer.get(path)).json() == shown
        answer = await viewer.delete(path, headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["code"]) == (403, "role-forbidden")
    assert (await viewer.post("/v1/projects", json={"name": "x"})).status_code == 403


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/projects", {"name": "nul\x00"}),
        ("/v1/projects", {"name": "x", "metadata": {"a": {"b": ["nul\x00"]}}}),
        ("/v1/projects", {"name": "x", "metadata": {"a": 10**30}}),
        ("/v1/projects", {"name": "x", "extra": 1}),
        ("/v1/projects", []),
        ("/v1/style-capsules", {"name": "x"}),
        ("/v1/style-capsules", {"name": "x", "prompt": "nul\x00"}),
        ("/v1/global-assets", {"name": "x", "type": "character", "aliases": ["nul\x00"]}),
        ("/v1/global-assets", {"name": "x", "type": "character", "attributes": {"nul\x00": "x"}}),
    ],
    ids=str,
)
async def test_a_body_that_cannot_be_kept_is_a_422_that_names_the_field(
    workspace: Workspace, path: str, body: object
) -> None:
    answer = await workspace.client.post(path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")
    assert answer.json()["errors"][0]["field"].startswith("body")


@pytest.mark.parametrize("query", ["q=%00", "tag=%00", "type=weather", "limit=x"])
async def test_a_query_that_cannot_be_asked_is_a_422(workspace: Workspace, query: str) -> None:
    answer = await workspace.client.get(f"/v1/global-assets?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")


@pytest.mark.parametrize(
    "body", ["{", '{"name": NaN', '{"name": "x", "metadata": ' + '{"a":' * 5000 + "1" + "}" * 5001]
)
async def test_a_body_that_cannot_be_read_is_the_clients_problem(workspace: Workspace, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await workspace.client.post("/v1/projects", content=body, headers=headers)
    assert answer.status_code in {400, 422}, answer.text


async def test_an_id_that_is_no_uuid_is_a_422(workspace: Workspace) -> None:
    answer = await workspace.client.get("/v1/projects/the-lighthouse")
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")


async def test_a_post_repeated_under_its_key_answers_the_same_and_does_nothing(workspace: Workspace) -> None:
    headers = {"Idempotency-Key": "one"}
    answers = await asyncio.gather(
        *(workspace.client.post("/v1/projects", json={"name": "x"}, headers=headers) for _ in range(6))
    )
    assert len({(answer.status_code, answer.content, answer.headers["ETag"]) for answer in answers}) == 1
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(await workspace.items("/v1/projects")) == 1
    assert len(await workspace.emitted(ProjectCreated)) == 1
    answer = await workspace.client.post("/v1/projects", json={"name": "y"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-mismatch")


async def test_images_are_paid_for_once_per_key(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.asset(home)
    path, headers = f"{home.assets}/generate-images", {"Idempotency-Key": "draw"}
    first, again = [await workspace.client.post(path, json={}, headers=headers) for _ in range(2)]
    assert (first.status_code, first.json()) == (202, again.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(await workspace.emitted(ImageRequested)) == 1


async def test_a_refused_post_may_be_repeated_under_its_key(workspace: Workspace) -> None:
    home = await workspace.home(styled=False)
    await workspace.asset(home)
    path, headers = f"{home.assets}/generate-images", {"Idempotency-Key": "draw"}
    assert (await workspace.client.post(path, json={}, headers=headers)).status_code == 409
    await workspace.patch(home.project, {"style_capsule_id": (await workspace.style())["id"]}, version=1)
    assert (await workspace.client.post(path, json={}, headers=headers)).status_code == 202


async def test_the_api_describes_every_route_and_its_problems(workspace: Workspace) -> None:
    answer = await workspace.client.get("/openapi.json")
    paths = answer.json()["paths"]
    operations = [operation for path in paths.values() for operation in path.values()]
    described = [operation for operation in operations if operation.get("tags") != ["health"]]
    assert len(described) >= 27
    assert all(operation["description"] for operation in described)
    assert "`style-capsule-in-use`" in str(
        paths["/api/assets/v1/style-capsules/{style_capsule}"]["delete"]["responses"]
    )
    lists = paths["/api/assets/v1/projects/{project}/branches/{branch}/assets"]["get"]
    assert {parameter["name"] for parameter in lists["parameters"]} >= {
        "type",
        "q",
        "status",
        "image",
        "limit",
        "cursor",
    }
