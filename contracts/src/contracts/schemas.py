"""The frozen JSON Schemas, for the tests of whoever says or hears an event."""

import json
from typing import Any, TypeAlias

from contracts.paths import schema_path

Schema: TypeAlias = dict[str, Any]


def frozen_schema(event_type: str) -> Schema:
    """Read the released JSON Schema of an event's data; raises FileNotFoundError for an event without one."""
    schema: Schema = json.loads(schema_path(event_type).read_text(encoding="utf-8"))
    return schema
