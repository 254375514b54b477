"""Golden examples: ready-to-publish messages of every event, for the tests of whoever says or hears it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.paths import examples_path


@dataclass(frozen=True, slots=True)
class Golden:
    """One message: its headers, and its data as UTF-8 JSON."""

    name: str
    """`minimal`, `full`, `edge-<what>` or `unknown-fields`."""
    headers: Mapping[str, str]
    data_bytes: bytes

    def __str__(self) -> str:
        return self.name


def golden(event_type: str) -> list[Golden]:
    """Return all examples of an event, sorted by name; raises LookupError when it has none."""
    examples = [_read(path) for path in sorted(examples_path(event_type).glob("*.json"))]
    if not examples:
        raise LookupError(f"{event_type} has no examples in {examples_path(event_type)}")
    return examples


def _read(path: Path) -> Golden:
    message = json.loads(path.read_text(encoding="utf-8"))
    data = json.dumps(message["data"], ensure_ascii=False, separators=(",", ":"))
    return Golden(name=path.stem, headers=message["headers"], data_bytes=data.encode())
