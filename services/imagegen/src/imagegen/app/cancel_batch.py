"""Stop a batch: its unfinished jobs, and those whose requests are still on their way."""

from uuid import UUID

from chassis.work import Work
from imagegen.app.cancel_job import cancel_jobs
from imagegen.app.store import Store
from imagegen.domain.errors import BatchNotFound
from imagegen.domain.job import UNFINISHED


async def cancel_batch(batch_id: UUID, work: Work[Store]) -> None:
    """Cancel what has not ended; raises `BatchNotFound` or `BatchEnded`."""
    batch = await work.store.lock_batch(batch_id)
    if batch is None:
        raise BatchNotFound(f"no batch {batch_id}")
    stopped = batch.stopped(work.now)
    await work.store.save_batch(stopped, work.now)
    await cancel_jobs(await work.store.lock_jobs_of(batch_id, UNFINISHED), stopped, work)
