"""Random values of a JSON Schema, of the kind that pydantic writes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from hypothesis import strategies as st

Schema: TypeAlias = Mapping[str, Any]
Values: TypeAlias = st.SearchStrategy[Any]
Known: TypeAlias = Mapping[str, Sequence[object]]
"""Values that stand for something real, by field name: half of the random objects are about these."""

ANY_TEXT = r"^[^\x00]*$"
STORABLE = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
ANNOTATIONS = frozenset({"title", "description", "default", "examples"})


def values_of(schema: Schema, definitions: Mapping[str, Schema], known: Known | None = None) -> Values:
    """Values that a schema allows; `definitions` are what its references name, by the last part of the reference."""
    if "$ref" in schema:
        return values_of(definitions[schema["$ref"].rpartition("/")[2]], definitions, known)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([values_of(choice, definitions, known) for choice in schema["anyOf"]])
    if not set(schema) - ANNOTATIONS:
        return any_json()
    make = _TYPES[schema["type"]]
    return make(schema, definitions, known or {})


def _array(schema: Schema, definitions: Mapping[str, Schema], known: Known) -> Values:
    items = values_of(schema["items"], definitions, known)
    return st.lists(items, min_size=schema.get("minItems", 0), max_size=_few(schema, "maxItems"))


def _object(schema: Schema, definitions: Mapping[str, Schema], known: Known) -> Values:
    if "properties" not in schema:
        names = _text(schema.get("propertyNames", {}))
        items = schema.get("additionalProperties", {})
        values = values_of(items if isinstance(items, Mapping) else {}, definitions, known)
        return st.dictionaries(names, values, max_size=_few(schema, "maxProperties"))
    fields = {name: _field(name, part, definitions, known) for name, part in schema["properties"].items()}
    required = set(schema.get("required", ()))
    return st.fixed_dictionaries(
        {name: values for name, values in fields.items() if name in required},
        optional={name: values for name, values in fields.items() if name not in required},
    )


def _field(name: str, schema: Schema, definitions: Mapping[str, Schema], known: Known) -> Values:
    values = values_of(schema, definitions, known)
    return st.sampled_from(known[name]) | values if known.get(name) else values


def _few(schema: Schema, keyword: str) -> int:
    """Long collections are the business of written examples; here they would only take time."""
    return min(int(schema.get(keyword, 5)), 5)


def _text(schema: Schema) -> Values:
    if schema.get("format") == "uuid":
        return st.uuids().map(str)
    if schema.get("pattern", ANY_TEXT) != ANY_TEXT:
        return st.from_regex(schema["pattern"].removesuffix("$") + r"\Z").filter(
            lambda text: len(text) <= schema.get("maxLength", len(text))
        )
    return st.text(STORABLE, min_size=schema.get("minLength", 0), max_size=schema.get("maxLength"))


def any_json() -> Values:
    """Any JSON document without NUL characters and with integers that every reader keeps."""
    plain = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(STORABLE)
    return st.recursive(
        plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(STORABLE), inner, max_size=3)
    )


_Make: TypeAlias = Callable[[Schema, Mapping[str, Schema], Known], Values]

_TYPES: Mapping[str, _Make] = {
    "object": _object,
    "array": _array,
    "string": lambda schema, *_: _text(schema),
    "integer": lambda schema, *_: st.integers(schema.get("minimum"), schema.get("maximum")),
    "number": lambda schema, *_: st.floats(
        schema.get("minimum"), schema.get("maximum"), allow_nan=False, allow_infinity=False
    ),
    "boolean": lambda *_: st.booleans(),
    "null": lambda *_: st.none(),
}
