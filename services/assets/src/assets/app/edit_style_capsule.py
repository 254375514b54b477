"""A person changes a style capsule; images drawn before stay as they are."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from assets.app import facts
from assets.app.find import find_style_capsule_to_change
from assets.app.store import Store
from assets.domain.editing import edited
from assets.domain.projects import StyleCapsule
from chassis.work import Work
from contracts.assets.v1 import StyleCapsuleUpdated


async def edit_style_capsule(
    style_capsule_id: UUID, if_match: int, wanted: Mapping[str, Any], work: Work[Store]
) -> StyleCapsule:
    """The capsule with the fields of `wanted`; raises `StyleCapsuleNotFound` or `Stale`."""
    before = await find_style_capsule_to_change(style_capsule_id, if_match, work)
    capsule = edited(before, wanted, work.now)
    if capsule.version != before.version:
        await work.store.update_style_capsule(capsule)
        work.emit(StyleCapsuleUpdated(**facts.of_style_capsule(capsule)), capsule.version)
    return capsule
