"""What many chunks found, as one list; the built-in reading is the second witness."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from extraction.domain.engine.words import is_person_noun
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.llm.folding import SPACED
from extraction.domain.llm.grounding import thinned
from extraction.domain.llm.joining import Group, join
from extraction.domain.llm.naming import CUE_FOR_SEVERAL, name_words, short_names

SURE = 0.75
TAGGED = 1.0
MISSED = 0.5
MOST_SURE = 0.99
AGAIN = 0.2
CONFIRMED = 0.5
LONGEST_DESCRIPTION = 600


def merge(
    results: Sequence[Sequence[Find]], witness: Sequence[Find], *, whole: bool = False, unread: Collection[int] = ()
) -> list[Find]:
    """One find for each thing that the chunks show: characters, locations, props, each in order of appearance.

    The outcome depends on what was found, not on the order of `results`. What is one thing says `join`. A find that
    more than one chunk has is surer than one chunk is, and surer still when the built-in reading, the `witness`, has it
    too: that adds its aliases, scenes and lines. The results at the places `unread` are the witness's own, of chunks that
    no model has read: they make nothing surer.

    The witness alone is believed in three cases only. A production's own tags (confidence 1) are always told. A character
    that it is sure of (from 0.75: somebody with a cue, an age or a place in a list of those present) and that no chunk
    has under any name is told with a confidence of at most 0.5: models overlook people with a single line. So is a
    location that it is sure of, if no chunk has any location for any of its scenes. These two are told only of a script
    that is read `whole`: what no chunk has may still be in one that is not read yet.
    """
    single = _without_pairs(results, witness)
    finds = [find for asset_type in AssetType for find in _of_type(asset_type, single, witness, whole, unread)]
    order = list(AssetType)
    return sorted(finds, key=lambda find: (order.index(find.asset_type), _first_seen(find), find.name))


def _of_type(
    asset_type: AssetType,
    results: Sequence[Sequence[Find]],
    witness: Sequence[Find],
    whole: bool,
    unread: Collection[int],
) -> list[Find]:
    groups = join(asset_type, results, witness)
    found = [_written(group, unread) for group in groups]
    used = {id(find) for group in groups for find in group.witnessed}
    alone = [find for find in witness if find.asset_type is asset_type and id(find) not in used]
    told = {name_words(find.name) for find in found}
    found += [find for find in alone if find.confidence >= TAGGED and name_words(find.name) not in told]
    return found + (_overlooked(asset_type, alone, found) if whole else [])


def _overlooked(asset_type: AssetType, alone: Sequence[Find], found: Sequence[Find]) -> list[Find]:
    """What the witness is sure of, and no chunk has under any name, or at any of its scenes."""
    names = {words for find in found for words in _all_names(find)}
    scenes = {scene for find in found for scene in find.scene_numbers}
    added = []
    for find in alone:
        covered = asset_type is AssetType.PROP or (
            asset_type is AssetType.LOCATION and not scenes.isdisjoint(find.scene_numbers)
        )
        if find.confidence >= SURE and not covered and names.isdisjoint(_all_names(find)):
            added.append(replace(find, confidence=min(find.confidence, MISSED)))
            names |= _all_names(find)
    return added


def _written(group: Group, unread: Collection[int]) -> Find:
    finds = sorted((find for entry in group.entries for find in entry.finds), key=_canonical)
    every = [*finds, *group.witnessed]
    name = _name(group, finds)
    return Find(
        asset_type=finds[0].asset_type,
        name=name,
        aliases=_aliases(name, every),
        description=_description(finds) or _description(group.witnessed),
        attributes={trait: value for find in reversed(every) for trait, value in find.attributes.items()},
        scene_numbers=tuple(sorted({scene for find in every for scene in find.scene_numbers})),
        evidence=thinned(line for find in every for line in find.evidence),
        confidence=_confidence(group, finds, unread),
    )


def _name(group: Group, finds: Sequence[Find]) -> str:
    """The witness's name, as that has read the whole script; else the fullest, a real one before a calling."""
    witnessed = min((name_words(find.name) for find in group.witnessed), default="")
    uses = Counter(name_words(find.name) for find in finds)
    chosen = witnessed or max(uses, key=lambda words: (*_fullness(words), uses[words], -len(words), words))
    spellings = Counter(find.name for find in finds if name_words(find.name) == chosen)
    spellings.update(find.name for find in group.witnessed if name_words(find.name) == chosen)
    return max(spellings, key=lambda name: (not name.isupper(), spellings[name], name))


def _fullness(words: str) -> tuple[bool, int]:
    """A Chinese name of three is the whole one; what is longer only has a title."""
    parts = words.split()
    if SPACED.search(words) is None:
        return True, min(len(parts), 3)
    return not is_person_noun(parts[-1]), min(len(parts), 4)


def _aliases(name: str, finds: Iterable[Find]) -> tuple[str, ...]:
    """Every other name, those that are used most first."""
    uses: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for find in finds:
        for alias in (find.name, *find.aliases):
            words = name_words(alias)
            uses[words] += 1
            spellings.setdefault(words, Counter())[alias] += 1
    others = sorted(
        (words for words in uses if words not in {name_words(name), ""}), key=lambda words: (-uses[words], words)
    )
    return tuple(
        max(spellings[words], key=lambda alias: (not alias.isupper(), spellings[words][alias], alias))
        for words in others
    )


def _description(finds: Iterable[Find]) -> str:
    """The longest within reason, the earliest of equals."""
    told = [find.description for find in finds if find.description]
    short = [text for text in told if len(text) <= LONGEST_DESCRIPTION]
    return max(short, key=len, default=min(told, key=len, default=""))


def _confidence(group: Group, finds: Sequence[Find], unread: Collection[int]) -> float:
    if any(find.confidence >= TAGGED for find in group.witnessed):
        return TAGGED
    sure = max(find.confidence for find in finds)
    read = {number for entry in group.entries for number in entry.results}.difference(unread)
    if not read:
        return min(sure, MISSED)
    if len(read) > 1:
        sure += (1 - sure) * AGAIN
    if group.witnessed:
        sure += (1 - sure) * CONFIRMED
    return round(min(sure, MOST_SURE), 3)


def _without_pairs(results: Sequence[Sequence[Find]], witness: Sequence[Find]) -> list[list[Find]]:
    """A cue for two, MAEVE & FINCH, is no third person when both are known."""
    names = [name for result in (*results, witness) for find in result for name in (find.name, *find.aliases)]
    single = [name for name in names if len(CUE_FOR_SEVERAL.split(name)) == 1]
    known = {words for name in single for words in (name_words(name), *short_names(AssetType.CHARACTER, name))}
    return [[find for find in result if not _is_several(find, known)] for result in results]


def _is_several(find: Find, known: set[str]) -> bool:
    parts = CUE_FOR_SEVERAL.split(find.name) if find.asset_type is AssetType.CHARACTER else []
    return len(parts) > 1 and all(name_words(part) in known for part in parts)


def _all_names(find: Find) -> set[str]:
    return {name_words(name) for name in (find.name, *find.aliases)}


def _first_seen(find: Find) -> tuple[int, int]:
    first = find.evidence[0] if find.evidence else Evidence(min(find.scene_numbers, default=0), 0, "")
    return first.scene, first.line


def _canonical(find: Find) -> tuple[object, ...]:
    """The same order for the same finds, whichever came first."""
    return (_first_seen(find), find.name, find.aliases, find.description, sorted(find.attributes.items()), repr(find))
