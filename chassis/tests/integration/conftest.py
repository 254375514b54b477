from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from sandbox.proxy import Proxy
from sandbox.running import Lines, OwnServers, RunSandbox, runs_on
from sandbox.spans import Spans

from dramatis.servers.nats import NatsServer
from dramatis.servers.postgres import PostgresServer
from dramatis.testing.databases import Databases
from dramatis.testing.service import ServiceServers


@pytest.fixture
def run_sandbox(service_servers: ServiceServers) -> RunSandbox:
    """Runs the made-up service on the session's servers."""
    return runs_on(service_servers)


@pytest.fixture(scope="session")
async def open_lines(service_servers: ServiceServers) -> AsyncIterator[Lines]:
    """The session's servers behind proxies."""
    server = service_servers.databases._server
    postgres, nats = Proxy(server.port), Proxy(service_servers.nats.port)
    await postgres.open()
    await nats.open()
    databases = Databases(replace(server, port=postgres.port), service_servers.credentials)
    yield Lines(postgres, nats, replace(service_servers, databases=databases))
    await postgres.close()
    await nats.close()


@pytest.fixture
def lines(open_lines: Lines) -> Iterator[Lines]:
    """The same, flowing again when the test is over."""
    yield open_lines
    open_lines.postgres.thaw()
    open_lines.nats.thaw()


@pytest.fixture(scope="session")
def own_servers(service_servers: ServiceServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServers]:
    """Postgres and NATS as processes that keep their data over a restart."""
    credentials = service_servers.credentials
    folder = tmp_path_factory.mktemp("servers")
    careful = {"synchronous_commit": "on", "fsync": "off"}
    postgres = PostgresServer(folder / "postgres", credentials.postgres_superuser, settings=careful)
    nats = NatsServer(folder / "nats", credentials.nats_users())
    with postgres, nats:
        databases = Databases(postgres.address, credentials)
        yield OwnServers(postgres, nats, replace(service_servers, databases=databases, nats=nats.address))
    postgres.remove_data()


@pytest.fixture(scope="session")
def kept_spans() -> Spans:
    """The spans of this session: a process has one tracer provider."""
    return Spans()


@pytest.fixture
def spans(kept_spans: Spans) -> Spans:
    """The spans of this test."""
    kept_spans.clear()
    return kept_spans
