"""A person changes a project's name, style or metadata."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from assets.app import facts
from assets.app.find import find_project_to_change
from assets.app.store import Store
from assets.app.use_style import use_style
from assets.domain.editing import edited
from assets.domain.projects import Project
from chassis.work import Work
from contracts.assets.v1 import ProjectUpdated


async def edit_project(project_id: UUID, if_match: int, wanted: Mapping[str, Any], work: Work[Store]) -> Project:
    """The project with the fields of `wanted`; raises `ProjectNotFound`, `Stale` or `StyleCapsuleNotFound`."""
    before = await find_project_to_change(project_id, if_match, work)
    project = edited(before, wanted, work.now)
    if project.version == before.version:
        return before
    if project.style_capsule_id != before.style_capsule_id:
        await use_style(project.style_capsule_id, work)
    await work.store.update_project(project)
    work.emit(ProjectUpdated(**facts.of_project(project)), project.version)
    return project
