"""What a client names: found, or the problem that says what is not there; to be changed, at the version it read."""

from typing import Protocol, TypeVar
from uuid import UUID

from assets.app.store import Store
from assets.domain.assets import GlobalAsset, ProjectAsset
from assets.domain.errors import (
    AssetNotFound,
    BranchNotFound,
    GlobalAssetNotFound,
    ProjectNotFound,
    StyleCapsuleNotFound,
)
from assets.domain.projects import Branch, Place, Project, StyleCapsule
from chassis.errors import Stale
from chassis.work import Work


class Versioned(Protocol):
    """Anything that counts its changes."""

    @property
    def version(self) -> int:
        """Counted from 1."""


T = TypeVar("T")
V = TypeVar("V", bound=Versioned)


async def find_project(project_id: UUID, work: Work[Store]) -> Project:
    """One project; raises `ProjectNotFound`."""
    return _present(await work.store.find_project(project_id), ProjectNotFound, project_id)


async def find_project_to_change(project_id: UUID, if_match: int, work: Work[Store]) -> Project:
    """The same, locked; raises also `Stale`."""
    return require_version(_present(await work.store.lock_project(project_id), ProjectNotFound, project_id), if_match)


async def find_branch(place: Place, work: Work[Store]) -> Branch:
    """One branch of a project; raises `BranchNotFound`."""
    return _branch_at(place, await work.store.find_branch(place.branch_id))


async def find_branch_to_change(place: Place, if_match: int, work: Work[Store]) -> Branch:
    """The same, locked; raises also `Stale`."""
    return require_version(_branch_at(place, await work.store.lock_branch(place.branch_id)), if_match)


async def find_branch_to_fill(place: Place, work: Work[Store]) -> Branch:
    """The same, safe from being deleted until the transaction ends; raises `BranchNotFound`."""
    return _branch_at(place, await work.store.hold_branch(place.branch_id))


async def find_style_capsule(style_capsule_id: UUID, work: Work[Store]) -> StyleCapsule:
    """One style capsule; raises `StyleCapsuleNotFound`."""
    found = await work.store.find_style_capsule(style_capsule_id)
    return _present(found, StyleCapsuleNotFound, style_capsule_id)


async def find_style_capsule_to_change(style_capsule_id: UUID, if_match: int, work: Work[Store]) -> StyleCapsule:
    """The same, locked; raises also `Stale`."""
    found = await work.store.lock_style_capsule(style_capsule_id)
    return require_version(_present(found, StyleCapsuleNotFound, style_capsule_id), if_match)


async def find_global_asset(global_asset_id: UUID, work: Work[Store]) -> GlobalAsset:
    """One asset of the library; raises `GlobalAssetNotFound`."""
    found = await work.store.find_global_asset(global_asset_id)
    return _present(found, GlobalAssetNotFound, global_asset_id)


async def find_global_asset_to_change(global_asset_id: UUID, if_match: int, work: Work[Store]) -> GlobalAsset:
    """The same, locked; raises also `Stale`."""
    found = await work.store.lock_global_asset(global_asset_id)
    return require_version(_present(found, GlobalAssetNotFound, global_asset_id), if_match)


async def find_asset(place: Place, asset_id: UUID, work: Work[Store]) -> ProjectAsset:
    """One asset of a branch; raises `AssetNotFound`."""
    return _asset_at(place, await work.store.find_asset(asset_id), asset_id)


async def find_asset_to_change(place: Place, asset_id: UUID, work: Work[Store]) -> ProjectAsset:
    """The same, locked."""
    return _asset_at(place, await work.store.lock_asset(asset_id), asset_id)


def require_version(thing: V, if_match: int) -> V:
    """The thing, when it is still at the version that the client has read; raises `Stale`."""
    if thing.version != if_match:
        raise Stale(f"it is at version {thing.version} by now: read it again and repeat what is still to be done")
    return thing


def _present(thing: T | None, missing: type[Exception], wanted: UUID) -> T:
    if thing is None:
        raise missing(f"nothing here has the id {wanted}; lists say what there is")
    return thing


def _branch_at(place: Place, branch: Branch | None) -> Branch:
    there = branch is not None and branch.project_id == place.project_id
    return _present(branch if there else None, BranchNotFound, place.branch_id)


def _asset_at(place: Place, asset: ProjectAsset | None, asset_id: UUID) -> ProjectAsset:
    there = asset is not None and (asset.project_id, asset.branch_id) == (place.project_id, place.branch_id)
    return _present(asset if there else None, AssetNotFound, asset_id)
