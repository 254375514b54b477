"""A localization: one selected image of one look of an asset, and its copy in the project's own storage."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """How far a localization has come; `removed` is for good."""

    QUEUED = "queued"
    RUNNING = "running"
    LOCALIZED = "localized"
    FAILED = "failed"
    REMOVED = "removed"


class Step(StrEnum):
    """What a newer selection of a known image asks for."""

    NOTHING = "nothing"
    WAIT = "wait"
    ANNOUNCE = "announce"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Selection:
    """An image was selected for a look of an asset in a branch; the asset's version orders selections."""

    image_id: UUID
    asset_id: UUID
    asset_scope: str
    project_id: UUID
    branch_id: UUID
    asset_type: str
    asset_name: str
    asset_version: int
    look: str
    source: str
    source_sha256: str | None


@dataclass(frozen=True, slots=True)
class Copy:
    """A stored and checked copy: SHA-256 in lower-case hex, size in bytes and in pixels as shown."""

    sha256: str
    bytes: int
    width: int
    height: int
    content_type: str


@dataclass(frozen=True, slots=True)
class Localization:
    """One row: what was selected, where its copy lies, how far it has come, and why it failed last."""

    id: UUID
    state: State
    image_id: UUID
    asset_id: UUID
    asset_scope: str
    project_id: UUID
    branch_id: UUID
    asset_type: str
    asset_name: str
    asset_version: int
    look: str
    source: str
    source_sha256: str | None
    key: str
    thumbnail_key: str
    copy: Copy | None
    attempts: int
    failures: int
    failure_stage: str | None
    error_class: str | None
    message: str | None
    version: int
    created_at: datetime
    updated_at: datetime


def next_step(known: Localization, selection: Selection) -> Step:
    """What a selection of an image that was selected before asks for; older news asks for nothing."""
    if selection.asset_version <= known.asset_version or known.state is State.REMOVED:
        return Step.NOTHING
    if known.state is State.FAILED or _contradicts(known, selection.source_sha256):
        return Step.COPY
    return Step.ANNOUNCE if known.state is State.LOCALIZED else Step.WAIT


def source_to_copy(known: Localization, selection: Selection) -> tuple[str, str | None]:
    """Source and checksum of a repeated copy.

    An image's source is fixed, so that a slow copy of an earlier try never overwrites a newer one with other bytes; only
    a source that could not be copied is replaced.
    """
    source = selection.source if known.state is State.FAILED else known.source
    return source, selection.source_sha256


def _contradicts(known: Localization, sha256: str | None) -> bool:
    found = known.copy.sha256 if known.copy is not None else None
    return sha256 is not None and sha256 not in {known.source_sha256, found}
