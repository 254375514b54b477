"""Finds as the three lists that a person, a program or a model writes down: characters, locations and props."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extraction.domain.finds import Find
from extraction.domain.salvage.outcome import LISTS

Entry = dict[str, Any]
"""name, aliases, description, attributes, scenes (numbers, ascending), evidence ({scene, line, quote}), confidence."""
Breakdown = dict[str, list[Entry]]


def breakdown(finds: Iterable[Find]) -> Breakdown:
    """The three lists, each in the order of the finds."""
    lists: Breakdown = {name: [] for name in LISTS.values()}
    for find in finds:
        lists[LISTS[find.asset_type]].append(entry(find))
    return lists


def entry(find: Find) -> Entry:
    """One find."""
    return {
        "name": find.name,
        "aliases": list(find.aliases),
        "description": find.description,
        "attributes": dict(find.attributes),
        "scenes": list(find.scene_numbers),
        "evidence": [{"scene": one.scene, "line": one.line, "quote": one.quote} for one in find.evidence],
        "confidence": round(find.confidence, 3),
    }


def counts(lists: Mapping[str, Sequence[object]]) -> str:
    """How many of each, in words: `9 characters, 1 location, 35 props`."""
    return ", ".join(
        f"{len(lists[name])} {name if len(lists[name]) != 1 else name.removesuffix('s')}" for name in LISTS.values()
    )
