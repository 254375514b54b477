"""`python -m contracts schemas`: freeze the schemas, refuse breaking changes, redraw what is made from them."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from contracts.generate.asyncapi import asyncapi
from contracts.generate.compatibility import compatible
from contracts.generate.event_map import MarkersMissing, with_event_map
from contracts.generate.released import RevisionUnknown, baseline, released
from contracts.generate.schema import schema_of
from contracts.paths import ASYNCAPI, EVENT_MAP, PROJECT, REPOSITORY, SCHEMAS, schema_path
from contracts.registry import EVENTS
from contracts.subjects import parse_type, short_name


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status, 1 when a rule is broken or something is out of date."""
    options = _parser().parse_args(arguments)
    try:
        problems = [*_broken(options.against), *_orphans()]
        if not problems:
            files = _generated(options.map)
            problems = _out_of_date(files) if options.check else _write(files)
    except (MarkersMissing, RevisionUnknown) as error:
        problems = [f"{error}"]
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 1 if problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m contracts")
    commands = parser.add_subparsers(required=True)
    schemas = commands.add_parser("schemas", help="regenerate schemas, AsyncAPI document and event map")
    schemas.add_argument("--check", action="store_true", help="write nothing; fail when something is out of date")
    schemas.add_argument("--against", metavar="REVISION", help="released schemas are also those of this git revision")
    schemas.add_argument("--map", type=Path, default=EVENT_MAP, metavar="FILE", help="Markdown file with the markers")
    return parser


def _broken(against: str | None) -> Iterator[str]:
    revision = baseline(PROJECT, against)
    for event_type, event in EVENTS.items():
        major = parse_type(event_type).major
        for origin, old in released(PROJECT, schema_path(event_type), revision):
            for violation in compatible(old, schema_of(event)):
                yield (
                    f"{short_name(event_type)}: {violation}; the version in {origin} is released and never changes its "
                    f"meaning: make v{major + 1}"
                )


def _orphans() -> Iterator[str]:
    known = {schema_path(event_type) for event_type in EVENTS}
    for path in sorted(SCHEMAS.rglob("*.json")):
        if path not in known:
            yield f"{_shown(path)}: no model has this type; delete it with its examples once nobody consumes it"


def _generated(event_map: Path) -> dict[Path, str]:
    files = {schema_path(event_type): _json(schema_of(event)) for event_type, event in EVENTS.items()}
    files[ASYNCAPI] = _json(asyncapi())
    if event_map.is_file():
        try:
            files[event_map] = with_event_map(event_map.read_text(encoding="utf-8"))
        except MarkersMissing as error:
            raise MarkersMissing(f"{_shown(event_map)}: {error}") from None
    return files


def _out_of_date(files: dict[Path, str]) -> list[str]:
    return [
        f"{_shown(path)}: out of date, run `python -m contracts schemas`"
        for path, text in files.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def _write(files: dict[Path, str]) -> list[str]:
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(EVENTS)} events, {len(files)} files\n")
    return []


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _shown(path: Path) -> str:
    return str(path.relative_to(REPOSITORY)) if path.is_relative_to(REPOSITORY) else str(path)
