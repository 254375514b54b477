"""Routes of the library."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from assets.app.create_global_asset import create_global_asset
from assets.app.delete_global_asset import delete_global_asset
from assets.app.edit_global_asset import edit_global_asset
from assets.app.find import find_global_asset
from assets.app.store import LibraryFilters
from assets.domain.assets import AssetType
from assets.domain.errors import GlobalAssetNotFound
from assets.entrypoints.http_work import InPage, InWork, Wanted, created
from assets.entrypoints.schemas import Words
from assets.entrypoints.schemas_assets import GlobalAssetChange, GlobalAssetList, GlobalAssetOut, NewGlobalAsset
from chassis.errors import IfMatchRequired, Stale
from chassis.http import IfMatch, etag, problems, service_router
from chassis.paging import list_response

router = service_router("assets")


async def library_query(
    asset_type: Annotated[AssetType | None, Query(alias="type")] = None,
    q: Wanted = None,
    tag: Annotated[Words | None, Query(description="A whole tag, as written.")] = None,
) -> LibraryFilters:
    """Dependency: what the list is narrowed to."""
    return LibraryFilters(asset_type, q, tag)


@router.post("/v1/global-assets", status_code=201)
async def post_global_asset(body: NewGlobalAsset, work: InWork, request: Request, response: Response) -> GlobalAssetOut:
    """Add an asset to the library."""
    asset = await create_global_asset(body.model_dump(), work)
    created(request, response, asset.id, asset.version)
    return GlobalAssetOut.model_validate(asset)


@router.get("/v1/global-assets", response_model=GlobalAssetList)
async def get_global_assets(
    filters: Annotated[LibraryFilters, Depends(library_query)], page: InPage, work: InWork
) -> Response:
    """Assets of the library, oldest first."""
    return list_response(await work.store.list_global_assets(filters, page))


@router.get("/v1/global-assets/{global_asset}", responses=problems(GlobalAssetNotFound))
async def get_global_asset(global_asset: UUID, work: InWork, response: Response) -> GlobalAssetOut:
    """One asset of the library."""
    asset = await find_global_asset(global_asset, work)
    response.headers.update(etag(asset.version))
    return GlobalAssetOut.model_validate(asset)


@router.patch("/v1/global-assets/{global_asset}", responses=problems(GlobalAssetNotFound, Stale, IfMatchRequired))
async def patch_global_asset(
    global_asset: UUID, body: GlobalAssetChange, if_match: IfMatch, work: InWork, response: Response
) -> GlobalAssetOut:
    """Change an asset of the library."""
    asset = await edit_global_asset(global_asset, if_match, body.model_dump(exclude_unset=True), work)
    response.headers.update(etag(asset.version))
    return GlobalAssetOut.model_validate(asset)


@router.delete(
    "/v1/global-assets/{global_asset}",
    status_code=204,
    responses=problems(GlobalAssetNotFound, Stale, IfMatchRequired),
)
async def remove_global_asset(global_asset: UUID, if_match: IfMatch, work: InWork) -> None:
    """Delete an asset of the library."""
    await delete_global_asset(global_asset, if_match, work)
