from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from assets.domain.assets import (
    MOST_NAMES,
    MOST_SCENES,
    AssetStatus,
    AssetType,
    Finding,
    ProjectAsset,
    drawn_description,
    merged,
)
from assets.domain.editing import changed_fields, edited_by_hand

BORN = datetime(2026, 3, 14, tzinfo=UTC)
LATER = datetime(2026, 3, 15, tzinfo=UTC)

MIRA = ProjectAsset(
    id=UUID(int=1),
    project_id=UUID(int=2),
    branch_id=UUID(int=3),
    asset_type=AssetType.CHARACTER,
    name="Mira",
    first_name_key="mira",
    aliases=("The Keeper",),
    description="",
    attributes={},
    scene_numbers=(1, 5),
    status=AssetStatus.DRAFT,
    edited_fields=(),
    metadata={},
    version=3,
    created_at=BORN,
    updated_at=BORN,
)
FOUND = Finding(
    asset_type=AssetType.CHARACTER,
    name="MIRA",
    aliases=("the keeper", "Mrs. Okafor"),
    description="Tall and wind-burnt.",
    attributes={"age": "60"},
    scene_numbers=(2, 5),
)


def test_a_finding_adds_what_the_asset_lacks() -> None:
    asset = merged(MIRA, FOUND, LATER)
    assert asset.aliases == ("The Keeper", "Mrs. Okafor")
    assert asset.scene_numbers == (1, 2, 5)
    assert asset.description == "Tall and wind-burnt."
    assert asset.attributes == {"age": "60"}
    assert (asset.version, asset.updated_at, asset.created_at) == (4, LATER, BORN)


def test_the_same_finding_again_adds_nothing() -> None:
    once = merged(MIRA, FOUND, LATER)
    assert merged(once, FOUND, LATER) is once


def test_the_first_description_and_attributes_stay() -> None:
    described = replace(MIRA, description="Small.", attributes={"hair": "red"})
    asset = merged(described, FOUND, LATER)
    assert (asset.description, asset.attributes) == ("Small.", {"hair": "red"})


@pytest.mark.parametrize("field", ["aliases", "description", "attributes", "scene_numbers"])
def test_what_a_person_has_edited_stays(field: str) -> None:
    edited = replace(MIRA, edited_fields=(field,))
    assert getattr(merged(edited, FOUND, LATER), field) == getattr(MIRA, field)


def test_a_field_a_person_has_emptied_stays_empty() -> None:
    described = replace(MIRA, description="Small.")
    emptied = edited_by_hand(described, {"description": ""}, LATER)
    assert emptied.edited_fields == ("description",)
    assert merged(emptied, FOUND, LATER).description == ""


def test_the_scripts_name_becomes_an_alias_of_a_renamed_asset() -> None:
    renamed = edited_by_hand(MIRA, {"name": "Mira Okafor"}, LATER)
    assert merged(renamed, FOUND, LATER).aliases == ("The Keeper", "MIRA", "Mrs. Okafor")


def test_findings_in_either_order_join_to_the_same_scenes_and_aliases() -> None:
    other = replace(FOUND, aliases=("Keeper of Skerry",), scene_numbers=(9,), description="", attributes={})
    one_way = merged(merged(MIRA, FOUND, LATER), other, LATER)
    other_way = merged(merged(MIRA, other, LATER), FOUND, LATER)
    assert set(one_way.aliases) == set(other_way.aliases)
    assert replace(one_way, aliases=()) == replace(other_way, aliases=())


def test_what_is_joined_never_outgrows_what_an_event_may_carry() -> None:
    known = replace(MIRA, aliases=tuple(f"a{n}" for n in range(100)), scene_numbers=tuple(range(1, 10_001)))
    found = replace(FOUND, aliases=tuple(f"b{n}" for n in range(100)), scene_numbers=tuple(range(10_001, 20_001)))
    asset = merged(known, found, LATER)
    assert (len(asset.aliases), len(asset.scene_numbers)) == (MOST_NAMES, MOST_SCENES)


def test_an_edit_that_changes_nothing_leaves_the_asset_and_its_version() -> None:
    assert edited_by_hand(MIRA, {"name": "Mira", "scene_numbers": (1, 5)}, LATER) == MIRA


def test_only_fields_that_change_count_as_changed() -> None:
    assert changed_fields(MIRA, {"name": "Mira", "status": AssetStatus.APPROVED}) == ("status",)


def test_edited_fields_add_up() -> None:
    once = edited_by_hand(MIRA, {"name": "Miro"}, LATER)
    twice = edited_by_hand(once, {"status": AssetStatus.APPROVED}, LATER)
    assert twice.edited_fields == ("name", "status")
    assert twice.version == 5


def test_what_is_drawn_is_the_description_and_the_traits() -> None:
    assert drawn_description("Tall.", {"hair": "grey", "age": "60", "hat": ""}) == "Tall.\nage: 60; hair: grey"
    assert drawn_description("", {}) == ""
    assert len(drawn_description("x" * 10_000, {"age": "60"})) == 10_000
