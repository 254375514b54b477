"""Those who act in a screenplay and never speak, whose names are never in capitals."""

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType, Find
from extraction.domain.reading import read_script


def characters(text: str) -> dict[str, Find]:
    return {
        find.name: find for find in extract(read_script(text, "fountain")) if find.asset_type is AssetType.CHARACTER
    }


def in_action(action: str) -> list[str]:
    return list(characters(f"INT. HALL - DAY\n\n{action}\n"))


def test_who_acts_in_two_scenes_is_somebody_and_less_sure_than_who_speaks() -> None:
    found = characters(
        "INT. HALL - NIGHT\n\nMARY\nHi.\n\nJoe lifts the lantern. Joe walks out.\n\n"
        "INT. YARD - DAY\n\nJoe digs with a spade. Mary watches Joe.\n\nMARY\nDig, Joe.\n"
    )
    assert set(found) == {"Mary", "Joe"}
    assert found["Joe"].scene_numbers == (1, 2)
    assert found["Joe"].confidence < found["Mary"].confidence


def test_a_script_without_a_word_of_dialogue_has_its_characters() -> None:
    found = characters(
        "EXT. DESERT - DAY\n\nTamsin drags a trunk over the sand. Above, a drone. Tamsin looks up.\n\n"
        "INT. TRUCK - DAY\n\nOrhan wipes his neck and watches a screen. He slows. Orhan reaches for a radio.\n"
    )
    assert set(found) == {"Tamsin", "Orhan"}


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("Mr. Hoff raises a hand.", ["Mr. Hoff"]),
        ("A cat, Biscuit, stretches. Biscuit yawns.", ["Biscuit"]),
        ("Hassan (40s) by the window.", ["Hassan"]),
        ("Old Kemal sits. Kemal pours tea.", ["Kemal"]),
        ("Per, Sunniva's brother, asleep on the floor.", ["Per"]),
        ("Behind the desk Yara, the warden\u2019s daughter. Dust.", ["Yara"]),
        ("Thorne lowers the rope. Thorne scores the glass.", ["Thorne"]),
    ],
)
def test_a_title_an_age_or_a_second_act_shows_somebody(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize(
    "action",
    [
        "Upstairs, her brother, asleep on the floor.",
        "Nearby, a clerk's daughter, asleep.",
        "On Fen Street, the smith's house, unlit.",
        "Traffic crawls. Traffic stops.",
        "Chaos reigns. Chaos spreads.",
        "Turns slowly. Turns again.",
        "Coffee drips. Coffee takes ages.",
        "Panic fills the hall. Panic covers the town.",
        "The Nautilus dives. The Nautilus turns.",
        "Nobody moves. Nobody speaks.",
        "A Ford pulls up. The Ford stops.",
        "Monday comes. Monday passes.",
        "Joe lifts the lantern.",
    ],
)
def test_what_only_opens_a_sentence_or_has_an_article_is_nobody(action: str) -> None:
    assert in_action(action) == []


def test_a_name_that_is_written_small_elsewhere_is_nobody() -> None:
    assert in_action("The biscuit breaks. A cat, Biscuit, stretches. Biscuit yawns.") == []


def test_the_place_of_a_heading_is_nobody_and_its_owner_may_be() -> None:
    assert list(characters("EXT. LONDON - DAY\n\nThey see London. London sleeps. London wakes.\n")) == []
    assert list(characters("INT. WREN'S ROOM - DAY\n\nWren sits. Wren smiles.\n")) == ["Wren"]


def test_a_short_name_of_somebody_known_is_not_another() -> None:
    text = "INT. HALL - DAY\n\nMARTA IVES (34) waits. Marta sits. Ives nods. Marta nods.\n\nMARTA\nYes.\n"
    assert list(characters(text)) == ["Marta Ives"]
