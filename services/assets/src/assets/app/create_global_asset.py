"""An asset joins the library."""

from collections.abc import Mapping
from typing import Any

from assets.app import facts
from assets.app.store import Store
from assets.domain.assets import GlobalAsset
from chassis.work import Work
from contracts.assets.v1 import GlobalAssetCreated


async def create_global_asset(given: Mapping[str, Any], work: Work[Store]) -> GlobalAsset:
    """The new library asset with the fields `given`."""
    asset = GlobalAsset(id=work.new_id(), **given, version=1, created_at=work.now, updated_at=work.now)
    await work.store.insert_global_asset(asset)
    work.emit(GlobalAssetCreated(**facts.of_global_asset(asset)), asset.version)
    return asset
