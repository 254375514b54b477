"""Projects, their branches, and the styles they are drawn in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

MAIN = "main"


@dataclass(frozen=True, slots=True)
class Project:
    """A film, comic or short drama; `style_capsule_id` is None until a style is chosen."""

    id: UUID
    name: str
    style_capsule_id: UUID | None
    metadata: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Branch:
    """A variant of a project; the first one, `main`, was forked from none."""

    id: UUID
    project_id: UUID
    name: str
    forked_from_branch_id: UUID | None
    metadata: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime

    @property
    def is_main(self) -> bool:
        """Whether it is the branch that its project was born with."""
        return self.forked_from_branch_id is None


@dataclass(frozen=True, slots=True)
class Place:
    """Where assets are: a branch of a project."""

    project_id: UUID
    branch_id: UUID


@dataclass(frozen=True, slots=True)
class StyleCapsule:
    """The visual style of a project: what every image must and must not show."""

    id: UUID
    name: str
    prompt: str
    negative_prompt: str
    palette: tuple[str, ...]
    reference_images: tuple[str, ...]
    metadata: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime
