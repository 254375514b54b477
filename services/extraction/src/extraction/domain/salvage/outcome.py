"""What is recovered from the reply of a language model, and what was lost on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from extraction.domain.finds import AssetType


class Tier(StrEnum):
    """How deep salvage had to go, the best first."""

    STRICT = "strict"
    UNWRAPPED = "unwrapped"
    REPAIRED = "repaired"
    TRUNCATED = "truncated"
    PATTERNS = "patterns"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Item:
    """One asset as the reply tells it, checked on its own.

    `quotes` are pairs of a scene number, or None, and a quote. `flagged` means low confidence: it was found by a
    pattern, or damage makes another reading possible.
    """

    asset_type: AssetType
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    scene_numbers: tuple[int, ...] = ()
    quotes: tuple[tuple[int | None, str], ...] = ()
    confidence: float | None = None
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a reply holds.

    `lost` says for a person what is missing, `reason` why there is nothing (tier `nothing`), `repairs` what was mended.
    Not `complete` means that asking again is worth it.
    """

    tier: Tier
    items: tuple[Item, ...] = ()
    lost: tuple[str, ...] = ()
    reason: str = ""
    repairs: tuple[str, ...] = ()
    complete: bool = True


LISTS: Mapping[AssetType, str] = {
    AssetType.CHARACTER: "characters",
    AssetType.LOCATION: "locations",
    AssetType.PROP: "props",
}
"""The name of each type's list in a reply."""


NOT_WHOLE = "the reply says that it is not whole"
"""The loss of a reply that owns to be cut short."""
IN_STRING = "answer in a string"
"""The repair of a reply that writes an answer, or a list of it, as a string."""
SEVERAL_TAKEN = "several answers side by side name different assets, and all are taken"
"""The loss of a reply of which nobody can tell whether its values are parts of one answer."""


def as_lists(salvaged: Salvaged) -> dict[str, list[dict[str, object]]] | None:
    """The three lists that scorers and people read, or None when nothing was recovered."""
    if salvaged.tier is Tier.NOTHING:
        return None
    lists: dict[str, list[dict[str, object]]] = {name: [] for name in LISTS.values()}
    for item in salvaged.items:
        lists[LISTS[item.asset_type]].append(_entry(item))
    return lists


def _entry(item: Item) -> dict[str, object]:
    return {
        "name": item.name,
        "aliases": list(item.aliases),
        "description": item.description,
        "attributes": dict(item.attributes),
        "scenes": list(item.scene_numbers),
        "evidence": [{"scene": scene, "quote": quote} for scene, quote in item.quotes],
        "confidence": item.confidence,
        "flagged": item.flagged,
    }
