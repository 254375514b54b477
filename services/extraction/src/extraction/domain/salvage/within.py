"""Assets inside of items: the rooms of a house, the things of a set of things, the cast of a scene."""

from collections.abc import Iterator
from dataclasses import dataclass

from extraction.domain.finds import AssetType
from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.members import lists_in
from extraction.domain.salvage.nodes import Listing, Record, Text

PARTS = {
    AssetType.CHARACTER: frozenset({"members", "成员"}),
    AssetType.LOCATION: frozenset(
        {
            "rooms",
            "areas",
            "subareas",
            "zones",
            "spaces",
            "children",
            "interiors",
            "subsets",
            "房间",
            "区域",
            "内部",
            "子场景",
            "子地点",
        }
    ),
    AssetType.PROP: frozenset(
        {"items", "objects", "things", "articles", "members", "contents", "contains", "children", "物品", "内容物"}
    ),
}
"""Keys under which more assets of the type of an item stand."""
GROUPING = frozenset({"items", "objects", "things", "articles", "members", "成员", "物品"})
"""Those that make a name likely to be that of a group."""
LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Held:
    """A list of assets inside of an item; `asset_type` is None when it holds several types."""

    asset_type: AssetType | None
    key: str
    listing: Listing
    is_group: bool = False


def held_in(asset_type: AssetType, record: Record) -> Iterator[Held]:
    """The lists of assets inside of an item."""
    for key, value in record.members:
        if isinstance(value, Listing) and value.values:
            held = _held(asset_type, key, value)
            if held is not None:
                yield held


def _held(asset_type: AssetType, key: str, listing: Listing) -> Held | None:
    low, kind = words.squeezed(key), words.type_of_key(key)
    if low in words.SCENES:
        several = any(isinstance(each, Record) and lists_in(each) for each in listing.values)
        return Held(None, key, listing) if several else None
    if not all(map(_may_be_item, listing.values)):
        return None
    if low in PARTS[asset_type] or (words.type_of_key(low.removeprefix("sub")) is asset_type and low.startswith("sub")):
        return Held(asset_type, key, listing, is_group=low in GROUPING)
    if kind is None or words.is_weak(key) or low in words.ALIASES | words.EVIDENCE | words.PARTS:
        return None
    return Held(kind, key, listing, is_group=kind is asset_type)


def _may_be_item(node: object) -> bool:
    return isinstance(node, Record) or (isinstance(node, Text) and len(node.value.split()) <= LONGEST_NAME)


def is_only_a_group(name: str) -> bool:
    """Whether a name only sorts what is under it, as `Main` does."""
    return words.names_group(name)
