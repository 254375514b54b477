"""Finding the assets in a value, whatever it is wrapped in."""

import re

from extraction.domain.finds import AssetType
from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.calls import HANDED, added_type, handed_over
from extraction.domain.salvage.doubles import apart
from extraction.domain.salvage.elements import (
    is_nameless,
    is_stranger,
    other_type,
    paired,
    titled_list,
    typed_item,
    types_by_name,
)
from extraction.domain.salvage.entries import Entry, Reading, counted, unnamed
from extraction.domain.salvage.item_names import name_of
from extraction.domain.salvage.items import named
from extraction.domain.salvage.members import (
    error_in,
    lists_in,
    own_type,
    said_by_others,
)
from extraction.domain.salvage.nodes import Atom, Listing, Node, Record, Text
from extraction.domain.salvage.outcome import LISTS
from extraction.domain.salvage.owning import holds_counts, is_information, owned_losses
from extraction.domain.salvage.rivals import doubted, is_beside, replaced
from extraction.domain.salvage.schemas import is_schema, schema_data
from extraction.domain.salvage.strictness import is_json
from extraction.domain.salvage.typed import TypedReader

LOOKS_NESTED = re.compile(r"\s*(?:```\w*\s*)?[{\[\uff5b]")
OBJECT = re.compile(r"\s*(?:```\w*\s*)?\{\s*\"")
HOLDS_NESTED = re.compile(r"[{\[\uff5b]")
MAY_ANSWER = re.compile(r"[{\[(\uff5b\n]")
SCENE_KEY = re.compile(r"(?:scene|sc|\u573a|\u7b2c)[\s_.#-]*(\d{1,5})", re.IGNORECASE)


def read(node: Node, context: AssetType | None = None) -> Reading:
    """The entries of a value; `context` is the type that the words before it announce."""
    reader = UntypedReader()
    if context is not None and not _names_types(node):
        return TypedReader(reader.untyped).read(context, node, LISTS[context])
    return reader.untyped(node, None)


def _names_types(node: Node) -> bool:
    """Whether the value itself says what is in it."""
    if isinstance(node, Listing):
        return any(isinstance(value, Record) and own_type(value) is not None for value in node.values)
    if isinstance(node, Record):
        return any(
            isinstance(value, Listing | Record) and (words.type_of_key(key) or _names_types(value))
            for key, value in node.members
        )
    return False


