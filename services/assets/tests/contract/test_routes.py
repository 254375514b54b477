"""Whatever the OpenAPI document allows to be asked, and more: no request meets a bug."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.assets.tests.integration.workspace import Workspace

from dramatis.testing.random_values import Known
from dramatis.testing.route_suite import Route, assert_no_bug, random_requests, routes_of

FEWEST_ROUTES = 27


@pytest.fixture
async def routes(workspace: Workspace) -> list[Route]:
    return routes_of(await workspace.get("/openapi.json"), "assets")


@pytest.fixture
async def known(workspace: Workspace) -> Known:
    """One of everything that a path or a body can name."""
    home = await workspace.home()
    asset = await workspace.asset(home)
    image = await workspace.draw(home, asset)
    library = await workspace.post("/v1/global-assets", {"type": "prop", "name": "Cup"})
    style = (await workspace.get(home.project))["style_capsule_id"]
    return {
        "project": [str(home.project_id)],
        "branch": [str(home.branch_id)],
        "asset": [asset["id"]],
        "image": [image["id"]],
        "global_asset": [library["id"]],
        "style_capsule": [style],
        "style_capsule_id": [style],
        "forked_from_branch_id": [str(home.branch_id)],
        "asset_ids": [[asset["id"]]],
    }


@pytest.mark.parametrize("deleting", [False, True], ids=["keeping everything", "deleting"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_no_request_meets_a_bug(
    deleting: bool, workspace: Workspace, routes: list[Route], known: Known, data: st.DataObject
) -> None:
    assert len(routes) >= FEWEST_ROUTES
    there = [route for route in sorted(routes, key=str) if (route.method == "delete") <= deleting]
    await assert_no_bug(workspace.client, data.draw(random_requests(data.draw(st.sampled_from(there)), known)))
