"""Whatever the OpenAPI document allows to be asked, and more: no request meets a bug."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.extraction.tests.integration.place import Place

from dramatis.testing.random_values import Known
from dramatis.testing.route_suite import Route, assert_no_bug, random_requests, routes_of

FEWEST_ROUTES = 13


@pytest.fixture
async def routes(place: Place) -> list[Route]:
    return routes_of((await place.get("/openapi.json")).json(), "extraction")


@pytest.fixture
async def known(place: Place) -> Known:
    """One of everything that a path can name."""
    await place.open()
    version = (await place.write()).json()["version"]
    run = await place.run()
    return {
        "project": [str(place.project_id)],
        "branch": [str(place.branch_id)],
        "version": [version],
        "script_version": [version],
        "run": [run["id"]],
        "number": [1],
        "attempt": [1],
    }


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_no_request_meets_a_bug(place: Place, routes: list[Route], known: Known, data: st.DataObject) -> None:
    assert len(routes) >= FEWEST_ROUTES
    route = data.draw(st.sampled_from(sorted(routes, key=str)))
    await assert_no_bug(await place.running.http(), data.draw(random_requests(route, known)))
