"""A style capsule is made."""

from collections.abc import Mapping
from typing import Any

from assets.app import facts
from assets.app.store import Store
from assets.domain.projects import StyleCapsule
from chassis.work import Work
from contracts.assets.v1 import StyleCapsuleCreated


async def create_style_capsule(given: Mapping[str, Any], work: Work[Store]) -> StyleCapsule:
    """The new style capsule with the fields `given`."""
    capsule = StyleCapsule(id=work.new_id(), **given, version=1, created_at=work.now, updated_at=work.now)
    await work.store.insert_style_capsule(capsule)
    work.emit(StyleCapsuleCreated(**facts.of_style_capsule(capsule)), capsule.version)
    return capsule