class UntypedReader:
    """Walks through wrappers until keys or type fields say what something is."""

    def untyped(self, node: Node, scene: int | None) -> Reading:
        """The entries of a value that nothing has named yet."""
        if isinstance(node, Listing):
            return self._elements(node, scene)
        if isinstance(node, Record):
            return self._record(node, scene)
        if isinstance(node, Text) and LOOKS_NESTED.match(node.value):
            return Reading(nested=[node.value])
        return Reading(untyped=int(isinstance(node, Text)))

    def _elements(self, listing: Listing, scene: int | None) -> Reading:
        """The entries of a list, with word of those that lack a type or a name; its texts may be pieces of one answer."""
        pieces = [value.value for value in listing.values if isinstance(value, Text)]
        joined = "".join(pieces)
        if len(pieces) == len(listing.values) > 1 and LOOKS_NESTED.match(joined) and is_json(joined.strip()):
            return Reading(nested=[joined])
        reading = Reading()
        for value in map(paired, listing.values):
            reading.join(self.untyped(value, scene))
        strangers = sum(is_stranger(value) for value in listing.values)
        if reading.entries and strangers:
            reading.lost.append(unnamed(strangers))
        typed = any(isinstance(value, Record) and own_type(value) for value in listing.values)
        nameless = sum(is_nameless(value) for value in listing.values) if typed else 0
        if nameless:
            reading.lost.append(f"{counted(nameless)} without a name")
        return reading

    def _record(self, record: Record, scene: int | None) -> Reading:
        if is_schema(record):
            data = schema_data(record)
            return self.untyped(data, scene) if data is not None else Reading(is_schema=True)
        error = error_in(record)
        if not error:
            return self._answer(record, scene)
        answer = self._answer(record, scene) if any(words.type_of_key(key) for key, _ in record.members) else Reading()
        if not answer.entries:
            return Reading(error=error)
        answer.lost.append(f"an error beside the answer: {error}")
        return answer

    def _answer(self, record: Record, scene: int | None) -> Reading:
        spoken = said_by_others(record)
        if spoken:
            return Reading(decoys=[spoken])
        handed = self._handed_over(record, scene)
        if handed is not None:
            return handed
        typed = typed_item(record)
        if typed is not None:
            return self._typed(typed, record, scene)
        titled = titled_list(record)
        if titled is not None:
            return TypedReader(self.untyped).read(*titled, scene)
        named_types = types_by_name(record, scene)
        return named_types if named_types is not None else self._wrapper(record, _scene_of(record, scene))

    def _typed(self, asset_type: AssetType, record: Record, scene: int | None) -> Reading:
        several = apart(record, asset_type)
        if len(several) > 1:
            return self.untyped(Listing(list(several)), scene)
        entry = Entry(asset_type, f"item of type {asset_type}", record=record, scene=scene, doubtful=record.doubtful)
        return Reading([entry], {asset_type})

    def _handed_over(self, record: Record, scene: int | None) -> Reading | None:
        """What the call of a tool for one type hands over; None when the object is no such call."""
        tool, handed = handed_over(record) or ("", Record())
        asset_type = added_type(tool)
        if asset_type is None or (isinstance(handed, Record) and lists_in(handed)):
            return None
        if isinstance(handed, Text):
            return Reading(nested=[f'{{"{asset_type}": {handed.value}{"}" * is_json(handed.value)}'])
        return TypedReader(self.untyped).read(asset_type, handed, tool, scene)

    def _wrapper(self, record: Record, scene: int | None) -> Reading:
        reading, beneath, finals = Reading(), Reading(), Reading()
        beside = any(isinstance(value, Listing) and words.is_list_key(key) for key, value in record.members)
        for key, value in record.members:
            low = words.squeezed(key)
            if words.is_decoy_key(key) and not (low in HANDED and handed_over(record)):
                held = isinstance(value, Text) and HOLDS_NESTED.search(value.value)
                reading.decoys += (
                    [f"what stands under {key[:40]!r}"] if held or not isinstance(value, Text | Atom) else []
                )
                continue
            if record.doubtful and isinstance(value, Text):
                value.doubtful = True
            found = self._beside(record, key, value, scene) if beside else self._member(key, low, value, scene)
            under = beneath if beside and is_beside(key, value) else reading
            (finals if low in words.FINALS else under).join(found)
        doubted(reading, beneath)
        reading.join(beneath)
        if finals.entries:
            reading = replaced(reading, finals)
        reading.join(finals)
        reading.lost += owned_losses(record, reading.entries)
        if not reading.entries and not reading.types and name_of(record, None) is not None:
            reading.untyped += 1
            reading.aside += other_type(record)
        return reading

    def _beside(self, record: Record, key: str, value: Node, scene: int | None) -> Reading:
        """What a member of an object with lists of assets holds, be it one of them or something else."""
        low = words.squeezed(key)
        if isinstance(value, Listing) and low in words.PROP_KINDS:
            return TypedReader(self.untyped).read(AssetType.PROP, value, key, scene)
        found = self._member(key, low, value, scene)
        if isinstance(value, Listing):
            if words.is_weak(key) and not self._holds_more(AssetType.PROP, key, value) and not _strong_lists(record):
                found.doubt(found.types)
            return _none_of_ours(found, key, value)
        if isinstance(value, Text):
            found.doubt(_strong_lists(record))
        elif is_beside(key, value) and is_information(value):
            found.aside += [f"{key[:40]}: {named(found.entries)}"] if found.entries else []
            found.entries, found.types = [], set()
        return found

    def _member(self, key: str, low: str, value: Node, scene: int | None) -> Reading:
        asset_type = words.type_of_key(key)
        if asset_type is not None and isinstance(value, Text | Atom) and words.is_weak(key):
            return Reading()
        if asset_type is not None and not self._holds_more(asset_type, key, value):
            return TypedReader(self.untyped).read(asset_type, value, key, scene)
        if holds_counts(key, value):
            return Reading()
        if isinstance(value, Listing | Record):
            numbered = SCENE_KEY.fullmatch(key.strip())
            return self.untyped(value, int(numbered[1]) if numbered else scene)
        if isinstance(value, Text) and (
            OBJECT.match(value.value) or (low in words.CARRIERS and MAY_ANSWER.search(value.value))
        ):
            return Reading(nested=[value.value])
        return Reading()

    def _holds_more(self, asset_type: AssetType, key: str, value: Node) -> bool:
        """Whether under a key such as `items` or `场景` stand things of several types."""
        if isinstance(value, Record):
            return bool(_other_lists_in(value, asset_type)) and name_of(value, asset_type) is None
        if not isinstance(value, Listing):
            return False
        records = [each for each in value.values if isinstance(each, Record)]
        if words.is_weak(key) and any(own_type(each) for each in records):
            return True
        return bool(records) and all(
            _other_lists_in(each, asset_type) and name_of(each, asset_type) is None for each in records
        )


def _strong_lists(record: Record) -> set[AssetType]:
    """The types of the lists of an object whose keys name them beyond doubt."""
    keys = [key for key, value in record.members if isinstance(value, Listing) and not words.is_weak(key)]
    return {asset_type for asset_type in map(words.type_of_key, keys) if asset_type is not None}


def _none_of_ours(found: Reading, key: str, listing: Listing) -> Reading:
    """What was found in a list; word of its entries when they are of no kind that is asked for."""
    low = words.squeezed(key)
    if found.entries or found.types or found.nested or low in words.SCENES or low in words.EVIDENCE:
        return found
    named = sum(isinstance(each, Record) and name_of(each, None) is not None for each in listing.values)
    return Reading(aside=[f"{counted(named)} under {key[:40]!r}"]) if named else found


def _other_lists_in(record: Record, asset_type: AssetType) -> list[str]:
    """Keys of lists of another type than the one that is being read."""
    return [key for key in lists_in(record) if words.type_of_key(key) is not asset_type and not words.is_weak(key)]


def _scene_of(record: Record, scene: int | None) -> int | None:
    for key, value in record.members:
        if words.squeezed(key) in {"scene", "scenenumber", "sceneno", "number", "场次", "场号"} and isinstance(
            value, Atom
        ):
            return value.value if isinstance(value.value, int) else scene
    return scene
