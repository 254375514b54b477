"""A branch is forked from another: its assets, their images and what is selected come along."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from assets.app import facts
from assets.app.find import find_branch_to_fill
from assets.app.store import Store
from assets.domain.assets import ProjectAsset
from assets.domain.errors import BranchNameTaken, ProjectNotFound
from assets.domain.projects import Branch, Place
from chassis.work import Work
from contracts.assets.v1 import BranchCreated, ProjectAssetCreated


async def fork_branch(
    project_id: UUID, name: str, original_id: UUID | None, metadata: Mapping[str, Any], work: Work[Store]
) -> Branch:
    """The new branch, forked from `original_id` or, when None, from `main`.

    Every copied asset is told as created; every selected image as selected, so that the new branch gets copies of its
    own. Raises `ProjectNotFound`, `BranchNotFound` or `BranchNameTaken`.
    """
    if not await work.store.hold_project(project_id):
        raise ProjectNotFound(f"no project has the id {project_id}")
    original = await _original(project_id, original_id, work)
    branch = Branch(work.new_id(), project_id, name, original.id, metadata, 1, work.now, work.now)
    if not await work.store.insert_branch(branch):
        raise BranchNameTaken(f"choose another name than {name}")
    work.emit(BranchCreated(**facts.of_branch(branch)), branch.version)
    copies = {original: work.new_id() for original in await work.store.asset_ids(original.id)}
    assets = await work.store.copy_assets(list(copies.items()), branch.id, work.now)
    for asset in assets:
        work.emit(ProjectAssetCreated(**facts.of_project_asset(asset)), asset.version)
    await _copy_images(copies, {asset.id: asset for asset in assets}, work)
    return branch


async def _original(project_id: UUID, original_id: UUID | None, work: Work[Store]) -> Branch:
    if original_id is None:
        [original_id] = [branch.id for branch in await work.store.branches_of(project_id) if branch.is_main]
    return await find_branch_to_fill(Place(project_id, original_id), work)


async def _copy_images(copies: Mapping[UUID, UUID], assets: Mapping[UUID, ProjectAsset], work: Work[Store]) -> None:
    images = await work.store.image_ids(list(copies))
    wanted = [(image_id, work.new_id(), copies[asset_id]) for asset_id, image_id in images]
    for image in await work.store.copy_images(wanted, work.now):
        if image.selected:
            asset = assets[image.asset_id]
            work.emit(facts.image_selected(image, asset), asset.version)
