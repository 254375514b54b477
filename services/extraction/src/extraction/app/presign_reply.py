"""A short-lived URL for what the language model answered about a chunk, as it came."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.objects import ObjectStore
from chassis.work import Work
from extraction.app.show_run import missing
from extraction.app.store import Store
from extraction.domain.errors import ReplyNotFound


@dataclass(frozen=True, slots=True)
class PresignedUrl:
    """A URL under which anybody can read one object until `expires_at`."""

    url: str
    expires_at: datetime


class PresignReply:
    """Signs URLs for the raw replies of a workspace's runs."""

    def __init__(self, objects: ObjectStore, *, seconds: int) -> None:
        self._objects = objects
        self._seconds = seconds

    async def __call__(self, run_id: UUID, number: int, attempt: int | None, work: Work[Store]) -> PresignedUrl:
        """The newest reply about a chunk, or that of one attempt; raises `RunNotFound` or `ReplyNotFound`."""
        if not await work.store.has_run(run_id):
            raise missing(run_id)
        key = await work.store.find_reply_key(run_id, number, attempt)
        if key is None:
            raise ReplyNotFound(f"run {run_id} has no such reply about a chunk {number}")
        url = await self._objects.presign(key, self._seconds)
        return PresignedUrl(url, work.now + timedelta(seconds=self._seconds))
