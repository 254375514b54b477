"""From an entry of a reply to an item: every one is checked on its own, none brings down its neighbours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.entries import Entry
from extraction.domain.salvage.fields import attribute_text, confidence_in, names_in, quotes_in, scenes_in, text_of
from extraction.domain.salvage.item_names import name_of
from extraction.domain.salvage.naming import clean_name, is_nobody, name_and_words, same_key, what_is_wrong
from extraction.domain.salvage.nodes import Atom, Listing, Node, Record, Text
from extraction.domain.salvage.outcome import Item
from extraction.domain.salvage.partial import stands_for_others
from extraction.domain.salvage.withdrawals import taken_back

MAX_ATTRIBUTES = 40
MAX_MANY = 1000
MAX_NAMED = 8
REPLACED = "\ufffd"
"""What stands where a character could not be read."""


@dataclass(slots=True)
class Fields:
    """What an item's object holds besides its name."""

    aliases: list[str] = field(default_factory=list)
    description: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    scenes: list[int] = field(default_factory=list)
    quotes: list[tuple[int | None, str]] = field(default_factory=list)
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """An item, or None; what was lost of it, or why the reply itself takes it back."""

    item: Item | None
    lost: str = ""
    aside: str = ""


def written_name(entry: Entry) -> Text | None:
    """The name of an entry as the reply writes it."""
    if entry.name is not None or entry.record is None:
        return entry.name
    return name_of(entry.record, entry.asset_type)


def named(entries: Sequence[Entry]) -> str:
    """The names of entries as the reply writes them, the first few."""
    return some([name.value.strip()[:60] for name in map(written_name, entries) if name is not None])


def some(names: Sequence[str]) -> str:
    """The first few of some names."""
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - MAX_NAMED} more" if len(each) > MAX_NAMED else ""
    return f"{', '.join(each[:MAX_NAMED])}{more}"


def name_key(entry: Entry) -> tuple[str, str]:
    """What two entries of one asset share."""
    name = written_name(entry)
    return entry.asset_type, same_key(name.value) if name else ""


def build(entry: Entry, *, damaged: bool) -> Built:
    """The item of an entry, checked; more strictly where the reply is `damaged`."""
    name = written_name(entry)
    if name is None:
        return Built(None, f"{entry.place}: no name")
    if not name.whole:
        return Built(None, f"{entry.place}: cut off in its name")
    if stands_for_others(name.value):
        return Built(None, f"{entry.place}: stands for others that are not listed")
    wrong = what_is_wrong(name.value, damaged=damaged)
    written, told = (name.value, "") if entry.record is not None else name_and_words(name.value)
    cleaned = clean_name(written, entry.asset_type)
    wrong = wrong or what_is_wrong(cleaned, damaged=damaged)
    if wrong:
        silent = entry.record is None and is_nobody(name.value)
        return Built(None, "" if silent else f"{entry.place}: {wrong}")
    mark = _taken_back(entry.record)
    if mark:
        return Built(None, aside=f"{cleaned}: marked {mark} by the reply")
    fields = _fields(entry, name)
    item = Item(
        asset_type=entry.asset_type,
        name=cleaned,
        aliases=_aliases(fields.aliases, cleaned, name.value, entry),
        description=" ".join([*fields.description, *([told] if told else [])]),
        attributes=fields.attributes,
        scene_numbers=tuple(sorted(set(fields.scenes[:MAX_MANY]))),
        quotes=tuple(dict.fromkeys(fields.quotes[:MAX_MANY])),
        confidence=fields.confidence,
        flagged=entry.doubtful
        or name.doubtful
        or REPLACED in cleaned
        or fields.confidence == 0
        or _is_doubted(entry.record),
    )
    cut = entry.record is not None and not entry.record.whole
    return Built(item, f"{entry.place} ({cleaned}): cut off after its name" if cut else "")


def _is_doubted(record: Record | None) -> bool:
    """Whether a note in an item says that it is none of the script's."""
    members = record.members if record is not None else []
    return any(
        isinstance(value, Text) and words.squeezed(key) in words.VERDICTS and bool(taken_back([value.value]))
        for key, value in members
    )


def _taken_back(record: Record | None) -> str:
    """The member that takes an item out of the answer, as `in_script: false` does; else empty."""
    for key, value in record.members if record is not None else ():
        if (
            isinstance(value, Text)
            and words.squeezed(key) in words.VERDICTS
            and words.squeezed(value.value) in words.REJECTED
        ):
            return value.value.strip()[:40]
        when = words.EXCLUDED_WHEN.get(words.squeezed(key))
        said = _yes_or_no(value)
        if when is not None and said is when:
            return f"{key.strip()[:40]}: {str(said).lower()}"
    return ""


def _yes_or_no(value: Node) -> bool | None:
    if isinstance(value, Text):
        return {"true": True, "yes": True, "false": False, "no": False}.get(value.value.strip().casefold())
    return value.value if isinstance(value, Atom) and isinstance(value.value, bool) else None


def _fields(entry: Entry, name: Text) -> Fields:
    fields = Fields()
    for key, value in entry.record.members if entry.record is not None else ():
        if value is not name:
            _take(fields, key, value, name)
    if not fields.scenes and entry.scene is not None:
        fields.scenes.append(entry.scene)
    return fields


def _take(fields: Fields, key: str, value: Node, name: Text) -> None:
    """One member into the field it belongs to; what has no field of its own is an attribute."""
    low = words.squeezed(key)
    if low in words.DESCRIPTIONS:
        fields.description += [text for text in [text_of(value)] if text and text not in fields.description]
    elif low in words.ALIASES:
        fields.aliases += names_in(value)
    elif low in words.SCENES and not _is_heading_text(value):
        fields.scenes += scenes_in(value)
    elif low in words.EVIDENCE:
        fields.quotes += quotes_in(value)
    elif low in words.CONFIDENCE:
        fields.confidence = confidence_in(value)
    else:
        _take_attribute(fields, key, low, value, name)


def _take_attribute(fields: Fields, key: str, low: str, value: Node, name: Text) -> None:
    members = value.members if isinstance(value, Record) else []
    if low in words.ATTRIBUTES and members:
        for inner, each in members:
            _attribute(fields, inner, each)
    elif name not in [each for _, each in members]:
        _attribute(fields, key, value)


def _is_heading_text(value: Node) -> bool:
    """Whether scenes are told by words that hold no number."""
    texts = value.values if isinstance(value, Listing) else [value]
    return all(isinstance(text, Text) for text in texts) and not any(scenes_in(value))


def _attribute(fields: Fields, key: str, value: Node) -> None:
    text = attribute_text(value)
    name = key.strip()[:60]
    if text and name and len(fields.attributes) < MAX_ATTRIBUTES:
        fields.attributes.setdefault(name, text)


def _aliases(found: list[str], name: str, written: str, entry: Entry) -> tuple[str, ...]:
    """Other names; not the name itself again in other letters."""
    seen = {same_key(name)}
    aliases = []
    for alias in _valid([*found[:MAX_MANY]], entry):
        if same_key(alias) not in seen:
            seen.add(same_key(alias))
            aliases.append(alias)
    return tuple(aliases)


def _valid(found: list[str], entry: Entry) -> Iterator[str]:
    for text in found:
        alias = clean_name(text, entry.asset_type)
        if not what_is_wrong(alias, damaged=True):
            yield alias
