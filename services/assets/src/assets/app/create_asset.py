"""A person makes an asset in a branch."""

from collections.abc import Mapping
from typing import Any

from assets.app import facts
from assets.app.find import find_branch_to_fill
from assets.app.store import Store
from assets.domain.assets import ProjectAsset
from assets.domain.errors import AssetNameTaken
from assets.domain.names import name_key
from assets.domain.projects import Place
from chassis.work import Work
from contracts.assets.v1 import ProjectAssetCreated


async def create_asset(place: Place, given: Mapping[str, Any], work: Work[Store]) -> ProjectAsset:
    """The new asset with the fields `given`; raises `BranchNotFound`, `NameBlank` or `AssetNameTaken`."""
    branch = await find_branch_to_fill(place, work)
    asset = ProjectAsset(
        id=work.new_id(),
        project_id=branch.project_id,
        branch_id=branch.id,
        first_name_key=name_key(given["name"]),
        **given,
        edited_fields=(),
        version=1,
        created_at=work.now,
        updated_at=work.now,
    )
    if not await work.store.insert_asset(asset):
        raise AssetNameTaken(f"the branch has a {asset.asset_type} named {asset.name}; edit it, or choose another name")
    work.emit(ProjectAssetCreated(**facts.of_project_asset(asset)), asset.version)
    return asset
