"""What a frozen schema allows, the model reads: nobody who keeps to the released schema is dead-lettered."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from contracts.registry import EVENTS
from contracts.schemas import frozen_schema

FORMATS = {"uuid": st.uuids().map(str)}
# Small on purpose: the strategies are rich, the events are many, and hypothesis keeps what it finds.
QUICK = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("event_type", EVENTS)
def test_a_reader_survives_whatever_the_frozen_schema_allows(event_type: str) -> None:
    model = EVENTS[event_type]

    @QUICK
    @given(from_schema(frozen_schema(event_type), custom_formats=FORMATS))
    def read(data: dict[str, Any]) -> None:
        # A NUL deep inside metadata is the one thing the model refuses and JSON Schema cannot say.
        assume("\\u0000" not in json.dumps(data.get("metadata")))
        event = model.model_validate_json(json.dumps(data))
        assert model.model_validate_json(event.model_dump_json()) == event

    read()
