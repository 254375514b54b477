"""An AsyncAPI 3.0 document of every channel, message and operation."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from contracts.consumers import CONSUMERS
from contracts.event import EventData
from contracts.generate.envelope import HEADERS
from contracts.generate.schema import schema_of, summary_of
from contracts.registry import EVENTS
from contracts.schemas import Schema
from contracts.subjects import durable_of, owner_of, short_name, stream_of

Document: TypeAlias = dict[str, Any]

_ABOUT = (
    "What the services of Dramatis say to each other over NATS JetStream. A released version never changes its "
    "meaning: new optional fields may appear, anything else is a new major version. Readers ignore unknown fields."
)


class NameTaken(ValueError):
    """Two events define different things under one name."""

    code = "schema-name-taken"
    kind = "bug"


def asyncapi() -> Document:
    """Return the whole document, made from the registry and the consumer list."""
    events = tuple(EVENTS.values())
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Dramatis events", "version": "1.0.0", "description": _ABOUT},
        "defaultContentType": "application/json",
        "channels": {short_name(event.TYPE): _channel(event) for event in events},
        "operations": dict(_operations(events)),
        "components": {
            "schemas": _schemas(events),
            "messages": {short_name(event.TYPE): _message(event) for event in events},
            "parameters": {"workspace_id": {"description": "The workspace (UUID) whose events these are."}},
            "correlationIds": {
                "user-action": {
                    "description": "The user action everything goes back to.",
                    "location": "$message.header#/ce-correlationid",
                }
            },
        },
    }


def _channel(event: type[EventData]) -> Document:
    name = short_name(event.TYPE)
    return {
        "address": f"{name}.{{workspace_id}}",
        "description": summary_of(event),
        "messages": {event.__name__: _reference("components", "messages", name)},
        "parameters": {"workspace_id": _reference("components", "parameters", "workspace_id")},
        "x-stream": stream_of(owner_of(event.TYPE)),
    }


def _message(event: type[EventData]) -> Document:
    name = short_name(event.TYPE)
    return {
        "name": event.TYPE,
        "title": event.__name__,
        "summary": summary_of(event),
        "contentType": "application/json",
        "headers": _reference("components", "schemas", "headers"),
        "payload": _reference("components", "schemas", name),
        "correlationId": _reference("components", "correlationIds", "user-action"),
    }


def _operations(events: tuple[type[EventData], ...]) -> Iterator[tuple[str, Document]]:
    for event in events:
        owner = owner_of(event.TYPE)
        yield f"send.{short_name(event.TYPE)}", _operation("send", owner, event)
    for service, consumed in CONSUMERS.items():
        for event in consumed:
            operation = _operation("receive", service, event)
            operation["x-durable"] = durable_of(service, event.TYPE)
            yield f"receive.{short_name(event.TYPE)}.{service}", operation


def _operation(action: str, service: str, event: type[EventData]) -> Document:
    name = short_name(event.TYPE)
    return {
        "action": action,
        "channel": _reference("channels", name),
        "messages": [_reference("channels", name, "messages", event.__name__)],
        "tags": [{"name": service}],
    }


def _schemas(events: tuple[type[EventData], ...]) -> Document:
    schemas: Document = {"headers": HEADERS}
    for event in events:
        schema = schema_of(event)
        # `$id` would move the base of every reference, and AsyncAPI names the dialect itself.
        for keyword in ("$schema", "$id"):
            del schema[keyword]
        for name, definition in schema.pop("$defs", {}).items():
            _add(schemas, name, _moved(definition))
        _add(schemas, short_name(event.TYPE), _moved(schema))
    return schemas


def _add(schemas: Document, name: str, schema: Schema) -> None:
    if schemas.setdefault(name, schema) != schema:
        raise NameTaken(f"two different definitions are called {name}; name the newer one after its version")


def _moved(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _moved(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_moved(value) for value in node]
    if isinstance(node, str) and node.startswith("#/$defs/"):
        return f"#/components/schemas/{node.removeprefix('#/$defs/')}"
    return node


def _reference(*path: str) -> Document:
    return {"$ref": "#/" + "/".join(path)}
