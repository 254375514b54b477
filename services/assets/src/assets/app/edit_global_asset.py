"""A person changes an asset of the library."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from assets.app import facts
from assets.app.find import find_global_asset_to_change
from assets.app.store import Store
from assets.domain.assets import GlobalAsset
from assets.domain.editing import edited
from chassis.work import Work
from contracts.assets.v1 import GlobalAssetUpdated


async def edit_global_asset(
    global_asset_id: UUID, if_match: int, wanted: Mapping[str, Any], work: Work[Store]
) -> GlobalAsset:
    """The asset with the fields of `wanted`; raises `GlobalAssetNotFound` or `Stale`."""
    before = await find_global_asset_to_change(global_asset_id, if_match, work)
    asset = edited(before, wanted, work.now)
    if asset.version != before.version:
        await work.store.update_global_asset(asset)
        work.emit(GlobalAssetUpdated(**facts.of_global_asset(asset)), asset.version)
    return asset
