"""Pytest plugin: real Postgres, NATS and S3 for every tier of tests.

Each xdist worker starts its own servers, when the first test asks for them, and stops them at the end of the session.
`DRAMATIS_INFRA=containers` takes them from testcontainers instead of the PyPI wheels; the fixtures stay the same.
"""

from collections.abc import Iterator

import pytest

from dramatis.credentials import Credentials
from dramatis.servers.nats import NatsAddress
from dramatis.servers.postgres import PostgresAddress
from dramatis.servers.seaweed import S3Address
from dramatis.testing.databases import Databases
from dramatis.testing.infrastructure import Infrastructure, chosen_infrastructure
from dramatis.testing.service import ServiceServers


@pytest.fixture(scope="session")
def server_credentials() -> Credentials:
    """The passwords and keys of this session's servers."""
    return Credentials.random()


@pytest.fixture(scope="session")
def infrastructure() -> Infrastructure:
    """Where the servers come from."""
    return chosen_infrastructure()


@pytest.fixture(scope="session")
def postgres_server(infrastructure: Infrastructure, server_credentials: Credentials) -> Iterator[PostgresAddress]:
    """An empty Postgres; databases come from `service_database`."""
    with infrastructure.postgres(server_credentials) as address:
        yield address


@pytest.fixture(scope="session")
def nats_server(infrastructure: Infrastructure, server_credentials: Credentials) -> Iterator[NatsAddress]:
    """NATS with JetStream and the users of the local stack; it has no stream yet, and tests share it."""
    with infrastructure.nats(server_credentials) as address:
        yield address


@pytest.fixture
def fresh_nats_server(infrastructure: Infrastructure, server_credentials: Credentials) -> Iterator[NatsAddress]:
    """The same for one test alone, for tests that need empty streams of the real names."""
    with infrastructure.nats(server_credentials) as address:
        yield address


@pytest.fixture(scope="session")
def s3_server(infrastructure: Infrastructure, server_credentials: Credentials) -> Iterator[S3Address]:
    """S3 with one empty bucket; tests share it and use keys of their own."""
    with infrastructure.s3(server_credentials) as address:
        yield address


@pytest.fixture(scope="session")
def service_database(postgres_server: PostgresAddress, server_credentials: Credentials) -> Databases:
    """A factory of migrated databases: `async with service_database("assets") as database: ...`."""
    return Databases(postgres_server, server_credentials)


@pytest.fixture(scope="session")
def service_servers(
    service_database: Databases, nats_server: NatsAddress, s3_server: S3Address, server_credentials: Credentials
) -> ServiceServers:
    """Everything `service_under_test` runs a service on."""
    return ServiceServers(service_database, nats_server, s3_server, server_credentials)
