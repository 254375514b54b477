"""A person wants images of assets: one batch of requests, each with everything its drawer needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from assets.app import facts
from assets.app.find import find_branch_to_fill, find_project, find_style_capsule
from assets.app.store import AssetFilters, Store
from assets.domain.assets import ProjectAsset
from assets.domain.errors import AssetsMissing, NothingToDraw, StyleCapsuleRequired, TooManyToDraw
from assets.domain.images import MOST_IMAGES_AT_ONCE, ImageRequest
from assets.domain.projects import Place, StyleCapsule
from chassis.work import Work


@dataclass(frozen=True, slots=True)
class Wish:
    """Which assets to draw, by id or by what fits the filters, in which look, and how many images of each."""

    asset_ids: Sequence[UUID] | None
    filters: AssetFilters
    look: str
    candidates: int


async def generate_images(place: Place, wish: Wish, work: Work[Store]) -> list[ImageRequest]:
    """Ask for images of the assets of a branch; at least one request.

    Raises `BranchNotFound`, `StyleCapsuleRequired`, `AssetsMissing`, `NothingToDraw` or `TooManyToDraw`.
    """
    await find_branch_to_fill(place, work)
    capsule = await _style(place, work)
    assets = await _choose(place, wish, work)
    batch_id = work.new_id()
    requests = [_request(asset, wish, batch_id, work) for asset in assets]
    await work.store.insert_image_requests(requests)
    for request, asset in zip(requests, assets, strict=True):
        told = facts.image_requested(request, asset, capsule, batch_size=len(requests) * wish.candidates)
        work.emit(told, version=1)
    return requests


async def _style(place: Place, work: Work[Store]) -> StyleCapsule:
    project = await find_project(place.project_id, work)
    if project.style_capsule_id is None:
        raise StyleCapsuleRequired("PATCH the project with a style_capsule_id first")
    return await find_style_capsule(project.style_capsule_id, work)


async def _choose(place: Place, wish: Wish, work: Work[Store]) -> list[ProjectAsset]:
    most = MOST_IMAGES_AT_ONCE // wish.candidates
    assets = await work.store.choose_assets(place.branch_id, wish.filters, wish.asset_ids, most + 1)
    if len(assets) > most:
        raise TooManyToDraw(f"at most {MOST_IMAGES_AT_ONCE} images at once: choose fewer assets or candidates")
    missing = set(wish.asset_ids or ()) - {asset.id for asset in assets}
    if missing:
        raise AssetsMissing(missing)
    if not assets:
        raise NothingToDraw("no asset of this branch fits; archived ones are drawn only when asked for")
    return assets


def _request(asset: ProjectAsset, wish: Wish, batch_id: UUID, work: Work[Store]) -> ImageRequest:
    return ImageRequest(
        id=work.new_id(),
        asset_id=asset.id,
        look=wish.look,
        batch_id=batch_id,
        candidates=wish.candidates,
        drawn=(),
        failed=(),
        error=None,
        created_at=work.now,
        updated_at=work.now,
    )
