"""Whole answers that one value holds side by side, of which one at most is right."""

import re

from extraction.domain.finds import AssetType
from extraction.domain.formats.headings import is_heading
from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.entries import Entry, Reading
from extraction.domain.salvage.items import name_key, named
from extraction.domain.salvage.members import lists_in
from extraction.domain.salvage.nodes import Atom, Listing, Node, Record, Text
from extraction.domain.salvage.outcome import SEVERAL_TAKEN

RIVALS = frozenset({"answers", "candidates", "options", "versions", "attempts", "alternatives", "choices"})
RIVAL_KEY = re.compile(r"(?:v|version|attempt|answer|option|candidate|try|pass|result|output)[\s_-]*\d", re.IGNORECASE)
PART_WORD = re.compile(
    r"(?:\b|_)(?:scene|chapter|act|episode|chunk|section|part|page|batch)(?:\b|_)|\u7b2c.{1,4}[\u573a\u5e55\u96c6\u7ae0]",
    re.IGNORECASE,
)
PART_KEYS = frozenset(
    {
        "number",
        "no",
        "id",
        "index",
        "heading",
        "slugline",
        "title",
        "part",
        "chunk",
        "page",
        "chapter",
        "act",
        "episode",
        "section",
    }
)


def whole_answers(node: Node) -> list[tuple[str, Record]]:
    """The answers of a value that holds several, each with lists of every type, and the keys they stand under; else none.

    Answers to scenes that are numbered or named are parts of one.
    """
    while isinstance(node, Record) and len(node.members) == 1:
        key, value = node.members[0]
        if not isinstance(value, Record) or words.is_decoy_key(key):
            break
        node = value
    if isinstance(node, Record):
        held = [value for key, value in node.members if words.squeezed(key) in RIVALS]
        if not (len(held) == len(node.members) == 1):
            return _keyed_answers(node)
        node = held[0]
    values = node.values if isinstance(node, Listing) and len(node.values) > 1 else []
    answers = [("", value) for value in values if isinstance(value, Record) and _is_whole(value)]
    return answers if len(answers) == len(values) else []


def _keyed_answers(record: Record) -> list[tuple[str, Record]]:
    """Answers under keys that name no scene and are not known to be none: the lists beside them after all but those called final or result."""
    told = [(key, value) for key, value in record.members if not words.is_decoy_key(key)]
    answers = [(key, value) for key, value in told if isinstance(value, Record) and _is_whole(value)]
    if any(_names_part(key) for key, _ in answers):
        return []
    under = {key for key, _ in answers}
    own = Record([(key, value) for key, value in record.members if key not in under], record.whole, record.doubtful)
    if _is_whole(own):
        answers.append(("", own))
    elif any(isinstance(value, Listing | Record) and key not in under for key, value in told):
        return []
    answers.sort(key=lambda answer: words.squeezed(answer[0]) in words.FINALS | words.WRAPPERS)
    return answers if len(answers) > 1 else []


def is_beside(key: str, value: Node) -> bool:
    """Whether under a key stands an answer of its own, not a part of the one around it, such as that to a scene."""
    return isinstance(value, Record) and not (_names_part(key) or words.type_of_key(key))


def replaced(earlier: Reading, final: Reading) -> Reading:
    """What is left of an answer beside one that is called final; the names that only it has are told."""
    gone = [entry for entry in earlier.entries if entry.asset_type in final.types]
    kept = earlier.without(final.types)
    others = _missing(gone, final.entries)
    if others:
        kept.aside.append(f"an earlier answer names other assets: {named(others)}")
    return kept


def doubted(own: Reading, beside: Reading) -> None:
    """Doubt the lists of an object and those of an answer under a key of it where each has names that the other lacks."""
    for asset_type in own.types & beside.types:
        first, second = ([entry for entry in each.entries if entry.asset_type is asset_type] for each in (own, beside))
        if _missing(first, second) and _missing(second, first):
            own.lost.append(SEVERAL_TAKEN)
            own.doubt({asset_type})
            beside.doubt({asset_type})


def _missing(entries: list[Entry], others: list[Entry]) -> list[Entry]:
    known = {name_key(entry) for entry in others}
    return [entry for entry in entries if name_key(entry) not in known]


def _names_part(key: str) -> bool:
    if is_heading(key) or PART_WORD.search(key):
        return True
    return any(map(str.isdigit, key)) and not RIVAL_KEY.match(key)


def _is_whole(record: Record) -> bool:
    types = {words.type_of_key(key) for key in lists_in(record)}
    labels = {words.squeezed(key) for key, value in record.members if isinstance(value, Text | Atom)}
    return types >= set(AssetType) and not labels & (words.SCENES | PART_KEYS)
