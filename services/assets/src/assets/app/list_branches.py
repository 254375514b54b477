"""The branches of a project, page by page."""

from uuid import UUID

from assets.app.store import Store
from assets.domain.errors import ProjectNotFound
from chassis.paging import Items, Page
from chassis.work import Work


async def list_branches(project_id: UUID, page: Page, work: Work[Store]) -> Items:
    """One page, oldest first; raises `ProjectNotFound`."""
    items = await work.store.list_branches(project_id, page)
    if items is None:
        raise ProjectNotFound(f"nothing here has the id {project_id}; lists say what there is")
    return items
