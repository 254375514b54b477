"""An image becomes the image of its look, or gives that place back to the one before it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from assets.app import facts
from assets.app.find import find_asset_to_change
from assets.app.store import Store
from assets.domain.assets import ProjectAsset
from assets.domain.errors import ImageNotFound, ImageNotSelected, NothingToUndo
from assets.domain.images import ImageCandidate
from assets.domain.projects import Place
from chassis.work import Work


async def select_image(place: Place, asset_id: UUID, image_id: UUID, work: Work[Store]) -> ImageCandidate:
    """Choose an image; nothing happens when it is the selected one. Raises `AssetNotFound` or `ImageNotFound`."""
    asset = await find_asset_to_change(place, asset_id, work)
    image = await _find_image(asset_id, image_id, work)
    if image.selected:
        return image
    before = await work.store.find_selected_image(asset_id, image.look)
    if before is not None:
        await work.store.unselect_image(before.id, forget=False)
    return await make_selected(image, work.now, asset, work)


async def undo_selection(place: Place, asset_id: UUID, image_id: UUID, work: Work[Store]) -> ImageCandidate:
    """Go back from the selected image to the one selected before it, which is returned.

    Raises `AssetNotFound`, `ImageNotFound`, `ImageNotSelected` or `NothingToUndo`.
    """
    asset = await find_asset_to_change(place, asset_id, work)
    image = await _find_image(asset_id, image_id, work)
    if not image.selected:
        raise ImageNotSelected("read the images again: another one has been selected since")
    before = await work.store.find_image_selected_before(asset_id, image.look)
    if before is None:
        raise NothingToUndo("it is the first image that was ever selected; choose another one instead")
    await work.store.unselect_image(image.id, forget=True)
    return await make_selected(before, before.selected_at or work.now, asset, work)


async def make_selected(
    image: ImageCandidate, selected_at: datetime, asset: ProjectAsset, work: Work[Store]
) -> ImageCandidate:
    """Select an image of a locked asset whose look has none selected, and tell it at the asset's next version."""
    await work.store.select_image(image.id, selected_at)
    asset = replace(asset, version=asset.version + 1, updated_at=work.now)
    await work.store.update_asset(asset)
    work.emit(facts.image_selected(image, asset), asset.version)
    return replace(image, selected=True, selected_at=selected_at)


async def _find_image(asset_id: UUID, image_id: UUID, work: Work[Store]) -> ImageCandidate:
    image = await work.store.find_image(asset_id, image_id)
    if image is None:
        raise ImageNotFound("GET the asset's images to see which there are")
    return image
