"""A person changes an asset of a branch; what a person has changed, no script's finding touches again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from assets.app import facts
from assets.app.find import find_asset_to_change, require_version
from assets.app.store import Store
from assets.domain.assets import ProjectAsset
from assets.domain.editing import changed_fields, edited_by_hand
from assets.domain.projects import Place
from chassis.work import Work
from contracts.assets.v1 import ProjectAssetUpdated


async def edit_asset(
    place: Place, asset_id: UUID, if_match: int, wanted: Mapping[str, Any], work: Work[Store]
) -> ProjectAsset:
    """The asset with the fields of `wanted`; raises `AssetNotFound`, `Stale`, `NameBlank` or `AssetNameTaken`."""
    before = require_version(await find_asset_to_change(place, asset_id, work), if_match)
    asset = edited_by_hand(before, wanted, work.now)
    if asset.version != before.version:
        await work.store.update_asset(asset)
        changed = changed_fields(before, wanted)
        work.emit(ProjectAssetUpdated(**facts.of_project_asset(asset), changed_fields=changed), asset.version)
    return asset
