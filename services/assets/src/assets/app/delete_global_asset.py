"""An asset leaves the library."""

from uuid import UUID

from assets.app import facts
from assets.app.find import find_global_asset_to_change
from assets.app.store import Store
from chassis.work import Work
from contracts.assets.v1 import GlobalAssetDeleted


async def delete_global_asset(global_asset_id: UUID, if_match: int, work: Work[Store]) -> None:
    """Remove it; raises `GlobalAssetNotFound` or `Stale`."""
    asset = await find_global_asset_to_change(global_asset_id, if_match, work)
    work.emit(GlobalAssetDeleted(**facts.of_global_asset(asset)), asset.version + 1)
    await work.store.delete_global_asset(asset.id)
