"""What the use cases need from the store: the promise that `adapters.store` keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from assets.domain.assets import AssetStatus, AssetType, GlobalAsset, ProjectAsset
from assets.domain.images import ImageCandidate, ImageRequest, ImageState, Localized, ShownImage
from assets.domain.projects import Branch, Place, Project, StyleCapsule
from chassis.paging import Items, Page


@dataclass(frozen=True, slots=True)
class AssetFilters:
    """What the assets of a branch are narrowed to; None means any. `q` is looked for in name and aliases."""

    asset_type: AssetType | None = None
    q: str | None = None
    status: AssetStatus | None = None
    image: ImageState | None = None


@dataclass(frozen=True, slots=True)
class LibraryFilters:
    """What the library is narrowed to; None means any. `q` is looked for in name, aliases and tags."""

    asset_type: AssetType | None = None
    q: str | None = None
    tag: str | None = None


class Projects(Protocol):
    """Projects and their branches."""

    async def insert_project(self, project: Project) -> None:
        """Add a project."""

    async def find_project(self, project_id: UUID) -> Project | None:
        """One project."""

    async def lock_project(self, project_id: UUID) -> Project | None:
        """One project, which nobody else changes until the transaction ends."""

    async def hold_project(self, project_id: UUID) -> bool:
        """Whether a project is there; if so, nobody deletes it until the transaction ends."""

    async def update_project(self, project: Project) -> None:
        """Write what a person may change, and the version."""

    async def delete_project(self, project_id: UUID) -> None:
        """Remove a project and everything in it."""

    async def list_projects(self, page: Page) -> Items:
        """One page, oldest first, as JSON."""

    async def insert_branch(self, branch: Branch) -> bool:
        """Add a branch; False, and nothing added, when the project has one of this name."""

    async def find_branch(self, branch_id: UUID) -> Branch | None:
        """One branch."""

    async def lock_branch(self, branch_id: UUID) -> Branch | None:
        """One branch, which nobody else changes or adds to until the transaction ends."""

    async def hold_branch(self, branch_id: UUID) -> Branch | None:
        """One branch, which nobody deletes until the transaction ends."""

    async def branches_of(self, project_id: UUID) -> list[Branch]:
        """All branches of a project, oldest first."""

    async def delete_branch(self, branch_id: UUID) -> None:
        """Remove a branch and everything in it."""

    async def list_branches(self, project_id: UUID, page: Page) -> Items | None:
        """One page, oldest first, as JSON; None when there is no such project."""


class Styles(Protocol):
    """Style capsules."""

    async def insert_style_capsule(self, capsule: StyleCapsule) -> None:
        """Add a style capsule."""

    async def find_style_capsule(self, style_capsule_id: UUID) -> StyleCapsule | None:
        """One style capsule."""

    async def lock_style_capsule(self, style_capsule_id: UUID) -> StyleCapsule | None:
        """One style capsule, which nobody else changes or takes into use until the transaction ends."""

    async def hold_style_capsule(self, style_capsule_id: UUID) -> bool:
        """Whether it is there; if so, nobody deletes it until the transaction ends."""

    async def update_style_capsule(self, capsule: StyleCapsule) -> None:
        """Write what a person may change, and the version."""

    async def delete_style_capsule(self, style_capsule_id: UUID) -> None:
        """Remove a style capsule that no project uses."""

    async def users_of_style_capsule(self, style_capsule_id: UUID, most: int) -> list[tuple[UUID, str]]:
        """Id and name of projects that use it, oldest first."""

    async def list_style_capsules(self, page: Page) -> Items:
        """One page, oldest first, as JSON."""


class Library(Protocol):
    """Global assets."""

    async def insert_global_asset(self, asset: GlobalAsset) -> None:
        """Add an asset to the library."""

    async def find_global_asset(self, global_asset_id: UUID) -> GlobalAsset | None:
        """One library asset."""

    async def lock_global_asset(self, global_asset_id: UUID) -> GlobalAsset | None:
        """One library asset, which nobody else changes until the transaction ends."""

    async def update_global_asset(self, asset: GlobalAsset) -> None:
        """Write what a person may change, and the version."""

    async def delete_global_asset(self, global_asset_id: UUID) -> None:
        """Remove a library asset."""

    async def list_global_assets(self, filters: LibraryFilters, page: Page) -> Items:
        """One page, oldest first, as JSON."""


class ProjectAssets(Protocol):
    """Assets of branches."""

    async def insert_asset(self, asset: ProjectAsset) -> bool:
        """Add an asset; False, and nothing added, when the branch has one of this type and name."""

    async def copy_assets(
        self, copies: Sequence[tuple[UUID, UUID]], branch_id: UUID, now: datetime
    ) -> list[ProjectAsset]:
        """Copy assets, given as `(original, new id)`, into a branch of the same project, at version 1.

        A copy's `same_as` is the copy of the asset that the original's says, None when that is not copied.
        """

    async def asset_ids(self, branch_id: UUID) -> list[UUID]:
        """Ids of all assets of a branch, oldest first."""

    async def find_asset(self, asset_id: UUID) -> ProjectAsset | None:
        """One asset."""

    async def lock_asset(self, asset_id: UUID) -> ProjectAsset | None:
        """One asset, which nobody else changes until the transaction ends."""

    async def lock_asset_known_as(self, branch_id: UUID, asset_type: AssetType, key: str) -> ProjectAsset | None:
        """The asset that bears this name, else the one that bore it first; locked until the transaction ends."""

    async def lock_assets_same_as(self, branch_id: UUID, asset_id: UUID) -> list[ProjectAsset]:
        """Assets of a branch that are said to be this one, oldest first; locked until the transaction ends."""

    async def has_images(self, asset_id: UUID) -> bool:
        """Whether images of it are there or were asked for."""

    async def update_asset(self, asset: ProjectAsset) -> None:
        """Write what may change, and the version; raises `AssetNameTaken`."""

    async def delete_asset(self, asset_id: UUID) -> None:
        """Remove an asset and its images."""

    async def list_assets(self, place: Place, filters: AssetFilters, page: Page) -> Items | None:
        """One page, oldest first, as JSON; None when the project has no such branch."""

    async def choose_assets(
        self, branch_id: UUID, filters: AssetFilters, asset_ids: Sequence[UUID] | None, most: int
    ) -> list[ProjectAsset]:
        """Assets of a branch that fit, oldest first; nobody deletes them until the transaction ends.

        Archived ones are among them only when their status or their id is asked for.
        """


class Findings(Protocol):
    """Findings that have turned out to be others, and the change sets of extraction runs."""

    async def note_merged_finding(
        self, finding_id: UUID, branch_id: UUID, into: tuple[UUID, str], now: datetime
    ) -> None:
        """Remember that a finding is another one, given as its id and name."""

    async def find_merged_into(self, finding_id: UUID) -> tuple[UUID, str] | None:
        """Id and name of the finding that this one is; None when it is no other one that is known."""

    async def is_merged_finding(self, finding_id: UUID) -> bool:
        """Whether a finding is known to be another one."""

    async def open_change_set(self, run_id: UUID, place: Place, now: datetime) -> None:
        """Begin the change set of a run, unless it has one."""

    async def close_change_set(self, run_id: UUID, place: Place, now: datetime) -> None:
        """End the change set of a run; it may be the first that is heard of the run."""


class Images(Protocol):
    """Image requests and what came of them."""

    async def insert_image_requests(self, requests: Sequence[ImageRequest]) -> None:
        """Add the requests of one batch, which ask for the same look and as many candidates."""

    async def lock_image_request(self, request_id: UUID) -> ImageRequest | None:
        """One request, which nobody else changes until the transaction ends."""

    async def update_image_request(self, request: ImageRequest) -> None:
        """Write what became of a request."""

    async def insert_image(self, image: ImageCandidate) -> bool:
        """Add a drawn image; False, and nothing added, when its job's image is there."""

    async def find_image(self, asset_id: UUID, image_id: UUID) -> ImageCandidate | None:
        """One image of an asset."""

    async def find_selected_image(self, asset_id: UUID, look: str) -> ImageCandidate | None:
        """The selected image of a look."""

    async def find_image_selected_before(self, asset_id: UUID, look: str) -> ImageCandidate | None:
        """Of the images that were selected before the present one, the latest."""

    async def unselect_image(self, image_id: UUID, *, forget: bool) -> None:
        """Take the selection from an image; forgotten, an undo will not come back to it."""

    async def select_image(self, image_id: UUID, selected_at: datetime) -> None:
        """Make an image, while its look has none selected, the selected one."""

    async def shown_image(self, asset_id: UUID, look: str) -> ShownImage:
        """What an asset shows as the image of a look."""

    async def list_images(self, asset_id: UUID, page: Page) -> Items:
        """One page of an asset's images, oldest first, as JSON."""

    async def image_ids(self, asset_ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
        """`(asset, image)` ids of all images of assets, oldest first."""

    async def copy_images(self, copies: Sequence[tuple[UUID, UUID, UUID]], now: datetime) -> list[ImageCandidate]:
        """Copy images, given as `(original, new id, new asset)`, selections included, as not yet localized."""

    async def note_localizations(self, news: Sequence[Localized], now: datetime) -> int:
        """Write what became of images' copies, of each image only what is newer than before; how many were."""


class Store(Projects, Styles, Library, ProjectAssets, Findings, Images, Protocol):
    """The rows of one workspace in one open transaction."""
