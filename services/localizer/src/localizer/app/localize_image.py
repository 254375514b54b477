"""An image was selected: make sure that its copy exists, and that its listeners know."""

import structlog

from chassis.work import Work
from contracts.assets.v1 import ImageSelected
from localizer.app.announce_copy import announce_localized
from localizer.app.copy_image import COPY
from localizer.app.store import Store
from localizer.domain.keys import CopyKeys, copy_keys
from localizer.domain.localization import Localization, Selection, Step, next_step, source_to_copy

log = structlog.get_logger()


async def localize_image(event: ImageSelected, version: int, work: Work[Store]) -> None:
    """Queue a copy of an image selected for the first time; copy, announce or leave alone what is known already.

    Nothing comes of a selection without a project, or whose asset, branch or project is deleted, whichever of the two
    is heard of first.
    """
    selection = _selection(event, version)
    if selection is None:
        log.info("selection ignored: it has no project to copy into", asset_id=str(event.asset_id))
        return
    places = [selection.asset_id, selection.branch_id, selection.project_id]
    await work.store.share(places)
    if await work.store.is_deleted(places):
        log.info("selection ignored: its asset, branch or project is deleted", asset_id=str(event.asset_id))
        return
    localization_id = work.new_id()
    keys = _keys(selection, selection.source)
    if await work.store.insert_localization(work.workspace_id, localization_id, selection, keys):
        work.enqueue(COPY, localization_id)
    else:
        await _select_again(await _lock_known(selection, work), selection, work)


async def _select_again(known: Localization, selection: Selection, work: Work[Store]) -> None:
    step = next_step(known, selection)
    if step is Step.COPY:
        source, sha256 = source_to_copy(known, selection)
        await work.store.requeue(known.id, selection, source, sha256, _keys(known, source))
        work.enqueue(COPY, known.id)
    elif step is not Step.NOTHING:
        version = await work.store.note_selection(known.id, selection)
        if step is Step.ANNOUNCE and known.copy is not None:
            announce_localized(known, known.copy, version, work)


async def _lock_known(selection: Selection, work: Work[Store]) -> Localization:
    known_id = await work.store.lock_selected(selection.image_id, selection.asset_id, selection.look)
    known = await work.store.find_localization(known_id)
    assert known is not None, "a locked row is there"
    return known


def _selection(event: ImageSelected, version: int) -> Selection | None:
    if event.project_id is None or event.branch_id is None:
        return None
    return Selection(
        image_id=event.image_id,
        asset_id=event.asset_id,
        asset_scope=event.asset_scope.value,
        project_id=event.project_id,
        branch_id=event.branch_id,
        asset_type=event.asset_type.value,
        asset_name=event.asset_name,
        asset_version=version,
        look=event.look,
        source=event.source,
        source_sha256=event.sha256,
    )


def _keys(place: Selection | Localization, source: str) -> CopyKeys:
    return copy_keys(
        project_id=place.project_id,
        branch_id=place.branch_id,
        asset_type=place.asset_type,
        asset_id=place.asset_id,
        image_id=place.image_id,
        look=place.look,
        source=source,
    )
