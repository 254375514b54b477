"""A production's own tags: they are the truth, and stand above what the engine reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.words import singular
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.script import Tagged

CERTAIN = 1.0
MAX_EVIDENCE = 24


def with_tags(finds: Sequence[Find], tagged: Sequence[Tagged]) -> list[Find]:
    """The finds with every tag among them, grouped by type.

    A find that goes by a tag's name becomes certain and takes the tag's name; one that gives this name to another type
    of asset is left out; a tag that nothing was found for is a find of its own.
    """
    if not tagged:
        return list(finds)
    owners = _owners(finds)
    merged: dict[int, Find] = dict(enumerate(finds))
    for tag in tagged:
        keys = [_key(name) for name in (tag.name, *tag.aliases)]
        at = next((owners[tag.asset_type, key] for key in keys if (tag.asset_type, key) in owners), None)
        for other in AssetType:
            wrong = owners.get((other, keys[0])) if other is not tag.asset_type else None
            if wrong is not None and _key(finds[wrong].name) == keys[0]:
                merged.pop(wrong, None)
        place = len(merged) + len(finds) if at is None or at not in merged else at
        merged[place] = _certain(tag, merged.get(place))
        owners.update({(tag.asset_type, key): place for key in keys})
    kept = [merged[at] for at in sorted(merged)]
    return [find for each in AssetType for find in kept if find.asset_type is each]


def _owners(finds: Sequence[Find]) -> dict[tuple[AssetType, Key], int]:
    owners: dict[tuple[AssetType, Key], int] = {}
    for at, find in enumerate(finds):
        for name in (find.name, *find.aliases):
            owners.setdefault((find.asset_type, _key(name)), at)
    return owners


def _certain(tag: Tagged, find: Find | None) -> Find:
    if find is None:
        return Find(tag.asset_type, tag.name, tag.aliases, "", {}, tag.scene_numbers, tag.evidence, CERTAIN)
    names: dict[str, str] = {}
    for name in (find.name, *find.aliases, *tag.aliases):
        names.setdefault(name.casefold(), name)
    return replace(
        find,
        name=tag.name,
        aliases=tuple(name for low, name in names.items() if low != tag.name.casefold()),
        scene_numbers=tuple(sorted({*find.scene_numbers, *tag.scene_numbers})),
        evidence=_one_per_line([*tag.evidence, *find.evidence]),
        confidence=CERTAIN,
    )


def _one_per_line(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    lines: Mapping[int, Evidence] = {each.line: each for each in evidence}
    return tuple(lines[line] for line in sorted(lines))[:MAX_EVIDENCE]


def _key(name: str) -> Key:
    key = name_key(name)
    return (*key[:-1], singular(key[-1])) if key else ()
