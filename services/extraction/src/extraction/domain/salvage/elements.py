"""What one object or element is by itself: an item with its type, a list with its type beside it, a pair, a stranger."""

from extraction.domain.finds import AssetType
from extraction.domain.formats.headings import is_heading
from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.calls import handed_over
from extraction.domain.salvage.entries import Entry, Reading
from extraction.domain.salvage.item_names import name_of
from extraction.domain.salvage.members import lists_in, own_type, said_types
from extraction.domain.salvage.nodes import Atom, Listing, Node, Record, Text


def is_nameless(node: Node) -> bool:
    """Whether an element has no name, nor anything in it that could be assets."""
    if not isinstance(node, Record) or name_of(node, own_type(node)) is not None:
        return False
    return all(isinstance(value, Text | Atom) or _is_plain(value) for _, value in node.members)


def _is_plain(node: Node) -> bool:
    return isinstance(node, Listing) and all(isinstance(value, Text | Atom) for value in node.values)


def paired(node: Node) -> Node:
    """An element such as `["prop", "lamp"]` as the object it stands for."""
    pair = node.values if isinstance(node, Listing) and len(node.values) == 2 else []
    if not (pair and isinstance(pair[0], Text) and isinstance(pair[1], Text) and words.type_of_key(pair[0].value)):
        return node
    return Record([("type", pair[0]), ("name", pair[1])])


def is_stranger(node: Node) -> bool:
    """Whether an element has a name and nothing that says what it is; a scene has a heading."""
    if not isinstance(node, Record) or said_types(node) or handed_over(node) or lists_in(node) or titled_list(node):
        return False
    name = name_of(node, None)
    headed = any(words.squeezed(key) in {"heading", "slugline"} for key, _ in node.members)
    return name is not None and not headed and not is_heading(name.value) and typed_item(node) is None


def _kind_of_prop(record: Record) -> AssetType | None:
    return AssetType.PROP if any(words.squeezed(kind) in words.PROP_KINDS for kind in said_types(record)) else None


def other_type(record: Record) -> list[str]:
    """Word of an object whose type is none that is asked for."""
    return [f"an entry of type {kind[:40]!r}" for kind in said_types(record) if words.squeezed(kind) != "text"][:1]


def typed_item(record: Record) -> AssetType | None:
    """The type of an object that is an item by itself: it has a type and a name, or its one name says its type."""
    named = own_type(record) or _kind_of_prop(record)
    if named is not None and name_of(record, named) is not None:
        return named
    keys = [(key, value) for key, value in record.members if words.type_of_key(key) and not words.is_weak(key)]
    if len(keys) != 1 or not isinstance(keys[0][1], Text) or lists_in(record):
        return None
    others = {words.squeezed(key) for key, _ in record.members if key != keys[0][0]}
    known = words.DESCRIPTIONS | words.ALIASES | words.SCENES | words.EVIDENCE | words.CONFIDENCE
    return words.type_of_key(keys[0][0]) if others & known else None


def titled_list(record: Record) -> tuple[AssetType, Node, str] | None:
    """The list of an object that holds one and says its type beside it: `{"category": "Props", "items": […]}`."""
    said = [value.value for _, value in record.members if isinstance(value, Text)]
    held = [(key, value) for key, value in record.members if isinstance(value, Listing) and not words.is_decoy_key(key)]
    named = next(filter(None, map(words.type_of_key, said)), None)
    if named is None or len(held) != 1 or not (words.names_group(held[0][0]) or words.is_weak(held[0][0])):
        return None
    return named, held[0][1], said[0]


def types_by_name(record: Record, scene: int | None) -> Reading | None:
    """`{"Ines": "character", "jar": "prop"}` and the same with objects that have a type but no name."""
    entries = []
    for key, value in record.members:
        named = (
            words.type_of_key(value.value)
            if isinstance(value, Text) and value.whole and value.value.strip().isalpha()
            else None
        )
        inner = value if isinstance(value, Record) and name_of(value, None) is None else None
        named = own_type(inner) if inner is not None else named
        if named is None or key.isdigit() or words.squeezed(key) in words.TYPES or words.type_of_key(key) is not None:
            return None
        entries.append(Entry(named, f"{key!r}", Text(key), inner, scene, record.doubtful))
    return Reading(entries, {entry.asset_type for entry in entries}) if entries else None
