"""Try a failed or cancelled run again, from the start."""

from uuid import UUID

from chassis.work import Work
from extraction.app.cancel_run import lock_run
from extraction.app.find_branch import find_branch
from extraction.app.start_run import require_style_capsule
from extraction.app.store import Store
from extraction.app.tell_run import enqueue
from extraction.domain.runs import refuse_retry


async def retry_run(run_id: UUID, work: Work[Store]) -> None:
    """Queue a run again, on the terms of a new one.

    Raises `RunNotFound`, `RunNotRetryable`, `ProjectNotFound`, `BranchNotFound` or `StyleCapsuleRequired`.
    """
    run = await lock_run(run_id, work)
    refuse_retry(run)
    await find_branch(run.project_id, run.branch_id, work)
    await require_style_capsule(run.project_id, work)
    enqueue(await work.store.requeue_run(run.id, work.now), work)
