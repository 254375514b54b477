"""Events of the assets service, version 1: projects, branches, styles, the library and what is in each branch."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from contracts.event import EventData
from contracts.values import (
    AssetScope,
    AssetType,
    Attributes,
    Candidates,
    Description,
    FieldNames,
    ImageSource,
    Labels,
    Metadata,
    Name,
    Names,
    Ordinal,
    Palette,
    Pixels,
    Prompt,
    ReferenceImages,
    SceneNumbers,
    Sha256,
    StyleCapsuleSnapshot,
    Version,
)


class ProjectFact(EventData):
    """The whole project at its version."""

    AGGREGATE: ClassVar[str] = "project"
    AGGREGATE_ID: ClassVar[str] = "project_id"

    project_id: UUID = Field(description="The project.")
    name: Name = Field(description="Name of the project.")
    style_capsule_id: UUID | None = Field(default=None, description="Its visual style; null until one is chosen.")


class ProjectCreated(ProjectFact):
    """A project exists; its branch `main` is told by its own event."""

    TYPE: ClassVar[str] = "dramatis.assets.project.created.v1"


class ProjectUpdated(ProjectFact):
    """A project's name or style changed."""

    TYPE: ClassVar[str] = "dramatis.assets.project.updated.v1"


class ProjectDeleted(ProjectFact):
    """A project is gone, and everything in it."""

    TYPE: ClassVar[str] = "dramatis.assets.project.deleted.v1"


class BranchFact(EventData):
    """The whole branch at its version."""

    AGGREGATE: ClassVar[str] = "branch"
    AGGREGATE_ID: ClassVar[str] = "branch_id"

    branch_id: UUID = Field(description="The branch.")
    project_id: UUID = Field(description="Project the branch belongs to.")
    name: Name = Field(description="Name of the branch.")
    forked_from_branch_id: UUID | None = Field(
        default=None, description="Branch it was forked from; null for the first one."
    )


class BranchCreated(BranchFact):
    """A branch exists, empty or with the assets of the branch it was forked from."""

    TYPE: ClassVar[str] = "dramatis.assets.branch.created.v1"


class BranchDeleted(BranchFact):
    """A branch is gone, and everything in it."""

    TYPE: ClassVar[str] = "dramatis.assets.branch.deleted.v1"


class StyleCapsuleFact(EventData):
    """The whole style capsule at its version."""

    AGGREGATE: ClassVar[str] = "style-capsule"
    AGGREGATE_ID: ClassVar[str] = "style_capsule_id"

    style_capsule_id: UUID = Field(description="The style capsule.")
    name: Name = Field(description="Name of the style.")
    prompt: Prompt = Field(description="What every image in this style must look like.")
    negative_prompt: Prompt = Field(default="", description="What no image in this style may show.")
    palette: Palette = Field(default=(), description="Colours, as #rrggbb or in words.")
    reference_images: ReferenceImages = Field(default=(), description="Object keys or URLs of images in this style.")


class StyleCapsuleCreated(StyleCapsuleFact):
    """A style capsule exists."""

    TYPE: ClassVar[str] = "dramatis.assets.style-capsule.created.v1"


class StyleCapsuleUpdated(StyleCapsuleFact):
    """A style capsule changed; images drawn before keep their snapshot."""

    TYPE: ClassVar[str] = "dramatis.assets.style-capsule.updated.v1"


class StyleCapsuleDeleted(StyleCapsuleFact):
    """A style capsule is gone."""

    TYPE: ClassVar[str] = "dramatis.assets.style-capsule.deleted.v1"


class GlobalAssetFact(EventData):
    """The whole library asset at its version."""

    AGGREGATE: ClassVar[str] = "global-asset"
    AGGREGATE_ID: ClassVar[str] = "global_asset_id"

    global_asset_id: UUID = Field(description="The asset in the library.")
    asset_type: AssetType = Field(description="Character, location or prop.")
    name: Name = Field(description="Name of the asset.")
    aliases: Names = Field(default=(), description="Other names it is known by.")
    description: Description = Field(default="", description="What it looks like, plain text.")
    attributes: Attributes = Field(default={}, description="Single traits, e.g. age, hair, era.")
    tags: Labels = Field(default=(), description="Words people find it by.")
    metadata: Metadata = Field(default={}, description="Whatever else was filed with it, unread.")


class GlobalAssetCreated(GlobalAssetFact):
    """An asset is in the library."""

    TYPE: ClassVar[str] = "dramatis.assets.global-asset.created.v1"


class GlobalAssetUpdated(GlobalAssetFact):
    """A library asset changed; project assets that inherit from it may now be behind."""

    TYPE: ClassVar[str] = "dramatis.assets.global-asset.updated.v1"


class GlobalAssetDeleted(GlobalAssetFact):
    """A library asset is gone; project assets that inherited from it are detached."""

    TYPE: ClassVar[str] = "dramatis.assets.global-asset.deleted.v1"


