"""What travels over HTTP about library assets, project assets and their images."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AliasChoices, Field, JsonValue, computed_field, model_validator

from assets.domain.assets import AssetStatus, AssetType, ProjectAsset
from assets.domain.images import BASE_LOOK, ImageState, ShownImage
from assets.entrypoints.schemas import Body, Change, Metadata, Name, Shown, Words
from chassis.paging import ListOf
from contracts.values import Attributes, Candidates, Description, Labels, Names, SceneNumbers

Type = Annotated[AssetType, Field(validation_alias=AliasChoices("type", "asset_type"))]
"""Called `type` by clients, `asset_type` by us."""


class NewGlobalAsset(Body):
    """An asset to join the library."""

    asset_type: AssetType = Field(alias="type")
    name: Name
    aliases: Names = ()
    description: Description = Field(default="", description="What it looks like, plain text.")
    attributes: Attributes = Field(default={}, description="Single traits, e.g. age, hair, era.")
    tags: Labels = Field(default=(), description="Words people find it by.")
    metadata: Metadata = Field(default={})


class GlobalAssetChange(Change):
    """What to change of a library asset; its type stays."""

    name: Name = Field(default_factory=str)
    aliases: Names = Field(default_factory=tuple)
    description: Description = Field(default_factory=str)
    attributes: Attributes = Field(default_factory=dict)
    tags: Labels = Field(default_factory=tuple)
    metadata: Metadata = Field(default_factory=dict)


class GlobalAssetOut(Shown):
    """One asset of the library."""

    id: UUID
    type: Type
    name: str
    aliases: list[str]
    description: str
    attributes: dict[str, str]
    tags: list[str]
    metadata: dict[str, JsonValue]
    version: int
    created_at: datetime
    updated_at: datetime


class GlobalAssetList(ListOf):
    """One page of the library."""

    items: list[GlobalAssetOut]


class NewAsset(Body):
    """An asset to be made in a branch."""

    asset_type: AssetType = Field(alias="type")
    name: Name
    aliases: Names = ()
    description: Description = Field(default="", description="What it looks like, plain text.")
    attributes: Attributes = Field(default={}, description="Single traits, e.g. age, hair, era.")
    scene_numbers: SceneNumbers = Field(default=(), description="Scenes it appears in, counted from 1.")
    status: AssetStatus = AssetStatus.DRAFT
    metadata: Metadata = Field(default={})


class AssetChange(Change):
    """What to change of an asset; its type stays."""

    name: Name = Field(default_factory=str)
    aliases: Names = Field(default_factory=tuple)
    description: Description = Field(default_factory=str)
    attributes: Attributes = Field(default_factory=dict)
    scene_numbers: SceneNumbers = Field(default_factory=tuple)
    status: AssetStatus = Field(default_factory=lambda: AssetStatus.DRAFT)
    metadata: Metadata = Field(default_factory=dict)
    same_as: None = Field(default=None, description="Null says that it is an asset of its own after all.")


class Localized(Shown):
    """What is filed in the project's own storage."""

    localized_key: str | None = Field(default=None, description="Its copy in the project's own storage.")

    @computed_field(description="Answers a link to the copy, good for some minutes; on the same origin.")  # type: ignore[prop-decorator] # pydantic's own way
    @property
    def localized_url(self) -> str | None:
        """Where the localizer gives out a link to the copy."""
        return None if self.localized_key is None else f"/api/localizer/v1/objects/{self.localized_key}/url"


class ImageOut(Localized):
    """The image of an asset's look `base`: how far it has come, and where it is."""

    state: ImageState
    selected_image_id: UUID | None = None
    object_key: str | None = Field(default=None, description="Where it was drawn to.")
    thumbnail_key: str | None = Field(default=None, description="A small picture of it, in the same place.")
    width: int | None = Field(default=None, description="Pixels.")
    height: int | None = Field(default=None, description="Pixels.")
    sha256: str | None = Field(default=None, description="Of the copy, or of the drawn image until there is one.")
    error: str | None = Field(default=None, description="Why it failed: where, what kind, in whose words.")


class AssetOut(Shown):
    """One asset of a branch."""

    id: UUID
    project_id: UUID
    branch_id: UUID
    type: Type
    name: str
    aliases: list[str]
    description: str
    attributes: dict[str, str]
    scene_numbers: list[int]
    status: AssetStatus
    metadata: dict[str, JsonValue]
    same_as: UUID | None = Field(
        default=None,
        description="Asset that a script says it is, kept because people worked on it; may be deleted by now.",
    )
    image: ImageOut
    version: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, asset: ProjectAsset, image: ShownImage) -> Self:
        """An asset as clients see it."""
        return cls.model_validate({**asdict(asset), "image": asdict(image)})


class AssetList(ListOf):
    """One page of a branch's assets."""

    items: list[AssetOut]


class AssetChoice(Body):
    """Which assets of a branch: those that fit all of it; archived ones only when asked for."""

    asset_type: AssetType | None = Field(default=None, alias="type")
    q: Words | None = Field(default=None, description="Found anywhere in the names, in any case.")
    status: AssetStatus | None = None
    image: ImageState | None = None


class ImageWish(Body):
    """Images to be drawn, of the assets named, of those that fit the filter, or of all."""

    asset_ids: Annotated[list[UUID], Field(min_length=1, max_length=5_000)] | None = None
    filter: AssetChoice | None = None
    look: Name = BASE_LOOK
    candidates: Candidates = Field(default=1, description="Images per asset.")

    @model_validator(mode="after")
    def _one_choice(self) -> Self:
        if self.asset_ids is not None and self.filter is not None:
            raise ValueError("give asset_ids or filter, not both")
        return self


class ImageRequestOut(Shown):
    """One wish for the images of one asset."""

    id: UUID
    asset_id: UUID


class BatchOut(Shown):
    """What was asked for; its progress is the imagegen service's to tell."""

    batch_id: UUID
    requests: list[ImageRequestOut]


class CandidateOut(Localized):
    """One drawn image of an asset."""

    id: UUID
    asset_id: UUID
    look: str
    request_id: UUID
    job_id: UUID
    provider: str
    model: str
    state: ImageState
    selected: bool
    selected_at: datetime | None = Field(description="When it was last chosen; null when never, or undone.")
    object_key: str
    thumbnail_key: str | None
    content_type: str
    sha256: str
    bytes: int
    width: int
    height: int
    error: str | None = Field(description="Why it has no copy in the project's own storage.")
    created_at: datetime
    updated_at: datetime


class CandidateList(ListOf):
    """One page of an asset's images, of all its looks."""

    items: list[CandidateOut]


class Selection(Body):
    """Whether to choose an image, or to go back to the one chosen before it."""

    undo: bool = Field(default=False, description="True: give the place back to the image selected before.")
