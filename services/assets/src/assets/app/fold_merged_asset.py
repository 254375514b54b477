"""A run has found out that two of its findings are one: their assets become one, unless people have worked on the second."""

from dataclasses import replace

import structlog

from assets.app import facts
from assets.app.store import Store
from assets.app.take_extracted_asset import add_finding
from assets.domain.assets import AssetType, ProjectAsset, is_untouched
from assets.domain.names import name_key
from chassis.work import Work
from contracts.assets.v1 import ProjectAssetDeleted, ProjectAssetUpdated
from contracts.extraction.v1 import AssetMerged

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
    await work.store.note_merged_finding(merged.extracted_asset_id, branch.id, work.now)
    kind = AssetType(merged.asset_type)
    asset = await work.store.lock_asset_known_as(branch.id, kind, name_key(merged.name))
    other = await work.store.lock_asset_known_as(branch.id, kind, name_key(merged.into_name))
    if asset is None or (other is not None and other.id == asset.id):
        return
    is_ours = asset.made_by == merged.extracted_asset_id and is_untouched(asset)
    if is_ours and not await work.store.has_images(asset.id):
        await _fold(asset, other, work)
    elif other is not None:
        await _tell(asset, other, work)


async def _fold(asset: ProjectAsset, other: ProjectAsset | None, work: Work[Store]) -> None:
    """Without the other one, which is still on its way or was deleted, there is nothing to add to."""
    work.emit(ProjectAssetDeleted(**facts.of_project_asset(asset)), asset.version + 1)
    await work.store.delete_asset(asset.id)
    if other is not None:
        await add_finding(other, asset.finding(), work)


async def _tell(asset: ProjectAsset, other: ProjectAsset, work: Work[Store]) -> None:
    if asset.same_as == other.id or "same_as" in asset.edited_fields:
        return
    told = replace(asset, same_as=other.id, version=asset.version + 1, updated_at=work.now)
    await work.store.update_asset(told)
    work.emit(ProjectAssetUpdated(**facts.of_project_asset(told), changed_fields=("same_as",)), told.version)
