"""Know which style capsules there are."""

from chassis.work import Work
from contracts.assets.v1 import StyleCapsuleFact
from extraction.app.store import Store


async def remember_style_capsule(capsule: StyleCapsuleFact, version: int, work: Work[Store]) -> None:
    """Keep a style capsule's news, unless something newer is known."""
    await work.store.remember_style_capsule(work.workspace_id, capsule.style_capsule_id, capsule.name, version)


async def forget_style_capsule(capsule: StyleCapsuleFact, version: int, work: Work[Store]) -> None:
    """Mark a style capsule as deleted, for good."""
    await work.store.forget_style_capsule(work.workspace_id, capsule.style_capsule_id, capsule.name, version)
