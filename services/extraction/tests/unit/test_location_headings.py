"""Places of scene headings: one entry for one place, however headings say it."""

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType
from extraction.domain.reading import read_script


def places(*headings: str) -> dict[str, tuple[int, ...]]:
    text = "".join(f"{heading}\n\nIt rains.\n\n" for heading in headings)
    found = extract(read_script(text, "fountain"))
    return {find.name: find.scene_numbers for find in found if find.asset_type is AssetType.LOCATION}


@pytest.mark.parametrize(
    "heading",
    [
        "INT. FOUNDRY - LATER THAT NIGHT",
        "INT. FOUNDRY - DAY - RAIN",
        "INT. FOUNDRY (FLASHBACK) - NIGHT",
        "INT. FOUNDRY - FLASHBACK - 1962",
        "INT. FOUNDRY - THREE WEEKS LATER",
        "INT. FOUNDRY, NIGHT",
        "INT. FOUNDRY NIGHT",
        "EXT. FOUNDRY - ESTABLISHING - DAWN",
        "I/E. FOUNDRY - SAME",
        "INT. THE FOUNDRY - CONTINUOUS",
        ".BACK TO FOUNDRY",
        ".FLASHBACK: FOUNDRY",
        "EXT. FOUNDRY - AERIAL SHOT",
        "INT. FOUNDRY -- MOMENTS LATER",
        "EXT. FOUNDRY--DAY TO NIGHT",
        "INT. FOUNDRY - A STORMY NIGHT",
        "INT. FOUNDRY - TIMELESS",
        "INT. FOUNDRY - CHRISTMAS EVE",
    ],
)
def test_times_weather_and_camera_talk_are_no_part_of_a_place(heading: str) -> None:
    assert places("INT. FOUNDRY - DAY", heading) == {"Foundry": (1, 2)}


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("INT. MILL HOUSE - PANTRY - DAY", "INT. PANTRY - NIGHT", "Mill House - Pantry"),
        ("INT. MILL HOUSE - PANTRY - DAY", "INT. MILL HOUSE, PANTRY - NIGHT", "Mill House - Pantry"),
        ("INT. MILL HOUSE - PANTRY - DAY", "INT. PANTRY - MILL HOUSE - NIGHT", "Mill House - Pantry"),
        ("INT. MILL HOUSE - PANTRY - DAY", "INT. MILL HOUSE PANTRY - NIGHT", "Mill House - Pantry"),
        ("INT. GRETA'S VAN (MOVING) - DAY", "INT./EXT. VAN - TRAVELLING - NIGHT", "Greta's Van"),
        ("INT. GRETA'S FLAT / PANTRY - DAY", "INT. GRETA'S FLAT - PANTRY - NIGHT", "Greta's Flat - Pantry"),
        ("INT. MR. OSTBY'S FLAT - DAY", "INT. OSTBY FLAT - NIGHT", "Mr. Ostby's Flat"),
        ("INT. RED LION - DAY", "EXT. RED LION PUB - NIGHT", "Red Lion Pub"),
        ("EXT. OLD RAILWAY YARD - DAY", "EXT. RAILWAY YARD - NIGHT", "Old Railway Yard"),
    ],
)
def test_a_shorter_or_turned_heading_is_the_same_place(first: str, second: str, name: str) -> None:
    assert places(first, second) == {name: (1, 2)}


def test_rooms_of_two_houses_stay_two() -> None:
    found = places(
        "INT. EAST HOUSE - HALL - DAY", "INT. WEST HOUSE - HALL - DAY", "INT. BANK OFFICE", "INT. TAX OFFICE"
    )
    assert list(found) == ["East House - Hall", "West House - Hall", "Bank Office", "Tax Office"]


def test_a_house_is_not_its_room() -> None:
    assert list(places("EXT. MILL HOUSE - DAY", "INT. MILL HOUSE - PANTRY - DAY")) == [
        "Mill House",
        "Mill House - Pantry",
    ]


def test_a_heading_for_two_places_is_a_scene_of_both() -> None:
    found = places("INT. FORGE - DAY", "INT. FORGE / INT. CHAPEL - NIGHT", ".INTERCUT FORGE/CHAPEL")
    assert found == {"Forge": (1, 2, 3), "Chapel": (2, 3)}


@pytest.mark.parametrize(
    "heading",
    [
        ".FLASHBACK - THE OLD FOUNDRY - 1962",
        ".FLASHBACK - INT. OLD FOUNDRY - NIGHT",
        "FLASHBACK - INT. OLD FOUNDRY - NIGHT",
        "BEGIN FLASHBACK: INT. OLD FOUNDRY - NIGHT",
        ".DREAM SEQUENCE - OLD FOUNDRY - NIGHT",
        ".BACK TO INT. OLD FOUNDRY - DAY",
        "BACK TO PRESENT - INT. OLD FOUNDRY - DAY",
        "MONTAGE - EXT. OLD FOUNDRY - DAY",
    ],
)
def test_what_a_heading_is_led_by_is_no_place_and_what_follows_is(heading: str) -> None:
    found = places("INT. FORGE - DAY", heading)
    assert {name.removeprefix("The "): scenes for name, scenes in found.items()} == {"Forge": (1,), "Old Foundry": (2,)}


@pytest.mark.parametrize(
    "heading", [".FLASHBACK - TWO YEARS EARLIER", ".FLASHBACK - ADA DANCES", ".FLASHBACK - MONTAGE - DAY"]
)
def test_a_flashback_that_names_nowhere_is_no_place(heading: str) -> None:
    assert places("INT. FORGE - DAY", heading) == {"Forge": (1,)}


@pytest.mark.parametrize(
    "heading", ["INT. BLACK", ".VARIOUS", ".OMITTED", ".LATER", ".MONTAGE - THE FORGE GROWS", "EXT. VARIOUS LOCATIONS"]
)
def test_a_heading_that_names_nowhere_is_no_place(heading: str) -> None:
    assert places("INT. FORGE - DAY", heading) == {"Forge": (1,)}


def test_what_is_inside_a_thing_goes_by_its_name_too() -> None:
    text = "INT. INSIDE OF THE BOILER--DAY OR NIGHT, WHO KNOWS\n\nIt rains.\n"
    found = [find for find in extract(read_script(text, "fountain")) if find.asset_type is AssetType.LOCATION]
    assert [(find.name, find.aliases) for find in found] == [("Inside of the Boiler", ("Boiler",))]
