"""Remove the picture of a try that lost its job, so that one job keeps one image."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from chassis.objects import ObjectStore
from chassis.tasks import Failure
from chassis.work import Work
from imagegen.app.store import Store
from imagegen.domain.job import picture_key


@dataclass(frozen=True, slots=True)
class Discarding:
    """Everything below `prefix` goes."""

    prefix: str
    failures: ClassVar[int] = 0


class DiscardImage:
    """The task `discard`: a message names the token of a dropped try. Best effort: nothing is recorded of it."""

    name = "discard"
    concurrency = 2
    max_tries = 1

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects

    async def claim(self, work: Work[Store], subject_id: UUID, token: UUID) -> Discarding | None:
        """Find what the try may have stored; None when its picture is in use."""
        job_id = await work.store.job_of_dropped(subject_id)
        return None if job_id is None else Discarding(picture_key(work.workspace_id, job_id, subject_id, ""))

    async def perform(self, claim: Discarding) -> None:
        """Remove it."""
        for key in await self._objects.list_keys(claim.prefix):
            await self._objects.delete(key)

    async def settle(self, work: Work[Store], claim: Discarding, result: None) -> None:
        """Nothing is recorded."""

    async def release(self, work: Work[Store], claim: Discarding, failure: Failure) -> None:
        """Nothing is recorded."""

    async def fail(self, work: Work[Store], claim: Discarding, failure: Failure) -> None:
        """Nothing is recorded; the chassis has logged why the picture stays."""
