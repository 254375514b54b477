"""A project is born, with its branch `main`."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from assets.app import facts
from assets.app.store import Store
from assets.app.use_style import use_style
from assets.domain.projects import MAIN, Branch, Project
from chassis.work import Work
from contracts.assets.v1 import BranchCreated, ProjectCreated


async def create_project(
    name: str, style_capsule_id: UUID | None, metadata: Mapping[str, Any], work: Work[Store]
) -> Project:
    """The new project; raises `StyleCapsuleNotFound`."""
    await use_style(style_capsule_id, work)
    project = Project(work.new_id(), name, style_capsule_id, metadata, 1, work.now, work.now)
    branch = Branch(work.new_id(), project.id, MAIN, None, {}, 1, work.now, work.now)
    await work.store.insert_project(project)
    await work.store.insert_branch(branch)
    work.emit(ProjectCreated(**facts.of_project(project)), project.version)
    work.emit(BranchCreated(**facts.of_branch(branch)), branch.version)
    return project
