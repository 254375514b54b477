"""Whatever the OpenAPI document allows to be asked, and more: no request meets a bug."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.localizer.tests.integration.scene import Scene, png

from dramatis.testing.random_values import Known
from dramatis.testing.route_suite import Route, assert_no_bug, random_requests, routes_of

FEWEST_ROUTES = 4


@pytest.fixture
async def routes(scene: Scene) -> list[Route]:
    return routes_of((await (await scene.running.http()).get("/openapi.json")).json(), "localizer")


@pytest.fixture
async def known(scene: Scene) -> Known:
    """A copy, an image that could not be copied, and their keys."""
    await scene.deliver(scene.selected(await scene.stored(png())))
    await scene.deliver(scene.selected("nothing-is-here"))
    rows = await scene.until("localized", "failed")
    return {
        "localization": [str(row["id"]) for row in rows],
        "key": [rows[0]["key"], rows[0]["source"], rows[1]["key"]],
        **{name: [str(getattr(scene, name))] for name in ("project_id", "branch_id", "asset_id")},
    }


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_no_request_meets_a_bug(scene: Scene, routes: list[Route], known: Known, data: st.DataObject) -> None:
    assert len(routes) >= FEWEST_ROUTES
    route = data.draw(st.sampled_from(sorted(routes, key=str)))
    await assert_no_bug(await scene.running.http(), data.draw(random_requests(route, known)))
