"""Random messages of an event, drawn from its frozen schema: whatever its owner could say without breaking its word."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import uuid4

import orjson
from hypothesis import strategies as st

from contracts.envelope import Envelope
from contracts.event import EventData
from contracts.examples import Golden
from contracts.schemas import Schema, frozen_schema
from contracts.subjects import owner_of

Known: TypeAlias = Mapping[str, Sequence[object]]
"""Values that stand for something real, by field name: half of the random events are about these."""
Values: TypeAlias = st.SearchStrategy[Any]

ANY_TEXT = r"^[^\x00]*$"
STORABLE = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
SOME_TIME = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)


def random_messages(event: type[EventData], known: Known | None = None) -> st.SearchStrategy[Golden]:
    """Messages that the frozen schema and the envelope allow, each a new event with its own id."""
    schema = frozen_schema(event.TYPE)
    versions = st.integers(1, 5) | st.integers(1, 2**63 - 1)
    return st.builds(
        lambda data, version: message_of(event, data, version), _object(schema, schema, known or {}), versions
    )


def message_of(event: type[EventData], data: Mapping[str, Any], version: int) -> Golden:
    """A message with this data, as the owner of the event would publish it."""
    envelope = Envelope(
        id=uuid4(),
        type=event.TYPE,
        source=f"/services/{owner_of(event.TYPE)}",
        subject=f"{event.AGGREGATE}/{data[event.AGGREGATE_ID]}",
        time=SOME_TIME,
        workspace_id=uuid4(),
        correlation_id=uuid4(),
        causation_id=None,
        aggregate_version=version,
    )
    return Golden(event.__name__, envelope.headers(), orjson.dumps(data))


def _values(schema: Schema, root: Schema) -> Values:
    """Values of a schema as pydantic writes it; raises LookupError for a keyword that was never met before."""
    if "$ref" in schema:
        return _values(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([_values(choice, root) for choice in schema["anyOf"]])
    if not set(schema) - {"description", "title"}:
        return _json()
    make = _TYPES[schema["type"]]
    return make(schema, root)


def _object(schema: Schema, root: Schema, known: Known | None = None) -> Values:
    if "properties" not in schema:
        names = _text(schema.get("propertyNames", {}), root)
        return st.dictionaries(
            names, _values(schema["additionalProperties"], root), max_size=_few(schema, "maxProperties")
        )
    fields = {name: _field(name, part, root, known or {}) for name, part in schema["properties"].items()}
    required = set(schema.get("required", ()))
    return st.fixed_dictionaries(
        {name: values for name, values in fields.items() if name in required},
        optional={name: values for name, values in fields.items() if name not in required},
    )


def _field(name: str, schema: Schema, root: Schema, known: Known) -> Values:
    values = _values(schema, root)
    return st.sampled_from(known[name]) | values if known.get(name) else values


def _array(schema: Schema, root: Schema) -> Values:
    return st.lists(
        _values(schema["items"], root), min_size=schema.get("minItems", 0), max_size=_few(schema, "maxItems")
    )


def _few(schema: Schema, keyword: str) -> int:
    """Long collections are the business of the `edge-longest` examples; here they would only take time."""
    return min(int(schema.get(keyword, 5)), 5)


def _text(schema: Schema, _root: Schema) -> Values:
    if schema.get("format") == "uuid":
        return st.uuids().map(str)
    if schema.get("pattern", ANY_TEXT) != ANY_TEXT:
        return st.from_regex(schema["pattern"].removesuffix("$") + r"\Z").filter(
            lambda text: len(text) <= schema.get("maxLength", len(text))
        )
    return st.text(STORABLE, min_size=schema.get("minLength", 0), max_size=schema.get("maxLength"))


def _integer(schema: Schema, _root: Schema) -> Values:
    return st.integers(schema.get("minimum"), schema.get("maximum"))


def _number(schema: Schema, _root: Schema) -> Values:
    return st.floats(schema.get("minimum"), schema.get("maximum"), allow_nan=False, allow_infinity=False)


def _json() -> Values:
    plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(STORABLE)
    return st.recursive(
        plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(STORABLE), inner, max_size=3)
    )


_TYPES: Mapping[str, Callable[[Schema, Schema], Values]] = {
    "object": _object,
    "array": _array,
    "string": _text,
    "integer": _integer,
    "number": _number,
    "boolean": lambda _schema, _root: st.booleans(),
    "null": lambda _schema, _root: st.none(),
}
