import pytest

from extraction.domain.formats.headings import is_heading, parse_heading, split_margin_number
from extraction.domain.script import Setting


@pytest.mark.parametrize(
    ("text", "setting", "place", "time"),
    [
        ("INT. HOUSE - KITCHEN - NIGHT", Setting.INT, "HOUSE - KITCHEN", "NIGHT"),
        ("EXT. PARK--DAY", Setting.EXT, "PARK", "DAY"),
        ("EST. TOWN - EARLY MORNING", Setting.EXT, "TOWN", "EARLY MORNING"),
        ("INT./EXT. CAR - LATER THAT NIGHT", Setting.INT_EXT, "CAR", "LATER THAT NIGHT"),
        ("INT/EXT. CAR (MOVING) - DAY", Setting.INT_EXT, "CAR", "DAY"),
        ("EXT./INT. PORCH - DUSK", Setting.INT_EXT, "PORCH", "DUSK"),
        ("I/E. CAR - DAY - CONTINUOUS", Setting.INT_EXT, "CAR", "DAY - CONTINUOUS"),
        ("int. kitchen - day", Setting.INT, "kitchen", "day"),
        ("INT KITCHEN, NIGHT", Setting.INT, "KITCHEN", "NIGHT"),
        ("INT. THE ANCHOR. NIGHT.", Setting.INT, "THE ANCHOR", "NIGHT"),
        ("INT. LIBRARY \u2013 MIDNIGHT", Setting.INT, "LIBRARY", "MIDNIGHT"),
        ("INT - HOUSE - TWO WEEKS LATER", Setting.INT, "HOUSE", "TWO WEEKS LATER"),
        ("EXT. LANE - BEFORE DAWN", Setting.EXT, "LANE", "BEFORE DAWN"),
        ("INT. HALL - DAY (1999)", Setting.INT, "HALL", "DAY"),
        ("INT. NIGHT CLUB - NIGHT", Setting.INT, "NIGHT CLUB", "NIGHT"),
        ("INT. DAY CARE", Setting.INT, "DAY CARE", None),
        ("INT. CO-OP - DAY", Setting.INT, "CO-OP", "DAY"),
        ("INT.KITCHEN-DAY", Setting.INT, "KITCHEN", "DAY"),
        ("INT. KITCHEN NIGHT", Setting.INT, "KITCHEN", "NIGHT"),
        ("EXT. ROAD - NIGHT - RAIN", Setting.EXT, "ROAD", "NIGHT - RAIN"),
        ("EXT. CABIN - RAIN", Setting.EXT, "CABIN - RAIN", None),
        ("EXT. PIER - DAY 2 - 10:30", Setting.EXT, "PIER", "DAY 2 - 10:30"),
        ("INT. LAB - DAY/NIGHT", Setting.INT, "LAB", "DAY/NIGHT"),
        ("EXT. FOREST [DAY]", Setting.EXT, "FOREST", "DAY"),
        ("INT. 咖啡馆 - 日", Setting.INT, "咖啡馆", "日"),
        ("INT. 客厅 - NIGHT", Setting.INT, "客厅", "NIGHT"),
        ("UNDERWATER - THE WRECK", None, "UNDERWATER - THE WRECK", None),
        ("LATER", None, None, "LATER"),
        ("MONTAGE - ANNA LEARNS TO SAIL", None, None, None),
        ("INT.", Setting.INT, None, None),
    ],
)
def test_headings_tell_setting_place_and_time(
    text: str, setting: Setting | None, place: str | None, time: str | None
) -> None:
    heading = parse_heading(text)
    assert (heading.setting, heading.place, heading.time_of_day) == (setting, place, time)


def test_scene_numbers_leave_the_heading() -> None:
    heading = parse_heading("INT. HOUSE - DAY #12A#")
    assert (heading.text, heading.label) == ("INT. HOUSE - DAY", "12A")


@pytest.mark.parametrize(
    ("line", "words", "label"),
    [
        ("1    INT. SORTING ROOM - NIGHT                1", "INT. SORTING ROOM - NIGHT", "1"),
        ("12A. EXT. PIER - DAWN", "EXT. PIER - DAWN", "12A"),
        ("3 INT. ROOM 3", "INT. ROOM", "3"),
        ("3 men walk in", "3 men walk in", None),
    ],
)
def test_numbers_in_the_margins_are_labels(line: str, words: str, label: str | None) -> None:
    assert split_margin_number(line) == (words, label)


@pytest.mark.parametrize("text", ["Internal affairs", "Extra!", "Interior monologue", "I eat", "INT" + "X" * 300, ""])
def test_other_lines_are_no_headings(text: str) -> None:
    assert not is_heading(text)
