"""A run has told all that it found: its change set is complete, though some findings may still be on their way."""

from uuid import UUID

import structlog

from assets.app.store import Store
from assets.domain.projects import Place
from chassis.work import Work

log = structlog.get_logger()


async def close_change_set(run_id: UUID, place: Place, work: Work[Store]) -> None:
    """Close it, also when this is the first that is heard of the run; ignored when the branch was deleted meanwhile."""
    branch = await work.store.hold_branch(place.branch_id)
    if branch is None or branch.project_id != place.project_id:
        log.info("run ignored: its branch is gone", branch_id=str(place.branch_id), run_id=str(run_id))
        return
    await work.store.close_change_set(run_id, place, work.now)
