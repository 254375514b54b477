"""Reading what stands in the list of one type: items, plain names, names with items, groups of all of these."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from extraction.domain.finds import AssetType
from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.doubles import apart
from extraction.domain.salvage.entries import Entry, Reading
from extraction.domain.salvage.finishing import ENDING_KEYS
from extraction.domain.salvage.item_names import COLUMNS, name_of
from extraction.domain.salvage.members import lists_in, own_type
from extraction.domain.salvage.naming import is_nobody
from extraction.domain.salvage.nodes import Atom, Listing, Node, Record, Text
from extraction.domain.salvage.outcome import IN_STRING
from extraction.domain.salvage.owning import owned_losses
from extraction.domain.salvage.parser import parse
from extraction.domain.salvage.within import held_in, is_only_a_group

SEPARATOR = re.compile(r"\s*[\n;|\u3001\uff0c\uff1b]\s*")
COMMA = re.compile(r"\s*,\s*(?!(?:jr|sr|i{1,3}|iv)\b)", re.IGNORECASE)
AND = re.compile(r"\s(?:and|&|y|et|und)\s|\u548c", re.IGNORECASE)
ID = re.compile(r"(?:[a-z]{1,12}[_-]?)?\d{1,6}")
CODE = re.compile(r"[()<>=\[\]]")
NESTED = re.compile(r"\s*[{\[]\s*(?:[\"'{\[]|\]\s*\Z)")

FIELDS = (
    words.DESCRIPTIONS
    | words.ALIASES
    | words.SCENES
    | words.EVIDENCE
    | words.CONFIDENCE
    | words.TYPES
    | words.ATTRIBUTES
)
"""Keys of an item that hold something else than its name."""

Untyped = Callable[[Node, int | None], Reading]


@dataclass(frozen=True, slots=True)
class Where:
    """Where an item stands: for a person, below which key, in which scene, and whether that is sure."""

    place: str
    key: str
    scene: int | None
    doubtful: bool = False


class TypedReader:
    """Reads values of which the type is known; `untyped` reads lists of several types found inside them."""

    def __init__(self, untyped: Untyped) -> None:
        self._untyped = untyped

    def read(self, asset_type: AssetType, node: Node, key: str, scene: int | None = None) -> Reading:
        """The entries of a list of one type that stands under `key`."""
        reading = Reading(types={asset_type})
        if isinstance(node, Listing):
            self._listing(reading, asset_type, node, key, scene)
        elif isinstance(node, Record):
            self._mapping(reading, asset_type, node, key, scene)
        elif isinstance(node, Text):
            self._text(reading, asset_type, node, key, scene)
        elif node.value is None and not node.whole:
            reading.lost.append(f"{key}: nothing that can be read")
        elif node.value is not None and node.value is not False:
            reading.lost.append(f"{key}: {node.value} is no list")
        return reading

    def _listing(self, reading: Reading, asset_type: AssetType, listing: Listing, key: str, scene: int | None) -> None:
        for number, value in enumerate(listing.values, 1):
            place = f"item {number} of {key}"
            if isinstance(value, Record):
                self._item(reading, asset_type, value, Where(place, key, scene))
            elif isinstance(value, Text):
                if value.value.strip() and not self._written_out(reading, asset_type, value, place, scene):
                    reading.entries.append(Entry(asset_type, place, name=value, scene=scene))
            elif isinstance(value, Listing) and _holds_records(value):
                self._listing(reading, asset_type, value, key, scene)
            elif isinstance(value, Listing) and _begins_with_text(value):
                alone = len(listing.values) == 1
                reading.entries += _names_or_pair(value, Where(place, key, scene), asset_type, alone=alone)
            elif value.values if isinstance(value, Listing) else value.value is not None:
                reading.lost.append(f"{place}: no name")

    def _item(self, reading: Reading, asset_type: AssetType, record: Record, where: Where) -> None:
        several = apart(record, asset_type)
        if len(several) > 1:
            for part in several:
                self._item(reading, asset_type, part, where)
        elif name_of(record, asset_type) is not None:
            own = own_type(record)
            if own is not None and own is not asset_type and words.is_weak(where.key):
                asset_type, own = own, None
            doubtful = record.doubtful or (own is not None and own is not asset_type)
            entry = Entry(asset_type, where.place, record=record, scene=where.scene, doubtful=doubtful)
            self._with_held(reading, entry, record)
        elif (wrapped := _wrapped(record)) is not None:
            self._item(reading, asset_type, wrapped, where)
        elif len(record.members) == 1 and _is_name_key(*record.members[0]):
            vague = Record(record.members, record.whole, doubtful=True)
            self._named(reading, asset_type, vague if isinstance(record.members[0][1], Text) else record, where.scene)
        else:
            reading.lost.append(f"{where.place}: {'no name' if record.whole else 'cut off'}")

    def _mapping(self, reading: Reading, asset_type: AssetType, record: Record, key: str, scene: int | None) -> None:
        """An object where a list was asked: one item, items by name, columns, or groups."""
        columns = next((v for k, v in record.members if isinstance(v, Listing) and words.squeezed(k) in COLUMNS), None)
        if columns is not None:
            self._listing(reading, asset_type, columns, key, scene)
        elif (name_of(record, asset_type) is not None and not _groups(record)) or _only_fields(record):
            self._item(reading, asset_type, record, Where(f"item of {key}", key, scene))
            reading.lost += _names_beside(record, key)
        else:
            self._named(reading, asset_type, record, scene)

    def _named(self, reading: Reading, asset_type: AssetType, record: Record, scene: int | None) -> None:
        by_id = len(record.members) > 1 and all(ID.fullmatch(key) for key, _ in record.members)
        for key, value in record.members:
            other = words.type_of_key(key)
            if by_id or _is_group(key, value) or other is asset_type:
                if isinstance(value, Listing | Record):
                    reading.join(self._group(asset_type, value, key, scene))
                elif isinstance(value, Text) and words.squeezed(key) not in words.COUNTS:
                    self._text(reading, asset_type, value, key, scene)
                continue
            if words.squeezed(key) in words.DECOYS:
                continue
            if words.squeezed(key) in ENDING_KEYS and isinstance(value, Text | Atom):
                continue
            self._by_name(reading, asset_type, (key, value), Where(f"item {key!r}", key, scene, record.doubtful))
        reading.lost += owned_losses(record, reading.entries)

    def _group(self, asset_type: AssetType, value: Listing | Record, key: str, scene: int | None) -> Reading:
        if isinstance(value, Record) and name_of(value, asset_type) is not None:
            reading = Reading(types={asset_type})
            self._item(reading, asset_type, value, Where(f"item {key}", key, scene))
            return reading
        return self.read(asset_type, value, key, scene)

    def _by_name(self, reading: Reading, asset_type: AssetType, named: tuple[str, Node], where: Where) -> None:
        """An item whose name is the key before it."""
        key, value = named
        record, doubtful = value if isinstance(value, Record) else None, where.doubtful
        if record is not None and name_of(record, asset_type) is not None:
            doubtful = doubtful or record.doubtful
            entry = Entry(asset_type, where.place, record=record, scene=where.scene, doubtful=doubtful)
            self._with_held(reading, entry, record)
            return
        if record is None:
            record = _described(value)
            doubtful = doubtful or (isinstance(value, Listing) and not (value.values and _only_numbers(value)))
        name = Text(key, whole=value.whole or isinstance(value, Record), doubtful=doubtful)
        self._with_held(reading, Entry(asset_type, where.place, name, record, where.scene), record)

    def _with_held(self, reading: Reading, entry: Entry, record: Record) -> None:
        """An item and the assets that it holds; those of another type are kept apart."""
        held = list(held_in(entry.asset_type, record))
        if any(each.is_group for each in held):
            entry = replace(entry, doubtful=True)
        name = entry.name or name_of(record, entry.asset_type)
        if not (held and name is not None and is_only_a_group(name.value)):
            reading.entries.append(entry)
        for each in held:
            if each.asset_type is entry.asset_type:
                reading.join(self.read(entry.asset_type, each.listing, each.key, entry.scene))
            elif each.asset_type is not None:
                reading.within += self.read(each.asset_type, each.listing, each.key, entry.scene).entries
            else:
                reading.within += self._untyped(each.listing, entry.scene).entries

    def _written_out(self, reading: Reading, asset_type: AssetType, text: Text, key: str, scene: int | None) -> bool:
        """Whether a text holds a list or an item as a string; what is in it is read."""
        parsed = parse(text.value, 0, len(text.value), words.is_list_key) if NESTED.match(text.value) else None
        if parsed is None:
            return False
        several = isinstance(parsed.node, Record) and bool(lists_in(parsed.node))
        reading.join(self._untyped(parsed.node, scene) if several else self.read(asset_type, parsed.node, key, scene))
        reading.repairs += [IN_STRING, *parsed.repairs]
        reading.lost += [f"{key}: cut off"] if parsed.cut else []
        return True

    def _text(self, reading: Reading, asset_type: AssetType, text: Text, key: str, scene: int | None) -> None:
        """Names in one string; where only commas stand between them, each may be a part of one name."""
        if is_nobody(text.value):
            return
        if self._written_out(reading, asset_type, text, key, scene):
            return
        if not text.whole:
            reading.lost.append(f"{key}: cut off")
            return
        if text.doubtful and CODE.search(text.value):
            reading.lost.append(f"{key}: no list")
            return
        names = [name for name in SEPARATOR.split(text.value) if name.strip()]
        doubtful = text.doubtful
        if len(names) == 1 and COMMA.search(text.value):
            names, doubtful = COMMA.split(text.value), True
        doubtful = doubtful or (len(names) == 1 and AND.search(text.value) is not None)
        for name in names:
            entry = Text(name, doubtful=doubtful)
            reading.entries.append(Entry(asset_type, f"{key}", name=entry, scene=scene))


def _names_or_pair(listing: Listing, where: Where, asset_type: AssetType, *, alone: bool) -> Iterator[Entry]:
    """The names in a list that stands `alone` in a list; else its first text, in doubt, with what is said of it."""
    texts = [value for value in listing.values if isinstance(value, Text)]
    doubtful = len(texts) > 1 or not alone
    for text in texts if alone else texts[:1]:
        told = None if alone else Record([("description", value) for value in texts[1:]])
        name = Text(text.value, text.whole, doubtful=doubtful or text.doubtful)
        yield Entry(asset_type, where.place, name, told, where.scene)


def _begins_with_text(listing: Listing) -> bool:
    """Whether the first element is a text that its quotes tell to be one."""
    first = listing.values[0] if listing.values else None
    return isinstance(first, Text) and not first.doubtful


def _only_fields(record: Record) -> bool:
    """Whether an object is an item that lacks its name."""
    return bool(record.members) and all(words.squeezed(key) in FIELDS for key, _ in record.members)


def _wrapped(record: Record) -> Record | None:
    """The item that an object such as `{"node": {…}}` only wraps."""
    key, value = record.members[0] if len(record.members) == 1 else ("", None)
    grouped = words.names_group(key) and words.name_rank(key, None) is None
    return value if isinstance(value, Record) and grouped else None


def _is_group(key: str, value: Node) -> bool:
    """Whether a key only sorts or counts what it stands for; scene numbers, or nothing, stand behind a name."""
    if isinstance(value, Listing) and (_holds_records(value) or (not value.values and "_" in key)):
        return True
    if isinstance(value, Listing) and value.values and _only_numbers(value):
        return False
    return words.names_group(key) or words.squeezed(key) in words.COUNTS


def _is_name_key(key: str, value: Node) -> bool:
    """Whether the only key of an item is its name, as in `{"Ada": {…}}` or `{"Ada": "a diver"}`."""
    if isinstance(value, Text) and key[:1].islower():
        return False
    return words.squeezed(key) not in FIELDS and words.name_rank(key, None) is None and not words.names_group(key)


def _names_beside(record: Record, key: str) -> list[str]:
    """Keys of a single item that look like names, beside keys that are written small."""
    if any(each[:1].isupper() and words.name_rank(each, None) is not None for each, _ in record.members):
        return []
    named = [each for each, value in record.members if each[:1].isupper() and _is_name_key(each, value)]
    return [f"{key}: {each[:40]!r} may be a name" for each in named]


def _groups(record: Record) -> bool:
    return any(
        isinstance(value, Listing) and _holds_records(value) and words.names_group(key) for key, value in record.members
    )


def _holds_records(listing: Listing) -> bool:
    return any(isinstance(value, Record) for value in listing.values)


def _only_numbers(listing: Listing) -> bool:
    return all(isinstance(value, Atom) for value in listing.values)


def _described(value: Node) -> Record:
    """What stands behind a name: a description, or the scenes it is in."""
    if isinstance(value, Text):
        return Record([("description", value)])
    if isinstance(value, Listing) and _only_numbers(value):
        return Record([("scenes", value)])
    return Record()
