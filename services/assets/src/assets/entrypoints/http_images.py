"""Routes of images: asking for them, looking at them, choosing one."""

from uuid import UUID

from fastapi import Response

from assets.app.find import find_asset
from assets.app.generate_images import Wish, generate_images
from assets.app.select_image import select_image, undo_selection
from assets.app.store import AssetFilters
from assets.domain.errors import (
    AssetNotFound,
    AssetsMissing,
    BranchNotFound,
    ImageNotFound,
    ImageNotSelected,
    NothingToDraw,
    NothingToUndo,
    StyleCapsuleRequired,
    TooManyToDraw,
)
from assets.entrypoints.http_assets import ASSETS
from assets.entrypoints.http_work import AtPlace, InPage, InWork
from assets.entrypoints.schemas_assets import BatchOut, CandidateList, CandidateOut, ImageWish, Selection
from chassis.http import problems, service_router
from chassis.paging import list_response

router = service_router("assets")


@router.post(
    f"{ASSETS}/generate-images",
    status_code=202,
    responses=problems(BranchNotFound, StyleCapsuleRequired, AssetsMissing, NothingToDraw, TooManyToDraw),
)
async def post_generate_images(place: AtPlace, body: ImageWish, work: InWork) -> BatchOut:
    """Ask for images of assets in the project's style, as one batch."""
    chosen = AssetFilters(**body.filter.model_dump()) if body.filter else AssetFilters()
    wish = Wish(body.asset_ids, chosen, body.look, body.candidates)
    requests = await generate_images(place, wish, work)
    return BatchOut.model_validate({"batch_id": requests[0].batch_id, "requests": requests})


@router.get(f"{ASSETS}/{{asset}}/images", response_model=CandidateList, responses=problems(AssetNotFound))
async def get_images(place: AtPlace, asset: UUID, page: InPage, work: InWork) -> Response:
    """Images of an asset, of all its looks, oldest first."""
    found = await find_asset(place, asset, work)
    return list_response(await work.store.list_images(found.id, page))


@router.post(
    f"{ASSETS}/{{asset}}/images/{{image}}/select",
    responses=problems(AssetNotFound, ImageNotFound, ImageNotSelected, NothingToUndo),
)
async def post_select(
    place: AtPlace, asset: UUID, image: UUID, work: InWork, body: Selection | None = None
) -> CandidateOut:
    """Choose an image for its look, or undo that; answers with the image that is selected now."""
    act = undo_selection if body is not None and body.undo else select_image
    return CandidateOut.model_validate(await act(place, asset, image, work))
