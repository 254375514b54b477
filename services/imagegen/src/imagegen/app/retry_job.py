"""Try a failed or cancelled job again, from the start."""

from collections.abc import Sequence
from uuid import UUID

from chassis.telemetry import current_trace_id
from chassis.work import Work
from imagegen.app.count_batch import count_batch
from imagegen.app.lock_job import lock_job
from imagegen.app.store import Store
from imagegen.app.tell_jobs import enqueue
from imagegen.domain.batch import Batch, queued_again
from imagegen.domain.job import Job, refuse_retry


async def retry_job(job_id: UUID, work: Work[Store]) -> None:
    """Queue a job again; raises `JobNotFound` or `JobNotRetryable`."""
    job, batch = await lock_job(job_id, work)
    refuse_retry(job)
    await retry_jobs([job], batch, work)


async def retry_jobs(jobs: Sequence[Job], batch: Batch | None, work: Work[Store]) -> None:
    """Queue ended jobs again, locked after their batch, which is no longer over."""
    for job in await work.store.requeue_jobs([job.id for job in jobs], current_trace_id(), work.now):
        enqueue(job, work)
    await count_batch(batch, queued_again(jobs), work)
