"""The JSON Schema of an event's data, as it is frozen."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from contracts.event import EventData
from contracts.schemas import Schema
from contracts.subjects import dataschema_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Frozen(GenerateJsonSchema):
    """Pydantic's schema without titles that only repeat field names, and with one plain rule for the keys of a dict."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False

    def dict_schema(self, schema: Any) -> JsonSchemaValue:
        json_schema = super().dict_schema(schema)
        for pattern, values in json_schema.pop("patternProperties", {}).items():
            json_schema["propertyNames"] = {**json_schema.get("propertyNames", {}), "pattern": pattern}
            json_schema["additionalProperties"] = values
        return json_schema


def schema_of(event: type[EventData]) -> Schema:
    """Return the schema of an event's data; `x-aggregate` and `x-aggregate-id` freeze what orders it."""
    generated = event.model_json_schema(schema_generator=_Frozen)
    return {
        "$schema": DIALECT,
        "$id": dataschema_of(event.TYPE),
        "title": generated.pop("title"),
        "description": generated.pop("description"),
        "x-aggregate": event.AGGREGATE,
        "x-aggregate-id": event.AGGREGATE_ID,
        **generated,
    }


def summary_of(event: type[EventData]) -> str:
    """Return what the event says, in one sentence."""
    return (event.__doc__ or "").strip().splitlines()[0]
