"""What the use cases need from the store: the promise that `adapters.store` keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from chassis.paging import Items, Page
from chassis.tasks import Failure
from localizer.domain.keys import CopyKeys
from localizer.domain.localization import Copy, Localization, Selection, State


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of localizations is narrowed to; None means any."""

    project_id: UUID | None = None
    branch_id: UUID | None = None
    asset_id: UUID | None = None
    state: State | None = None


class Store(Protocol):
    """The rows of one workspace in one open transaction; methods with a `token` change nothing under another's."""

    async def share(self, thing_ids: Sequence[UUID]) -> None:
        """Hold off whoever wants to record the deletion of one of these, until the transaction ends."""

    async def seize(self, thing_id: UUID) -> None:
        """Wait for, and hold off, whoever selects images of this thing, until the transaction ends."""

    async def is_deleted(self, thing_ids: Sequence[UUID]) -> bool:
        """Whether the deletion of at least one of these was recorded."""

    async def record_deletion(self, workspace_id: UUID, thing_id: UUID) -> None:
        """Remember for good that an asset, branch or project is gone."""

    async def mark_removed(self, thing_id: UUID) -> list[UUID]:
        """Mark every localization of an asset, branch or project as removed; the ids of those that were not yet."""

    async def insert_localization(
        self, workspace_id: UUID, localization_id: UUID, selection: Selection, keys: CopyKeys
    ) -> bool:
        """Add a queued localization; False, and nothing added, when the image was selected there before."""

    async def lock_selected(self, image_id: UUID, asset_id: UUID, look: str) -> UUID:
        """Id of the localization of an image selected before, locked until the transaction ends."""

    async def find_localization(self, localization_id: UUID) -> Localization | None:
        """One localization."""

    async def list_localizations(self, filters: Filters, page: Page) -> Items:
        """One page, in the order of selection, as JSON."""

    async def is_copy(self, key: str) -> bool:
        """Whether a localized image of this workspace has its copy or its thumbnail under this key."""

    async def note_selection(self, localization_id: UUID, selection: Selection) -> int:
        """Record that an image was selected again; the new version."""

    async def requeue(
        self, localization_id: UUID, selection: Selection, source: str, source_sha256: str | None, keys: CopyKeys
    ) -> None:
        """Record a newer selection whose image has to be copied again."""

    async def requeue_failed(self, localization_id: UUID) -> bool:
        """Queue a failed localization again; False when it has not failed."""

    async def claim_copy(self, localization_id: UUID, token: UUID) -> bool:
        """Mark a queued or running localization as running under this token; False when there is nothing to copy."""

    async def settle_copy(self, localization_id: UUID, token: UUID, copy: Copy) -> int | None:
        """Record a stored copy; the new version, or None under another token."""

    async def release_copy(self, localization_id: UUID, token: UUID, failure: Failure) -> bool:
        """Queue a copy again after a failed try; False under another token."""

    async def fail_copy(self, localization_id: UUID, token: UUID, failure: Failure) -> int | None:
        """Record that a copy has failed for good; the new version, or None under another token."""

    async def requeue_overtaken(self, localization_id: UUID) -> bool:
        """Queue a queued, running or localized copy again; False when it has failed or is removed."""

    async def is_removed(self, localization_id: UUID) -> bool:
        """Whether a localization was marked as removed."""

    async def claim_removal(self, localization_id: UUID, token: UUID) -> tuple[CopyKeys, int] | None:
        """Start removing the objects of a removed localization: its keys, and its failed tries so far."""

    async def settle_removal(self, localization_id: UUID, token: UUID) -> bool:
        """Record that the objects are gone; False under another token."""

    async def fail_removal(self, localization_id: UUID, token: UUID, failure: Failure) -> bool:
        """Record a failed try to remove the objects; False under another token."""
