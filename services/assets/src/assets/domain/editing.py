"""What a person's changes do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from assets.domain.assets import GlobalAsset, ProjectAsset
from assets.domain.projects import Project, StyleCapsule

V = TypeVar("V", Project, StyleCapsule, GlobalAsset, ProjectAsset)


def changed_fields(thing: V, wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the fields to which `wanted` gives another value, sorted."""
    return tuple(sorted(name for name, value in wanted.items() if getattr(thing, name) != value))


def edited(thing: V, wanted: Mapping[str, Any], now: datetime) -> V:
    """The thing at its next version with the fields of `wanted`; itself when nothing would change."""
    if not changed_fields(thing, wanted):
        return thing
    return replace(thing, **wanted, version=thing.version + 1, updated_at=now)


def edited_by_hand(asset: ProjectAsset, wanted: Mapping[str, Any], now: datetime) -> ProjectAsset:
    """The same, with the changed fields remembered as a person's: no script's finding touches them again."""
    edited_fields = tuple(sorted({*asset.edited_fields, *changed_fields(asset, wanted)}))
    return replace(edited(asset, wanted, now), edited_fields=edited_fields)
