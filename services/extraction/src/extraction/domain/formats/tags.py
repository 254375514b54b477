"""A production's own breakdown: the tags that a script's file keeps beside its text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extraction.domain.finds import AssetType, Evidence
from extraction.domain.formats.paragraphs import Placed
from extraction.domain.script import Tagged

CATEGORIES: Mapping[AssetType, re.Pattern[str]] = {
    AssetType.CHARACTER: re.compile(
        "cast|cast members?|characters?|principals?|speaking roles?|background(?: actors?| artists?)?|(?:featured )?extras?|"
        "atmosphere|silent bits?|animals?|livestock|(?:主要|群众)?演员|群演|角色|人物|动物"
    ),
    AssetType.PROP: re.compile(
        "(?:hand |hero |action )?props?|weapons?|firearms?|(?:picture )?vehicles?|道具|武器|车辆"
    ),
    AssetType.LOCATION: re.compile("(?:filming )?locations?|sets?|places?|场景|地点|场地"),
}
"""Names of categories in breakdowns, those that Final Draft begins with among them."""
MAX_NAME = 200
MAX_EVIDENCE = 50
MIN_ALIAS = 3
MAX_DEFINITIONS = 2_000
MAX_LOOKED_AT = 2_000
"""Paragraphs with a name's first word in which the whole name is looked for."""
WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Breakdown:
    """Tags as the file has them: names of categories, definitions (category, label), definitions of each tag."""

    categories: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, tuple[str, str]] = field(default_factory=dict)
    tags: dict[str, list[str]] = field(default_factory=dict)


def asset_type_of(category: str) -> AssetType | None:
    """The type of asset that a category of a breakdown holds; None for what is no asset, such as music."""
    words = " ".join(category.casefold().split())
    return next((asset_type for asset_type, names in CATEGORIES.items() if names.fullmatch(words)), None)


def tagged_in(breakdown: Breakdown, placed: Sequence[Placed]) -> tuple[Tagged, ...]:
    """What is tagged as a character, location or prop, in the order of the definitions.

    A tag stands where the text is marked with its number. One without marks stands wherever its name is read, and when
    the name is nowhere in the text it is a leftover of something that was cut and is left out.
    """
    marked = _marked(breakdown, placed)
    used = {definition for names in breakdown.tags.values() for definition in names}
    definitions = [(key, *told) for key, told in breakdown.definitions.items() if key in used][:MAX_DEFINITIONS]
    words = _index(placed) if any(key not in marked for key, _, _ in definitions) else {}
    found = (
        _tagged(breakdown.categories.get(category, category), label, marked.get(key) or _mentions(label, words))
        for key, category, label in definitions
    )
    return tuple(tag for tag in found if tag is not None)


Sighting = tuple[Placed, str]


def _marked(breakdown: Breakdown, placed: Sequence[Placed]) -> dict[str, list[Sighting]]:
    sightings: dict[str, list[Sighting]] = {}
    for each in placed:
        for mark in each.paragraph.marks:
            for definition in breakdown.tags.get(mark.number, ()):
                sightings.setdefault(definition, []).append((each, mark.text.strip()))
    return sightings


def _index(placed: Sequence[Placed]) -> dict[str, list[Placed]]:
    """Paragraphs by the words in them."""
    index: dict[str, list[Placed]] = {}
    for each in placed:
        for word in set(WORD.findall(each.paragraph.text.casefold())):
            index.setdefault(word, []).append(each)
    return index


def _mentions(label: str, index: Mapping[str, Sequence[Placed]]) -> list[Sighting]:
    first = WORD.search(label.casefold())
    if first is None:
        return []
    pattern = re.compile(rf"(?<!\w){r'[ ]+'.join(map(re.escape, label.split()))}(?:e?s)?(?!\w)", re.IGNORECASE)
    looked_at = [each for end in ("", "s", "es") for each in index.get(first.group() + end, ())][:MAX_LOOKED_AT]
    found = [(each, match.group()) for each in looked_at if (match := pattern.search(each.paragraph.text))]
    return sorted(found, key=lambda sighting: sighting[0].lines[0].number)


def _tagged(category: str, label: str, sightings: Sequence[Sighting]) -> Tagged | None:
    asset_type = asset_type_of(category)
    name = " ".join(label.split())[:MAX_NAME]
    if asset_type is None or not name or not sightings:
        return None
    others = {word.casefold(): word for _, word in sightings if len(word) >= MIN_ALIAS}
    others.pop(name.casefold(), None)
    evidence = tuple(_evidence(*sighting) for sighting in sightings[:MAX_EVIDENCE])
    scenes = sorted({max(each.scene, 1) for each, _ in sightings})
    return Tagged(asset_type, name, category, tuple(others.values()), tuple(scenes), evidence)


def _evidence(placed: Placed, word: str) -> Evidence:
    line = next((line for line in placed.lines if word and word in line.source), placed.lines[0])
    return Evidence(max(placed.scene, 1), line.number, line.source)
