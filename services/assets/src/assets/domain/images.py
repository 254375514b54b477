"""Images of an asset: how they are asked for, what is drawn, which one is selected, where its copy is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from assets.domain.assets import AssetType

BASE_LOOK = "base"
MOST_IMAGES_AT_ONCE = 10_000


class Size(NamedTuple):
    """Pixels of an image."""

    width: int
    height: int


SIZES = {
    AssetType.CHARACTER: Size(512, 768),
    AssetType.LOCATION: Size(1024, 576),
    AssetType.PROP: Size(512, 512),
}


class ImageState(StrEnum):
    """How far the image of an asset has come.

    A selected image says it itself: `drawn`, then `localized` or `failed`. Where none is selected, the latest request
    does: `requested`, or `failed` when none of its candidates could be drawn. `none`: nobody has asked.
    """

    NONE = "none"
    REQUESTED = "requested"
    DRAWN = "drawn"
    LOCALIZED = "localized"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """A wish for images of one look. `drawn` and `failed` are candidates, counted from 1."""

    id: UUID
    asset_id: UUID
    look: str
    batch_id: UUID
    candidates: int
    drawn: tuple[int, ...]
    failed: tuple[int, ...]
    error: str | None
    created_at: datetime
    updated_at: datetime

    @property
    def state(self) -> ImageState:
        """Drawn with the first candidate, failed with the last; in whatever order they are heard of."""
        if self.drawn:
            return ImageState.DRAWN
        return ImageState.FAILED if len(self.failed) >= self.candidates else ImageState.REQUESTED


def with_drawn(request: ImageRequest, candidate: int, now: datetime) -> ImageRequest:
    """The request with one more candidate drawn."""
    return replace(request, drawn=_with(request.drawn, candidate), updated_at=now)


def with_failure(request: ImageRequest, candidate: int, error: str, now: datetime) -> ImageRequest:
    """The request with one more candidate failed, and why."""
    return replace(request, failed=_with(request.failed, candidate), error=error, updated_at=now)


def _with(candidates: Iterable[int], candidate: int) -> tuple[int, ...]:
    return tuple(sorted({*candidates, candidate}))


def failure(stage: str, error_class: str, words: str) -> str:
    """Why an image failed, in one text for people: where, what kind, in whose words."""
    return ": ".join(filter(None, (stage, error_class, words)))


@dataclass(frozen=True, slots=True)
class ImageCandidate:
    """One drawn image of an asset's look; `selected_at` is when it was last chosen, None once that is undone."""

    id: UUID
    asset_id: UUID
    look: str
    request_id: UUID
    job_id: UUID
    provider: str
    model: str
    object_key: str
    content_type: str
    sha256: str
    bytes: int
    width: int
    height: int
    state: ImageState
    selected: bool
    selected_at: datetime | None
    localized_key: str | None
    thumbnail_key: str | None
    error: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ShownImage:
    """The image of an asset's look as its asset shows it."""

    state: ImageState
    selected_image_id: UUID | None = None
    object_key: str | None = None
    localized_key: str | None = None
    thumbnail_key: str | None = None
    width: int | None = None
    height: int | None = None
    sha256: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Localized:
    """What became of one selected image's copy: its keys, or the `error` that prevented it.

    A later localization of an image is newer than an earlier one, whose ids are ordered by time; within one, `version`
    counts.
    """

    image_id: UUID
    localization_id: UUID
    version: int
    key: str | None = None
    thumbnail_key: str | None = None
    sha256: str | None = None
    error: str | None = None


def newest(news: Iterable[Localized]) -> list[Localized]:
    """Of each image only its newest news."""
    latest: dict[UUID, Localized] = {}
    for one in sorted(news, key=lambda one: (one.localization_id, one.version)):
        latest[one.image_id] = one
    return list(latest.values())
