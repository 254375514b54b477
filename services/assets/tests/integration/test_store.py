import re
from collections.abc import AsyncIterator, Sequence
from typing import Any, cast
from uuid import UUID, uuid4

import asyncpg
import pytest

from assets.adapters.store import Store
from assets.app.store import AssetFilters, LibraryFilters
from assets.domain.assets import AssetType
from assets.domain.projects import Place
from chassis.database import Connection
from chassis.paging import Page
from dramatis.servers.provision import ServiceDatabase
from dramatis.testing.databases import Databases
from dramatis.testing.service import eventually
from dramatis.testing.store_suite import assert_every_table_is_a_tenants, assert_statements_fit

WORKSPACE, PROJECT, BRANCH = uuid4(), uuid4(), uuid4()
ASSETS_IN_BRANCH, BRANCHES, LIBRARY = 100, 30, 20_000

SEED = """
WITH made AS (
    INSERT INTO project (id, workspace_id, name, version, created_at, updated_at)
    VALUES ($2, $1, 'Film', 1, now(), now())
), branches AS (
    INSERT INTO branch (id, workspace_id, project_id, name, name_key, version, created_at, updated_at)
    SELECT CASE number WHEN 1 THEN $3 ELSE gen_random_uuid() END, $1, $2, number::text, number::text, 1, now(), now()
      FROM generate_series(1, $5::integer) AS number
    RETURNING id
), assets AS (
    INSERT INTO project_asset (id, workspace_id, project_id, branch_id, asset_type, name, name_key, first_name_key,
           aliases, description, attributes, scene_numbers, status, edited_fields, search, version, created_at, updated_at)
    SELECT gen_random_uuid(), $1, $2, branches.id, 'prop', number::text, number::text, number::text,
           '{}', '', '{}', '{}', 'draft', '{}', number::text, 1, now(), now()
      FROM branches, generate_series(1, $4::integer) AS number
    RETURNING id
), requests AS (
    INSERT INTO image_request (id, workspace_id, asset_id, look, batch_id, candidates, state, created_at, updated_at)
    SELECT gen_random_uuid(), $1, assets.id, 'base', gen_random_uuid(), 1, 'drawn', now(), now() FROM assets
), images AS (
    INSERT INTO image_candidate (id, workspace_id, asset_id, look, request_id, job_id, provider, model, object_key,
           content_type, sha256, bytes, width, height, state, selected, created_at, updated_at)
    SELECT gen_random_uuid(), $1, assets.id, 'base', assets.id, gen_random_uuid(), 'sketch', 'sketch-1', 'key',
           'image/png', 'sum', 1, 1, 1, 'drawn', number = 1, now(), now()
      FROM assets, generate_series(1, 2) AS number
)
INSERT INTO global_asset (id, workspace_id, asset_type, name, aliases, description, attributes, tags, search, version,
       created_at, updated_at)
SELECT gen_random_uuid(), $1, 'prop', 'thing ' || number, '{}', '', '{}', ARRAY['tag ' || number % 1000],
       'thing ' || number, 1, now(), now()
  FROM generate_series(1, $6::integer) AS number
"""


@pytest.fixture(scope="module")
async def database(service_database: Databases) -> AsyncIterator[ServiceDatabase]:
    """A database with one project of many branches, and a large library."""
    async with service_database("assets") as made:
        admin = await asyncpg.connect(made.superuser_url)
        await admin.execute(SEED, WORKSPACE, PROJECT, BRANCH, ASSETS_IN_BRANCH, BRANCHES, LIBRARY)
        await admin.execute("VACUUM ANALYZE")
        await admin.close()
        yield made


