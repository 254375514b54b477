from collections.abc import AsyncIterator

import httpx
import pytest

from assets.app.store import Store
from assets.bootstrap import build
from dramatis.testing.service import ServiceServers, ServiceUnderTest, service_under_test


@pytest.fixture
async def assets(service_servers: ServiceServers) -> AsyncIterator[ServiceUnderTest[Store]]:
    """The service on a database and streams of its own."""
    async with service_under_test("assets", build, service_servers) as running:
        yield running


@pytest.fixture
async def client(assets: ServiceUnderTest[Store]) -> httpx.AsyncClient:
    """An editor of the service's default workspace."""
    return await assets.http(role="editor")
