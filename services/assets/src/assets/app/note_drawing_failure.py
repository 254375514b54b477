"""An image could not be drawn, or was not to be: its request says why."""

import structlog

from assets.app.store import Store
from assets.domain.images import failure, with_failure
from chassis.work import Work
from contracts.imagegen.v1 import JobCancelled, JobFailed

log = structlog.get_logger()


async def note_drawing_failure(job: JobFailed, work: Work[Store]) -> None:
    """Record a job's failure; ignored when its request went with its asset, or never was one of ours."""
    await _note(job, failure(job.failure_stage, job.error_class, job.vendor_message), work)


async def note_drawing_cancelled(job: JobCancelled, work: Work[Store]) -> None:
    """Record that a person stopped a job; ignored like a failure."""
    await _note(job, failure("cancelled", "job-cancelled", ""), work)


async def _note(job: JobFailed | JobCancelled, why: str, work: Work[Store]) -> None:
    request = await work.store.lock_image_request(job.request_id)
    if request is None:
        log.info("no image, ignored: its request is gone", request_id=str(job.request_id), job_id=str(job.job_id))
        return
    await work.store.update_image_request(with_failure(request, job.candidate, why, work.now))
