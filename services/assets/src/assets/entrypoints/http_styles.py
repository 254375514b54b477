"""Routes of style capsules."""

from uuid import UUID

from fastapi import Request, Response

from assets.app.create_style_capsule import create_style_capsule
from assets.app.delete_style_capsule import delete_style_capsule
from assets.app.edit_style_capsule import edit_style_capsule
from assets.app.find import find_style_capsule
from assets.domain.errors import StyleCapsuleInUse, StyleCapsuleNotFound
from assets.entrypoints.http_work import InPage, InWork, created
from assets.entrypoints.schemas import NewStyleCapsule, StyleCapsuleChange, StyleCapsuleList, StyleCapsuleOut
from chassis.errors import IfMatchRequired, Stale
from chassis.http import IfMatch, etag, problems, service_router
from chassis.paging import list_response

router = service_router("assets")


@router.post("/v1/style-capsules", status_code=201)
async def post_style_capsule(
    body: NewStyleCapsule, work: InWork, request: Request, response: Response
) -> StyleCapsuleOut:
    """Make a style capsule."""
    capsule = await create_style_capsule(body.model_dump(), work)
    created(request, response, capsule.id, capsule.version)
    return StyleCapsuleOut.model_validate(capsule)


@router.get("/v1/style-capsules", response_model=StyleCapsuleList)
async def get_style_capsules(page: InPage, work: InWork) -> Response:
    """Style capsules of the workspace, oldest first."""
    return list_response(await work.store.list_style_capsules(page))


@router.get("/v1/style-capsules/{style_capsule}", responses=problems(StyleCapsuleNotFound))
async def get_style_capsule(style_capsule: UUID, work: InWork, response: Response) -> StyleCapsuleOut:
    """One style capsule."""
    capsule = await find_style_capsule(style_capsule, work)
    response.headers.update(etag(capsule.version))
    return StyleCapsuleOut.model_validate(capsule)


@router.patch("/v1/style-capsules/{style_capsule}", responses=problems(StyleCapsuleNotFound, Stale, IfMatchRequired))
async def patch_style_capsule(
    style_capsule: UUID, body: StyleCapsuleChange, if_match: IfMatch, work: InWork, response: Response
) -> StyleCapsuleOut:
    """Change a style capsule; images drawn before stay as they are."""
    capsule = await edit_style_capsule(style_capsule, if_match, body.model_dump(exclude_unset=True), work)
    response.headers.update(etag(capsule.version))
    return StyleCapsuleOut.model_validate(capsule)


@router.delete(
    "/v1/style-capsules/{style_capsule}",
    status_code=204,
    responses=problems(StyleCapsuleNotFound, StyleCapsuleInUse, Stale, IfMatchRequired),
)
async def remove_style_capsule(style_capsule: UUID, if_match: IfMatch, work: InWork) -> None:
    """Delete a style capsule that no project uses; the problem names the projects that do."""
    await delete_style_capsule(style_capsule, if_match, work)
