"""Finds, and the items of replies, as JSON that Postgres can hold."""

from collections.abc import Mapping
from typing import Any

from chassis.errors import plain
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.salvage import Item


def json_of_find(find: Find) -> dict[str, Any]:
    """A find; what no column can hold is left out of its words."""
    evidence = [{"scene": seen.scene, "line": seen.line, "quote": plain(seen.quote)} for seen in find.evidence]
    return _said(find) | {"evidence": evidence}


def find_of_json(found: Mapping[str, Any]) -> Find:
    """The find that `json_of_find` wrote."""
    return Find(**_read(found), evidence=tuple(Evidence(**seen) for seen in found["evidence"]))


def json_of_item(item: Item) -> dict[str, Any]:
    """An item of a reply."""
    quotes = [{"scene": scene, "quote": plain(quote)} for scene, quote in item.quotes]
    return _said(item) | {"quotes": quotes, "flagged": item.flagged}


def item_of_json(held: Mapping[str, Any]) -> Item:
    """The item that `json_of_item` wrote."""
    quotes = tuple((quote["scene"], quote["quote"]) for quote in held["quotes"])
    return Item(**_read(held), quotes=quotes, flagged=held["flagged"])


def _said(thing: Find | Item) -> dict[str, Any]:
    return {
        "asset_type": thing.asset_type.value,
        "name": plain(thing.name),
        "aliases": [plain(alias) for alias in thing.aliases],
        "description": plain(thing.description),
        "attributes": {plain(name): plain(value) for name, value in thing.attributes.items()},
        "scene_numbers": thing.scene_numbers,
        "confidence": thing.confidence,
    }


def _read(held: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "asset_type": AssetType(held["asset_type"]),
        "name": held["name"],
        "aliases": tuple(held["aliases"]),
        "description": held["description"],
        "attributes": held["attributes"],
        "scene_numbers": tuple(held["scene_numbers"]),
        "confidence": held["confidence"],
    }
