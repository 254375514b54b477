"""An asset, a branch or a project is gone, and its copies with it."""

from uuid import UUID

from chassis.work import Work
from localizer.app.remove_copy import REMOVE
from localizer.app.store import Store


async def forget_place(place_id: UUID, work: Work[Store]) -> None:
    """Remove every localization of an asset, branch or project, and accept no later one: a deletion is for good."""
    await work.store.seize(place_id)
    await work.store.record_deletion(work.workspace_id, place_id)
    for localization_id in await work.store.mark_removed(place_id):
        work.enqueue(REMOVE, localization_id)
