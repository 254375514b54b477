from dramatis.testing.databases import Databases
from dramatis.testing.store_suite import assert_every_table_is_a_tenants, assert_statements_fit


async def test_every_statement_fits_the_migrated_tables(service_database: Databases) -> None:
    async with service_database("localizer") as database:
        await assert_statements_fit(database, "localizer", floor=20)


async def test_every_table_keeps_tenants_apart(service_database: Databases) -> None:
    async with service_database("localizer") as database:
        await assert_every_table_is_a_tenants(database, floor=5)
