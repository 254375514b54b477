"""Events the assets service listens to, one function each."""

from collections.abc import Sequence

from assets.app.close_change_set import close_change_set
from assets.app.fold_merged_asset import fold_merged_asset
from assets.app.note_drawing_failure import note_drawing_cancelled, note_drawing_failure
from assets.app.note_localizations import localized, not_localized, note_localizations
from assets.app.store import Store
from assets.app.take_drawn_image import take_drawn_image
from assets.app.take_extracted_asset import take_extracted_asset
from assets.domain.projects import Place
from chassis.events import Received, consumes
from chassis.work import Work
from contracts.extraction.v1 import AssetExtracted, AssetMerged, RunCompleted
from contracts.imagegen.v1 import JobCancelled, JobCompleted, JobFailed
from contracts.localizer.v1 import ImageFailed, ImageLocalized


@consumes(AssetExtracted)
async def on_asset_extracted(event: Received[AssetExtracted], work: Work[Store]) -> None:
    """Make it an asset of its branch, or add it to the one that is there."""
    await take_extracted_asset(event.data, work)


@consumes(AssetMerged)
async def on_asset_merged(event: Received[AssetMerged], work: Work[Store]) -> None:
    """Let two assets that are one be one."""
    await fold_merged_asset(event.data, work)


@consumes(RunCompleted)
async def on_run_completed(event: Received[RunCompleted], work: Work[Store]) -> None:
    """Close the change set of the run."""
    await close_change_set(event.data.run_id, Place(event.data.project_id, event.data.branch_id), work)


@consumes(JobCompleted)
async def on_job_completed(event: Received[JobCompleted], work: Work[Store]) -> None:
    """Add the image to its asset."""
    await take_drawn_image(event.data, work)


@consumes(JobFailed)
async def on_job_failed(event: Received[JobFailed], work: Work[Store]) -> None:
    """Let the request say why."""
    await note_drawing_failure(event.data, work)


@consumes(JobCancelled)
async def on_job_cancelled(event: Received[JobCancelled], work: Work[Store]) -> None:
    """Let the request say that nothing is coming."""
    await note_drawing_cancelled(event.data, work)


@consumes(ImageLocalized, batch=100)
async def on_image_localized(events: Sequence[Received[ImageLocalized]], work: Work[Store]) -> None:
    """Let the images show where their copies are."""
    await note_localizations(map(localized, events), work)


@consumes(ImageFailed)
async def on_image_failed(event: Received[ImageFailed], work: Work[Store]) -> None:
    """Let the image say why it has no copy."""
    await note_localizations([not_localized(event)], work)
