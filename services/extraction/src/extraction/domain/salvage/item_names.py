"""Where the name of an item stands."""

from extraction.domain.finds import AssetType
from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.nodes import Atom, Listing, Node, Record, Text

COLUMNS = frozenset({"name", "names"})
FIRST_NAMES, LAST_NAMES = (
    frozenset({"firstname", "givenname", "first"}),
    frozenset({"lastname", "familyname", "surname", "last"}),
)


def name_of(record: Record, asset_type: AssetType | None) -> Text | None:
    """The name of an item, from the key that says so best."""
    ranked = []
    for key, value in record.members:
        rank = words.name_rank(key, asset_type)
        text = _text(value) if not isinstance(value, Listing) or words.squeezed(key) in COLUMNS else None
        if rank is None or text is None or not text.value.strip():
            continue
        if words.squeezed(key) in words.TYPES and words.type_of_key(text.value) is not None:
            continue
        if words.squeezed(key) in words.PARTS:
            if words.squeezed(text.value) in words.WEIGHTS:
                continue
            text = Text(text.value, text.whole, doubtful=True)
        if words.squeezed(key) in words.VAGUE_NAMES:
            text = Text(text.value, text.whole, doubtful=True)
        ranked.append((rank, text))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else _joined_name(record)


def _text(node: Node) -> Text | None:
    """A name written as text, as a number, or as a list or an object of spellings."""
    if isinstance(node, Text):
        return node
    if isinstance(node, Atom) and isinstance(node.value, int) and not isinstance(node.value, bool):
        return Text(str(node.value), node.whole, doubtful=True)
    if isinstance(node, Listing):
        first = next((value for value in node.values if isinstance(value, Text)), None)
        return Text(first.value, first.whole, doubtful=True) if first else None
    if isinstance(node, Record):
        first = next((value for _, value in node.members if isinstance(value, Text)), None)
        return _joined_name(node) or (Text(first.value, first.whole, doubtful=True) if first else None)
    return None


def _joined_name(record: Record) -> Text | None:
    parts = {words.squeezed(key): value for key, value in record.members if isinstance(value, Text)}
    first = next((parts[key] for key in parts if key in FIRST_NAMES), None)
    last = next((parts[key] for key in parts if key in LAST_NAMES), None)
    found = [part for part in (first, last) if part is not None]
    if not found:
        return None
    return Text(
        " ".join(part.value for part in found), all(part.whole for part in found), any(part.doubtful for part in found)
    )
