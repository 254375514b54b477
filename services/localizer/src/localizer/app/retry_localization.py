"""Try a failed localization again."""

from uuid import UUID

from chassis.work import Work
from localizer.app.copy_image import COPY
from localizer.app.find_localization import find_localization
from localizer.app.remove_copy import REMOVE
from localizer.app.store import Store
from localizer.domain.errors import LocalizationNotFailed
from localizer.domain.localization import Localization, State


async def retry_localization(localization_id: UUID, work: Work[Store]) -> Localization:
    """Queue again what has failed: a copy, or the removal of one.

    Raises `LocalizationNotFound` or `LocalizationNotFailed`.
    """
    if await work.store.requeue_failed(localization_id):
        work.enqueue(COPY, localization_id)
        return await find_localization(localization_id, work)
    found = await find_localization(localization_id, work)
    if found.state is not State.REMOVED or found.error_class is None:
        raise LocalizationNotFailed(f"it is {found.state.value}; only what has failed can be tried again")
    work.enqueue(REMOVE, localization_id)
    return found
