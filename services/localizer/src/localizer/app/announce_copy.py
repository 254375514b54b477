"""Tell what became of a copy."""

from typing import TypedDict
from uuid import UUID

from chassis.tasks import Failure
from chassis.work import Work
from contracts.localizer.v1 import ImageFailed, ImageLocalized
from contracts.values import AssetScope, AssetType
from localizer.app.store import Store
from localizer.domain.localization import Copy, Localization


def announce_localized(localization: Localization, copy: Copy, version: int, work: Work[Store]) -> None:
    """Say that the copy and its thumbnail are stored and checked."""
    event = ImageLocalized(
        **_subject_of(localization),
        key=localization.key,
        thumbnail_key=localization.thumbnail_key,
        sha256=copy.sha256,
        bytes=copy.bytes,
        width=copy.width,
        height=copy.height,
        content_type=copy.content_type,
    )
    work.emit(event, version)


def announce_failed(localization: Localization, failure: Failure, version: int, work: Work[Store]) -> None:
    """Say that the image could not be copied, and why."""
    event = ImageFailed(
        **_subject_of(localization),
        failure_stage=failure.stage,
        error_class=failure.error_class,
        message=failure.message,
    )
    work.emit(event, version)


class _Subject(TypedDict):
    """What every event of a localization says."""

    localization_id: UUID
    image_id: UUID
    asset_id: UUID
    asset_scope: AssetScope
    project_id: UUID
    branch_id: UUID
    asset_type: AssetType
    look: str
    source: str


def _subject_of(localization: Localization) -> _Subject:
    return _Subject(
        localization_id=localization.id,
        image_id=localization.image_id,
        asset_id=localization.asset_id,
        asset_scope=AssetScope(localization.asset_scope),
        project_id=localization.project_id,
        branch_id=localization.branch_id,
        asset_type=AssetType(localization.asset_type),
        look=localization.look,
        source=localization.source,
    )
