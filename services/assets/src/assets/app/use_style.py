"""A project takes a style into use."""

from uuid import UUID

from assets.app.store import Store
from assets.domain.errors import StyleCapsuleNotFound
from chassis.work import Work


async def use_style(style_capsule_id: UUID | None, work: Work[Store]) -> None:
    """Make sure that a style capsule is there and stays until the transaction ends; raises `StyleCapsuleNotFound`."""
    if style_capsule_id is not None and not await work.store.hold_style_capsule(style_capsule_id):
        raise StyleCapsuleNotFound(f"no style capsule has the id {style_capsule_id}; POST /v1/style-capsules makes one")
