"""What a run found so far, compared with what it has told: what is new, what is to be told again."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from contracts.extraction.v1 import AssetExtracted, AssetMerged
from contracts.values import AssetType
from extraction.app.describe_assets import MAX_ALIASES
from extraction.app.store import Told
from extraction.domain.runs import Counts


@dataclass(frozen=True, slots=True)
class Telling:
    """Findings to tell for the first time and again (with the next version), and those that are other findings now."""

    new: Sequence[AssetExtracted]
    again: Sequence[tuple[AssetExtracted, int]]
    merged: Mapping[UUID, UUID]
    counts: Counts


def match_found(found: Sequence[AssetExtracted], told: Sequence[Told]) -> Telling:
    """Who of `found` was told already: under its very name, else under a name that both have.

    A finding keeps the name and the id under which it was told first.
    """
    standing = [known for known in told if not known.is_merged]
    matches = _match(found, standing)
    again: list[tuple[AssetExtracted, int]] = []
    merged: dict[UUID, UUID] = {}
    for asset, known in zip(found, matches, strict=True):
        if not known:
            continue
        first, *others = known
        as_told = _as_told(asset, first.asset)
        if as_told.model_copy(update={"confidence": first.asset.confidence}) != first.asset:
            again.append((as_told, first.version + 1))
        merged |= {other.asset.extracted_asset_id: first.asset.extracted_asset_id for other in others}
    new = [asset for asset, known in zip(found, matches, strict=True) if not known]
    left = [known.asset for known in standing if known.asset.extracted_asset_id not in merged]
    return Telling(new, again, merged, _count([*left, *new]))


def told_merged(told: Sequence[Told], merged: Mapping[UUID, UUID]) -> list[tuple[AssetMerged, int]]:
    """What to tell of findings that are others now, each with its next version."""
    known = {one.asset.extracted_asset_id: one for one in told}
    return [_merged(known[finding_id], known[into_id].asset) for finding_id, into_id in merged.items()]


def _merged(finding: Told, into: AssetExtracted) -> tuple[AssetMerged, int]:
    asset = finding.asset
    event = AssetMerged(
        extracted_asset_id=asset.extracted_asset_id,
        run_id=asset.run_id,
        script_id=asset.script_id,
        script_version=asset.script_version,
        project_id=asset.project_id,
        branch_id=asset.branch_id,
        asset_type=asset.asset_type,
        name=asset.name,
        into_extracted_asset_id=into.extracted_asset_id,
        into_name=into.name,
    )
    return event, finding.version + 1


def _match(found: Sequence[AssetExtracted], standing: Sequence[Told]) -> list[list[Told]]:
    """For each finding those that it was told as; one that has the very name comes first."""
    matches: list[list[Told]] = [[] for _ in found]
    places = {_key(asset, asset.name): place for place, asset in reversed(list(enumerate(found)))}
    called: defaultdict[tuple[AssetType, str], list[int]] = defaultdict(list)
    for place, asset in enumerate(found):
        for name in asset.aliases:
            called[_key(asset, name)].append(place)
    unmatched: list[Told] = []
    for known in standing:
        same = places.get(_key(known.asset, known.asset.name))
        if same is None:
            unmatched.append(known)
        else:
            matches[same].append(known)
    for known in unmatched:
        own = [places.get(_key(known.asset, name)) for name in known.asset.aliases]
        candidates = [*called[_key(known.asset, known.asset.name)], *(place for place in own if place is not None)]
        if candidates:
            matches[candidates[0]].append(known)
    return matches


def _as_told(asset: AssetExtracted, told: AssetExtracted) -> AssetExtracted:
    own = () if _key(asset, asset.name) == _key(asset, told.name) else (asset.name,)
    aliases = tuple(name for name in dict.fromkeys((*own, *asset.aliases)) if name != told.name)[:MAX_ALIASES]
    return asset.model_copy(
        update={"extracted_asset_id": told.extracted_asset_id, "name": told.name, "aliases": aliases}
    )


def _count(assets: Sequence[AssetExtracted]) -> Counts:
    found = Counter(asset.asset_type for asset in assets)
    return Counts(found[AssetType.CHARACTER], found[AssetType.LOCATION], found[AssetType.PROP])


def _key(asset: AssetExtracted, name: str) -> tuple[AssetType, str]:
    return asset.asset_type, " ".join(name.casefold().split())
