"""Know which branches there are."""

from chassis.work import Work
from contracts.assets.v1 import BranchFact
from extraction.app.store import Store


async def remember_branch(branch: BranchFact, version: int, work: Work[Store]) -> None:
    """Keep a branch's news, unless something newer is known."""
    await work.store.remember_branch(work.workspace_id, branch.branch_id, branch.project_id, branch.name, version)


async def forget_branch(branch: BranchFact, version: int, work: Work[Store]) -> None:
    """Mark a branch as deleted, for good."""
    await work.store.forget_branch(work.workspace_id, branch.branch_id, branch.project_id, branch.name, version)
