"""The fields of one item, from whatever a model wrote in their place."""

import re
from collections.abc import Iterator

from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.naming import clean_text, is_nobody
from extraction.domain.salvage.nodes import Atom, Listing, Node, Record, Text

MANY = re.compile(r"\s*(?:[;\n|\u3001\uff0c\uff1b,]|\s/\s)\s*")
SCENE_TEXT = re.compile(
    r"(?:(?:scenes?|scn?|s|no|szene|escena|sc\u00e8ne|\u7b2c|\u573a\u6b21?)?[\s.#_-]*|[a-z](?=\d+\Z))(?P<number>\d{1,6})[a-z]?\s*\u573a?(?:[\s.:,(\u2014\u2013].*)?",
    re.IGNORECASE | re.DOTALL,
)
SPAN = re.compile(r"\s*(?:scenes?\s*)?(\d{1,6})\s*(?:-|\u2013|\u2014|to|through|~)\s*(\d{1,6})\s*", re.IGNORECASE)
WIDEST_SPAN = 500
HIGHEST_SCENE = 1_000_000
LEVELS = {"high": 0.9, "medium": 0.6, "moderate": 0.6, "low": 0.3, "\u9ad8": 0.9, "\u4e2d": 0.6, "\u4f4e": 0.3}


def text_of(node: Node) -> str:
    """A description: text, or sentences in a list; what was cut off does not count."""
    if isinstance(node, Text):
        return clean_text(node.value) if node.whole and not is_nobody(node.value) else ""
    if isinstance(node, Listing):
        return " ".join(part for part in map(text_of, node.values) if part)
    if isinstance(node, Record):
        parts = ((key, text_of(value)) for key, value in node.members)
        return "; ".join(f"{key}: {text}" for key, text in parts if text)
    return ""


def names_in(node: Node) -> Iterator[str]:
    """Aliases: in a list, in one string with marks between them, or as objects with a name."""
    if isinstance(node, Text) and node.whole:
        yield from MANY.split(node.value)
    elif isinstance(node, Listing):
        for value in node.values:
            if isinstance(value, Text) and value.whole:
                yield value.value
            elif isinstance(value, Record):
                yield from (inner.value for _, inner in value.members[:1] if isinstance(inner, Text) and inner.whole)
    elif isinstance(node, Record):
        yield from (value.value for _, value in node.members if isinstance(value, Text) and value.whole)


def scenes_in(node: Node) -> Iterator[int]:
    """Scene numbers: numbers, texts such as `Scene 3`, `12B`, `1, 2 and 4` or `2-5`, objects with a number or with numbers for keys."""
    if isinstance(node, Atom):
        yield from _number(node)
    elif isinstance(node, Text) and node.whole:
        yield from _span(node.value)
    elif isinstance(node, Listing):
        for value in node.values:
            yield from _scene(value) if isinstance(value, Text) else scenes_in(value)
    elif isinstance(node, Record):
        yield from _scenes_of_record(node)


def _scenes_of_record(record: Record) -> Iterator[int]:
    for key, value in record.members:
        if words.squeezed(key) in words.SCENES | {"number", "id", "index", "no", "num"}:
            yield from scenes_in(value)
            return
    for key, _ in record.members:
        yield from _span(key)


def _number(atom: Atom) -> Iterator[int]:
    value = atom.value
    if not atom.whole or value is None or isinstance(value, bool):
        return
    if value == int(value) and 0 < value <= HIGHEST_SCENE:
        yield int(value)


def _span(text: str) -> Iterator[int]:
    """The scenes of a text that is no element of a list: there `1-3` is a label, here it is from 1 to 3."""
    span = SPAN.fullmatch(text)
    if span and 0 < int(span[2]) - int(span[1]) <= WIDEST_SPAN:
        yield from range(int(span[1]), int(span[2]) + 1)
        return
    for part in re.split(r"\s*(?:[,;/&\u3001\uff0c]|\band\b|\u548c)\s*", text[:2000]):
        yield from _scene(Text(part))


def _scene(text: Text) -> Iterator[int]:
    found = SCENE_TEXT.fullmatch(text.value.strip()[:200]) if text.whole else None
    if found and 0 < int(found["number"]) <= HIGHEST_SCENE:
        yield int(found["number"])


def quotes_in(node: Node, scene: int | None = None) -> Iterator[tuple[int | None, str]]:
    """Quotes with their scenes: objects of both, plain texts, texts by scene."""
    if isinstance(node, Text):
        quote = clean_text(node.value)
        if node.whole and quote:
            yield scene, quote
    elif isinstance(node, Listing):
        for value in node.values:
            yield from quotes_in(value, scene)
    elif isinstance(node, Record):
        yield from _quotes_of_record(node, scene)


def _quotes_of_record(record: Record, scene: int | None) -> Iterator[tuple[int | None, str]]:
    members = [(words.squeezed(key), key, value) for key, value in record.members]
    number = next((n for low, _, value in members if low in words.SCENES for n in scenes_in(value)), scene)
    quoted = [(low, value) for low, _, value in members if low in words.QUOTED]
    if quoted:
        quoted.sort(key=lambda member: member[0] != "quote")
        yield from next(filter(None, (list(quotes_in(value, number)) for _, value in quoted)), ())
        return
    for _, key, value in members:
        named = SCENE_TEXT.fullmatch(key.strip()[:40])
        if named and isinstance(value, Text | Listing):
            yield from quotes_in(value, int(named["number"]))


def confidence_in(node: Node) -> float | None:
    """A confidence from 0 to 1, also of `90`, `90%` and `high`; None when it is none of them."""
    value: float | None = None
    if isinstance(node, Atom) and node.whole and not isinstance(node.value, bool):
        value = node.value
    elif isinstance(node, Text):
        text = node.value.strip().casefold()
        found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,9})?)\s*(%?)", text)
        value = (float(found[1]) / (100 if found[2] else 1)) if found else LEVELS.get(text)
    if value is None or not 0 <= value <= 100:
        return None
    return float(value) if value <= 1 else value / 100


def attribute_text(node: Node) -> str:
    """An attribute as text: words, numbers, yes and no, lists of these."""
    if isinstance(node, Text):
        return text_of(node)
    if isinstance(node, Atom):
        if node.value is None or not node.whole:
            return ""
        return str(node.value).lower() if isinstance(node.value, bool) else str(node.value)
    if isinstance(node, Listing):
        return ", ".join(part for part in map(attribute_text, node.values) if part)
    return text_of(node)
