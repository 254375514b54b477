"""A person removes an asset from a branch; a script that is read again may bring it back."""

from uuid import UUID

from assets.app import facts
from assets.app.find import find_asset_to_change, require_version
from assets.app.store import Store
from assets.domain.projects import Place
from chassis.work import Work
from contracts.assets.v1 import ProjectAssetDeleted


async def delete_asset(place: Place, asset_id: UUID, if_match: int, work: Work[Store]) -> None:
    """Remove it; raises `AssetNotFound` or `Stale`."""
    asset = require_version(await find_asset_to_change(place, asset_id, work), if_match)
    work.emit(ProjectAssetDeleted(**facts.of_project_asset(asset)), asset.version + 1)
    await work.store.delete_asset(asset.id)
