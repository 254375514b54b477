from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from services.assets.tests.integration.workspace import Workspace

from assets.app.store import Store
from assets.bootstrap import build
from chassis.ids import new_id
from dramatis.testing.service import ServiceServers, ServiceUnderTest, service_under_test


@pytest.fixture(scope="module")
async def assets(service_servers: ServiceServers) -> AsyncIterator[ServiceUnderTest[Store]]:
    """The service that the tests of a module share."""
    async with service_under_test("assets", build, service_servers) as running:
        yield running


@pytest.fixture
async def workspace(assets: ServiceUnderTest[Store]) -> Workspace:
    """A workspace of one's own in that service."""
    running = replace(assets, workspace_id=new_id())
    return Workspace(running, await running.http(role="editor"))
