"""What an engine found, in the words and within the limits of the contract."""

from collections import Counter
from collections.abc import Iterable, Sequence

from chassis.ids import new_id
from contracts.extraction.v1 import AssetExtracted
from contracts.values import AssetType, Evidence
from extraction.domain.errors import TooManyAssets
from extraction.domain.finds import AssetType as FoundType
from extraction.domain.finds import Find
from extraction.domain.runs import Counts, Run

MAX_ASSETS = 50_000
MAX_NAME = 200
MAX_ALIASES = 100
MAX_DESCRIPTION = 10_000
MAX_ATTRIBUTES = 50
MAX_LABEL = 100
MAX_VALUE = 1_000
MAX_SCENE_NUMBERS = 10_000
MAX_EVIDENCE = 50
MAX_QUOTE = 1_000


def describe_assets(run: Run, finds: Sequence[Find]) -> list[AssetExtracted]:
    """One event for each find, in their order; what is longer than an event may be is cut. Raises `TooManyAssets`."""
    if len(finds) > MAX_ASSETS:
        raise TooManyAssets.of(len(finds), MAX_ASSETS)
    return [_describe(run, find) for find in finds]


def count_assets(finds: Iterable[Find]) -> Counts:
    """How many there are of each type."""
    found = Counter(find.asset_type for find in finds)
    return Counts(found[FoundType.CHARACTER], found[FoundType.LOCATION], found[FoundType.PROP])


def _describe(run: Run, find: Find) -> AssetExtracted:
    name = find.name[:MAX_NAME]
    aliases = dict.fromkeys(alias[:MAX_NAME] for alias in find.aliases if alias)
    attributes = {key[:MAX_LABEL]: value[:MAX_VALUE] for key, value in find.attributes.items()}
    return AssetExtracted(
        extracted_asset_id=new_id(),
        run_id=run.id,
        script_id=run.script_id,
        script_version=run.script_version,
        project_id=run.project_id,
        branch_id=run.branch_id,
        asset_type=AssetType(find.asset_type.value),
        name=name,
        aliases=tuple(alias for alias in aliases if alias != name)[:MAX_ALIASES],
        description=find.description[:MAX_DESCRIPTION],
        attributes=dict(list(attributes.items())[:MAX_ATTRIBUTES]),
        scene_numbers=find.scene_numbers[:MAX_SCENE_NUMBERS],
        evidence=tuple(
            Evidence(scene=seen.scene, line=seen.line, quote=seen.quote[:MAX_QUOTE])
            for seen in find.evidence[:MAX_EVIDENCE]
        ),
        confidence=min(max(find.confidence, 0.0), 1.0),
    )
