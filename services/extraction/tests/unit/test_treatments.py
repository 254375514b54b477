"""Stories told in the present, as film treatments are: who, where and with what."""

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType
from extraction.domain.reading import read_script


def found(kind: AssetType, *sentences: str) -> list[str]:
    text = "A Treatment\n\n" + " ".join(sentences) + "\n"
    return [find.name for find in extract(read_script(text, "txt")) if find.asset_type is kind]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Oduya Marsh, a bus driver of sixty, finds a coin.", "Oduya Marsh"),
        ("At dawn the foreman, Okoro, hands the men a rope.", "Okoro"),
    ],
)
def test_somebody_is_told_of_beside_the_name(sentence: str, name: str) -> None:
    assert found(AssetType.CHARACTER, sentence) == [name]


@pytest.mark.parametrize(
    "sentence",
    [
        "Grey Harrow, a town of nine houses, lies in fog.",
        "Red Widow, a knife of black steel, gleams.",
        "At noon the town, Harrow, wakes.",
    ],
)
def test_a_place_or_a_thing_told_of_beside_its_name_is_nobody(sentence: str) -> None:
    assert found(AssetType.CHARACTER, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Nora arrives at the derelict tannery.", "Tannery"),
        ("They row to the island.", "Island"),
        ("Nora flees through the car park.", "Car Park"),
        ("Nora drives the old van through rain to the ferry terminal.", "Ferry Terminal"),
        ("Nora carries it to the marina.", "Marina"),
        ("Nora runs down the quay steps.", "Quay Steps"),
        ("They climb the wall and onto the roof.", "Roof"),
        ("In the bell tower Nora sleeps.", "Bell Tower"),
        ("In the herb garden Nora digs.", "Garden"),
        ("In the boiler room they sleep.", "Boiler Room"),
        ("In the packing hall two men wait.", "Packing Hall"),
        ("Nora walks to the bus station. The station is dark.", "Bus Station"),
    ],
)
def test_where_somebody_comes_to_is_a_place_by_its_whole_name(sentence: str, place: str) -> None:
    assert found(AssetType.LOCATION, sentence, "It is late. " * 300) == [place]


@pytest.mark.parametrize(
    "sentence",
    ["Nora wants to walk to the marina.", "Nora arrives early and looks to the marina.", "Nora takes three steps."],
)
def test_where_nobody_comes_to_is_no_place(sentence: str) -> None:
    assert found(AssetType.LOCATION, sentence, "It is late. " * 300) == []


def test_what_shows_its_age_in_a_hand_is_a_prop_that_no_list_needs_to_know() -> None:
    assert found(AssetType.PROP, "Nora carries a battered theodolite.") == ["Battered Theodolite"]


@pytest.mark.parametrize(
    "sentence",
    ["Nora opens a broken door.", "Nora carries a battered stranger.", "Nora sees a battered theodolite."],
)
def test_what_is_fixed_or_alive_or_only_seen_is_none(sentence: str) -> None:
    assert found(AssetType.PROP, sentence) == []
