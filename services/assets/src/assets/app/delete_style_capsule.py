"""A style capsule that no project uses goes."""

from uuid import UUID

from assets.app import facts
from assets.app.find import find_style_capsule_to_change
from assets.app.store import Store
from assets.domain.errors import StyleCapsuleInUse
from chassis.work import Work
from contracts.assets.v1 import StyleCapsuleDeleted

MOST_PROJECTS_NAMED = 100


async def delete_style_capsule(style_capsule_id: UUID, if_match: int, work: Work[Store]) -> None:
    """Remove it; raises `StyleCapsuleNotFound`, `Stale` or `StyleCapsuleInUse`, which names the projects."""
    capsule = await find_style_capsule_to_change(style_capsule_id, if_match, work)
    projects = await work.store.users_of_style_capsule(capsule.id, MOST_PROJECTS_NAMED)
    if projects:
        raise StyleCapsuleInUse(projects)
    work.emit(StyleCapsuleDeleted(**facts.of_style_capsule(capsule)), capsule.version + 1)
    await work.store.delete_style_capsule(capsule.id)
