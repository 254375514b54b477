import json
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from contracts.envelope import Envelope
from contracts.examples import Golden, golden
from contracts.generate.envelope import HEADERS
from contracts.paths import EXAMPLES, SCHEMAS, schema_path
from contracts.registry import EVENTS
from contracts.schemas import frozen_schema
from contracts.subjects import dataschema_of, short_name

ALL = [(event_type, example) for event_type in EVENTS for example in golden(event_type)]
every_example = pytest.mark.parametrize(
    ("event_type", "example"), ALL, ids=[f"{short_name(event_type)}-{example}" for event_type, example in ALL]
)
every_event = pytest.mark.parametrize("event_type", EVENTS)


def data_of(example: Golden) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(example.data_bytes)
    return data


def within(told: Any, read: Any) -> bool:
    """Is everything that was told also in what was read?"""
    if isinstance(told, dict):
        return all(name in read and within(value, read[name]) for name, value in told.items())
    if isinstance(told, list):
        return len(told) == len(read) and all(map(within, told, read))
    return bool(told == read)


@every_event
def test_every_event_has_minimal_full_edge_and_unknown_fields(event_type: str) -> None:
    names = [example.name for example in golden(event_type)]
    assert {"minimal", "full", "unknown-fields"} <= set(names)
    assert any(name.startswith("edge-") for name in names)
    assert all(name in ("minimal", "full", "unknown-fields") or name.startswith("edge-") for name in names)


def test_no_folder_is_without_an_event() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == {short_name(event_type) for event_type in EVENTS}
    assert set(SCHEMAS.rglob("*.json")) == {schema_path(event_type) for event_type in EVENTS}


def test_an_event_without_examples_is_an_error() -> None:
    with pytest.raises(LookupError, match="v9"):
        golden("dramatis.assets.project.created.v9")


@every_example
def test_an_example_is_what_the_frozen_schema_says(event_type: str, example: Golden) -> None:
    validator = Draft202012Validator(frozen_schema(event_type), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(data_of(example))] == []


@every_example
def test_a_reader_gets_everything_it_knows_of(event_type: str, example: Golden) -> None:
    read = EVENTS[event_type].model_validate_json(example.data_bytes)
    if example.name != "unknown-fields":
        assert within(data_of(example), json.loads(read.model_dump_json()))
    assert EVENTS[event_type].model_validate_json(read.model_dump_json()) == read


@every_example
def test_what_a_reader_got_fits_the_frozen_schema_again(event_type: str, example: Golden) -> None:
    read = EVENTS[event_type].model_validate_json(example.data_bytes)
    Draft202012Validator(frozen_schema(event_type)).validate(json.loads(read.model_dump_json()))


@every_event
def test_minimal_says_only_what_is_required(event_type: str) -> None:
    example = next(example for example in golden(event_type) if example.name == "minimal")
    assert set(data_of(example)) == set(frozen_schema(event_type)["required"])
    assert "traceparent" not in example.headers


@every_event
def test_full_says_everything(event_type: str) -> None:
    example = next(example for example in golden(event_type) if example.name == "full")
    assert set(data_of(example)) == set(frozen_schema(event_type)["properties"])
    assert "traceparent" in example.headers


@every_event
def test_unknown_fields_are_ignored(event_type: str) -> None:
    model = EVENTS[event_type]
    example = next(example for example in golden(event_type) if example.name == "unknown-fields")
    told = data_of(example)
    unknown = told.keys() - model.model_fields.keys()
    assert unknown
    known = {name: value for name, value in told.items() if name not in unknown}
    assert model.model_validate(told) == model.model_validate(known)
    assert unknown.isdisjoint(json.loads(model.model_validate(told).model_dump_json()))


@every_example
def test_the_headers_are_an_envelope_around_the_data(event_type: str, example: Golden) -> None:
    envelope = Envelope.from_headers(example.headers)
    model = EVENTS[event_type]
    assert envelope.type == event_type
    assert envelope.subject == f"{model.AGGREGATE}/{model.model_validate_json(example.data_bytes).aggregate_id}"
    assert example.headers["ce-dataschema"] == dataschema_of(event_type)
    assert envelope.headers().items() <= dict(example.headers).items()


@every_example
def test_the_headers_fit_their_schema(event_type: str, example: Golden) -> None:
    Draft202012Validator(HEADERS).validate(dict(example.headers))
    for header in HEADERS["required"]:
        without = {name: value for name, value in example.headers.items() if name != header}
        assert not Draft202012Validator(HEADERS).is_valid(without), f"{event_type} {header}"


@every_example
def test_an_event_id_is_a_uuid_of_its_time(event_type: str, example: Golden) -> None:
    envelope = Envelope.from_headers(example.headers)
    assert envelope.id.version == 7, event_type
    assert envelope.id.int >> 80 == int(envelope.time.timestamp() * 1000)


def test_no_two_examples_are_the_same_event() -> None:
    identities = [UUID(example.headers["ce-id"]) for _, example in ALL]
    assert len(set(identities)) == len(identities)


def test_other_scripts_edges_and_the_library_are_among_the_examples() -> None:
    text = b"".join(example.data_bytes for _, example in ALL).decode()
    assert all(
        sample in text for sample in ("吴子安", "نور", "בעלת", "🏮", "👩‍👩‍👧", "\\n", "x" if "x" in text else "")
    )
    requests = [data_of(example) for example in golden("dramatis.assets.image.requested.v1")]
    assert any(request.get("project_id") is None and request["asset_scope"] == "global" for request in requests)
    completed = [data_of(example) for example in golden("dramatis.imagegen.job.completed.v1")]
    assert any(job.get("cost_micro_usd") == 0 for job in completed)
