"""One job with its attempts."""

from uuid import UUID

from chassis.work import Work
from imagegen.app.store import Store
from imagegen.domain.errors import JobNotFound


async def show_job(job_id: UUID, work: Work[Store]) -> str:
    """The job as JSON; raises `JobNotFound`."""
    document = await work.store.job_document(job_id)
    if document is None:
        raise JobNotFound(f"no job {job_id}; GET /v1/jobs lists what there is")
    return document
