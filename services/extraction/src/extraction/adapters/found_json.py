"""Finds, and the items of replies, as JSON that Postgres can hold."""

from collections.abc import Mapping
from typing import Any

from chassis.errors import plain
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.salvage import Item


def json_of_find(find: Find) -> dict[str, Any]:
    """A find; what no column can hold is left out of its words."""
    return {
        "asset_type": find.asset_type.value,
        "name": plain(find.name),
        "aliases": [plain(alias) for alias in find.aliases],
        "description": plain(find.description),
        "attributes": _plain(find.attributes),
        "scene_numbers": find.scene_numbers,
        "evidence": [{"scene": seen.scene, "line": seen.line, "quote": plain(seen.quote)} for seen in find.evidence],
        "confidence": find.confidence,
    }


def find_of_json(found: Mapping[str, Any]) -> Find:
    """The find that `json_of_find` wrote."""
    return Find(
        asset_type=AssetType(found["asset_type"]),
        name=found["name"],
        aliases=tuple(found["aliases"]),
        description=found["description"],
        attributes=found["attributes"],
        scene_numbers=tuple(found["scene_numbers"]),
        evidence=tuple(Evidence(**seen) for seen in found["evidence"]),
        confidence=found["confidence"],
    )


def json_of_item(item: Item) -> dict[str, Any]:
    """An item of a reply."""
    return {
        "asset_type": item.asset_type.value,
        "name": plain(item.name),
        "aliases": [plain(alias) for alias in item.aliases],
        "description": plain(item.description),
        "attributes": _plain(item.attributes),
        "scene_numbers": item.scene_numbers,
        "quotes": [{"scene": scene, "quote": plain(quote)} for scene, quote in item.quotes],
        "confidence": item.confidence,
        "flagged": item.flagged,
    }


def item_of_json(held: Mapping[str, Any]) -> Item:
    """The item that `json_of_item` wrote."""
    return Item(
        asset_type=AssetType(held["asset_type"]),
        name=held["name"],
        aliases=tuple(held["aliases"]),
        description=held["description"],
        attributes=held["attributes"],
        scene_numbers=tuple(held["scene_numbers"]),
        quotes=tuple((quote["scene"], quote["quote"]) for quote in held["quotes"]),
        confidence=held["confidence"],
        flagged=held["flagged"],
    )


def _plain(attributes: Mapping[str, str]) -> dict[str, str]:
    return {plain(name): plain(value) for name, value in attributes.items()}
