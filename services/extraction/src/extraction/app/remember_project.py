"""Know which projects there are, and whether each has a style capsule."""

from chassis.work import Work
from contracts.assets.v1 import ProjectFact
from extraction.app.store import Store


async def remember_project(project: ProjectFact, version: int, work: Work[Store]) -> None:
    """Keep a project's news, unless something newer is known."""
    await work.store.remember_project(
        work.workspace_id, project.project_id, project.name, project.style_capsule_id, version
    )


async def forget_project(project: ProjectFact, version: int, work: Work[Store]) -> None:
    """Mark a project as deleted, for good."""
    await work.store.forget_project(work.workspace_id, project.project_id, project.name, version)
