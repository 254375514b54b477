"""Events of the localizer service, version 1: copies of selected images in the project's own storage."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from contracts.event import EventData
from contracts.values import (
    AssetScope,
    AssetType,
    ByteCount,
    ContentType,
    ImageSource,
    Label,
    Message,
    Name,
    ObjectKey,
    Pixels,
    Sha256,
)


class LocalizationFact(EventData):
    """What every event of a localization says."""

    AGGREGATE: ClassVar[str] = "localization"
    AGGREGATE_ID: ClassVar[str] = "localization_id"

    localization_id: UUID = Field(description="The localization: one selected image, one copy.")
    image_id: UUID = Field(description="The selected image.")
    asset_id: UUID = Field(description="Asset it shows.")
    asset_scope: AssetScope = Field(
        default=AssetScope.PROJECT, description="Whether that is a project or global asset."
    )
    project_id: UUID = Field(description="Project whose storage holds the copy.")
    branch_id: UUID = Field(description="Branch whose storage holds the copy.")
    asset_type: AssetType = Field(description="Character, location or prop.")
    look: Name = Field(default="base", description="Appearance it shows.")
    source: ImageSource = Field(description="Object key or URL it was copied from.")


class ImageLocalized(LocalizationFact):
    """The copy and its thumbnail are stored and checked."""

    TYPE: ClassVar[str] = "dramatis.localizer.image.localized.v1"

    key: ObjectKey = Field(description="Object key of the copy.")
    thumbnail_key: ObjectKey = Field(description="Object key of the thumbnail.")
    sha256: Sha256 = Field(description="SHA-256 of the copy, lower-case hex.")
    bytes: ByteCount = Field(description="Size of the copy in bytes.")
    width: Pixels = Field(description="Width of the copy in pixels.")
    height: Pixels = Field(description="Height of the copy in pixels.")
    content_type: ContentType = Field(description="Media type of the copy.")


class ImageFailed(LocalizationFact):
    """The image could not be copied, and nobody will try again unasked."""

    TYPE: ClassVar[str] = "dramatis.localizer.image.failed.v1"

    failure_stage: Label = Field(description="Where it failed, e.g. `source`, `copy`, `verify`, `thumbnail`, `store`.")
    error_class: Label = Field(description="Stable name of the kind of error.")
    message: Message = Field(default="", description="What happened, for a person.")


EVENTS: tuple[type[EventData], ...] = (ImageLocalized, ImageFailed)
