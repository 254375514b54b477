"""Copy a selected image into its project's storage, check the copy, and make its thumbnail."""

import asyncio
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from chassis.errors import ObjectNotFound
from chassis.objects import ObjectStore, StoredObject
from chassis.tasks import ClaimLost, Failure
from chassis.work import Work
from localizer.app.announce_copy import announce_failed, announce_localized
from localizer.app.remove_copy import REMOVE
from localizer.app.store import Store
from localizer.domain.errors import (
    ChecksumMismatch,
    CopyTooLarge,
    CopyUnreadable,
    SourceMissing,
    SourceNotStored,
    SourceTooLarge,
)
from localizer.domain.keys import is_own_key, is_url
from localizer.domain.localization import Copy, Localization
from localizer.domain.picture import THUMBNAIL_TYPE, Picture

COPY = "copy"
USELESS = (ChecksumMismatch, CopyTooLarge, CopyUnreadable)
"""What is wrong with a copy that nobody may find."""


class ReadPicture(Protocol):
    """Decodes an image and makes its thumbnail."""

    async def __call__(self, data: bytes) -> Picture:
        """What is known of these bytes; raises `CopyTooLarge` or `CopyUnreadable`."""


@dataclass(frozen=True, slots=True)
class CopyClaim:
    """A localization whose image this worker copies under `token`."""

    localization: Localization
    token: UUID
    is_readable: bool
    """Whether the source may be read by this workspace."""

    @property
    def failures(self) -> int:
        """Failed tries before this one."""
        return self.localization.failures


class CopyImage:
    """The task `copy`. Keys and bytes follow from the row alone, so a try that repeats another changes nothing."""

    name = COPY
    max_tries = 20

    def __init__(self, objects: ObjectStore, read_picture: ReadPicture, *, concurrency: int, max_bytes: int) -> None:
        self.concurrency = concurrency
        self._objects = objects
        self._read_picture = read_picture
        self._max_bytes = max_bytes

    async def claim(self, work: Work[Store], subject_id: UUID, token: UUID) -> CopyClaim | None:
        """The localization, now running under `token`; None when it is done, or removed."""
        if not await work.store.claim_copy(subject_id, token):
            await _remove_leftovers(subject_id, work)
            return None
        localization = await work.store.find_localization(subject_id)
        assert localization is not None, "a claimed row is there"
        source = localization.source
        is_readable = is_own_key(source, work.workspace_id) or await work.store.is_copy(source)
        return CopyClaim(localization, token, is_readable)

    async def perform(self, claim: CopyClaim) -> Copy:
        """Copy on the server, read the copy back once, check it, store its thumbnail.

        A copy that is wrong is taken away again. Raises the errors of `domain.errors` and what the store says.
        """
        localization = claim.localization
        source = await self._look_at_source(claim)
        with _stage("copy"):
            await self._copy(localization.source, localization.key)
        try:
            data, sha256 = await self._read_back(localization, source)
            with _stage("thumbnail"):
                picture = await self._read_picture(data)
        except USELESS:
            with _stage("verify"):
                await self._objects.delete(localization.key)
            raise
        with _stage("store"):
            await self._store_thumbnail(localization.thumbnail_key, picture.thumbnail)
        return Copy(sha256, len(data), picture.width, picture.height, picture.content_type)

    async def settle(self, work: Work[Store], claim: CopyClaim, result: Copy) -> None:
        """Record the copy and announce it, once."""
        version = await work.store.settle_copy(claim.localization.id, claim.token, result)
        if version is None:
            await _give_way(claim.localization.id, work)
        else:
            announce_localized(claim.localization, result, version, work)

    async def release(self, work: Work[Store], claim: CopyClaim, failure: Failure) -> None:
        """Queue the copy again."""
        if not await work.store.release_copy(claim.localization.id, claim.token, failure):
            await _give_way(claim.localization.id, work)

    async def fail(self, work: Work[Store], claim: CopyClaim, failure: Failure) -> None:
        """Record the failure and announce it, once."""
        version = await work.store.fail_copy(claim.localization.id, claim.token, failure)
        if version is not None:
            announce_failed(claim.localization, failure, version, work)
        elif failure.error_class in {error.code for error in USELESS}:
            await _copy_once_more(claim.localization.id, work)
        else:
            await _give_way(claim.localization.id, work)

    async def _look_at_source(self, claim: CopyClaim) -> StoredObject:
        source = claim.localization.source
        if is_url(source):
            raise SourceNotStored(f"{source} is a URL; store the image first, then select it")
        if not claim.is_readable:
            raise SourceMissing(f"this workspace has no object {source}")
        with _stage("source"):
            try:
                found = await self._objects.head(source)
            except ObjectNotFound as error:
                raise SourceMissing(f"this workspace has no object {source}") from error
        if found.bytes > self._max_bytes:
            raise SourceTooLarge(f"{source} has {found.bytes} bytes; at most {self._max_bytes} are copied")
        return found

    async def _copy(self, source: str, key: str) -> None:
        try:
            await self._objects.copy(source, key)
        except ObjectNotFound as error:
            raise SourceMissing(f"{source} vanished before it was copied") from error

    async def _read_back(self, localization: Localization, source: StoredObject) -> tuple[bytes, str]:
        """Bytes of the copy and their SHA-256, once both are known to be the source's; raises `ChecksumMismatch`."""
        with _stage("verify"):
            data = await self._objects.get(localization.key)
        if len(data) != source.bytes:
            raise ChecksumMismatch(f"the copy has {len(data)} bytes, its source {source.bytes}")
        expected = localization.source_sha256 or source.sha256
        found = await _sha256(data)
        if expected is not None and found != expected:
            raise ChecksumMismatch(f"SHA-256 should be {expected} and is {found}; select the image again")
        return data, found

    async def _store_thumbnail(self, key: str, thumbnail: bytes) -> None:
        await self._objects.put(key, thumbnail, THUMBNAIL_TYPE, await _sha256(thumbnail))


async def _give_way(localization_id: UUID, work: Work[Store]) -> None:
    """What a worker does whose claim is gone; raises `ClaimLost` unless there is something to clean up."""
    if not await _remove_leftovers(localization_id, work):
        raise ClaimLost


async def _copy_once_more(localization_id: UUID, work: Work[Store]) -> None:
    """What a worker does who took a useless copy away after another had made it good: have that one's work repeated."""
    if await work.store.requeue_overtaken(localization_id):
        work.enqueue(COPY, localization_id)
    else:
        await _give_way(localization_id, work)


async def _remove_leftovers(localization_id: UUID, work: Work[Store]) -> bool:
    """Have the objects of a removed localization removed once more: a copy that was under way may have come later."""
    if not await work.store.is_removed(localization_id):
        return False
    work.enqueue(REMOVE, localization_id)
    return True


async def _sha256(data: bytes) -> str:
    digest = await asyncio.to_thread(hashlib.sha256, data)
    return digest.hexdigest()


@contextmanager
def _stage(name: str) -> Iterator[None]:
    """Note on an error how far the copy had come, where the error does not say so itself."""
    try:
        yield
    except Exception as error:
        if not hasattr(error, "stage"):
            vars(error)["stage"] = name
        raise
