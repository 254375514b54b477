"""Events the localizer listens to, one function each."""

from chassis.events import Received, consumes
from chassis.work import Work
from contracts.assets.v1 import BranchDeleted, ImageSelected, ProjectAssetDeleted, ProjectDeleted
from localizer.app.forget_place import forget_place
from localizer.app.localize_image import localize_image
from localizer.app.store import Store


@consumes(ImageSelected)
async def on_image_selected(event: Received[ImageSelected], work: Work[Store]) -> None:
    """Copy the image into its project's storage."""
    await localize_image(event.data, event.version, work)


@consumes(ProjectAssetDeleted)
async def on_project_asset_deleted(event: Received[ProjectAssetDeleted], work: Work[Store]) -> None:
    """Remove the copies of the asset."""
    await forget_place(event.data.asset_id, work)


@consumes(BranchDeleted)
async def on_branch_deleted(event: Received[BranchDeleted], work: Work[Store]) -> None:
    """Remove the copies of the branch."""
    await forget_place(event.data.branch_id, work)


@consumes(ProjectDeleted)
async def on_project_deleted(event: Received[ProjectDeleted], work: Work[Store]) -> None:
    """Remove the copies of the project."""
    await forget_place(event.data.project_id, work)
