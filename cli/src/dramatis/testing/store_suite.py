"""What the store tests of every service have in common: its statements, found in the code, and its tables."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import asyncpg

from dramatis.servers.provision import ServiceDatabase

QUERIES = frozenset({"fetch", "fetchrow", "fetchval", "execute", "executemany"})


class Statement(NamedTuple):
    """One SQL statement, and the module and line that it stands at."""

    place: str
    sql: str


def store_statements(service: str) -> list[Statement]:
    """Every statement in the service's `adapters/store*.py`."""
    adapters = importlib.import_module(f"{service}.adapters")
    names = [info.name for info in pkgutil.iter_modules(adapters.__path__) if info.name.startswith("store")]
    modules = [importlib.import_module(f"{service}.adapters.{name}") for name in names]
    return [statement for module in modules for statement in _statements(module)]


def _statements(module: ModuleType) -> Iterator[Statement]:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in QUERIES:
            text = call.args[0]
            sql = getattr(module, text.id) if isinstance(text, ast.Name) else ast.literal_eval(text)
            yield Statement(f"{module.__name__}:{call.lineno}", sql)


async def assert_statements_fit(database: ServiceDatabase, service: str, floor: int) -> None:
    """Every statement can be prepared on the migrated database, as the role that the service works as."""
    statements = store_statements(service)
    assert len(statements) >= floor
    connection = await asyncpg.connect(database.app_url)
    try:
        for statement in statements:
            try:
                await connection.prepare(statement.sql)
            except asyncpg.PostgresError as error:
                raise AssertionError(f"{statement.place}: {error}\n{statement.sql}") from error
    finally:
        await connection.close()


async def assert_every_table_is_a_tenants(database: ServiceDatabase, floor: int) -> None:
    """Every table has a workspace, forced row-level security, and a policy on the workspace; `floor` of them at least."""
    connection = await asyncpg.connect(database.superuser_url)
    try:
        tables = await connection.fetch(
            """
            SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS forced,
                   EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid
                              AND pg_get_expr(polqual, polrelid) LIKE '%app.workspace_id%'
                              AND pg_get_expr(polwithcheck, polrelid) LIKE '%app.workspace_id%') AS guarded,
                   EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = pg_class.oid
                              AND attname = 'workspace_id' AND attnotnull) AS owned
              FROM pg_class
             WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'schema_migrations'
            """
        )
    finally:
        await connection.close()
    assert [table["name"] for table in tables if not (table["forced"] and table["guarded"] and table["owned"])] == []
    assert len(tables) >= floor
