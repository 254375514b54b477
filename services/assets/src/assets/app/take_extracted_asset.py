"""A run has found an asset in a script: it becomes an asset of its branch, or adds to the one that is there."""

from uuid import UUID

import structlog

from assets.app import facts
from assets.app.store import Store
from assets.domain.assets import AssetStatus, AssetType, Finding, ProjectAsset, merged
from assets.domain.errors import AssetVanished
from assets.domain.names import distinct_names, name_key
from assets.domain.projects import Place
from chassis.work import Work
from contracts.assets.v1 import ProjectAssetCreated, ProjectAssetUpdated
from contracts.extraction.v1 import AssetExtracted

MERGED_FIELDS = ("aliases", "attributes", "description", "scene_numbers")

log = structlog.get_logger()


async def take_extracted_asset(extracted: AssetExtracted, work: Work[Store]) -> None:
    """Record a finding; it is ignored when its branch was deleted meanwhile, or when it is known to be another one.

    An asset is known by its type and name, and by the name it came with when a person has changed that. Raises
    `NameBlank`.
    """
    place = Place(extracted.project_id, extracted.branch_id)
    branch = await work.store.hold_branch(place.branch_id)
    if branch is None or branch.project_id != place.project_id:
        log.info("finding ignored: its branch is gone", branch_id=str(place.branch_id), run_id=str(extracted.run_id))
        return
    finding = _finding(extracted)
    key = name_key(finding.name)
    await work.store.open_change_set(extracted.run_id, place, work.now)
    known = await work.store.lock_asset_known_as(place.branch_id, finding.asset_type, key)
    if known is None and await work.store.is_merged_finding(extracted.extracted_asset_id):
        return
    if known is None and await _add(place, finding, key, extracted.extracted_asset_id, work):
        return
    known = known or await work.store.lock_asset_known_as(place.branch_id, finding.asset_type, key)
    if known is None:
        raise AssetVanished("somebody added it and somebody else deleted it in between")
    await add_finding(known, finding, work)


def _finding(extracted: AssetExtracted) -> Finding:
    return Finding(
        asset_type=AssetType(extracted.asset_type),
        name=extracted.name.strip(),
        aliases=extracted.aliases,
        description=extracted.description,
        attributes=extracted.attributes,
        scene_numbers=tuple(sorted(set(extracted.scene_numbers))),
    )


async def _add(place: Place, finding: Finding, key: str, made_by: UUID, work: Work[Store]) -> bool:
    """Make it an asset; False when another finding has just done so."""
    asset = ProjectAsset(
        id=work.new_id(),
        project_id=place.project_id,
        branch_id=place.branch_id,
        asset_type=finding.asset_type,
        name=finding.name,
        first_name_key=key,
        aliases=distinct_names(finding.aliases, besides=finding.name, most=len(finding.aliases)),
        description=finding.description,
        attributes=finding.attributes,
        scene_numbers=finding.scene_numbers,
        status=AssetStatus.DRAFT,
        edited_fields=(),
        metadata={},
        version=1,
        created_at=work.now,
        updated_at=work.now,
        made_by=made_by,
    )
    added = await work.store.insert_asset(asset)
    if added:
        work.emit(ProjectAssetCreated(**facts.of_project_asset(asset)), asset.version)
    return added


async def add_finding(known: ProjectAsset, finding: Finding, work: Work[Store]) -> None:
    """Add to a locked asset what a finding says."""
    asset = merged(known, finding, work.now)
    if asset.version == known.version:
        return
    await work.store.update_asset(asset)
    changed = [name for name in MERGED_FIELDS if getattr(asset, name) != getattr(known, name)]
    work.emit(ProjectAssetUpdated(**facts.of_project_asset(asset), changed_fields=tuple(changed)), asset.version)
