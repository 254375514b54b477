"""Stop a job: a queued one is never drawn, what a running one draws is dropped."""

from collections.abc import Sequence
from uuid import UUID

from chassis.work import Work
from imagegen.app.count_batch import count_batch
from imagegen.app.lock_job import lock_job
from imagegen.app.store import Store
from imagegen.app.tell_jobs import tell_cancelled
from imagegen.domain.batch import Batch, Change
from imagegen.domain.job import UNFINISHED, Job, refuse_cancel


async def cancel_job(job_id: UUID, work: Work[Store]) -> None:
    """Cancel a job; nothing happens to one that was cancelled before. Raises `JobNotFound` or `JobEnded`."""
    job, batch = await lock_job(job_id, work)
    refuse_cancel(job)
    if job.state in UNFINISHED:
        await cancel_jobs([job], batch, work)


async def cancel_jobs(jobs: Sequence[Job], batch: Batch | None, work: Work[Store]) -> None:
    """Cancel unfinished jobs, locked after their batch, which counts them."""
    for job in await work.store.cancel_jobs([job.id for job in jobs], work.now):
        tell_cancelled(job, work)
    await count_batch(batch, Change(cancelled=len(jobs)), work)
