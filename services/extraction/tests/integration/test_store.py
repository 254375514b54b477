"""The statements and the tables, without a scenario."""

import ast
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from services.extraction.tests.integration.place import Place, running_extraction
from services.extraction.tests.integration.scripted_model import ScriptedModel

from dramatis.testing.databases import Databases
from dramatis.testing.service import ServiceServers
from extraction.adapters import store

FEWEST_STATEMENTS = 55
QUERIES = {"execute", "executemany", "fetch", "fetchrow", "fetchval"}
TABLES = [
    *("project", "branch", "style_capsule", "script_version", "scene"),
    *("run", "extracted_asset", "chunk", "reply", "reading"),
]
UNCHANGING = {"script_version", "scene", "reply"}


@pytest.fixture(scope="module")
async def shared_place(service_servers: ServiceServers) -> AsyncIterator[Place]:
    """With a language model, so that there are rows in every table."""
    async with running_extraction(service_servers, model=ScriptedModel()) as place:
        yield place


def statements() -> Iterator[str]:
    """The text of every query in the store's modules."""
    for path in sorted(Path(store.__file__).parent.glob("store*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in QUERIES:
                yield str(ast.literal_eval(call.args[0]))


async def test_every_statement_fits_the_migrated_tables(service_database: Databases) -> None:
    async with service_database("extraction") as database:
        connection = await asyncpg.connect(database.app_url)
        prepared = [await connection.prepare(statement) for statement in statements()]
        await connection.close()
    assert len(prepared) >= FEWEST_STATEMENTS


async def test_row_level_security_is_forced_on_every_table(service_database: Databases) -> None:
    async with service_database("extraction") as database:
        connection = await asyncpg.connect(database.superuser_url)
        tables = await connection.fetch(
            """
            SELECT relname, relrowsecurity AND relforcerowsecurity AS forced,
                   (SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid) AS policies
              FROM pg_class
             WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'schema_migrations'
            """
        )
        await connection.close()
    assert {*TABLES, "outbox", "inbox", "idempotency"} == {table["relname"] for table in tables}
    assert [table["relname"] for table in tables if not table["forced"] or table["policies"] == 0] == []


@pytest.mark.parametrize("table", TABLES)
async def test_a_workspace_neither_sees_nor_changes_the_rows_of_another(place: Place, table: str) -> None:
    await place.open()
    await place.write()
    assert (await place.run())["report"]["chunks"]["completed"] == 1
    look = f"SELECT workspace_id FROM {table}"  # noqa: S608 - one of the tables above
    change = f"UPDATE {table} SET workspace_id = $1"  # noqa: S608 - as above
    assert await place.rows(f"{look} WHERE workspace_id = $1") != []
    connection = await asyncpg.connect(place.running.database.app_url)
    try:
        stranger = uuid4()
        await connection.execute("SELECT set_config('app.workspace_id', $1, false)", str(stranger))
        assert await connection.fetch(look) == []
        if table in UNCHANGING:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(change, stranger)
        else:
            assert await connection.execute(change, stranger) == "UPDATE 0"
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(
                    f"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, $1::jsonb)).*",
                    f'{{"workspace_id": "{place.running.workspace_id}", "id": "{uuid4()}"}}',
                )
    finally:
        await connection.close()


async def test_two_workspaces_may_know_things_of_the_same_id(place: Place) -> None:
    await place.open()
    other = uuid4()
    created = Place(place.running, place.project_id, place.branch_id, place.style_capsule_id).created()
    await place.running.deliver(*created, times=1, workspace_id=other)
    for table in ("project", "branch", "style_capsule"):
        known = f"SELECT workspace_id FROM {table} WHERE workspace_id IN ($1, $2)"  # noqa: S608 - one of three tables
        assert len(await place.running.fetch(known, place.running.workspace_id, other)) == 2


async def test_a_run_is_claimed_through_an_index_however_many_there_are(place: Place) -> None:
    await place.open()
    await place.write()
    await place.run()
    await place.rows(
        """
        INSERT INTO run (id, workspace_id, project_id, branch_id, script_id, script_version_id, script_version, engine,
                         state, scenes_total, version, created_at, updated_at)
        SELECT gen_random_uuid(), $1, project_id, branch_id, script_id, id, version, 'builtin', 'queued', 1, 1, now(),
               now()
          FROM script_version, generate_series(1, 2000)
         WHERE workspace_id = $1
        RETURNING id
        """
    )
    await place.running.fetch("ANALYZE run")
    claim = next(
        statement for statement in statements() if "UPDATE run" in statement and "WHERE ticket = $1" in statement
    )
    connection = await asyncpg.connect(place.running.database.app_url)
    try:
        await connection.execute("SELECT set_config('app.workspace_id', $1, false)", str(place.running.workspace_id))
        now = await connection.fetchval("SELECT now()")
        plan = await connection.fetch(f"EXPLAIN {claim}", uuid4(), uuid4(), now)
    finally:
        await connection.close()
    assert "Index Scan using run_ticket" in "\n".join(row[0] for row in plan)
