"""The shape of an answer, as JSON Schema, for models that can be held to one. The prompt says the same in words."""

from collections.abc import Mapping
from typing import Any

TRAITS = ("age", "gender", "hair", "clothes", "material", "colour", "size", "era")

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_QUOTE = {
    "type": "object",
    "properties": {"scene": {"type": "integer"}, "quote": _TEXT},
    "required": ["scene", "quote"],
    "additionalProperties": False,
}
_ENTRY = {
    "type": "object",
    "properties": {
        "name": _TEXT,
        "aliases": _TEXTS,
        "description": _TEXT,
        "attributes": {
            "type": "object",
            "properties": dict.fromkeys(TRAITS, _TEXT),
            "additionalProperties": False,
        },
        "scenes": {"type": "array", "items": {"type": "integer"}},
        "evidence": {"type": "array", "items": {"$ref": "#/$defs/quote"}},
    },
    "required": ["name", "aliases", "description", "scenes", "evidence"],
    "additionalProperties": False,
}
_ENTRIES = {"type": "array", "items": {"$ref": "#/$defs/entry"}}

REPLY_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"characters": _ENTRIES, "locations": _ENTRIES, "props": _ENTRIES},
    "required": ["characters", "locations", "props"],
    "additionalProperties": False,
    "$defs": {"entry": _ENTRY, "quote": _QUOTE},
}
