"""A run has found out that two of its findings are one: their assets become one, unless people have worked on the second."""

from dataclasses import replace
from uuid import UUID

import structlog

from assets.app import facts
from assets.app.store import Store
from assets.app.take_extracted_asset import add_finding
from assets.domain.assets import AssetType, ProjectAsset, is_untouched
from assets.domain.names import name_key
from chassis.work import Work
from contracts.assets.v1 import ProjectAssetDeleted, ProjectAssetUpdated
from contracts.extraction.v1 import AssetMerged

MOST_STEPS = 20

log = structlog.get_logger()


async def fold_merged_asset(merged: AssetMerged, work: Work[Store]) -> None:
    """Fold the asset that the finding made into the one it is; ignored when the branch was deleted meanwhile.

    What a person has made or changed, or has images, stays: its `same_as` says what it is, until a person says otherwise.
    The branch is locked: a finding on its way, or images being asked for, come before or after.
    """
    branch = await work.store.lock_branch(merged.branch_id)
    if branch is None or branch.project_id != merged.project_id:
        log.info("merged finding ignored: its branch is gone", branch_id=str(merged.branch_id))
        return
    into = (merged.into_extracted_asset_id, merged.into_name)
    await work.store.note_merged_finding(merged.extracted_asset_id, branch.id, into, work.now)
    kind = AssetType(merged.asset_type)
    asset = await work.store.lock_asset_known_as(branch.id, kind, name_key(merged.name))
    other = await _lock_other(branch.id, kind, into, work)
    if asset is None or (other is not None and other.id == asset.id):
        return
    is_ours = asset.made_by == merged.extracted_asset_id and is_untouched(asset)
    if is_ours and not await work.store.has_images(asset.id):
        await _fold(asset, other, work)
    elif other is not None:
        await _tell(asset, other, work)


async def _lock_other(
    branch_id: UUID, kind: AssetType, into: tuple[UUID, str], work: Work[Store]
) -> ProjectAsset | None:
    """The asset of a finding; that of the one it has turned out to be, and so on, when its own is gone."""
    further: tuple[UUID, str] | None = into
    for _ in range(MOST_STEPS):
        if further is None:
            break
        finding_id, name = further
        other = await work.store.lock_asset_known_as(branch_id, kind, name_key(name))
        if other is not None:
            return other
        further = await work.store.find_merged_into(finding_id)
    return None


async def _fold(asset: ProjectAsset, other: ProjectAsset | None, work: Work[Store]) -> None:
    """Without the other one, which is still on its way or was deleted, there is nothing to add to."""
    work.emit(ProjectAssetDeleted(**facts.of_project_asset(asset)), asset.version + 1)
    await work.store.delete_asset(asset.id)
    if other is not None:
        await add_finding(other, asset.finding(), work)
    for pointing in await work.store.lock_assets_same_as(asset.branch_id, asset.id):
        await _point(pointing, other, work)


async def _tell(asset: ProjectAsset, other: ProjectAsset, work: Work[Store]) -> None:
    if asset.same_as != other.id and other.same_as != asset.id and "same_as" not in asset.edited_fields:
        await _point(asset, other, work)


async def _point(asset: ProjectAsset, other: ProjectAsset | None, work: Work[Store]) -> None:
    """Let an asset say that it is the other one; nothing when that is itself, or says that it is this one."""
    same_as = None if other is None or asset.id in (other.id, other.same_as) else other.id
    told = replace(asset, same_as=same_as, version=asset.version + 1, updated_at=work.now)
    await work.store.update_asset(told)
    work.emit(ProjectAssetUpdated(**facts.of_project_asset(told), changed_fields=("same_as",)), told.version)
