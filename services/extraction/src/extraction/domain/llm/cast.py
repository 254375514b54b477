"""The names that a chunk is told: what is known of the rest of the script."""

from collections import Counter
from collections.abc import Iterable, Sequence

from extraction.domain.finds import AssetType, Find
from extraction.domain.llm.prompt import CAST_SHOWN

FOUND_SHOWN = CAST_SHOWN // 4


def cast_of(finds: Iterable[Find]) -> tuple[str, ...]:
    """Names of characters, then of locations, those in most scenes first."""
    scenes: Counter[tuple[bool, str]] = Counter()
    for find in finds:
        if find.asset_type is not AssetType.PROP:
            scenes[find.asset_type is not AssetType.CHARACTER, find.name] += len(find.scene_numbers)
    ranked = sorted(scenes, key=lambda named: (named[0], -scenes[named]))
    return tuple(dict.fromkeys(name for _, name in ranked))


def cast_so_far(known: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
    """At most `CAST_SHOWN` names: those `known` before any chunk was read, then what chunks read since have `found`.

    The known ones leave `FOUND_SHOWN` places to those that only chunks have found.
    """
    have = {name.casefold() for name in known}
    new = [name for name in found if name.casefold() not in have]
    first = known[: CAST_SHOWN - min(len(new), FOUND_SHOWN)]
    return (*first, *new[: CAST_SHOWN - len(first)])
