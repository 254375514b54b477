"""The names that a chunk is told."""

from extraction.domain.finds import AssetType, Find
from extraction.domain.llm.cast import FOUND_SHOWN, cast_of, cast_so_far
from extraction.domain.llm.prompt import CAST_SHOWN


def find(kind: AssetType, name: str, scenes: int) -> Find:
    return Find(kind, name, (), "", scene_numbers=tuple(range(1, scenes + 1)))


def test_the_cast_has_characters_before_places_and_no_props_the_frequent_first() -> None:
    finds = [
        find(AssetType.PROP, "lamp", 9),
        find(AssetType.LOCATION, "Attic", 3),
        find(AssetType.CHARACTER, "Bo", 1),
        find(AssetType.CHARACTER, "Mira", 2),
    ]
    assert cast_of(finds) == ("Mira", "Bo", "Attic")


def test_what_several_chunks_found_counts_by_all_its_scenes() -> None:
    person = AssetType.CHARACTER
    assert cast_of([find(person, "Bo", 2), find(person, "Mira", 1), find(person, "Mira", 2)]) == ("Mira", "Bo")


def test_what_chunks_have_found_joins_the_cast_once() -> None:
    assert cast_so_far(["Mira", "Attic"], ["MIRA", "Nobody", "Cellar"]) == ("Mira", "Attic", "Nobody", "Cellar")


def test_a_long_cast_leaves_some_places_to_what_chunks_have_found() -> None:
    known, found = ([f"{word} {number}" for number in range(99)] for word in ("known", "found"))
    assert cast_so_far(known, []) == tuple(known[:CAST_SHOWN])
    assert cast_so_far(known, found) == (*known[: CAST_SHOWN - FOUND_SHOWN], *found[:FOUND_SHOWN])
    assert cast_so_far(known[:3], found) == (*known[:3], *found[: CAST_SHOWN - 3])
    assert cast_so_far(known, found[:2]) == (*known[: CAST_SHOWN - 2], *found[:2])
