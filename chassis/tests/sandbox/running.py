"""The made-up service on servers: the session's, the session's behind proxies, or its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import chassis
import sandbox
from chassis.service import RunRole
from dramatis.servers.nats import NatsServer
from dramatis.servers.postgres import PostgresServer
from dramatis.testing.service import ServiceServers, ServiceUnderTest, service_under_test
from sandbox import Sandbox, Store
from sandbox.proxy import LOOPBACK, Proxy

FOLDERS = [Path(chassis.__file__).parent / "migrations", Path(sandbox.__file__).parent / "migrations"]

RunSandbox = Callable[..., AbstractAsyncContextManager[ServiceUnderTest[Store]]]
"""What the fixture `run_sandbox` is: call it with a `Sandbox`, a role, and settings."""


def runs_on(servers: ServiceServers, **usual: object) -> RunSandbox:
    """Runs the made-up service on some servers as a test wants it; `usual` are settings unless it gives others."""

    @asynccontextmanager
    async def run(
        made_up: Sandbox | None = None, role: RunRole = RunRole.ALL, **settings: object
    ) -> AsyncIterator[ServiceUnderTest[Store]]:
        build, settings = (made_up or Sandbox()).build, usual | settings
        async with service_under_test("sandbox", build, servers, role=role, folders=FOLDERS, **settings) as running:
            yield running

    return run


@dataclass(frozen=True, slots=True)
class Lines:
    """The service's connections to Postgres and NATS, which a test may freeze or cut; its own to NATS is another."""

    postgres: Proxy
    nats: Proxy
    servers: ServiceServers

    @property
    def run(self) -> RunSandbox:
        """Runs the made-up service behind these lines."""
        return runs_on(self.servers, nats_url=f"nats://{LOOPBACK}:{self.nats.port}")


@dataclass(frozen=True, slots=True)
class OwnServers:
    """Servers of the test's own, which it may restart."""

    postgres: PostgresServer
    nats: NatsServer
    servers: ServiceServers

    @property
    def run(self) -> RunSandbox:
        """Runs the made-up service on these servers."""
        return runs_on(self.servers)
