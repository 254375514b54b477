"""Many chunks, one list: the same thing once, whichever chunk was read first."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.llm.merging import merge

CHARACTER, LOCATION, PROP = AssetType.CHARACTER, AssetType.LOCATION, AssetType.PROP


def find(
    asset_type: AssetType, name: str, *aliases: str, scene: int = 1, confidence: float = 0.75, look: str = ""
) -> Find:
    evidence = (Evidence(scene, scene * 10, f"{name} is here."),)
    return Find(asset_type, name, aliases, look, {}, (scene,), evidence, confidence)


def person(name: str, *aliases: str, scene: int = 1, confidence: float = 0.75, look: str = "") -> Find:
    return find(CHARACTER, name, *aliases, scene=scene, confidence=confidence, look=look)


def prop(name: str, *aliases: str, scene: int = 1) -> Find:
    return find(PROP, name, *aliases, scene=scene)


def names(results: Sequence[Sequence[Find]], witness: Sequence[Find] = (), *, whole: bool = True) -> list[str]:
    return [found.name for found in merge(results, witness, whole=whole)]


def test_the_same_name_in_two_chunks_is_one_find_with_both_scenes() -> None:
    first, second = person("Ines", scene=1, look="34, oilskin"), person("INES", scene=7)

    (merged,) = merge([[first], [second]], [])

    assert (merged.name, merged.aliases, merged.scene_numbers) == ("Ines", (), (1, 7))
    assert merged.description == "34, oilskin"
    assert [seen.scene for seen in merged.evidence] == [1, 7]


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([[person("Leopold Finch", "Finch")], [person("Finch")]], ["Leopold Finch"]),
        ([[person("Harbourmaster", "Leopold Finch")], [person("Leopold Finch")]], ["Leopold Finch"]),
        ([[person("Harbourmaster", "Finch")], [person("Leopold Finch", "Finch")]], ["Leopold Finch"]),
        ([[person("Leopold Finch")], [person("Finch")]], ["Leopold Finch"]),
        ([[person("Mr Hale")], [person("Mrs Hale")], [person("Hale")]], ["Hale", "Mr Hale", "Mrs Hale"]),
        ([[person("Mr Hale", "Hale"), person("Mrs Hale", "Hale")]], ["Mr Hale", "Mrs Hale"]),
        ([[person("Young Ines", "Ines")], [person("Ines Calloway", "Ines")]], ["Ines Calloway", "Young Ines"]),
        ([[person("Young Ines", "Ines")], [person("Ines")]], ["Ines", "Young Ines"]),
        (
            [
                [person("Peters", "Sheriff", "Mr Peters")],
                [person("Sheriff", "Peters", "Mr Peters")],
                [person("Mr Peters", "Peters", "Sheriff")],
            ],
            ["Mr Peters"],
        ),
        ([[person("Old Clerk", "Clerk")], [person("Clerk")]], ["Old Clerk"]),
        ([[person("Maeve"), person("Finch")], [person("Maeve & Finch")]], ["Finch", "Maeve"]),
        ([[person("Maeve & Finch")]], ["Maeve & Finch"]),
        ([[person("Leopold Finch"), person("Finch")]], ["Finch", "Leopold Finch"]),
        ([[person("沈知夏")], [person("知夏", "少奶奶")]], ["沈知夏"]),
        ([[prop("red rucksack")], [prop("rucksack")]], ["red rucksack"]),
        ([[prop("brass key")], [prop("iron key")], [prop("key")]], ["brass key", "iron key", "key"]),
        ([[prop("brass key")], [prop("brass keys")]], ["brass key"]),
        ([[prop("Finch")], [person("Finch")]], ["Finch", "Finch"]),
        ([[find(LOCATION, "The Anchor")], [find(LOCATION, "ANCHOR")]], ["The Anchor"]),
        ([[find(LOCATION, "House")], [find(LOCATION, "Tree House")]], ["House", "Tree House"]),
    ],
)
def test_names_are_joined_by_reasons_and_not_by_likeness(results: list[list[Find]], expected: list[str]) -> None:
    assert sorted(names(results)) == expected


def test_an_alias_that_two_people_have_joins_nobody() -> None:
    results = [[person("Anna", "Doctor")], [person("Bert", "Doctor")], [person("Doctor")]]

    assert sorted(names(results)) == ["Anna", "Bert", "Doctor"]


def test_what_the_witness_knows_as_one_is_joined_under_its_name() -> None:
    witness = [person("Leopold Finch", "Harbourmaster", "Finch", confidence=0.95)]

    (merged,) = merge([[person("HARBOURMASTER", scene=2)], [person("FINCH", scene=3)]], witness)

    assert merged.name == "Leopold Finch"
    assert set(merged.aliases) == {"Harbourmaster", "Finch"}
    assert merged.scene_numbers == (1, 2, 3)


def test_what_the_witness_lists_apart_is_not_joined_by_a_shared_alias() -> None:
    results = [[person("Anna Bell", "Bell")], [person("Carl Bell", "Bell")]]

    assert len(names(results)) == 1
    assert sorted(names(results, [person("Anna Bell"), person("Carl Bell")])) == ["Anna Bell", "Carl Bell"]


def test_a_room_is_the_room_of_the_house_where_all_its_scenes_play() -> None:
    witness = [
        find(LOCATION, each, scene=at, confidence=0.5) for each, at in (("House - Kitchen", 3), ("Inn - Kitchen", 5))
    ]

    assert names([[find(LOCATION, "Kitchen", scene=3)]], witness) == ["House - Kitchen"]
    assert names([[find(LOCATION, "Kitchen", scene=4)]], witness) == ["Kitchen"]


def test_a_thing_is_the_witnesss_thing_where_all_its_scenes_are() -> None:
    witness = [find(PROP, "Cigar Box", scene=3), find(PROP, "Brass Key", scene=5)]

    assert names([[prop("box", scene=3)]], witness) == ["Cigar Box"]
    assert names([[prop("box", scene=5)]], witness) == ["box"]


def test_a_find_is_surer_in_two_chunks_and_surer_still_with_a_witness() -> None:
    (once,) = merge([[person("Ines")]], [])
    (twice,) = merge([[person("Ines")], [person("Ines", scene=2)]], [])
    (confirmed,) = merge([[person("Ines")], [person("Ines", scene=2)]], [person("Ines", confidence=0.55)])

    assert 0.75 == once.confidence < twice.confidence < confirmed.confidence < 1


def test_a_sure_character_that_every_chunk_missed_is_told_with_little_confidence() -> None:
    witness = [person("Waiter", confidence=0.85), person("Shadow", confidence=0.55), find(PROP, "Tray", confidence=0.8)]

    merged = merge([[person("Ines")]], witness, whole=True)

    assert [(found.name, found.confidence) for found in merged] == [("Ines", 0.75), ("Waiter", 0.5)]
    assert names([[person("Ines")]], witness, whole=False) == ["Ines"]


def test_a_sure_location_is_told_only_for_scenes_without_any() -> None:
    witness = [find(LOCATION, "Wreck", scene=3, confidence=0.95), find(LOCATION, "Pit", scene=4, confidence=0.5)]

    merged = merge([[find(LOCATION, "Inn", scene=1)]], witness, whole=True)

    assert [(found.name, found.confidence) for found in merged] == [("Inn", 0.75), ("Wreck", 0.5)]
    assert names([[find(LOCATION, "Inn", scene=3)]], witness) == ["Inn"]
    assert names([[find(LOCATION, "Inn", scene=1)]], witness, whole=False) == ["Inn"]


def test_a_character_is_not_missed_when_a_chunk_has_an_alias_of_it() -> None:
    assert names([[person("Guy", "The Waiter")]], [person("Waiter", "Garcon", confidence=0.9)]) == ["Waiter"]


def test_a_productions_own_tags_are_always_told() -> None:
    witness = [find(PROP, "Cigar Box", confidence=1.0), person("Maeve", confidence=1.0)]

    merged = merge([[person("MAEVE")]], witness, whole=False)

    assert [(found.name, found.confidence) for found in merged] == [("Maeve", 1.0), ("Cigar Box", 1.0)]


def test_finds_come_by_type_and_in_order_of_appearance() -> None:
    results = [[prop("cup", scene=1), person("Zoe", scene=4)], [person("Abe", scene=9), find(LOCATION, "Inn", scene=2)]]

    assert names(results) == ["Zoe", "Abe", "Inn", "cup"]


def test_without_chunks_there_is_what_the_witness_is_sure_of() -> None:
    assert names([], []) == []
    assert names([], [person("Ines", confidence=0.9)]) == ["Ines"]


WORDS = st.sampled_from(
    ["Ines", "INES", "Calloway", "Young", "Finch", "Mr", "the", "key", "keys", "brass", "夏", "知", "沈"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
FINDS = st.builds(
    lambda asset_type, name, aliases, scene, confidence, look: find(
        asset_type, name, *aliases, scene=scene, confidence=confidence, look=look
    ),
    st.sampled_from([*AssetType]),
    NAMES,
    st.lists(NAMES, max_size=3),
    st.integers(1, 30),
    st.sampled_from([0.3, 0.75, 0.9]),
    st.text(max_size=5),
)
RESULTS = st.lists(st.lists(FINDS, max_size=6), max_size=6)


@settings(deadline=None)
@given(RESULTS, st.lists(FINDS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_chunks_finish_changes_nothing(
    results: list[list[Find]], witness: list[Find], random: Random
) -> None:
    shuffled = random.sample([random.sample(result, len(result)) for result in results], len(results))

    assert merge(results, witness, whole=True) == merge(shuffled, witness, whole=True)


@settings(deadline=None)
@given(RESULTS, st.lists(FINDS, max_size=6))
def test_nothing_that_chunks_found_is_lost_or_told_twice(results: list[list[Find]], witness: list[Find]) -> None:
    merged = merge(results, witness, whole=True)

    told = [(found.asset_type, name.casefold()) for found in merged for name in (found.name, *found.aliases)]
    assert {(each.asset_type, name.casefold()) for result in results for each in result for name in (each.name,)} <= {
        (asset_type, variant)
        for asset_type, name in told
        for variant in (name, f"the {name}", name.removeprefix("the "))
    }
    scenes = {scene for result in results for each in result for scene in each.scene_numbers}
    assert scenes <= {scene for found in merged for scene in found.scene_numbers}
    assert len({(found.asset_type, found.name.casefold()) for found in merged}) == len(merged)


def test_what_no_model_has_read_makes_nothing_surer() -> None:
    witness = [person("Ines", confidence=0.9)]
    alone = [[person("Ines", confidence=0.5)], [person("Ines", scene=2, confidence=0.5)]]
    (unsure,) = merge(alone, witness, unread={0, 1})
    assert (unsure.confidence, unsure.scene_numbers) == (0.5, (1, 2))
    read = [[person("Ines")], [person("Ines", scene=2, confidence=0.5)]]
    assert merge(read, witness, unread={1})[0].confidence == merge(read[:1], witness)[0].confidence
