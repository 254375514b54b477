"""Databases and roles of the services in one Postgres cluster.

Per service: a database of its name; `<svc>_owner`, who owns it and runs the migrations; `<svc>_app`, as which the
service works, subject to row-level security; `<svc>_relay`, which the app role may become for reading every
workspace's outbox, and otherwise gains nothing from.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import asyncpg

from dramatis.servers.postgres import PostgresAddress

MIGRATION_LOCK_TIMEOUT = "5s"
EXTENSIONS = ("pg_trgm", "btree_gin")


@dataclass(frozen=True, slots=True)
class RolePasswords:
    """The two roles of a service that log in."""

    owner: str = field(repr=False)
    app: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServiceDatabase:
    """One database of a service, with an address per role. `name` is the service's, or a copy's of it."""

    service: str
    name: str
    server: PostgresAddress
    passwords: RolePasswords

    @property
    def app_url(self) -> str:
        """As the service works: under row-level security."""
        return self.server.url(self.name, f"{self.service}_app", self.passwords.app)

    @property
    def owner_url(self) -> str:
        """As the migrations run."""
        return self.server.url(self.name, f"{self.service}_owner", self.passwords.owner)

    @property
    def superuser_url(self) -> str:
        """For looking at everything, in tests."""
        return self.server.url(self.name)

    def named(self, name: str) -> "ServiceDatabase":
        """The same service's database under another name."""
        return replace(self, name=name)


async def provision(server: PostgresAddress, passwords: Mapping[str, RolePasswords]) -> dict[str, ServiceDatabase]:
    """Make what is missing for each service named, and set its passwords; safe to repeat."""
    made = await asyncio.gather(*(_provision_one(server, service, each) for service, each in passwords.items()))
    return {database.service: database for database in made}


async def copy_database(source: ServiceDatabase, name: str) -> ServiceDatabase:
    """A new database with the content of `source`, to which nobody may be connected meanwhile."""
    copy = source.named(name)
    async with _connection(source.server.url()) as admin:
        await _run(admin, "CREATE DATABASE %I TEMPLATE %I OWNER %I", copy.name, source.name, f"{source.service}_owner")
        await _restrict(admin, copy)
    return copy


async def drop_database(database: ServiceDatabase) -> None:
    """Delete it, cutting whoever is still connected."""
    async with _connection(database.server.url()) as admin:
        await _run(admin, "DROP DATABASE IF EXISTS %I WITH (FORCE)", database.name)


async def _provision_one(server: PostgresAddress, service: str, passwords: RolePasswords) -> ServiceDatabase:
    database = ServiceDatabase(service, service, server, passwords)
    async with _connection(server.url()) as admin:
        await _make_roles(admin, service, passwords)
        if not await admin.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", database.name):
            await _run(admin, "CREATE DATABASE %I OWNER %I", database.name, f"{service}_owner")
        await _restrict(admin, database)
    async with _connection(database.superuser_url) as inside:
        for extension in EXTENSIONS:
            await _run(inside, "CREATE EXTENSION IF NOT EXISTS %I", extension)
        await _run(inside, "GRANT USAGE ON SCHEMA public TO %I, %I", f"{service}_app", f"{service}_relay")
    return database


async def _make_roles(admin: "asyncpg.Connection", service: str, passwords: RolePasswords) -> None:
    owner, app, relay = f"{service}_owner", f"{service}_app", f"{service}_relay"
    known = {row["rolname"] for row in await admin.fetch("SELECT rolname FROM pg_roles")}
    for role in (owner, app, relay):
        if role not in known:
            await _run(admin, "CREATE ROLE %I", role)
    for role, password in ((owner, passwords.owner), (app, passwords.app)):
        await _run(admin, "ALTER ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD %L", role, password)
    # A migration that waits for a lock holds up every query behind it: better to fail and be run again.
    await _run(admin, "ALTER ROLE %I SET lock_timeout = %L", owner, MIGRATION_LOCK_TIMEOUT)
    await _run(admin, "ALTER ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE", relay)
    await _run(admin, "GRANT %I TO %I WITH INHERIT FALSE, SET TRUE", relay, app)


async def _restrict(admin: "asyncpg.Connection", database: ServiceDatabase) -> None:
    """One service's roles cannot even connect to another service's database; a copy inherits no such grant."""
    await _run(admin, "REVOKE ALL ON DATABASE %I FROM PUBLIC", database.name)
    await _run(admin, "GRANT CONNECT ON DATABASE %I TO %I", database.name, f"{database.service}_app")


async def _run(connection: "asyncpg.Connection", template: str, *values: str) -> None:
    """Run a statement that takes no parameters, its names and literals quoted by the server itself."""
    statement = await connection.fetchval("SELECT format($1, VARIADIC $2::text[])", template, list(values))
    await connection.execute(statement)


@asynccontextmanager
async def _connection(url: str) -> "AsyncIterator[asyncpg.Connection]":
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()
