"""A short-lived URL for an object of this workspace."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.objects import ObjectStore
from chassis.work import Work
from localizer.app.store import Store
from localizer.domain.errors import ObjectUnknown
from localizer.domain.keys import is_own_key, is_sound_key


@dataclass(frozen=True, slots=True)
class PresignedUrl:
    """A URL under which anybody can read one object until `expires_at`."""

    url: str
    expires_at: datetime


class PresignObject:
    """Signs URLs for what lies under `workspace_<id>/`, and for copies and thumbnails of this workspace."""

    def __init__(self, objects: ObjectStore, *, seconds: int) -> None:
        self._objects = objects
        self._seconds = seconds

    async def __call__(self, key: str, work: Work[Store]) -> PresignedUrl:
        """The URL; raises `ObjectUnknown` for every key that is not this workspace's."""
        is_readable = is_own_key(key, work.workspace_id) or (is_sound_key(key) and await work.store.is_copy(key))
        if not is_readable:
            raise ObjectUnknown("this workspace has no object under this key")
        url = await self._objects.presign(key, self._seconds)
        return PresignedUrl(url, work.now + timedelta(seconds=self._seconds))
