"""Try the failed jobs of a batch again."""

from uuid import UUID

from chassis.work import Work
from imagegen.app.retry_job import retry_jobs
from imagegen.app.store import Store
from imagegen.domain.errors import BatchNotFound
from imagegen.domain.job import JobState


async def retry_failed(batch_id: UUID, work: Work[Store]) -> None:
    """Queue every failed job of a batch again; nothing happens when none has failed. Raises `BatchNotFound`."""
    batch = await work.store.lock_batch(batch_id)
    if batch is None:
        raise BatchNotFound(f"no batch {batch_id}")
    jobs = await work.store.lock_jobs_of(batch_id, {JobState.FAILED})
    if jobs:
        await retry_jobs(jobs, batch, work)
