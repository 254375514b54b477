"""Keep count of a batch: locked before its jobs change, and closed with the change that ends it."""

from uuid import UUID

from chassis.work import Work
from imagegen.app.store import Store
from imagegen.app.tell_jobs import tell_batch_completed
from imagegen.domain.batch import Batch, Change


async def lock_batch(batch_id: UUID | None, work: Work[Store]) -> Batch | None:
    """The batch whose jobs are about to change; None for a job that was asked for alone."""
    return None if batch_id is None else await work.store.lock_batch(batch_id)


async def count_batch(batch: Batch | None, change: Change, work: Work[Store]) -> None:
    """Record a change of a locked batch; the change that ends it is told, once."""
    if batch is None or change == Change():
        return
    after = batch.changed(change, work.now)
    await work.store.save_batch(after, work.now)
    if after.is_over and not batch.is_over:
        tell_batch_completed(after, work)
