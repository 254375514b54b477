import importlib
import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from contracts.event import EventData
from contracts.paths import PROJECT
from contracts.registry import EVENTS
from contracts.schemas import Schema, frozen_schema
from contracts.subjects import parse_type
from contracts.values import MAX_METADATA_BYTES

MODULES = [
    importlib.import_module(f"contracts.{path.parent.name}.{path.stem}")
    for path in sorted((PROJECT / "src" / "contracts").glob("*/v[0-9]*.py"))
]
LARGEST_MESSAGE_BYTES = 1_000_000
CATALOGUE = 31

every_event = pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.TYPE)


def models_of(event: type[EventData]) -> Iterator[Schema]:
    schema = frozen_schema(event.TYPE)
    yield schema
    yield from (inner for inner in schema.get("$defs", {}).values() if "properties" in inner)


def facts_in(module: ModuleType) -> set[type[EventData]]:
    found = (value for value in vars(module).values() if isinstance(value, type) and issubclass(value, EventData))
    return {fact for fact in found if hasattr(fact, "TYPE")}


def test_every_fact_of_every_module_is_registered() -> None:
    written = set[type[EventData]]().union(*map(facts_in, MODULES))
    assert set(EVENTS.values()) == written
    assert len(EVENTS) >= CATALOGUE


@every_event
def test_the_class_is_called_after_the_entity_and_the_fact(event: type[EventData]) -> None:
    _, entity, fact, _ = parse_type(event.TYPE)
    assert event.__name__ == "".join(word.capitalize() for word in f"{entity}-{fact}".split("-"))


@every_event
def test_the_module_is_called_after_the_owner_and_the_version(event: type[EventData]) -> None:
    owner, _, _, major = parse_type(event.TYPE)
    assert event.__module__ == f"contracts.{owner}.v{major}"


@every_event
def test_every_event_and_field_is_described(event: type[EventData]) -> None:
    for schema in models_of(event):
        assert schema["description"]
        for name, field in schema["properties"].items():
            assert field.get("description", "").endswith("."), name


@every_event
def test_the_aggregate_is_a_required_id_of_the_event(event: type[EventData]) -> None:
    assert event.AGGREGATE_ID in frozen_schema(event.TYPE)["required"]
    identity = UUID("019cdbe8-e800-7429-82d6-86d5fdf0e9e2")
    fields: dict[str, Any] = {event.AGGREGATE_ID: identity}
    assert event.model_construct(**fields).aggregate_id == identity


@every_event
def test_events_of_one_aggregate_are_identified_by_the_same_field(event: type[EventData]) -> None:
    others = [other for other in EVENTS.values() if other.AGGREGATE == event.AGGREGATE]
    assert {other.AGGREGATE_ID for other in others} == {event.AGGREGATE_ID}


@every_event
def test_no_event_can_outgrow_what_the_bus_takes(event: type[EventData]) -> None:
    schema = frozen_schema(event.TYPE)
    assert largest(schema, schema) <= LARGEST_MESSAGE_BYTES


@every_event
def test_numbers_name_their_unit_and_have_limits(event: type[EventData]) -> None:
    for schema in models_of(event):
        for name, field in schema["properties"].items():
            if field.get("type") in ("integer", "number"):
                assert {"minimum", "maximum"} <= field.keys(), name
            assert not name.endswith(("cost", "price", "size_bytes", "_ms", "duration", "timeout")), name


def largest(node: dict[str, Any], root: Schema) -> int:
    """Upper bound of the bytes that one value takes as JSON."""
    if "$ref" in node:
        return largest(root["$defs"][node["$ref"].rpartition("/")[2]], root)
    if "anyOf" in node:
        return max(largest(variant, root) for variant in node["anyOf"] if variant["type"] != "null")
    sizes = {"string": largest_string, "array": largest_array, "object": largest_object}
    return sizes[node["type"]](node, root) if node["type"] in sizes else largest_number(node)


def largest_number(node: dict[str, Any]) -> int:
    return len(str(node["maximum"])) if node["type"] == "integer" else 25


def largest_string(node: dict[str, Any], root: Schema) -> int:
    if "enum" in node:
        return max(len(json.dumps(value)) for value in node["enum"])
    # A control character takes six bytes, more than any other.
    return 38 if node.get("format") == "uuid" else 6 * int(node["maxLength"]) + 2


def largest_array(node: dict[str, Any], root: Schema) -> int:
    return int(node["maxItems"]) * (largest(node["items"], root) + 1) + 2


def largest_object(node: dict[str, Any], root: Schema) -> int:
    if "properties" in node:
        return 2 + sum(len(name) + 4 + largest(field, root) for name, field in node["properties"].items())
    values = node["additionalProperties"]
    if values == {"$ref": "#/$defs/JsonValue"}:
        return MAX_METADATA_BYTES
    return 2 + int(node["maxProperties"]) * (6 * int(node["propertyNames"]["maxLength"]) + 4 + largest(values, root))
