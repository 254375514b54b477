"""What an object says of itself: its type, an error, whose message it is, that it is not whole."""

from extraction.domain.finds import AssetType
from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.naming import is_nobody
from extraction.domain.salvage.nodes import Atom, Listing, Node, Record, Text

THOUGHTS = frozenset({"thinking", "reasoning", "redactedthinking", "thought", "summarytext"})
OTHERS = frozenset({"user", "system", "human", "developer", "tool"})
SAYINGS = frozenset({"content", "parts", "text", "message"})
ERROR_KEYS = frozenset({"error", "errors", "errormessage", "refusal"})


def own_type(record: Record) -> AssetType | None:
    """The type that a field such as `type` or `category` of an item names, `AssetType.PROP` like `prop`."""
    named = (words.type_of_key(kind.rpartition(".")[2]) for kind in said_types(record))
    return next((asset_type for asset_type in named if asset_type is not None), None)


def said_types(record: Record) -> list[str]:
    """What fields such as `type` of an object hold."""
    held = (value for key, value in record.members if words.squeezed(key) in words.TYPES)
    alone = (each.values[0] if isinstance(each, Listing) and len(each.values) == 1 else each for each in held)
    return [each.value for each in alone if isinstance(each, Text)]


def said_by_others(record: Record) -> str:
    """Whose message an object is, when it is one of the user or a thought; else empty."""
    texts = {words.squeezed(key): value for key, value in record.members}
    role, thought = texts.get("role"), texts.get("thought")
    if isinstance(role, Text) and words.squeezed(role.value) in OTHERS and SAYINGS & texts.keys():
        return f"what the {role.value[:20].casefold()} says"
    is_thought = isinstance(thought, Atom) and thought.value is True
    return "reasoning" if is_thought or any(words.squeezed(kind) in THOUGHTS for kind in said_types(record)) else ""


def error_in(record: Record) -> str:
    """What an error body says."""
    for key, value in record.members:
        if words.squeezed(key) in ERROR_KEYS:
            said = _message(value)
            if said:
                return said[:200]
    return ""


def _message(value: Node) -> str:
    """The message under a key for errors; empty when there was no error."""
    if isinstance(value, Atom):
        return "without a message" if value.value else ""
    if isinstance(value, Text):
        return "" if is_nobody(value.value) else value.value
    if isinstance(value, Listing):
        return next(filter(None, map(_message, value.values)), "")
    if not value.members:
        return ""
    inner = dict(value.members).get("message")
    return inner.value if isinstance(inner, Text) else "without a message"


def lists_in(record: Record) -> list[str]:
    """The keys of an object under which lists of assets stand."""
    return [
        key
        for key, value in record.members
        if isinstance(value, Listing | Record) and words.type_of_key(key) and not _numbers(value)
    ]


def _numbers(node: Node) -> bool:
    return isinstance(node, Listing) and bool(node.values) and all(isinstance(value, Atom) for value in node.values)
