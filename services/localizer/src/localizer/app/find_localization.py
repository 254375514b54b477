"""One localization, for whoever asks."""

from uuid import UUID

from chassis.work import Work
from localizer.app.store import Store
from localizer.domain.errors import LocalizationNotFound
from localizer.domain.localization import Localization


async def find_localization(localization_id: UUID, work: Work[Store]) -> Localization:
    """The localization; raises `LocalizationNotFound`."""
    found = await work.store.find_localization(localization_id)
    if found is None:
        raise LocalizationNotFound(f"there is no localization {localization_id}")
    return found
