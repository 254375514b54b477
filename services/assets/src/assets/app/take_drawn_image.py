"""An image was drawn: it joins the candidates of its asset's look, and the first one is selected."""

import structlog

from assets.app.select_image import make_selected
from assets.app.store import Store
from assets.domain.images import ImageCandidate, ImageState, with_drawn
from chassis.work import Work
from contracts.imagegen.v1 import JobCompleted

log = structlog.get_logger()


async def take_drawn_image(job: JobCompleted, work: Work[Store]) -> None:
    """Record a job's image once; ignored when its asset is not, or no longer, in a branch of this workspace."""
    asset = await work.store.lock_asset(job.asset_id)
    if asset is None:
        log.info("image ignored: its asset is gone", asset_id=str(job.asset_id), job_id=str(job.job_id))
        return
    image = _candidate(job, work)
    if not await work.store.insert_image(image):
        return
    request = await work.store.lock_image_request(job.request_id)
    if request is not None:
        await work.store.update_image_request(with_drawn(request, job.candidate, work.now))
    if await work.store.find_selected_image(asset.id, image.look) is None:
        await make_selected(image, work.now, asset, work)


def _candidate(job: JobCompleted, work: Work[Store]) -> ImageCandidate:
    return ImageCandidate(
        id=work.new_id(),
        asset_id=job.asset_id,
        look=job.look,
        request_id=job.request_id,
        job_id=job.job_id,
        provider=job.provider,
        model=job.model,
        object_key=job.object_key,
        content_type=job.content_type,
        sha256=job.sha256,
        bytes=job.bytes,
        width=job.width,
        height=job.height,
        state=ImageState.DRAWN,
        selected=False,
        selected_at=None,
        localized_key=None,
        thumbnail_key=None,
        error=None,
        created_at=work.now,
        updated_at=work.now,
    )
