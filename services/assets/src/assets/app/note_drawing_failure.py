"""An image could not be drawn: its request says why."""

import structlog

from assets.app.store import Store
from assets.domain.images import failure, with_failure
from chassis.work import Work
from contracts.imagegen.v1 import JobFailed

log = structlog.get_logger()


async def note_drawing_failure(job: JobFailed, work: Work[Store]) -> None:
    """Record a job's failure; ignored when its request went with its asset, or never was one of ours."""
    request = await work.store.lock_image_request(job.request_id)
    if request is None:
        log.info("failure ignored: its request is gone", request_id=str(job.request_id), job_id=str(job.job_id))
        return
    why = failure(job.failure_stage, job.error_class, job.vendor_message)
    await work.store.update_image_request(with_failure(request, job.candidate, why, work.now))
