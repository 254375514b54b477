import json
from uuid import uuid4

import pytest
from pydantic import JsonValue, ValidationError

from contracts.assets.v1 import GlobalAssetCreated, ImageRequested
from contracts.extraction.v1 import AssetExtracted
from contracts.values import MAX_METADATA_BYTES, MAX_METADATA_DEPTH, AssetType


def library_asset(**fields: object) -> GlobalAssetCreated:
    return GlobalAssetCreated.model_validate(
        {"global_asset_id": uuid4(), "asset_type": "prop", "name": "Brass whistle", **fields}
    )


def nested(levels: int) -> JsonValue:
    """Lists within each other."""
    value: JsonValue = []
    for _ in range(levels - 1):
        value = [value]
    return value


def test_what_a_reader_gets_cannot_be_changed() -> None:
    asset = library_asset()
    with pytest.raises(ValidationError, match="frozen"):
        asset.name = "Tin whistle"  # type: ignore[misc] # the point of the test


def test_missing_optional_fields_have_their_defaults() -> None:
    asset = library_asset()
    assert (asset.aliases, asset.description, asset.attributes, asset.tags, asset.metadata) == ((), "", {}, (), {})


def test_no_two_events_share_a_default() -> None:
    library_asset().metadata["seen"] = True
    assert library_asset().metadata == {}


@pytest.mark.parametrize(
    "metadata",
    [
        {"deep": [{"er": [None, True, 1, 1.5, "雾"]}]},
        {"": ""},
        {"said": "\\u0000"},
        {"full": "x" * (MAX_METADATA_BYTES - len('{"full": ""}'))},
        {"deep": nested(MAX_METADATA_DEPTH - 1)},
    ],
)
def test_metadata_comes_back_as_it_was_filed(metadata: JsonValue) -> None:
    asset = library_asset(metadata=metadata)
    assert GlobalAssetCreated.model_validate_json(asset.model_dump_json()) == asset
    assert asset.metadata == metadata


@pytest.mark.parametrize(
    "metadata",
    [
        {"nul": "a\x00b"},
        {"deep": [{"\x00": 1}]},
        {"number": float("nan")},
        {"number": float("inf")},
        {"full": "x" * MAX_METADATA_BYTES},
        {"object": object()},
        {"deep": nested(MAX_METADATA_DEPTH)},
    ],
)
def test_metadata_that_cannot_be_stored_is_refused(metadata: object) -> None:
    with pytest.raises(ValidationError):
        library_asset(metadata=metadata)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "a\x00b"},
        {"asset_type": "vehicle"},
        {"aliases": ["x"] * 101},
        {"attributes": {"": "x"}},
        {"attributes": {"a\x00b": "x"}},
        {"attributes": {str(number): "x" for number in range(51)}},
        {"global_asset_id": "12"},
    ],
)
def test_a_value_beyond_its_limits_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        library_asset(**fields)


@pytest.mark.parametrize("name", ["line\nbreak", "雾港", "حارسة", "👩🏽‍✈️", " ", "x" * 200])
def test_a_name_is_kept_as_it_was_given(name: str) -> None:
    assert library_asset(name=name).name == name


def test_a_confidence_is_between_nothing_and_everything() -> None:
    data = {field: str(uuid4()) for field in ("extracted_asset_id", "run_id", "script_id", "project_id", "branch_id")}
    data |= {"asset_type": AssetType.PROP, "name": "Lamp"}
    AssetExtracted.model_validate({**data, "script_version": 1, "confidence": 1})
    with pytest.raises(ValidationError, match="confidence"):
        AssetExtracted.model_validate({**data, "script_version": 1, "confidence": 1.01})


def test_a_request_carries_the_style_it_was_made_in() -> None:
    data = {
        "request_id": str(uuid4()),
        "asset_id": str(uuid4()),
        "asset_scope": "global",
        "asset_type": "location",
        "name": "Lighthouse",
        "width": 64,
        "height": 64,
    }
    with pytest.raises(ValidationError, match="style_capsule"):
        ImageRequested.model_validate_json(json.dumps(data))
