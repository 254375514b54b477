"""The branch that a request is about."""

from uuid import UUID

from chassis.work import Work
from extraction.app.store import Store
from extraction.domain.errors import BranchNotFound, ProjectNotFound
from extraction.domain.places import Branch, Project

ON_ITS_WAY = "what was made a moment ago may still be on its way here: try again shortly"


async def find_branch(project_id: UUID, branch_id: UUID, work: Work[Store]) -> Branch:
    """A branch that was not deleted; raises `ProjectNotFound` or `BranchNotFound`."""
    await find_project(project_id, work)
    branch = await work.store.find_branch(branch_id)
    if branch is None or branch.project_id != project_id:
        raise BranchNotFound(f"no branch {branch_id} is known in project {project_id}; {ON_ITS_WAY}")
    if branch.is_deleted:
        raise BranchNotFound(f"branch {branch_id} was deleted")
    return branch


async def find_project(project_id: UUID, work: Work[Store]) -> Project:
    """A project that was not deleted; raises `ProjectNotFound`."""
    project = await work.store.find_project(project_id)
    if project is None:
        raise ProjectNotFound(f"no project {project_id} is known; {ON_ITS_WAY}")
    if project.is_deleted:
        raise ProjectNotFound(f"project {project_id} was deleted")
    return project
