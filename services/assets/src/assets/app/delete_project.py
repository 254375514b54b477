"""A project goes, with its branches and everything in them."""

from uuid import UUID

from assets.app import facts
from assets.app.find import find_project_to_change
from assets.app.store import Store
from chassis.work import Work
from contracts.assets.v1 import BranchDeleted, ProjectDeleted


async def delete_project(project_id: UUID, if_match: int, work: Work[Store]) -> None:
    """Remove it; raises `ProjectNotFound` or `Stale`. Its assets are not told of one by one: their branches are."""
    project = await find_project_to_change(project_id, if_match, work)
    for branch in await work.store.branches_of(project.id):
        work.emit(BranchDeleted(**facts.of_branch(branch)), branch.version + 1)
    work.emit(ProjectDeleted(**facts.of_project(project)), project.version + 1)
    await work.store.delete_project(project.id)
