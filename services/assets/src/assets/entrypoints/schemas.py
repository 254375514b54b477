"""What travels over HTTP about projects, branches and styles; assets and images have a file of their own."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from chassis.paging import ListOf
from contracts import values
from contracts.values import Prompt, ReferenceImages

MAX_JSON_INTEGER = 2**53 - 1


def _exact(metadata: dict[str, JsonValue]) -> dict[str, JsonValue]:
    waiting: list[JsonValue] = [metadata]
    while waiting:
        value = waiting.pop()
        if isinstance(value, int) and abs(value) > MAX_JSON_INTEGER:
            raise ValueError(
                "metadata contains an integer beyond 2^53 - 1, which few readers keep: write it as a string"
            )
        if isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)
    return metadata


Words = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
"""Something to look for."""
Name = Annotated[values.Name, StringConstraints(strip_whitespace=True)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Palette = Annotated[tuple[Colour, ...], Field(max_length=64)]
Metadata = Annotated[values.Metadata, AfterValidator(_exact)]


class Body(BaseModel):
    """What a client sends: nothing but the fields asked for."""

    model_config = ConfigDict(extra="forbid")


class Change(Body):
    """What a client sends to change something: a field that is left out stays as it is."""


class Shown(BaseModel):
    """What a client is shown of something."""

    model_config = ConfigDict(from_attributes=True)


class NewProject(Body):
    """A project to be made."""

    name: Name
    style_capsule_id: UUID | None = Field(default=None, description="Its visual style; images need one.")
    metadata: Metadata = Field(default={})


class ProjectChange(Change):
    """What to change of a project; null takes its style away."""

    name: Name = Field(default_factory=str)
    style_capsule_id: UUID | None = None
    metadata: Metadata = Field(default_factory=dict)


class ProjectOut(Shown):
    """One project."""

    id: UUID
    name: str
    style_capsule_id: UUID | None
    metadata: dict[str, JsonValue]
    version: int
    created_at: datetime
    updated_at: datetime


class ProjectList(ListOf):
    """One page of projects."""

    items: list[ProjectOut]


class NewBranch(Body):
    """A branch to be forked."""

    name: Name
    forked_from_branch_id: UUID | None = Field(default=None, description="Where to fork from; null for `main`.")
    metadata: Metadata = Field(default={})


class BranchOut(Shown):
    """One branch."""

    id: UUID
    project_id: UUID
    name: str
    forked_from_branch_id: UUID | None = Field(description="Where it was forked from; null for `main`.")
    metadata: dict[str, JsonValue]
    version: int
    created_at: datetime
    updated_at: datetime


class BranchList(ListOf):
    """One page of branches."""

    items: list[BranchOut]


class NewStyleCapsule(Body):
    """A style capsule to be made."""

    name: Name
    prompt: Annotated[Prompt, StringConstraints(min_length=1)] = Field(description="What every image must look like.")
    negative_prompt: Prompt = Field(default="", description="What no image may show.")
    palette: Palette = Field(default=(), description="Colours, as #rrggbb.")
    reference_images: ReferenceImages = Field(default=(), description="Object keys or URLs of images in this style.")
    metadata: Metadata = Field(default={})


class StyleCapsuleChange(Change):
    """What to change of a style capsule."""

    name: Name = Field(default_factory=str)
    prompt: Annotated[Prompt, StringConstraints(min_length=1)] = Field(default_factory=str)
    negative_prompt: Prompt = Field(default_factory=str)
    palette: Palette = Field(default_factory=tuple)
    reference_images: ReferenceImages = Field(default_factory=tuple)
    metadata: Metadata = Field(default_factory=dict)


class StyleCapsuleOut(Shown):
    """One style capsule."""

    id: UUID
    name: str
    prompt: str
    negative_prompt: str
    palette: list[str]
    reference_images: list[str]
    metadata: dict[str, JsonValue]
    version: int
    created_at: datetime
    updated_at: datetime


class StyleCapsuleList(ListOf):
    """One page of style capsules."""

    items: list[StyleCapsuleOut]
