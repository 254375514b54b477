from uuid import uuid4

import pytest

from contracts.extraction.v1 import AssetExtracted
from extraction.app.describe_assets import MAX_EVIDENCE, MAX_SCENE_NUMBERS, describe_assets
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.runs import Run, RunState
from extraction.entrypoints.schemas import AssetBrief, AssetOut

FIRST_SCENES = f"first {MAX_SCENE_NUMBERS:,} of them"
FIRST_EVIDENCE = f"first {MAX_EVIDENCE} places"


def run() -> Run:
    return Run(
        id=uuid4(),
        project_id=uuid4(),
        branch_id=uuid4(),
        script_id=uuid4(),
        script_version_id=uuid4(),
        script_version=1,
        engine="builtin",
        state=RunState.RUNNING,
        ticket=uuid4(),
        attempts=1,
        failures=0,
        version=2,
        started_at=None,
    )


def test_of_what_is_everywhere_the_first_scenes_and_places_are_told() -> None:
    scenes = tuple(range(1, MAX_SCENE_NUMBERS + 2))
    places = tuple(Evidence(scene, scene, "Mira waits.") for scene in scenes[: MAX_EVIDENCE + 1])
    (told,) = describe_assets(run(), [Find(AssetType.CHARACTER, "Mira", (), "", scene_numbers=scenes, evidence=places)])
    assert told.scene_numbers == scenes[:MAX_SCENE_NUMBERS]
    assert [seen.scene for seen in told.evidence] == list(scenes[:MAX_EVIDENCE])


@pytest.mark.parametrize("shape", [AssetExtracted, AssetOut])
def test_whoever_reads_an_asset_is_told_that_there_may_be_more(shape: type[AssetExtracted | AssetOut]) -> None:
    fields = shape.model_fields
    assert FIRST_SCENES in (fields["scene_numbers"].description or "")
    assert FIRST_EVIDENCE in (fields["evidence"].description or "")


def test_whoever_reads_a_number_of_scenes_is_told_how_far_it_counts() -> None:
    assert f"{MAX_SCENE_NUMBERS:,}" in (AssetBrief.model_fields["scene_count"].description or "")
