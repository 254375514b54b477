"""Selected images have been copied into their project's own storage, or could not be."""

from collections.abc import Iterable

import structlog

from assets.app.store import Store
from assets.domain.images import Localized, failure, newest
from chassis.events import Received
from chassis.work import Work
from contracts.localizer.v1 import ImageFailed, ImageLocalized

log = structlog.get_logger()


async def note_localizations(news: Iterable[Localized], work: Work[Store]) -> None:
    """Record what is newer than what is known of each image; news of an image that is gone are ignored."""
    latest = newest(news)
    noted = await work.store.note_localizations(latest, work.now)
    if noted < len(latest):
        log.info("localizations ignored: older than what is known, or their images are gone", count=len(latest) - noted)


def localized(event: Received[ImageLocalized]) -> Localized:
    """A copy that is stored and checked."""
    data = event.data
    return Localized(
        data.image_id,
        data.localization_id,
        event.version,
        key=data.key,
        thumbnail_key=data.thumbnail_key,
        sha256=data.sha256,
    )


def not_localized(event: Received[ImageFailed]) -> Localized:
    """A copy that could not be made."""
    data = event.data
    why = failure(data.failure_stage, data.error_class, data.message)
    return Localized(data.image_id, data.localization_id, event.version, error=why)
