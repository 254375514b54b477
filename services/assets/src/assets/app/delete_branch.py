"""A branch goes, with everything in it."""

from assets.app import facts
from assets.app.find import find_branch_to_change
from assets.app.store import Store
from assets.domain.errors import MainBranchStays
from assets.domain.projects import Place
from chassis.work import Work
from contracts.assets.v1 import BranchDeleted


async def delete_branch(place: Place, if_match: int, work: Work[Store]) -> None:
    """Remove it; raises `BranchNotFound`, `Stale` or `MainBranchStays`. Its assets are not told of one by one."""
    branch = await find_branch_to_change(place, if_match, work)
    if branch.is_main:
        raise MainBranchStays("delete the project to be rid of it")
    work.emit(BranchDeleted(**facts.of_branch(branch)), branch.version + 1)
    await work.store.delete_branch(branch.id)
