"""What a frozen schema allows, the model reads: nobody who keeps to the released schema is dead-lettered."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from contracts.registry import EVENTS
from contracts.schemas import frozen_schema
from dramatis.testing.random_values import values_of

# Small on purpose: the strategies are rich, the events are many, and hypothesis keeps what it finds.
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("event_type", EVENTS)
def test_a_reader_survives_whatever_the_frozen_schema_allows(event_type: str) -> None:
    model, schema = EVENTS[event_type], frozen_schema(event_type)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    @QUICK
    @given(values_of(schema, schema.get("$defs", {})))
    def read(data: dict[str, Any]) -> None:
        validator.validate(data)
        event = model.model_validate_json(json.dumps(data))
        assert model.model_validate_json(event.model_dump_json()) == event

    read()
