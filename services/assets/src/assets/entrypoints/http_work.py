"""What the routes of this service have in common."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from assets.app.store import Store
from assets.domain.projects import Place
from assets.entrypoints.schemas import Words
from chassis.http import current_work, etag
from chassis.paging import Page, page_query
from chassis.work import Work

InWork = Annotated[Work[Store], Depends(current_work)]
InPage = Annotated[Page, Depends(page_query)]
Wanted = Annotated[Words | None, Query(description="Found anywhere in the names, in any case.")]


async def place_path(project: UUID, branch: UUID) -> Place:
    """Dependency: the branch that a path names."""
    return Place(project, branch)


AtPlace = Annotated[Place, Depends(place_path)]


def created(request: Request, response: Response, thing_id: UUID, version: int) -> None:
    """Say where the new thing is, and at which version."""
    response.headers.update({**etag(version), "Location": f"{request.url.path}/{thing_id}"})
