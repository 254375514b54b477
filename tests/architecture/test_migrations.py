"""The migrations linter catches what it forbids, and the repository's migrations pass it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeAlias

import pytest
from tools import migrations
from tools.new_migration import create
from tools.sqltext import statements, tables
from tools.tree import Tree

Plant: TypeAlias = Callable[[Mapping[str, str]], Tree]

FOLDER = "services/assets/migrations/"
PATH = f"{FOLDER}20260102000000_look.sql"
COLUMNS = "id uuid PRIMARY KEY, workspace_id uuid NOT NULL, name text NOT NULL"
ENABLE = "ALTER TABLE look ENABLE ROW LEVEL SECURITY;"
FORCE = "ALTER TABLE look FORCE ROW LEVEL SECURITY;"
POLICY = """CREATE POLICY tenant ON look
    USING (workspace_id = (SELECT current_setting('app.workspace_id')::uuid))
    WITH CHECK (workspace_id = (SELECT current_setting('app.workspace_id')::uuid));"""
GOOD = f"-- migrate:up\n\nCREATE TABLE look ({COLUMNS});\n{ENABLE}\n{FORCE}\n{POLICY}\n\n-- migrate:down\n"
LOOP = """DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['look'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY tenant ON %I'
            ' USING (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))', t);
    END LOOP;
