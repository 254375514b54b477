from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import sandbox
from sandbox import RunSandbox, Sandbox, Store

import chassis
from chassis.service import RunRole
from dramatis.testing.service import ServiceServers, ServiceUnderTest, service_under_test

FOLDERS = [Path(chassis.__file__).parent / "migrations", Path(sandbox.__file__).parent / "migrations"]


@pytest.fixture
def run_sandbox(service_servers: ServiceServers) -> RunSandbox:
    """Runs the made-up service as a test wants it."""

    @asynccontextmanager
    async def run(
        made_up: Sandbox | None = None, role: RunRole = RunRole.ALL, **settings: object
    ) -> AsyncIterator[ServiceUnderTest[Store]]:
        build = (made_up or Sandbox()).build
        async with service_under_test(
            "sandbox", build, service_servers, role=role, folders=FOLDERS, **settings
        ) as running:
            yield running

    return run
