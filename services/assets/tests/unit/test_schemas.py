from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from assets.entrypoints.schemas import NewBranch, NewProject, NewStyleCapsule, ProjectChange, StyleCapsuleChange
from assets.entrypoints.schemas_assets import AssetChange, ImageWish, NewAsset, NewGlobalAsset

STYLE = {"name": "Noir", "prompt": "black and white"}
ASSET = {"name": "Mira", "type": "character"}


def nested(levels: int) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    for _ in range(levels):
        metadata = {"inside": metadata}
    return metadata


@pytest.mark.parametrize(
    ("model", "body"),
    [
        (NewProject, {"name": ""}),
        (NewProject, {"name": " \u3000 "}),
        (NewProject, {"name": "x" * 201}),
        (NewProject, {"name": "nul\x00"}),
        (NewProject, {"name": "lone \ud800"}),
        (NewProject, {"name": "Film", "colour": "red"}),
        (NewProject, {"name": "Film", "style_capsule_id": "none"}),
        (NewProject, {"name": "Film", "metadata": {"note": "nul\x00"}}),
        (NewProject, {"name": "Film", "metadata": {"nul\x00": 1}}),
        (NewProject, {"name": "Film", "metadata": {"number": float("nan")}}),
        (NewProject, {"name": "Film", "metadata": {"number": 2**53}}),
        (NewProject, {"name": "Film", "metadata": {"deep": [{"number": -(2**70)}]}}),
        (NewProject, {"name": "Film", "metadata": {"long": "x" * 66_000}}),
        (NewProject, {"name": "Film", "metadata": nested(600)}),
        (NewProject, {"name": "Film", "metadata": None}),
        (ProjectChange, {"name": None}),
        (ProjectChange, {"version": 3}),
        (NewBranch, {"name": "x", "forked_from_branch_id": 1}),
        (NewStyleCapsule, {"name": "Noir", "prompt": ""}),
        (NewStyleCapsule, {**STYLE, "palette": ["red"]}),
        (NewStyleCapsule, {**STYLE, "palette": ["#12345"]}),
        (NewStyleCapsule, {**STYLE, "palette": ["#000000\n"]}),
        (NewStyleCapsule, {**STYLE, "palette": ["#000000"] * 65}),
        (NewStyleCapsule, {**STYLE, "reference_images": ["x"] * 17}),
        (StyleCapsuleChange, {"prompt": None}),
        (NewGlobalAsset, {"name": "Mira"}),
        (NewGlobalAsset, {**ASSET, "tags": [""]}),
        (NewAsset, {**ASSET, "type": "weather"}),
        (NewAsset, {"name": "Mira", "asset_type": "character"}),
        (NewAsset, {**ASSET, "description": "x" * 10_001}),
        (NewAsset, {**ASSET, "aliases": ["x"] * 101}),
        (NewAsset, {**ASSET, "attributes": {"age": "nul\x00"}}),
        (NewAsset, {**ASSET, "scene_numbers": [0]}),
        (NewAsset, {**ASSET, "status": "lost"}),
        (AssetChange, {"type": "prop"}),
        (AssetChange, {"description": None}),
        (ImageWish, {"asset_ids": []}),
        (ImageWish, {"asset_ids": ["0197b000-0000-7000-8000-000000000001"], "filter": {}}),
        (ImageWish, {"candidates": 0}),
        (ImageWish, {"candidates": 101}),
        (ImageWish, {"filter": {"q": "x" * 201}}),
        (ImageWish, {"filter": {"q": "nul\x00"}}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else str(sorted(value)),
)
def test_a_body_that_could_not_be_kept_or_told_is_refused(model: type[BaseModel], body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(body)


def test_what_a_change_leaves_out_stays_out() -> None:
    assert ProjectChange.model_validate({"style_capsule_id": None}).model_dump(exclude_unset=True) == {
        "style_capsule_id": None
    }
    assert AssetChange.model_validate({"aliases": ["Cup"]}).model_dump(exclude_unset=True) == {"aliases": ("Cup",)}


def test_white_space_around_a_name_is_no_part_of_it() -> None:
    assert NewProject.model_validate({"name": "  Film\n"}).name == "Film"
