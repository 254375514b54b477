"""Whatever the OpenAPI document allows to be asked, and more: no request meets a bug."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.imagegen.tests.conftest import Imagegen, RunImagegen, jobs, requested, until_ended

from dramatis.testing.random_values import Known
from dramatis.testing.route_suite import Route, assert_no_bug, random_requests, routes_of

FEWEST_ROUTES = 8


@pytest.fixture
async def drawn(run_imagegen: RunImagegen) -> AsyncIterator[Imagegen]:
    """The service after a batch of three."""
    batch, project = uuid4(), uuid4()
    async with run_imagegen() as running:
        await running.deliver(requested(batch_id=batch, batch_size=3, candidates=3, project_id=project), times=1)
        await until_ended(running, count=3)
        yield running


@pytest.fixture
async def routes(drawn: Imagegen) -> list[Route]:
    return routes_of((await (await drawn.http()).get("/openapi.json")).json(), "imagegen")


@pytest.fixture
async def known(drawn: Imagegen) -> Known:
    """One of everything that a path or a filter can name."""
    job = (await jobs(drawn))[0]
    return {
        "job": [str(job["id"])],
        "batch": [str(job["batch_id"])],
        **{name: [str(job[name])] for name in ("project_id", "batch_id", "asset_id")},
    }


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_no_request_meets_a_bug(drawn: Imagegen, routes: list[Route], known: Known, data: st.DataObject) -> None:
    assert len(routes) >= FEWEST_ROUTES
    route = data.draw(st.sampled_from(sorted(routes, key=str)))
    await assert_no_bug(await drawn.http(), data.draw(random_requests(route, known)))
