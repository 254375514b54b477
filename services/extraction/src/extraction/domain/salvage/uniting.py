"""One item for what a reply names twice."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extraction.domain.finds import AssetType
from extraction.domain.salvage.naming import same_key
from extraction.domain.salvage.outcome import Item


def unite(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items in their order, those of one type and name as one: everything any of them says is kept."""
    same: dict[tuple[AssetType, str], list[Item]] = {}
    for item in items:
        same.setdefault((item.asset_type, same_key(item.name)), []).append(item)
    return tuple(group[0] if len(group) == 1 else _joined(group) for group in same.values())


def _joined(group: Sequence[Item]) -> Item:
    name = next((item.name for item in group if not item.name.isupper()), group[0].name)
    aliases: dict[str, str] = {}
    for alias in (alias for item in group for alias in item.aliases):
        aliases.setdefault(same_key(alias), alias)
    aliases.pop(same_key(name), None)
    attributes = {key: value for item in reversed(group) for key, value in item.attributes.items()}
    return replace(
        group[0],
        name=name,
        aliases=tuple(aliases.values()),
        description=max((item.description for item in group), key=len),
        attributes=attributes,
        scene_numbers=tuple(sorted({number for item in group for number in item.scene_numbers})),
        quotes=tuple(dict.fromkeys(quote for item in group for quote in item.quotes)),
        confidence=max((item.confidence for item in group if item.confidence is not None), default=None),
        flagged=all(item.flagged for item in group),
    )
