"""Take a job for changing it, its batch first."""

from uuid import UUID

from chassis.work import Work
from imagegen.app.count_batch import lock_batch
from imagegen.app.store import Store
from imagegen.domain.batch import Batch
from imagegen.domain.errors import JobNotFound
from imagegen.domain.job import Job


async def lock_job(job_id: UUID, work: Work[Store]) -> tuple[Job, Batch | None]:
    """The job and its batch, both locked; raises `JobNotFound`."""
    seen = await work.store.find_job(job_id)
    batch = None if seen is None else await lock_batch(seen.batch_id, work)
    job = await work.store.lock_job(job_id)
    if job is None:
        raise JobNotFound(f"no job {job_id}; GET /v1/jobs lists what there is")
    return job, batch
