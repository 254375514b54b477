"""Routes of the localizer, below `/api/localizer`."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Response

from chassis.http import current_work, etag, part, problems, service_router
from chassis.paging import Page, list_response, page_query
from chassis.work import Work
from localizer.app.find_localization import find_localization
from localizer.app.presign_object import PresignObject
from localizer.app.retry_localization import retry_localization
from localizer.app.store import Filters, Store
from localizer.domain.errors import LocalizationNotFailed, LocalizationNotFound, ObjectUnknown
from localizer.domain.localization import State
from localizer.entrypoints.schemas import LocalizationList, LocalizationOut, PresignedUrlOut

router = service_router("localizer")

InWork = Annotated[Work[Store], Depends(current_work)]


async def filters_query(
    project_id: UUID | None = None,
    branch_id: UUID | None = None,
    asset_id: UUID | None = None,
    status: Annotated[State | None, Query(description="How far the localization has come.")] = None,
) -> Filters:
    """Dependency: what the list is narrowed to."""
    return Filters(project_id, branch_id, asset_id, status)


@router.get("/v1/localizations", response_model=LocalizationList)
async def get_localizations(
    filters: Annotated[Filters, Depends(filters_query)], page: Annotated[Page, Depends(page_query)], work: InWork
) -> Response:
    """Localizations of the workspace, in the order in which their images were first selected."""
    return list_response(await work.store.list_localizations(filters, page))


@router.get("/v1/localizations/{localization}", responses=problems(LocalizationNotFound))
async def get_localization(localization: UUID, work: InWork, response: Response) -> LocalizationOut:
    """One localization: its copy, or why there is none."""
    found = await find_localization(localization, work)
    response.headers.update(etag(found.version))
    return LocalizationOut.of(found)


@router.post(
    "/v1/localizations/{localization}/retry",
    status_code=202,
    responses=problems(LocalizationNotFound, LocalizationNotFailed),
)
async def post_retry(localization: UUID, work: InWork) -> LocalizationOut:
    """Try a failed localization again."""
    return LocalizationOut.of(await retry_localization(localization, work))


@router.get("/v1/objects/{key:path}/url", responses=problems(ObjectUnknown))
async def get_object_url(
    key: Annotated[str, Path(description="Object key; its slashes may stand as they are.")],
    work: InWork,
    presign_object: Annotated[PresignObject, Depends(part(PresignObject))],
) -> PresignedUrlOut:
    """A short-lived URL for an object of this workspace."""
    presigned = await presign_object(key, work)
    return PresignedUrlOut(url=presigned.url, expires_at=presigned.expires_at)
