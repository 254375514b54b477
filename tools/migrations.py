"""Migrations only go forward, lock little, and give every table its workspace: python -m tools.migrations.

The general rules are squawk's (tools/squawk.toml); this module adds names, direction and tenancy. An exception to
either is a comment on the line or the line above: `-- lint: allow <rule> <reason>`.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from tools.allow import excuse
from tools.sqltext import Statement, Table, says, statements, tables
from tools.tree import Finding, Source, Tree

CHASSIS = "chassis/src/chassis/migrations/"
FEWEST_TABLES = 10
RULES = frozenset({"migration-name", "migration-version", "direction", "workspace", "row-security", "primary-key"})

NAME = re.compile(r"(?P<version>\d{14})_[a-z][a-z0-9]*(?:_[a-z0-9]+)*\.sql")
UP = re.compile(r"-- migrate:up(?P<unwrapped> transaction:false)?\s*\n")
DOWN = re.compile(r"^-- migrate:down\b.*\n?", re.MULTILINE)
POLICY = re.compile(r"CREATE\s+POLICY[^;]*", re.IGNORECASE)
OPENING = re.compile(
    r"\b(?:(?:DISABLE|NO\s+FORCE)\s+ROW\s+LEVEL\s+SECURITY|(?:DROP|ALTER)\s+POLICY|BYPASSRLS|SECURITY\s+DEFINER)\b",
    re.IGNORECASE,
)
TENANT = r"\(\s*SELECT\s+current_setting\s*\(\s*'app\.workspace_id'"


def migrations(tree: Tree) -> list[Source]:
    """Every migration, of the chassis and of the services."""
    return [
        source
        for source in tree.sources
        if source.path.endswith(".sql")
        and (source.path.startswith(CHASSIS) or _folder(source).endswith("/migrations/"))
    ]


def findings(tree: Tree) -> list[Finding]:
    """Every broken rule without an exception."""
    sources = migrations(tree)
    found = [finding for source in sources for finding in _about(source)]
    found += _versions(sources)
    found += _squawk(tree.root, sources)
    return excuse(sources, found, RULES | {finding.rule for finding in found})


def _folder(source: Source) -> str:
    return source.path.removesuffix(source.name)


def _about(source: Source) -> Iterator[Finding]:
    yield from _name(source)
    yield from _direction(source)
    found = list(statements(source.text))
    for table in tables(found):
        yield from _tenancy(source, table, found)
    for statement in found:
        yield from _openings(source, statement)


def _name(source: Source) -> Iterator[Finding]:
    match = NAME.fullmatch(source.name)
    if match is None:
        yield Finding(source.path, 1, "migration-name", "must read <14 digits>_<snake_case>.sql")
        return
    try:
        datetime.strptime(match["version"] + "+0000", "%Y%m%d%H%M%S%z")
    except ValueError:
        yield Finding(source.path, 1, "migration-name", f"{match['version']} is no time of the form YYYYMMDDHHMMSS")


def _direction(source: Source) -> Iterator[Finding]:
    if UP.match(source.text) is None:
        yield Finding(source.path, 1, "direction", "must begin with -- migrate:up")
    downs = list(DOWN.finditer(source.text))
    if downs and source.text[downs[0].end() :].strip():
        line = source.text.count("\n", 0, downs[0].start()) + 1
        yield Finding(source.path, line, "direction", "migrations only go forward: nothing may follow -- migrate:down")
    for number, line_text in enumerate(source.lines, 1):
        if "squawk-ignore" in line_text:
            yield Finding(source.path, number, "direction", "write -- lint: allow <rule> <reason> instead")


def _versions(sources: Iterable[Source]) -> Iterator[Finding]:
    """Two files of one version in one database: the chassis' migrations run in every service's."""
    seen: dict[tuple[str, str], str] = {}
    for source in sorted(sources, key=lambda source: (not source.path.startswith(CHASSIS), source.path)):
        version = source.name.partition("_")[0]
        earlier = seen.setdefault((_folder(source), version), source.path)
        earlier = seen.get((CHASSIS, version), earlier)
        if earlier != source.path:
            yield Finding(source.path, 1, "migration-version", f"{earlier} has this version already")


def _tenancy(source: Source, table: Table, found: list[Statement]) -> Iterator[Finding]:
    name = rf"(?:ONLY\s+)?\"?{re.escape(table.name)}\"?"
    if re.search(r"\bworkspace_id\s+uuid\s+(?:NOT\s+NULL|PRIMARY\s+KEY)", table.body, re.IGNORECASE) is None:
        yield Finding(source.path, table.line, "workspace", f"{table.name} needs workspace_id uuid NOT NULL")
    if re.search(r"\bPRIMARY\s+KEY\b", table.body, re.IGNORECASE) is None:
        yield Finding(source.path, table.line, "primary-key", f"{table.name} needs a primary key")
    for action in ("ENABLE", "FORCE"):
        phrase = rf"{action}\s+ROW\s+LEVEL\s+SECURITY"
        if not says(found, table.name, phrase, rf"ALTER\s+TABLE\s+{name}\s.*{phrase}"):
            yield Finding(source.path, table.line, "row-security", f"{table.name} needs {action} ROW LEVEL SECURITY")
    if not says(found, table.name, rf"CREATE\s+POLICY.*{TENANT}", rf"CREATE\s+POLICY\s+\w+\s+ON\s+{name}\s.*{TENANT}"):
        message = f"{table.name} needs a policy on (SELECT current_setting('app.workspace_id')::uuid)"
        yield Finding(source.path, table.line, "row-security", message)


def _openings(source: Source, statement: Statement) -> Iterator[Finding]:
    """What lets rows of other workspaces through, beside the policy that keeps them apart: policies add up."""
    text = statement.text.replace("''", "'")
    tenant = re.compile(TENANT, re.IGNORECASE)
    openings = [match for match in POLICY.finditer(text) if tenant.search(match.group()) is None]
    for match in [*openings, *OPENING.finditer(text)]:
        line = statement.line + text.count("\n", 0, match.start())
        yield Finding(source.path, line, "row-security", "this may show rows of other workspaces: say why that is well")


def _squawk(root: Path, sources: list[Source]) -> Iterator[Finding]:
    unwrapped = [s.path for s in sources if (match := UP.match(s.text)) and match["unwrapped"]]
    wrapped = [source.path for source in sources if source.path not in unwrapped]
    for paths, option in ((wrapped, "--assume-in-transaction"), (unwrapped, "--no-assume-in-transaction")):
        if paths:
            yield from _run_squawk(root, [option, *paths])


def _run_squawk(root: Path, arguments: list[str]) -> Iterator[Finding]:
    program = Path(sys.executable).with_name("squawk")
    config = Path(__file__).with_name("squawk.toml")
    command = [str(program), "--config", str(config), "--reporter", "json", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    for item in json.loads(done.stdout):
        yield Finding(item["file"], item["line"] + 1, item["rule_name"], item["message"])


def main() -> int:
    """Check the repository this file stands in."""
    tree = Tree(Path(__file__).parent.parent)
    found = findings(tree)
    for finding in found:
        print(finding)
    sources = migrations(tree)
    made = sum(len(list(tables(list(statements(source.text))))) for source in sources)
    if made < FEWEST_TABLES:
        print(f"migrations: sees only {made} tables; something has moved away from it")
        return 1
    print(f"migrations: {len(sources)} files, {made} tables, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
