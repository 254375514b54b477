"""One batch: its progress, and the outcome of each job."""

from uuid import UUID

from chassis.work import Work
from imagegen.app.store import Store
from imagegen.domain.errors import BatchNotFound


async def show_batch(batch_id: UUID, work: Work[Store]) -> str:
    """The batch as JSON; raises `BatchNotFound`."""
    document = await work.store.batch_document(batch_id)
    if document is None:
        raise BatchNotFound(f"no batch {batch_id}")
    return document
