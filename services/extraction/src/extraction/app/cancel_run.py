"""Stop a run: what is queued of it is never read, what is being read is dropped."""

from uuid import UUID

import structlog

from chassis.work import Work
from extraction.app.find_branch import find_branch
from extraction.app.show_run import missing
from extraction.app.store import Store
from extraction.domain.errors import BranchNotFound, ProjectNotFound
from extraction.domain.runs import UNFINISHED, Run, refuse_cancel

log = structlog.get_logger()


async def cancel_run(run_id: UUID, work: Work[Store]) -> None:
    """Cancel a run; nothing happens to one that was cancelled before. Raises `RunNotFound` or `RunEnded`."""
    run = await lock_run(run_id, work)
    refuse_cancel(run)
    if run.state in UNFINISHED:
        await _cancel(run, work)


async def cancel_if_gone(run: Run, work: Work[Store]) -> bool:
    """Whether the branch or project of a run was deleted meanwhile; nobody wants to read it then."""
    try:
        await find_branch(run.project_id, run.branch_id, work)
    except (ProjectNotFound, BranchNotFound) as gone:
        log.info("run cancelled", run_id=str(run.id), reason=str(gone))
        await _cancel(run, work)
        return True
    return False


async def _cancel(run: Run, work: Work[Store]) -> None:
    await work.store.cancel_run(run.id, work.now)
    await work.store.cancel_chunks(run.id, work.now)


async def lock_run(run_id: UUID, work: Work[Store]) -> Run:
    """A run that nobody else changes until the transaction ends; raises `RunNotFound`."""
    run = await work.store.lock_run(run_id)
    if run is None:
        raise missing(run_id)
    return run
