import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from contracts.consumers import CONSUMERS
from contracts.examples import golden
from contracts.generate.asyncapi import NameTaken, _add, asyncapi
from contracts.paths import ASYNCAPI
from contracts.registry import EVENTS
from contracts.subjects import durable_of, event_filter, owner_of, short_name, stream_of

DOCUMENT: dict[str, Any] = json.loads(ASYNCAPI.read_text(encoding="utf-8"))
KEY = re.compile(r"[\w\d.\-_]+\Z")


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def resolved(reference: str) -> Any:
    node: Any = DOCUMENT
    assert reference.startswith("#/")
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    return node


def test_the_committed_document_is_the_one_of_the_models() -> None:
    assert asyncapi() == DOCUMENT


def test_every_reference_leads_somewhere_in_the_document() -> None:
    found = set(references(DOCUMENT))
    assert len(found) > 3 * len(EVENTS)
    for reference in found:
        assert isinstance(resolved(reference), dict)


def test_the_document_has_the_shape_of_asyncapi_3() -> None:
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= DOCUMENT["info"].keys()
    assert DOCUMENT.keys() == {"asyncapi", "info", "defaultContentType", "channels", "operations", "components"}
    for group in (DOCUMENT["channels"], DOCUMENT["operations"], *DOCUMENT["components"].values()):
        assert all(KEY.match(name) for name in group)
    for operation in DOCUMENT["operations"].values():
        assert operation["action"] in ("send", "receive")
        channel = operation["channel"]["$ref"]
        assert all(message["$ref"].startswith(f"{channel}/messages/") for message in operation["messages"])


def test_parameters_in_addresses_are_defined() -> None:
    for channel in DOCUMENT["channels"].values():
        assert set(re.findall(r"\{(\w+)\}", channel["address"])) == channel["parameters"].keys()


@pytest.mark.parametrize("event_type", EVENTS)
def test_every_event_has_its_channel_message_and_one_sender(event_type: str) -> None:
    name = short_name(event_type)
    channel = DOCUMENT["channels"][name]
    assert channel["address"].replace("{workspace_id}", "*") == event_filter(event_type)
    assert channel["x-stream"] == stream_of(owner_of(event_type))
    assert [resolved(message["$ref"])["name"] for message in channel["messages"].values()] == [event_type]
    send = DOCUMENT["operations"][f"send.{name}"]
    assert (send["action"], send["tags"]) == ("send", [{"name": owner_of(event_type)}])


def test_every_listed_consumer_receives_through_its_durable() -> None:
    receiving = {name: op for name, op in DOCUMENT["operations"].items() if op["action"] == "receive"}
    expected = {
        f"receive.{short_name(event.TYPE)}.{service}": durable_of(service, event.TYPE)
        for service, events in CONSUMERS.items()
        for event in events
    }
    assert {name: operation["x-durable"] for name, operation in receiving.items()} == expected


@pytest.mark.parametrize("event_type", EVENTS)
def test_the_payloads_are_the_frozen_schemas_moved(event_type: str) -> None:
    message = DOCUMENT["components"]["messages"][short_name(event_type)]
    payload = {**resolved(message["payload"]["$ref"]), "components": DOCUMENT["components"]}
    for example in golden(event_type):
        Draft202012Validator(payload).validate(json.loads(example.data_bytes))
        Draft202012Validator(resolved(message["headers"]["$ref"])).validate(dict(example.headers))


def test_one_name_for_two_definitions_is_refused() -> None:
    schemas: dict[str, Any] = {}
    _add(schemas, "Evidence", {"type": "object"})
    _add(schemas, "Evidence", {"type": "object"})
    with pytest.raises(NameTaken, match="Evidence"):
        _add(schemas, "Evidence", {"type": "string"})
