from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from dramatis.credentials import Credentials
from dramatis.migrations import MigrationFailed, migrate
from dramatis.servers.postgres import PostgresAddress
from dramatis.servers.provision import ServiceDatabase, provision
from dramatis.testing.databases import Databases

NOTES = """-- migrate:up
CREATE TABLE note (id int PRIMARY KEY, workspace_id uuid NOT NULL);
ALTER TABLE note ENABLE ROW LEVEL SECURITY;
ALTER TABLE note FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON note USING (workspace_id = (SELECT current_setting('app.workspace_id')::uuid));
GRANT SELECT, INSERT ON note TO notes_app;
CREATE TABLE relayed (id int PRIMARY KEY);
GRANT SELECT ON relayed TO notes_relay;

-- migrate:down
"""
WORKSPACES = ("0197b000-0000-7000-8000-000000000001", "0197b000-0000-7000-8000-000000000002")


@pytest.fixture(scope="session")
def notes_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrations")
    (folder / "20260101000000_note.sql").write_text(NOTES)
    return folder


@pytest.fixture
async def notes(service_database: Databases, notes_folder: Path) -> AsyncIterator[ServiceDatabase]:
    async with service_database("notes", folders=[notes_folder]) as database:
        yield database


async def test_the_app_role_sees_its_workspace_only(notes: ServiceDatabase) -> None:
    connection = await asyncpg.connect(notes.app_url)
    try:
        for number, workspace in enumerate(WORKSPACES):
            await connection.execute("SELECT set_config('app.workspace_id', $1, false)", workspace)
            await connection.execute("INSERT INTO note (id, workspace_id) VALUES ($1, $2::uuid)", number, workspace)
        assert await connection.fetchval("SELECT array_agg(id) FROM note") == [1]
    finally:
        await connection.close()


async def test_databases_of_one_service_share_nothing(service_database: Databases, notes_folder: Path) -> None:
    async with (
        service_database("notes", folders=[notes_folder]) as first,
        service_database("notes", folders=[notes_folder]) as second,
    ):
        await _value(first.superuser_url, "INSERT INTO note VALUES (1, $1::uuid)", WORKSPACES[0])
        assert await _value(first.superuser_url, "SELECT count(*) FROM note") == 1
        assert await _value(second.superuser_url, "SELECT count(*) FROM note") == 0


async def test_a_database_is_gone_after_its_block(service_database: Databases, notes_folder: Path) -> None:
    async with service_database("notes", folders=[notes_folder]) as database:
        server = database.server
    known = await _value(server.url(), "SELECT count(*) FROM pg_database WHERE datname = $1", database.name)
    assert known == 0


async def test_relay_rights_come_only_with_the_relay_role(notes: ServiceDatabase) -> None:
    connection = await asyncpg.connect(notes.app_url)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("SELECT id FROM relayed")
        await connection.execute("SET ROLE notes_relay")
        assert await connection.fetch("SELECT id FROM relayed") == []
    finally:
        await connection.close()


async def test_roles_are_no_superusers_and_obey_row_level_security(notes: ServiceDatabase) -> None:
    found = await _value(
        notes.superuser_url,
        "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'notes\\_%' AND NOT (rolsuper OR rolbypassrls OR rolcreaterole)",
    )
    assert found == 3


async def test_another_services_role_cannot_connect(
    notes: ServiceDatabase, postgres_server: PostgresAddress, server_credentials: Credentials
) -> None:
    passwords = server_credentials.postgres_roles("stranger")
    await provision(postgres_server, {"stranger": passwords})
    for role, password in (("stranger_app", passwords.app), ("stranger_owner", passwords.owner)):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(postgres_server.url(notes.name, role, password))


async def test_a_wrong_password_is_refused(postgres_server: PostgresAddress) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(postgres_server.url(password="wrong"))


async def test_provisioning_twice_changes_nothing(
    postgres_server: PostgresAddress, server_credentials: Credentials
) -> None:
    passwords = {"twice": server_credentials.postgres_roles("twice")}
    await provision(postgres_server, passwords)
    database = (await provision(postgres_server, passwords))["twice"]
    extensions = "SELECT count(*) FROM pg_extension WHERE extname IN ('pg_trgm', 'btree_gin')"
    assert await _value(database.owner_url, extensions) == 2


async def test_a_broken_migration_fails_with_the_servers_words(notes: ServiceDatabase, tmp_path: Path) -> None:
    (tmp_path / "20270101000000_broken.sql").write_text("-- migrate:up\nCREATE TABEL x ();\n-- migrate:down\n")
    with pytest.raises(MigrationFailed, match='syntax error at or near "TABEL"'):
        migrate(notes.owner_url, [tmp_path])


async def _value(url: str, statement: str, *values: object) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement, *values)
    finally:
        await connection.close()


async def test_a_migration_gives_up_on_a_lock_and_the_app_does_not(notes: ServiceDatabase) -> None:
    waits = {}
    for role, url in (("owner", notes.owner_url), ("app", notes.app_url)):
        connection = await asyncpg.connect(url)
        waits[role] = await connection.fetchval("SHOW lock_timeout")
        await connection.close()
    assert waits == {"owner": "5s", "app": "0"}
