"""The assets of a branch, page by page."""

from assets.app.store import AssetFilters, Store
from assets.domain.errors import BranchNotFound
from assets.domain.projects import Place
from chassis.paging import Items, Page
from chassis.work import Work


async def list_assets(place: Place, filters: AssetFilters, page: Page, work: Work[Store]) -> Items:
    """One page of those that fit, oldest first; raises `BranchNotFound`."""
    items = await work.store.list_assets(place, filters, page)
    if items is None:
        raise BranchNotFound(f"nothing here has the id {place.branch_id}; lists say what there is")
    return items
