"""Take a copy and its thumbnail out of the storage of a project that no longer has their asset."""

from dataclasses import dataclass
from uuid import UUID

from chassis.objects import ObjectStore
from chassis.tasks import ClaimLost, Failure
from chassis.work import Work
from localizer.app.store import Store
from localizer.domain.keys import CopyKeys

REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class RemovalClaim:
    """A removed localization whose objects this worker takes away under `token`."""

    localization_id: UUID
    token: UUID
    keys: CopyKeys
    failures: int


class RemoveCopy:
    """The task `remove`; taking away what is gone already changes nothing."""

    name = REMOVE
    max_tries = 80

    def __init__(self, objects: ObjectStore, *, concurrency: int) -> None:
        self.concurrency = concurrency
        self._objects = objects

    async def claim(self, work: Work[Store], subject_id: UUID, token: UUID) -> RemovalClaim | None:
        """The keys to take away; None when the localization is not a removed one."""
        found = await work.store.claim_removal(subject_id, token)
        return None if found is None else RemovalClaim(subject_id, token, *found)

    async def perform(self, claim: RemovalClaim) -> None:
        """Remove both objects."""
        await self._objects.delete(claim.keys.key)
        await self._objects.delete(claim.keys.thumbnail_key)

    async def settle(self, work: Work[Store], claim: RemovalClaim, result: None) -> None:
        """Record that the objects are gone."""
        if not await work.store.settle_removal(claim.localization_id, claim.token):
            raise ClaimLost

    async def release(self, work: Work[Store], claim: RemovalClaim, failure: Failure) -> None:
        """Record the failed try."""
        if not await work.store.fail_removal(claim.localization_id, claim.token, failure):
            raise ClaimLost

    async def fail(self, work: Work[Store], claim: RemovalClaim, failure: Failure) -> None:
        """Record the last failed try; the row says what is left behind."""
        await self.release(work, claim, failure)
