"""The statements and the tables, without a scenario."""

import ast
from collections.abc import Iterator
from pathlib import Path

import asyncpg

from dramatis.testing.databases import Databases
from localizer.adapters import store, store_work

FEWEST_STATEMENTS = 20
QUERIES = {"execute", "fetch", "fetchrow", "fetchval"}


def statements() -> Iterator[str]:
    """The text of every query in the store, written in place or named."""
    for module in (store, store_work):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in QUERIES:
                query = call.args[0]
                yield str(getattr(module, query.id) if isinstance(query, ast.Name) else ast.literal_eval(query))


async def test_every_statement_fits_the_migrated_tables(service_database: Databases) -> None:
    async with service_database("localizer") as database:
        connection = await asyncpg.connect(database.app_url)
        prepared = [await connection.prepare(statement) for statement in statements()]
        await connection.close()
    assert len(prepared) >= FEWEST_STATEMENTS


async def test_row_level_security_is_forced_on_every_table(service_database: Databases) -> None:
    async with service_database("localizer") as database:
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
    assert {"localization", "tombstone", "outbox", "inbox", "idempotency"} <= {table["relname"] for table in tables}
    assert [table["relname"] for table in tables if not table["forced"] or table["policies"] == 0] == []
