from uuid import uuid4

import asyncpg
import pytest
from services.imagegen.tests.conftest import RunImagegen, requested, until_ended

from dramatis.testing.databases import Databases
from dramatis.testing.store_suite import assert_every_table_is_a_tenants, assert_statements_fit, store_statements

TABLES = {
    "batch": ("SELECT id FROM batch", "UPDATE batch SET cost_micro_usd = 0", "DELETE FROM batch"),
    "job": ("SELECT id FROM job", "UPDATE job SET cost_micro_usd = 0", "DELETE FROM job"),
    "attempt": ("SELECT id FROM attempt", "UPDATE attempt SET cost_micro_usd = 0", "DELETE FROM attempt"),
}


async def test_every_statement_fits_the_migrated_database(service_database: Databases) -> None:
    async with service_database("imagegen") as database:
        await assert_statements_fit(database, "imagegen", floor=19)


async def test_every_table_is_a_tenants(service_database: Databases) -> None:
    async with service_database("imagegen") as database:
        await assert_every_table_is_a_tenants(database, floor=6)


@pytest.mark.parametrize("table", TABLES)
async def test_a_workspace_neither_sees_nor_changes_the_rows_of_another(run_imagegen: RunImagegen, table: str) -> None:
    look, change, remove = TABLES[table]
    async with run_imagegen() as running:
        await running.deliver(requested(batch_id=uuid4(), batch_size=1), times=1)
        await until_ended(running)
        connection = await asyncpg.connect(running.database.app_url)
        try:
            await connection.execute("SELECT set_config('app.workspace_id', $1, false)", str(uuid4()))
            assert await connection.fetch(look) == []
            assert await connection.execute(change) == "UPDATE 0"
            assert await connection.execute(remove) == "DELETE 0"
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(
                    "INSERT INTO batch (workspace_id, id, created_at, updated_at) VALUES ($1, $2, now(), now())",
                    running.workspace_id,
                    uuid4(),
                )
        finally:
            await connection.close()
        assert len(await running.fetch(look)) == 1


async def test_two_workspaces_may_ask_under_the_same_ids(run_imagegen: RunImagegen) -> None:
    message = requested(batch_id=uuid4(), batch_size=1)
    async with run_imagegen() as running:
        await running.deliver(message, times=1)
        await running.deliver(
            type(message)(message.name, {**message.headers, "ce-id": str(uuid4())}, message.data_bytes),
            times=1,
            workspace_id=uuid4(),
        )
        done = await until_ended(running, count=2)
        assert len({job["workspace_id"] for job in done}) == 2
        batches = await running.fetch("SELECT jobs, completed FROM batch")
        assert [tuple(row) for row in batches] == [(1, 1), (1, 1)]


async def test_a_job_is_claimed_through_an_index_however_many_there_are(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        await running.fetch(
            """
            INSERT INTO job (id, workspace_id, request_id, candidate, idempotency_key, asset_id, asset_scope, look,
                             request, provider, model, state, version, created_at, updated_at)
            SELECT gen_random_uuid(), $1, gen_random_uuid(), 1, n::text, gen_random_uuid(), 'global', 'base', '{}', 'v',
                   'v', 'queued', 1, now(), now()
              FROM generate_series(1, 2000) AS n
            """,
            running.workspace_id,
        )
        await running.fetch("ANALYZE job")
        claim = next(statement.sql for statement in store_statements("imagegen") if "claimed AS" in statement.sql)
        connection = await asyncpg.connect(running.database.app_url)
        try:
            await connection.execute("SELECT set_config('app.workspace_id', $1, false)", str(running.workspace_id))
            plan = await connection.fetch(f"EXPLAIN {claim}", *await arguments(connection))
        finally:
            await connection.close()
        assert "Index Scan using job_ticket" in "\n".join(row[0] for row in plan)


async def arguments(connection: "asyncpg.Connection[asyncpg.Record]") -> list[object]:
    """A ticket, a token, no trace, and the time."""
    return [uuid4(), uuid4(), None, await connection.fetchval("SELECT now()")]
