"""Random messages of an event, drawn from its frozen schema: whatever its owner could say without breaking its word."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson
from hypothesis import strategies as st

from contracts.envelope import Envelope
from contracts.event import EventData
from contracts.examples import Golden
from contracts.schemas import frozen_schema
from contracts.subjects import owner_of
from dramatis.testing.random_values import Known, values_of

SOME_TIME = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)


def random_messages(event: type[EventData], known: Known | None = None) -> st.SearchStrategy[Golden]:
    """Messages that the frozen schema and the envelope allow, each a new event with its own id."""
    schema = frozen_schema(event.TYPE)
    versions = st.integers(1, 5) | st.integers(1, 2**63 - 1)
    return st.builds(
        lambda data, version: message_of(event, data, version),
        values_of(schema, schema.get("$defs", {}), known),
        versions,
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
