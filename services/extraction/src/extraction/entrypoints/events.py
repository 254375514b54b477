"""Events that extraction consumes: each is one statement that keeps what the assets service says."""

from chassis.events import Received, consumes
from chassis.work import Work
from contracts.assets.v1 import (
    BranchCreated,
    BranchDeleted,
    ProjectCreated,
    ProjectDeleted,
    ProjectUpdated,
    StyleCapsuleCreated,
    StyleCapsuleDeleted,
    StyleCapsuleUpdated,
)
from extraction.app.remember_branch import forget_branch, remember_branch
from extraction.app.remember_project import forget_project, remember_project
from extraction.app.remember_style_capsule import forget_style_capsule, remember_style_capsule
from extraction.app.store import Store


@consumes(ProjectCreated, one_statement=True)
async def on_project_created(event: Received[ProjectCreated], work: Work[Store]) -> None:
    """Know the project."""
    await remember_project(event.data, event.version, work)


@consumes(ProjectUpdated, one_statement=True)
async def on_project_updated(event: Received[ProjectUpdated], work: Work[Store]) -> None:
    """Know the project's style capsule."""
    await remember_project(event.data, event.version, work)


@consumes(ProjectDeleted, one_statement=True)
async def on_project_deleted(event: Received[ProjectDeleted], work: Work[Store]) -> None:
    """Accept nothing more for the project."""
    await forget_project(event.data, event.version, work)


@consumes(BranchCreated, one_statement=True)
async def on_branch_created(event: Received[BranchCreated], work: Work[Store]) -> None:
    """Know the branch."""
    await remember_branch(event.data, event.version, work)


@consumes(BranchDeleted, one_statement=True)
async def on_branch_deleted(event: Received[BranchDeleted], work: Work[Store]) -> None:
    """Accept nothing more for the branch."""
    await forget_branch(event.data, event.version, work)


@consumes(StyleCapsuleCreated, one_statement=True)
async def on_style_capsule_created(event: Received[StyleCapsuleCreated], work: Work[Store]) -> None:
    """Know the style capsule."""
    await remember_style_capsule(event.data, event.version, work)


@consumes(StyleCapsuleUpdated, one_statement=True)
async def on_style_capsule_updated(event: Received[StyleCapsuleUpdated], work: Work[Store]) -> None:
    """Know the style capsule's name."""
    await remember_style_capsule(event.data, event.version, work)


@consumes(StyleCapsuleDeleted, one_statement=True)
async def on_style_capsule_deleted(event: Received[StyleCapsuleDeleted], work: Work[Store]) -> None:
    """Start no run in this style any more."""
    await forget_style_capsule(event.data, event.version, work)
