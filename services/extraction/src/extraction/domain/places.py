"""Projects and branches, as far as extraction has heard of them."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Project:
    """A project; `has_style_capsule` says whether a run may begin."""

    id: UUID
    is_deleted: bool
    has_style_capsule: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of a project."""

    id: UUID
    project_id: UUID
    is_deleted: bool
