"""Stop a run: a queued one is never read, what a running one finds is dropped."""

from uuid import UUID

from chassis.work import Work
from extraction.app.show_run import missing
from extraction.app.store import Store
from extraction.domain.runs import UNFINISHED, Run, refuse_cancel


async def cancel_run(run_id: UUID, work: Work[Store]) -> None:
    """Cancel a run; nothing happens to one that was cancelled before. Raises `RunNotFound` or `RunEnded`."""
    run = await lock_run(run_id, work)
    refuse_cancel(run)
    if run.state in UNFINISHED:
        await work.store.cancel_run(run.id, work.now)


async def lock_run(run_id: UUID, work: Work[Store]) -> Run:
    """A run that nobody else changes until the transaction ends; raises `RunNotFound`."""
    run = await work.store.lock_run(run_id)
    if run is None:
        raise missing(run_id)
    return run