class Explaining:
    """A connection that answers with the plan of what it is asked, as JSON text."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.connection = connection
        self.plan = ""

    async def fetchrow(self, sql: str, *values: object) -> None:
        """Explain a statement instead of running it."""
        rows = await self.connection.fetch(f"EXPLAIN (FORMAT JSON) {sql}", *values)
        self.plan = rows[0][0]


async def app_connection(database: ServiceDatabase, workspace_id: UUID) -> "asyncpg.Connection[asyncpg.Record]":
    connection = await asyncpg.connect(database.app_url)
    await connection.execute("SELECT set_config('app.workspace_id', $1, false)", str(workspace_id))
    return connection


async def test_every_statement_fits_the_migrated_tables(database: ServiceDatabase) -> None:
    await assert_statements_fit(database, "assets", floor=56)


async def test_every_table_keeps_tenants_apart(database: ServiceDatabase) -> None:
    await assert_every_table_is_a_tenants(database, floor=12)


async def test_the_list_of_a_branch_reads_that_branch_alone_and_by_its_indexes(database: ServiceDatabase) -> None:
    connection = await app_connection(database, WORKSPACE)
    explaining = Explaining(connection)
    store = Store(cast("Connection", explaining))
    await store.list_assets(Place(PROJECT, BRANCH), AssetFilters(), Page(50, None))
    await connection.close()
    used = set(re.findall(r'"Index Name": "(\w+)"', explaining.plan))
    assert used >= {"project_asset_page", "image_candidate_selected", "image_request_latest"}
    read_whole = re.findall(r'"Node Type": "Seq Scan".*?"Relation Name": "(\w+)"', explaining.plan, re.DOTALL)
    assert set(read_whole) <= {"branch"}


async def index_scans(database: ServiceDatabase) -> dict[str, int]:
    admin = await asyncpg.connect(database.superuser_url)
    rows = await admin.fetch("SELECT indexrelname AS name, idx_scan FROM pg_stat_user_indexes")
    await admin.close()
    return {row["name"]: row["idx_scan"] for row in rows}


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (LibraryFilters(q="thing 4711"), "global_asset_search"),
        (LibraryFilters(q="no such thing"), "global_asset_search"),
        (LibraryFilters(tag="tag 471"), "global_asset_search"),
        (LibraryFilters(asset_type=AssetType.CHARACTER), "global_asset_type"),
        (LibraryFilters(), "global_asset_page"),
    ],
    ids=str,
)
async def test_the_library_is_searched_by_its_indexes_in_spite_of_row_level_security(
    database: ServiceDatabase, filters: LibraryFilters, index: str
) -> None:
    before = await index_scans(database)
    connection = await app_connection(database, WORKSPACE)
    await Store(cast("Connection", connection)).list_global_assets(filters, Page(50, None))
    await connection.close()

    async def counted() -> bool:
        return (await index_scans(database))[index] > before[index]

    await eventually(counted, f"{index} was used")


async def test_a_search_of_the_library_finds_what_is_there_in_pages(database: ServiceDatabase) -> None:
    connection = await app_connection(database, WORKSPACE)
    store = Store(cast("Connection", connection))
    one = await store.list_global_assets(LibraryFilters(q="thing 4711"), Page(50, None))
    many = await store.list_global_assets(LibraryFilters(tag="tag 7"), Page(4, None))
    rest = await store.list_global_assets(LibraryFilters(tag="tag 7"), Page(4, many.next_after))
    await connection.close()
    assert '"thing 4711"' in one.json
    assert (many.json.count('"tag 7"'), rest.json.count('"tag 7"')) == (4, 4)


async def test_the_searching_function_shows_no_other_workspace(database: ServiceDatabase) -> None:
    connection = await app_connection(database, uuid4())
    arguments: Sequence[Any] = (None, None, None, None, 10)
    rows = await connection.fetch("SELECT id FROM global_asset_page($1, $2, $3, $4, $5)", *arguments)
    await connection.close()
    assert rows == []


async def test_the_searching_function_is_for_the_service_alone(database: ServiceDatabase) -> None:
    admin = await asyncpg.connect(database.superuser_url)
    asked = "SELECT has_function_privilege($1, 'global_asset_page(text, text, text, uuid, int)', 'EXECUTE')"
    allowed = {role: await admin.fetchval(asked, role) for role in ("assets_app", "public")}
    await admin.close()
    assert allowed == {"assets_app": True, "public": False}


async def test_without_a_workspace_nothing_can_be_read(database: ServiceDatabase) -> None:
    connection = await asyncpg.connect(database.app_url)
    for statement in ("SELECT id FROM project_asset", "SELECT id FROM global_asset_page(NULL, NULL, NULL, NULL, 1)"):
        with pytest.raises(asyncpg.UndefinedObjectError):
            await connection.fetch(statement)
    await connection.close()


async def test_nobody_writes_into_another_workspace(database: ServiceDatabase) -> None:
    connection = await app_connection(database, uuid4())
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(
            "INSERT INTO project (id, workspace_id, name, version, created_at, updated_at)"
            " VALUES ($1, $2, 'x', 1, now(), now())",
            uuid4(),
            WORKSPACE,
        )
    await connection.close()