class ProjectAssetFact(EventData):
    """The whole project asset at its version."""

    AGGREGATE: ClassVar[str] = "project-asset"
    AGGREGATE_ID: ClassVar[str] = "asset_id"

    asset_id: UUID = Field(description="The project asset.")
    project_id: UUID = Field(description="Project it belongs to.")
    branch_id: UUID = Field(description="Branch it belongs to.")
    asset_type: AssetType = Field(description="Character, location or prop.")
    name: Name = Field(description="Name of the asset.")
    aliases: Names = Field(default=(), description="Other names it is known by.")
    description: Description = Field(default="", description="What it looks like, plain text.")
    attributes: Attributes = Field(default={}, description="Single traits, e.g. age, hair, era.")
    scene_numbers: SceneNumbers = Field(
        default=(), description="Scenes it appears in, counted from 1, ascending; at most the first 10,000 of them."
    )
    global_asset_id: UUID | None = Field(
        default=None, description="Library asset it inherits from; null when it stands alone."
    )
    synced_version: Version | None = Field(
        default=None, description="Version of the library asset it last agreed with; null when it stands alone."
    )
    overridden_fields: FieldNames = Field(default=(), description="Fields that keep their own value in this branch.")
    same_as: UUID | None = Field(
        default=None, description="Asset of the branch that a script says it is; null when none says so."
    )
    changed_fields: FieldNames = Field(default=(), description="Fields this event changed.")
    kept_fields: FieldNames = Field(default=(), description="Overridden fields a sync left as they were.")
    metadata: Metadata = Field(default={}, description="Whatever else was filed with it, unread.")


class ProjectAssetCreated(ProjectAssetFact):
    """An asset is in a branch, found in a script or made by hand."""

    TYPE: ClassVar[str] = "dramatis.assets.project-asset.created.v1"


class ProjectAssetUpdated(ProjectAssetFact):
    """A project asset changed, or its link to the library did."""

    TYPE: ClassVar[str] = "dramatis.assets.project-asset.updated.v1"


class ProjectAssetDeleted(ProjectAssetFact):
    """A project asset is gone."""

    TYPE: ClassVar[str] = "dramatis.assets.project-asset.deleted.v1"


class ProjectAssetCloned(ProjectAssetFact):
    """A library asset was taken into a branch, as a new project asset or merged into a matching one."""

    TYPE: ClassVar[str] = "dramatis.assets.project-asset.cloned.v1"


class ProjectAssetSynced(ProjectAssetFact):
    """A project asset took over the library's newer values, except where it overrides them."""

    TYPE: ClassVar[str] = "dramatis.assets.project-asset.synced.v1"


class ImageRequested(EventData):
    """An asset is to be drawn: everything a drawer needs to know, so that it need not ask."""

    TYPE: ClassVar[str] = "dramatis.assets.image.requested.v1"
    AGGREGATE: ClassVar[str] = "image-request"
    AGGREGATE_ID: ClassVar[str] = "request_id"

    request_id: UUID = Field(description="The request.")
    asset_id: UUID = Field(description="Project or global asset to draw.")
    asset_scope: AssetScope = Field(description="Which of the two it is.")
    project_id: UUID | None = Field(default=None, description="Project of the asset; null for a global asset.")
    branch_id: UUID | None = Field(default=None, description="Branch of the asset; null for a global asset.")
    asset_type: AssetType = Field(description="Character, location or prop.")
    name: Name = Field(description="Name of the asset.")
    look: Name = Field(default="base", description="Appearance to draw.")
    description: Description = Field(default="", description="What the asset looks like in this look, plain text.")
    style_capsule: StyleCapsuleSnapshot = Field(description="Style to draw in, as it is now.")
    width: Pixels = Field(description="Width of the image in pixels.")
    height: Pixels = Field(description="Height of the image in pixels.")
    reference_image: ImageSource | None = Field(
        default=None, description="Object key or URL of an image to stay true to; null for none."
    )
    candidates: Candidates = Field(default=1, description="How many images to draw, one job each.")
    batch_id: UUID | None = Field(default=None, description="Batch the request belongs to; null when asked alone.")
    batch_size: Ordinal | None = Field(default=None, description="Number of jobs in that batch over all its requests.")


class ImageSelected(EventData):
    """An image is from now on the image of an asset's look; the asset's version orders selections."""

    TYPE: ClassVar[str] = "dramatis.assets.image.selected.v1"
    AGGREGATE: ClassVar[str] = "asset"
    AGGREGATE_ID: ClassVar[str] = "asset_id"

    image_id: UUID = Field(description="The selected image.")
    asset_id: UUID = Field(description="Project or global asset it shows.")
    asset_scope: AssetScope = Field(description="Which of the two it is.")
    asset_type: AssetType = Field(description="Character, location or prop.")
    asset_name: Name = Field(description="Name of the asset.")
    project_id: UUID | None = Field(default=None, description="Project of the asset; null for a global asset.")
    branch_id: UUID | None = Field(default=None, description="Branch of the asset; null for a global asset.")
    look: Name = Field(default="base", description="Appearance it shows.")
    source: ImageSource = Field(description="Object key or URL of the image.")
    sha256: Sha256 | None = Field(default=None, description="SHA-256 of the image, lower-case hex; null when unknown.")


EVENTS: tuple[type[EventData], ...] = (
    ProjectCreated,
    ProjectUpdated,
    ProjectDeleted,
    BranchCreated,
    BranchDeleted,
    StyleCapsuleCreated,
    StyleCapsuleUpdated,
    StyleCapsuleDeleted,
    GlobalAssetCreated,
    GlobalAssetUpdated,
    GlobalAssetDeleted,
    ProjectAssetCreated,
    ProjectAssetUpdated,
    ProjectAssetDeleted,
    ProjectAssetCloned,
    ProjectAssetSynced,
    ImageRequested,
    ImageSelected,
)