END $$;"""


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def up(statement: str) -> str:
    return f"-- migrate:up\n{statement}\n\n-- migrate:down\n"


BROKEN = {
    "a name without a time": ("migration-name", f"{FOLDER}look.sql", GOOD),
    "a name in capitals": ("migration-name", f"{FOLDER}20260102000000_Look.sql", GOOD),
    "a thirteenth month": ("migration-name", f"{FOLDER}20261302000000_look.sql", GOOD),
    "no direction": ("direction", PATH, changed("-- migrate:up\n", "")),
    "a way back": ("direction", PATH, GOOD + "DROP TABLE look;\n"),
    "squawk silenced its own way": ("direction", PATH, up("-- squawk-ignore ban-drop-table\nDROP TABLE look;")),
    "no workspace": ("workspace", PATH, changed("workspace_id uuid NOT NULL, ", "")),
    "a workspace that may be missing": ("workspace", PATH, changed("workspace_id uuid NOT NULL", "workspace_id uuid")),
    "no primary key": ("primary-key", PATH, changed("PRIMARY KEY", "NOT NULL")),
    "row security off": ("row-security", PATH, changed(ENABLE, "")),
    "row security in a comment": ("row-security", PATH, changed(ENABLE, f"-- {ENABLE}")),
    "row security of another table": ("row-security", PATH, changed(ENABLE, ENABLE.replace("look", "looks"))),
    "row security not forced": ("row-security", PATH, changed(FORCE, "")),
    "no policy": ("row-security", PATH, changed(POLICY, "")),
    "a policy for everybody": ("row-security", PATH, changed(POLICY, "CREATE POLICY tenant ON look USING (true);")),
    "a policy asked once a row": (
        "row-security",
        PATH,
        changed("(SELECT current_setting('app.workspace_id')::uuid)", "current_setting('app.workspace_id')::uuid"),
    ),
    "a second policy, for everybody": (
        "row-security",
        PATH,
        changed(POLICY, f"{POLICY}\nCREATE POLICY p ON look USING (true);"),
    ),
    "row security switched off again": ("row-security", PATH, up("ALTER TABLE look DISABLE ROW LEVEL SECURITY;")),
    "row security not forced any more": ("row-security", PATH, up("ALTER TABLE look NO FORCE ROW LEVEL SECURITY;")),
    "a policy taken away": ("row-security", PATH, up("DROP POLICY tenant ON look;")),
    "a role that passes by": ("row-security", PATH, up("ALTER ROLE assets_app BYPASSRLS;")),
    "a function of its owner's rights": (
        "row-security",
        PATH,
        up("CREATE FUNCTION f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM look';"),
    ),
    "a dropped table": ("ban-drop-table", PATH, up("DROP TABLE look;")),
    "a dropped column": ("ban-drop-column", PATH, up("ALTER TABLE look DROP COLUMN name;")),
    "a narrower type": ("changing-column-type", PATH, up("ALTER TABLE look ALTER COLUMN name TYPE varchar(10);")),
    "a renamed column": ("renaming-column", PATH, up("ALTER TABLE look RENAME COLUMN name TO title;")),
    "a required column": ("adding-required-field", PATH, up("ALTER TABLE look ADD COLUMN age integer NOT NULL;")),
    "an index that blocks writes": ("require-concurrent-index-creation", PATH, up("CREATE INDEX i ON look (name);")),
    "no SQL at all": ("syntax-error", PATH, up("CREATE TABEL look ();")),
}

ALLOWED = {
    "a whole table": GOOD,
    "tables in a loop": changed(f"{ENABLE}\n{FORCE}\n{POLICY}", LOOP),
    "a table per workspace": changed(
        "id uuid PRIMARY KEY, workspace_id uuid NOT NULL", "workspace_id uuid PRIMARY KEY"
    ),
    "an index of a new table": changed(ENABLE, f"CREATE INDEX look_name ON look (name);\n{ENABLE}"),
    "a partition": changed(ENABLE, f"CREATE TABLE look_1 PARTITION OF look DEFAULT;\n{ENABLE}"),
    "a semicolon in a text": changed(ENABLE, f"COMMENT ON TABLE look IS 'CREATE TABLE a (); --';\n{ENABLE}"),
    "a column that may be missing": up("ALTER TABLE look ADD COLUMN age integer;"),
    "an index beside the work": (
        "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON look (name);\n\n-- migrate:down\n"
    ),
    "an opening with a reason": changed(
        POLICY,
        f"{POLICY}\n-- lint: allow row-security the relay publishes for all\nCREATE POLICY p ON look USING (true);",
    ),
    "an exception with a reason": up("-- lint: allow ban-drop-table nothing has read it since 0.3\nDROP TABLE look;"),
}


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN.values(), ids=BROKEN)
def test_a_rule_bites(plant: Plant, rule: str, path: str, text: str) -> None:
    assert rule in {finding.rule for finding in migrations.findings(plant({path: text}))}


@pytest.mark.parametrize("text", ALLOWED.values(), ids=ALLOWED)
def test_a_rule_lets_pass_what_it_should(plant: Plant, text: str) -> None:
    assert [str(finding) for finding in migrations.findings(plant({PATH: text}))] == []


def test_every_rule_of_ours_has_a_planted_violation() -> None:
    assert migrations.RULES - {"migration-version"} <= {rule for rule, _, _ in BROKEN.values()}


@pytest.mark.parametrize("folder", [FOLDER, migrations.CHASSIS], ids=["the same service", "the chassis"])
def test_a_version_is_taken_once_in_a_database(plant: Plant, folder: str) -> None:
    tree = plant({PATH: up("SELECT 1;"), f"{folder}20260102000000_other.sql": up("SELECT 1;")})

    assert [finding.rule for finding in migrations.findings(tree)] == ["migration-version"]


def test_two_services_may_take_the_same_version(plant: Plant) -> None:
    tree = plant({PATH: up("SELECT 1;"), PATH.replace("assets", "imagegen"): up("SELECT 1;")})

    assert migrations.findings(tree) == []


def test_an_exception_needs_a_reason(plant: Plant) -> None:
    tree = plant({PATH: up("-- lint: allow ban-drop-table\nDROP TABLE look;")})

    assert "allow" in {finding.rule for finding in migrations.findings(tree)}


def test_findings_point_at_their_line(plant: Plant) -> None:
    tree = plant({PATH: up("SELECT 1;\n/* one\n   two */\nCREATE TABLE look (id uuid);\nDROP TABLE look;")})

    lines = {finding.rule: finding.line for finding in migrations.findings(tree)}

    assert (lines["workspace"], lines["ban-drop-table"]) == (5, 6)


def test_a_new_migration_sorts_last_and_passes(plant: Plant) -> None:
    tree = plant({PATH: GOOD})

    path = create(tree.root, "assets", "add_age", datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC))

    assert path.relative_to(tree.root).as_posix() == f"{FOLDER}20260203040506_add_age.sql"
    assert migrations.findings(Tree(tree.root)) == []


@pytest.mark.parametrize(("service", "name"), [("asset", "add_age"), ("", ""), ("assets", "Add Age"), ("assets", "")])
def test_a_new_migration_needs_a_service_and_a_name(plant: Plant, service: str, name: str) -> None:
    tree = plant({PATH: GOOD})

    with pytest.raises(ValueError, match=r"say svc=assets|say name=add_look"):
        create(tree.root, service, name, datetime(2026, 2, 3, tzinfo=UTC))


def test_the_repository_passes(repository: Tree) -> None:
    assert [str(finding) for finding in migrations.findings(repository)] == []


def test_the_linter_sees_the_repository(repository: Tree) -> None:
    sources = migrations.migrations(repository)
    made = {table.name for source in sources for table in tables(list(statements(source.text)))}

    assert {"outbox", "inbox", "idempotency"} < made
    assert len(made) >= migrations.FEWEST_TABLES
    assert {source.path.split("/")[1] for source in sources} >= set(repository.services)
