"""Calls of tools, as some models answer: one with all lists, or one for each asset."""

from extraction.domain.finds import AssetType
from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.nodes import Node, Record, Text

CALLEES = frozenset({"name", "tool", "toolname", "function", "functionname", "recipientname"})
FLAT = frozenset({"tool", "toolname", "function", "functionname", "action"})
"""Keys for the name of a tool beside which the asset itself may stand."""
HANDED = frozenset({"arguments", "args", "input", "parameters", "params"})
ADDING = frozenset(
    {
        "add", "record", "save", "create", "register", "report", "emit", "extract", "insert", "submit", "put", "append", "store", "note",
        "list", "found", "new", "introduce", "output", "return", "write",
    }
)  # fmt: skip
"""What the name of a tool begins with that hands over an asset; `get_character` asks for one."""


def handed_over(record: Record) -> tuple[str, Node] | None:
    """The name of the tool that an object calls, and what it hands over; None when it calls none."""
    members = {words.squeezed(key): value for key, value in record.members}
    name = next((value for key, value in members.items() if key in CALLEES and isinstance(value, Text)), None)
    handed = next((value for key, value in members.items() if key in HANDED), None)
    if name is not None and handed is not None:
        return name.value, handed
    for key, value in record.members:
        if words.squeezed(key) in FLAT and isinstance(value, Text) and added_type(value.value) is not None:
            return value.value, Record(
                [each for each in record.members if each[0] != key], record.whole, record.doubtful
            )
    return None


def added_type(tool: str) -> AssetType | None:
    """The type of asset that a tool such as `add_character` or `recordProp` takes."""
    said = words.words_of(tool)
    types = {words.type_of_word(word) for word in said if word not in words.WEAK} - {None}
    return types.pop() if said and said[0] in ADDING and len(types) == 1 else None
