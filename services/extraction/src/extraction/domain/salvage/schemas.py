"""Telling a JSON schema from what it describes."""

from extraction.domain.salvage.nodes import Listing, Node, Record, Text
from extraction.domain.salvage.vocabulary import type_of_key

SCHEMA_TYPES = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})
SCHEMA_KEYS = frozenset(
    {
        "properties",
        "items",
        "required",
        "$schema",
        "additionalProperties",
        "$ref",
        "$defs",
        "definitions",
        "enum",
        "anyOf",
    }
)


def is_schema(record: Record) -> bool:
    """Whether an object describes what an answer should look like."""
    members = dict(record.members)
    if "$schema" in members or "$ref" in members or "$defs" in members:
        return True
    kind = members.get("type")
    typed = isinstance(kind, Text) and kind.value in SCHEMA_TYPES
    if typed and (
        members.keys() & SCHEMA_KEYS or members.keys() <= {"type", "description", "title", "format", "default"}
    ):
        return True
    properties = members.get("properties")
    return (
        isinstance(properties, Record)
        and bool(properties.members)
        and all(_describes(value) for _, value in properties.members)
    )


def schema_data(record: Record) -> Node | None:
    """The answer that some models write into a schema, in the place of its `properties`."""
    properties = dict(record.members).get("properties")
    if not isinstance(properties, Record):
        return None
    lists = [value for key, value in properties.members if type_of_key(key) is not None]
    return properties if lists and all(isinstance(value, Listing) for value in lists) else None


def _describes(node: Node) -> bool:
    return isinstance(node, Record) and is_schema(node)
