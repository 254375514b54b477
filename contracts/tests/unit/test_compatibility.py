import copy
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from pydantic import Field, create_model

from contracts.assets.v1 import ImageRequested, ProjectCreated
from contracts.event import EventData
from contracts.generate.compatibility import Violation, compatible
from contracts.generate.schema import schema_of
from contracts.registry import EVENTS
from contracts.schemas import Schema

Change = Callable[[Any], object]
"""Changes a schema in place; what it returns does not matter."""


def released() -> Schema:
    """A schema with every construct that the models use."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:dramatis:schema:assets.prop.lit.v1",
        "title": "PropLit",
        "description": "A prop gives light.",
        "x-aggregate": "prop",
        "$defs": {
            "Lamp": {
                "type": "object",
                "properties": {
                    "watts": {"type": "integer", "minimum": 1, "maximum": 1000},
                    "colour": {"type": "string", "default": "#f2b134"},
                },
                "required": ["watts"],
            },
            "Kind": {"type": "string", "enum": ["lantern", "torch"]},
        },
        "type": "object",
        "properties": {
            "prop_id": {"type": "string", "format": "uuid", "description": "The prop."},
            "title": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[^0]*$"},
            "kind": {"$ref": "#/$defs/Kind", "description": "What it is."},
            "lamp": {"$ref": "#/$defs/Lamp"},
            "spares": {"type": "array", "items": {"$ref": "#/$defs/Lamp"}, "maxItems": 5, "default": []},
            "owner_id": {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}], "default": None},
            "lit": {"type": "boolean", "default": False},
            "traits": {
                "type": "object",
                "additionalProperties": {"type": "string", "maxLength": 50},
                "propertyNames": {"maxLength": 10},
                "default": {},
            },
        },
        "required": ["prop_id", "title", "kind", "lamp"],
    }


def violations(change: Change) -> list[Violation]:
    new = copy.deepcopy(released())
    change(new)
    return compatible(released(), new)


FORBIDDEN: dict[str, tuple[Change, str, str]] = {
    "remove a required field": (lambda s: s["properties"].pop("title"), "title", "removed field"),
    "remove an optional field": (lambda s: s["properties"].pop("lit"), "lit", "removed field"),
    "rename a field": (
        lambda s: s["properties"].update(name=s["properties"].pop("title")),
        "title",
        "removed field",
    ),
    "add a required field": (
        lambda s: (s["properties"].update(weight={"type": "integer"}), s["required"].append("weight")),
        "weight",
        "new required field",
    ),
    "add a required field with a default": (
        lambda s: (s["properties"].update(weight={"type": "integer", "default": 1}), s["required"].append("weight")),
        "weight",
        "new required field",
    ),
    "add an optional field without a default": (
        lambda s: s["properties"].update(weight={"type": "integer"}),
        "weight",
        "new field without a default",
    ),
    "require an optional field": (lambda s: s["required"].append("lit"), "lit", "now required"),
    "stop requiring a field": (lambda s: s["required"].remove("title"), "title", "no longer required"),
    "change a type": (lambda s: s["properties"]["lit"].update(type="string"), "lit", "type changed"),
    "widen a type": (lambda s: s["properties"]["title"].update(type=["string", "null"]), "title", "type changed"),
    "accept null": (
        lambda s: s["properties"].update(title={"anyOf": [s["properties"]["title"], {"type": "null"}]}),
        "title",
        "type changed",
    ),
    "refuse null": (
        lambda s: s["properties"].update(owner_id={"type": "string", "format": "uuid", "default": None}),
        "owner_id",
        "type changed",
    ),
    "change a variant": (
        lambda s: s["properties"]["owner_id"]["anyOf"][0].pop("format"),
        "owner_id",
        "format changed",
    ),
    "turn a field into an object": (
        lambda s: s["properties"].update(title=copy.deepcopy(s["$defs"]["Lamp"])),
        "title",
        "type changed",
    ),
    "turn a list into one": (
        lambda s: s["properties"].update(spares={"$ref": "#/$defs/Lamp", "default": []}),
        "spares",
        "type changed",
    ),
    "change a format": (lambda s: s["properties"]["prop_id"].update(format="uri"), "prop_id", "format changed"),
    "drop a format": (lambda s: s["properties"]["prop_id"].pop("format"), "prop_id", "format changed"),
    "add an allowed value": (lambda s: s["$defs"]["Kind"]["enum"].append("lamp"), "kind", "allowed values changed"),
    "remove an allowed value": (lambda s: s["$defs"]["Kind"]["enum"].pop(), "kind", "allowed values changed"),
    "let any value in": (lambda s: s["$defs"]["Kind"].pop("enum"), "kind", "allowed values changed"),
    "fix a value": (lambda s: s["properties"]["title"].update(const="x"), "title", "allowed values changed"),
    "change a default": (lambda s: s["properties"]["lit"].update(default=True), "lit", "default changed"),
    "change a default's type": (lambda s: s["properties"]["lit"].update(default=0), "lit", "default changed"),
    "drop a default": (lambda s: s["properties"]["lit"].pop("default"), "lit", "default changed"),
    "give a required field a default": (
        lambda s: s["properties"]["title"].update(default="?"),
        "title",
        "default changed",
    ),
    "shorten a text": (
        lambda s: s["properties"]["title"].update(maxLength=100),
        "title",
        "constraint maxLength changed",
    ),
    "lengthen a text": (
        lambda s: s["properties"]["title"].update(maxLength=300),
        "title",
        "constraint maxLength changed",
    ),
    "drop a limit": (lambda s: s["properties"]["title"].pop("minLength"), "title", "constraint minLength changed"),
    "add a limit": (lambda s: s["properties"]["lit"].update(minimum=0), "lit", "constraint minimum changed"),
    "change a pattern": (
        lambda s: s["properties"]["title"].update(pattern="^.*$"),
        "title",
        "constraint pattern changed",
    ),
    "take fewer items": (
        lambda s: s["properties"]["spares"].update(maxItems=4),
        "spares",
        "constraint maxItems changed",
    ),
    "change what a list holds": (
        lambda s: s["properties"]["spares"].update(items={"type": "string"}),
        "spares[]",
        "type changed",
    ),
    "change what a mapping holds": (
        lambda s: s["properties"]["traits"]["additionalProperties"].update(maxLength=51),
        "traits{}",
        "constraint maxLength changed",
    ),
    "change a mapping's keys": (
        lambda s: s["properties"]["traits"]["propertyNames"].update(maxLength=11),
        "traits{name}",
        "constraint maxLength changed",
    ),
    "close a mapping": (
        lambda s: s["properties"]["traits"].update(additionalProperties=False),
        "traits{}",
        "type changed",
    ),
    "close the event": (
        lambda s: s.update(additionalProperties=False),
        "(event)",
        "constraint additionalProperties changed",
    ),
    "remove a nested field": (
        lambda s: s["$defs"]["Lamp"]["properties"].pop("colour"),
        "lamp.colour",
        "removed field",
    ),
    "add a required nested field": (
        lambda s: (
            s["$defs"]["Lamp"]["properties"].update(hue={"type": "integer"}),
            s["$defs"]["Lamp"]["required"].append("hue"),
        ),
        "lamp.hue",
        "new required field",
    ),
    "change a nested limit": (
        lambda s: s["$defs"]["Lamp"]["properties"]["watts"].update(maximum=999),
        "lamp.watts",
        "constraint maximum changed",
    ),
    "change a limit inside a list": (
        lambda s: s["$defs"]["Lamp"]["properties"]["watts"].update(minimum=0),
        "spares[].watts",
        "constraint minimum changed",
    ),
    "change what orders the events": (
        lambda s: s.update({"x-aggregate": "lamp"}),
        "(event)",
        "constraint x-aggregate changed",
    ),
    "change the identity": (lambda s: s.update({"$id": "urn:other"}), "(event)", "constraint $id changed"),
}

ALLOWED: dict[str, Change] = {
    "nothing": lambda s: s,
    "a new optional field with a default": lambda s: s["properties"].update(era={"type": "string", "default": ""}),
    "a new optional field that is null by default": lambda s: s["properties"].update(
        era={"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}
    ),
    "a new optional object": lambda s: (
        s["$defs"].update(Room={"type": "object", "properties": {"w": {"type": "integer"}}, "required": ["w"]}),
        s["properties"].update(room={"$ref": "#/$defs/Room", "default": {"w": 1}}),
    ),
    "a new optional nested field": lambda s: s["$defs"]["Lamp"]["properties"].update(
        hue={"type": "integer", "default": 0}
    ),
    "other descriptions": lambda s: (
        s.update(description="A prop shines."),
        s["properties"]["prop_id"].update(description="Which prop."),
        s["properties"]["kind"].pop("description"),
        s["$defs"]["Lamp"].update(description="What shines."),
    ),
    "other titles": lambda s: (s.update(title="Lit"), s["properties"]["title"].update(title="Title")),
    "examples": lambda s: s["properties"]["title"].update(examples=["Lantern"]),
    "fields in another order": lambda s: s.update(properties=dict(reversed(s["properties"].items()))),
    "required names in another order": lambda s: s["required"].reverse(),
    "allowed values in another order": lambda s: s["$defs"]["Kind"]["enum"].reverse(),
    "a renamed definition": lambda s: (
        s["$defs"].update(Sort=s["$defs"].pop("Kind")),
        s["properties"]["kind"].update({"$ref": "#/$defs/Sort"}),
    ),
    "a definition put where it is used": lambda s: s["properties"].update(kind=s["$defs"].pop("Kind")),
}


@pytest.mark.parametrize(("change", "field", "rule"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_forbidden_change_is_named_with_field_and_rule(change: Change, field: str, rule: str) -> None:
    found = violations(change)
    assert (field, rule) in {(violation.field, violation.rule) for violation in found}
    assert all(violation.field and violation.rule for violation in found)


@pytest.mark.parametrize("change", ALLOWED.values(), ids=ALLOWED)
def test_an_allowed_change_passes(change: Change) -> None:
    assert violations(change) == []


def test_a_field_may_be_called_like_a_keyword() -> None:
    def plant(schema: Any) -> None:
        schema["properties"]["title"]["maxLength"] = 1

    assert [str(violation) for violation in violations(plant)] == [
        "field title: constraint maxLength changed (200 → 1)"
    ]


def test_a_schema_that_contains_itself_is_compared() -> None:
    node: Schema = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node", "default": None}}}
    tree: Schema = {"type": "object", "properties": {"root": {"$ref": "#/$defs/Node"}}, "$defs": {"Node": node}}
    grown = copy.deepcopy(tree)
    grown["$defs"]["Node"]["properties"]["value"] = {"type": "integer"}
    assert compatible(tree, copy.deepcopy(tree)) == []
    assert {violation.rule for violation in compatible(tree, grown)} == {"new field without a default"}


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.TYPE)
def test_no_field_of_any_event_can_be_taken_away_or_left_out(event: type[EventData]) -> None:
    schema = schema_of(event)
    assert compatible(schema, schema_of(event)) == []
    for field in schema["properties"]:
        shrunk = copy.deepcopy(schema)
        del shrunk["properties"][field]
        assert Violation(field, "removed field") in compatible(schema, shrunk)
        assert Violation(field, "new required field") in compatible(
            {**shrunk, "required": []}, {**schema, "required": [field]}
        )


def grown(**fields: Any) -> type[EventData]:
    return create_model("ProjectCreated", __base__=ProjectCreated, __doc__="Planted.", **fields)


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"logline": (str, Field(default="", description="One sentence."))}, []),
        ({"archived_by": (UUID | None, None)}, []),
        ({"logline": (str, ...)}, ["new required field"]),
        ({"name": (str, ...)}, ["constraint maxLength changed", "constraint minLength changed"]),
        ({"name": (str | None, None)}, ["default changed", "no longer required", "type changed"]),
        ({"style_capsule_id": (UUID, ...)}, ["default changed", "now required", "type changed"]),
        ({"name": (int, Field(ge=0))}, ["constraint minimum changed", "type changed"]),
    ],
)
def test_the_gate_sees_what_a_changed_model_does(fields: dict[str, Any], rules: list[str]) -> None:
    found = {violation.rule for violation in compatible(schema_of(ProjectCreated), schema_of(grown(**fields)))}
    assert set(rules) <= found
    assert bool(rules) == bool(found)


def test_a_change_of_a_shared_value_is_seen_in_the_event() -> None:
    changed = schema_of(ImageRequested)
    changed["$defs"]["StyleCapsuleSnapshot"]["properties"]["palette"]["items"]["maxLength"] = 7
    assert [violation.field for violation in compatible(schema_of(ImageRequested), changed)] == [
        "style_capsule.palette[]"
    ]
