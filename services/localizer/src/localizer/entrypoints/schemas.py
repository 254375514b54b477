"""What travels over HTTP."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field

from chassis.paging import ListOf
from contracts.values import AssetScope, AssetType
from localizer.domain.localization import Localization, State


class LocalizationOut(BaseModel):
    """One selected image and its copy in the project's own storage."""

    id: UUID
    status: State
    image_id: UUID
    asset_id: UUID
    asset_scope: AssetScope
    project_id: UUID
    branch_id: UUID
    asset_type: AssetType
    asset_name: str
    look: str
    source: str = Field(description="Object key or URL that was selected.")
    key: str | None = Field(description="Object key of the copy; null until it is stored and checked.")
    thumbnail_key: str | None = Field(description="Object key of the thumbnail; null as above.")
    sha256: str | None = Field(description="SHA-256 of the copy, lower-case hex.")
    bytes: int | None = Field(description="Size of the copy.")
    width: int | None = Field(description="Width in pixels, as shown.")
    height: int | None = Field(description="Height in pixels, as shown.")
    content_type: str | None = Field(description="Media type of the copy.")
    attempts: int = Field(description="Tries so far, finished or not.")
    failures: int = Field(description="Failed tries since it was last queued.")
    failure_stage: str | None = Field(description="Where the last try failed: source, copy, verify, thumbnail, store.")
    error_class: str | None = Field(description="Stable name of the last error.")
    message: str | None = Field(description="What happened, for a person.")
    version: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, localization: Localization) -> Self:
        """A localization as clients see it."""
        copy = localization.copy
        return cls(
            id=localization.id,
            status=localization.state,
            image_id=localization.image_id,
            asset_id=localization.asset_id,
            asset_scope=AssetScope(localization.asset_scope),
            project_id=localization.project_id,
            branch_id=localization.branch_id,
            asset_type=AssetType(localization.asset_type),
            asset_name=localization.asset_name,
            look=localization.look,
            source=localization.source,
            key=localization.key if copy else None,
            thumbnail_key=localization.thumbnail_key if copy else None,
            sha256=copy.sha256 if copy else None,
            bytes=copy.bytes if copy else None,
            width=copy.width if copy else None,
            height=copy.height if copy else None,
            content_type=copy.content_type if copy else None,
            attempts=localization.attempts,
            failures=localization.failures,
            failure_stage=localization.failure_stage,
            error_class=localization.error_class,
            message=localization.message,
            version=localization.version,
            created_at=localization.created_at,
            updated_at=localization.updated_at,
        )


class LocalizationList(ListOf):
    """One page of localizations."""

    items: list[LocalizationOut]


class PresignedUrlOut(BaseModel):
    """A URL under which anybody can read one object until it expires."""

    url: str
    expires_at: datetime
