"""Routes of the assets of a branch."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from assets.app.create_asset import create_asset
from assets.app.delete_asset import delete_asset
from assets.app.edit_asset import edit_asset
from assets.app.find import find_asset
from assets.app.list_assets import list_assets
from assets.app.store import AssetFilters
from assets.domain.assets import AssetStatus, AssetType
from assets.domain.errors import AssetNameTaken, AssetNotFound, BranchNotFound, NameBlank
from assets.domain.images import BASE_LOOK, ImageState
from assets.entrypoints.http_work import AtPlace, InPage, InWork, Wanted, created
from assets.entrypoints.schemas_assets import AssetChange, AssetList, AssetOut, NewAsset
from chassis.errors import IfMatchRequired, Stale
from chassis.http import IfMatch, etag, problems, service_router
from chassis.paging import list_response

router = service_router("assets")

ASSETS = "/v1/projects/{project}/branches/{branch}/assets"


async def assets_query(
    asset_type: Annotated[AssetType | None, Query(alias="type")] = None,
    q: Wanted = None,
    status: AssetStatus | None = None,
    image: Annotated[ImageState | None, Query(description="How far the image of the look `base` has come.")] = None,
) -> AssetFilters:
    """Dependency: what the list is narrowed to."""
    return AssetFilters(asset_type, q, status, image)


@router.post(ASSETS, status_code=201, responses=problems(BranchNotFound, AssetNameTaken, NameBlank))
async def post_asset(place: AtPlace, body: NewAsset, work: InWork, request: Request, response: Response) -> AssetOut:
    """Make an asset in a branch."""
    asset = await create_asset(place, body.model_dump(), work)
    created(request, response, asset.id, asset.version)
    return AssetOut.of(asset, await work.store.shown_image(asset.id, BASE_LOOK))


@router.get(ASSETS, response_model=AssetList, responses=problems(BranchNotFound))
async def get_assets(
    place: AtPlace, filters: Annotated[AssetFilters, Depends(assets_query)], page: InPage, work: InWork
) -> Response:
    """Assets of a branch, oldest first."""
    return list_response(await list_assets(place, filters, page, work))


@router.get(f"{ASSETS}/{{asset}}", responses=problems(AssetNotFound))
async def get_asset(place: AtPlace, asset: UUID, work: InWork, response: Response) -> AssetOut:
    """One asset of a branch, with its image."""
    found = await find_asset(place, asset, work)
    response.headers.update(etag(found.version))
    return AssetOut.of(found, await work.store.shown_image(found.id, BASE_LOOK))


@router.patch(
    f"{ASSETS}/{{asset}}", responses=problems(AssetNotFound, AssetNameTaken, NameBlank, Stale, IfMatchRequired)
)
async def patch_asset(
    place: AtPlace, asset: UUID, body: AssetChange, *, if_match: IfMatch, work: InWork, response: Response
) -> AssetOut:
    """Change an asset; no script's finding touches the changed fields again."""
    changed = await edit_asset(place, asset, if_match, body.model_dump(exclude_unset=True), work)
    response.headers.update(etag(changed.version))
    return AssetOut.of(changed, await work.store.shown_image(changed.id, BASE_LOOK))


@router.delete(f"{ASSETS}/{{asset}}", status_code=204, responses=problems(AssetNotFound, Stale, IfMatchRequired))
async def remove_asset(place: AtPlace, asset: UUID, if_match: IfMatch, work: InWork) -> None:
    """Delete an asset and its images; a script that is read again may bring it back, so archive it instead."""
    await delete_asset(place, asset, if_match, work)
