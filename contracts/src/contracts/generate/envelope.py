"""The JSON Schema of a message's headers, beside the envelope that writes and reads them."""

from typing import Any

from contracts.envelope import CONTENT_TYPE, SPEC_VERSION

_UUID = {"type": "string", "format": "uuid"}

HEADERS: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0 attributes in binary mode, W3C trace context and NATS deduplication.",
    "required": [
        "ce-specversion",
        "ce-id",
        "ce-type",
        "ce-source",
        "ce-subject",
        "ce-time",
        "ce-dataschema",
        "ce-workspaceid",
        "ce-correlationid",
        "ce-aggregateversion",
        "content-type",
        "Nats-Msg-Id",
    ],
    "properties": {
        "ce-specversion": {"type": "string", "const": SPEC_VERSION},
        "ce-id": {**_UUID, "description": "The event (UUIDv7); the same when it is delivered again."},
        "ce-type": {
            "type": "string",
            "pattern": r"^dramatis\.[a-z]+\.[a-z0-9-]+\.[a-z-]+\.v[1-9][0-9]*$",
            "description": "dramatis.<owner>.<entity>.<fact>.v<major>.",
        },
        "ce-source": {"type": "string", "pattern": "^/services/[a-z]+$", "description": "The service that owns it."},
        "ce-subject": {
            "type": "string",
            "pattern": "^[a-z-]+/[0-9a-f-]{36}$",
            "description": "The thing it is about: <aggregate>/<id>.",
        },
        "ce-time": {"type": "string", "format": "date-time", "description": "When it happened, RFC 3339 in UTC."},
        "ce-dataschema": {
            "type": "string",
            "pattern": "^urn:dramatis:schema:",
            "description": "The `$id` of the frozen schema of its data.",
        },
        "ce-workspaceid": {**_UUID, "description": "The tenant it belongs to."},
        "ce-correlationid": {**_UUID, "description": "The user action everything goes back to."},
        "ce-causationid": {**_UUID, "description": "The event that led here; absent when a person did."},
        "ce-aggregateversion": {
            "type": "string",
            "pattern": "^[1-9][0-9]*$",
            "description": "Version of the thing after this event, counted from 1; older news never wins.",
        },
        "content-type": {"type": "string", "const": CONTENT_TYPE},
        "Nats-Msg-Id": {**_UUID, "description": "Equal to ce-id; JetStream drops a repeat within its window."},
        "traceparent": {"type": "string", "description": "W3C Trace Context."},
        "tracestate": {"type": "string", "description": "W3C Trace Context."},
    },
}
