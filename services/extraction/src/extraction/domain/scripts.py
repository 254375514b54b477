"""Versions of a branch's script."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from extraction.domain.uploads import ScriptFile, Upload, given


@dataclass(frozen=True, slots=True)
class ScriptVersion:
    """One version of the script of a branch, counted from 1; `script_id` is the same for all of them."""

    id: UUID
    script_id: UUID
    project_id: UUID
    branch_id: UUID
    version: int
    title: str
    format: str
    file_name: str | None
    encoding: str
    sha256: str
    bytes: int
    scene_count: int
    created_at: datetime


def is_same(known: ScriptVersion, file: ScriptFile, upload: Upload) -> bool:
    """Whether an upload says nothing new: the same bytes, read the same way, under no other title."""
    title = given(upload.title)
    return (known.sha256, known.format) == (file.sha256, file.format) and title in {None, known.title}
