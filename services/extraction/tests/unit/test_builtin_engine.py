import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType, Find
from extraction.domain.reading import read_script


def finds(text: str, asset_type: AssetType, format_name: str = "fountain") -> dict[str, Find]:
    return {find.name: find for find in extract(read_script(text, format_name)) if find.asset_type is asset_type}


def characters(action: str, *cues: str) -> dict[str, Find]:
    return finds(script(action, *cues), AssetType.CHARACTER)


def props(action: str, *cues: str) -> dict[str, Find]:
    return finds(script(action, *cues), AssetType.PROP)


def script(action: str, *cues: str) -> str:
    return f"INT. HALL - DAY\n\n{action}\n\n" + "".join(f"{cue}\nHello.\n\n" for cue in cues)


def test_extensions_of_cues_are_one_character() -> None:
    found = characters("A hall.", "INES", "INES (V.O.)", "INES (CONT'D)", "@Ines (O.S.)")
    assert list(found) == ["Ines"]


def test_an_introduction_gives_full_name_age_description_and_evidence() -> None:
    found = characters("INES CALLOWAY (40s, oilskin jacket) stops. She carries a lamp. A gull laughs.", "INES")
    ines = found["Ines Calloway"]
    assert ines.aliases == ("Ines",)
    assert ines.attributes == {"age": "40s"}
    assert ines.description == "Ines Calloway (40s, oilskin jacket) stops. She carries a lamp."
    assert ines.evidence[0].line == 3
    assert ines.confidence == 0.95


@pytest.mark.parametrize(
    ("action", "age"),
    [
        ("NADIA ROSS, 26, new, steams a parcel.", "26"),
        ("NADIA ROSS (early 30s) steams a parcel.", "early 30s"),
        ("NADIA ROSS, in her sixties, steams a parcel.", "sixties"),
        ("NADIA ROSS (a clerk, 19) steams a parcel.", "19"),
    ],
)
def test_ages_in_the_ways_scripts_tell_them(action: str, age: str) -> None:
    assert characters(action)["Nadia Ross"].attributes == {"age": age}


def test_a_number_with_a_unit_is_no_age() -> None:
    assert "Granite Peak" not in characters("The GRANITE PEAK, 3000 feet, looms.")


def test_a_cue_for_two_is_two_and_a_cue_for_all_is_nobody() -> None:
    found = characters("A hall.", "MAEVE", "FINCH", "MAEVE & FINCH", "ALL", "VOICE (O.S.)", "RADIO")
    assert list(found) == ["Maeve", "Finch"]


@pytest.mark.parametrize("crowd", ["Forty PEOPLE", "A CROWD", "ONLOOKERS", "Some BYSTANDERS", "A MOB", "The AUDIENCE"])
def test_a_crowd_is_nobody_whether_it_is_told_of_or_heard(crowd: str) -> None:
    assert characters(f"{crowd} on folding chairs.", crowd.rsplit(maxsplit=1)[-1]) == {}
    assert list(characters("A BYSTANDER waves. Two WELDERS watch.")) == ["Bystander", "Welders"]


def test_the_young_one_is_another_face() -> None:
    found = characters("INES (34) looks at YOUNG INES (8).", "INES", "YOUNG INES")
    assert {name: find.attributes["age"] for name, find in found.items()} == {"Ines": "34", "Young Ines": "8"}


def test_a_calling_told_in_the_introduction_is_an_alias() -> None:
    found = characters("LEOPOLD FINCH (60s, the harbourmaster) limps in.", "HARBOURMASTER (O.S.)", "FINCH")
    assert found["Leopold Finch"].aliases == ("Harbourmaster", "Finch")


def test_a_short_name_for_two_people_stays_apart() -> None:
    found = characters("ANNA BELL (30) and OTTO BELL (60) wait.", "BELL")
    assert set(found) == {"Anna Bell", "Otto Bell", "Bell"}


@pytest.mark.parametrize(
    ("action", "cue", "name", "aliases"),
    [
        ('HANK "DUTCH" BERG, 60, squats.', "DUTCH", 'Hank "Dutch" Berg', ("Dutch", "Hank Berg")),
        ("In the back, a CAGED ROOSTER named ELVIS.", "ELVIS", "Elvis", ("Caged Rooster",)),
        ("Here sits an OLD CLERK. This is WINIFRED.", "WINIFRED", "Winifred", ("Old Clerk",)),
        ("CAPTAIN LUCIA MORROW (45) waits.", "LUCIA", "Captain Lucia Morrow", ("Lucia", "Lucia Morrow")),
        ("A WOMAN IN A YELLOW DRESS (50s) waits. Her DRESS is wet.", "WOMAN", "Woman in a Yellow Dress", ("Woman",)),
    ],
)
def test_second_names_are_the_same_person(action: str, cue: str, name: str, aliases: tuple[str, ...]) -> None:
    found = characters(action, cue)
    assert name in found
    assert found[name].aliases == aliases


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ("A ship's cat, BARNACLE, uncurls.", "Barnacle"),
        ("BARNACLE, a ginger cat, uncurls.", "Barnacle"),
        ("A man named TOMAS waits.", "Tomas"),
        ("An OLD FERRYMAN waits.", "Old Ferryman"),
    ],
)
def test_people_who_never_speak(action: str, name: str) -> None:
    found = characters(action)
    assert list(found) == [name]
    assert props(action) == {}


def test_names_are_written_as_the_script_writes_them() -> None:
    found = characters("BRIDIE McREADY (45) nods. Maeve O'Shea waves.", "McREADY", "MAEVE O'SHEA", "DJ 3")
    assert set(found) == {"Bridie McReady", "Maeve O'Shea", "DJ 3"}


def test_people_have_the_scenes_they_speak_or_act_in_but_not_those_they_are_spoken_of() -> None:
    text = (
        script("INES (34) waits.", "INES") + "INT. BARN - DAY\n\nInes runs.\n\nINT. SHED - DAY\n\nBOB\nWhere is Ines?\n"
    )
    found = finds(text, AssetType.CHARACTER)
    assert found["Ines"].scene_numbers == (1, 2)
    assert [evidence.quote for evidence in found["Ines"].evidence] == ["INES (34) waits.", "Ines runs."]


@pytest.mark.parametrize(
    ("heading", "name", "within"),
    [
        ("EXT. GAS STATION - PUMPS - DAY", "Gas Station - Pumps", "Gas Station"),
        ("INT. HOTEL - ROOM 9 - BATHROOM - NIGHT", "Hotel - Room 9 - Bathroom", "Hotel - Room 9"),
        ("INT. HOUSE - NIGHT", "House", None),
    ],
)
def test_a_part_of_a_place_is_told_with_the_place_it_is_in(heading: str, name: str, within: str | None) -> None:
    found = finds(f"{heading}\n\nRain.\n", AssetType.LOCATION)
    assert {each: find.attributes.get("within") for each, find in found.items()} == {name: within}


def test_one_room_by_day_and_by_night_is_one_location() -> None:
    text = "INT. HOUSE - KITCHEN - DAY\n\nA kettle sings on a blue stove.\n\nint. house - kitchen - night\n\nx.\n\nEXT. THE HOUSE\n\nx.\n"
    found = finds(text, AssetType.LOCATION)
    kitchen = found["House - Kitchen"]
    assert list(found) == ["House - Kitchen", "The House"]
    assert kitchen.scene_numbers == (1, 2)
    assert kitchen.attributes == {"within": "House", "setting": "INT", "times": "DAY, NIGHT"}
    assert kitchen.description == "A kettle sings on a blue stove."
    assert [evidence.line for evidence in kitchen.evidence] == [1, 5]


def test_inside_and_outside_of_one_place_are_one_location() -> None:
    found = finds("INT. MILL - DAY\n\nx.\n\nEXT. MILL - DAY\n\nx.\n", AssetType.LOCATION)
    assert found["Mill"].attributes["setting"] == "INT/EXT"


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ("He takes a BRASS KEY from the hook.", "Brass Key"),
        ("Kit stands in the bow with BINOCULARS.", "Binoculars"),
        ("A TROMBONE hangs over the bar.", "Trombone"),
        ("On the shelf: her father's SALVAGE LOG.", "Salvage Log"),
        ("INSERT - THE LETTER", "Letter"),
        ("She lifts the LAMPLIGHTER'S POLE.", "Lamplighter's Pole"),
        ("She blows a TIN WHISTLE.", "Tin Whistle"),
        ("He shakes a RING OF KEYS.", "Ring of Keys"),
    ],
)
def test_things_in_capitals_are_props(action: str, name: str) -> None:
    assert list(props(action)) == [name]


@pytest.mark.parametrize(
    "action",
    [
        "The door SHRIEKS. A bell CLANGS. THUMP from below.",
        "A great CRASH. A SHRILL WHISTLE. CLICK.",
        "CLOSE ON his FACE. SMASH CUT TO black. POV of the gull.",
        "The sign says RETURN TO SENDER. Over the door: DEAD LETTERS.",
        'He reads: "KEEP OUT" and "NO BOATS".',
        "He is VERY late and NOT sorry. It is HUGE. It's BEAUTIFUL.",
        "Two STATE TROOPERS lean on the car.",
        "The INSPECTOR nods at a WOMAN IN RED.",
        "He SLAMS the door and RUNS. They STOP.",
        "NOISE. Heat. K-E-S-T... and then nothing.",
    ],
)
def test_other_capitals_are_no_props(action: str) -> None:
    assert props(action) == {}


def test_people_and_places_are_no_props() -> None:
    text = "INT. ORLA MAE - DECK - DAY\n\nThe tug ORLA MAE lists. In the bow KIT (20) waves at the ORLA MAE.\n"
    assert finds(text, AssetType.PROP) == {}


def test_a_prop_is_described_by_what_follows_its_name() -> None:
    found = props("INES (34, tall) takes a COPPER COMPASS whose needle turns slowly, and runs.")
    assert found["Copper Compass"].description == "A copper compass whose needle turns slowly."


def test_a_prop_that_nothing_is_told_of_keeps_its_sentence_without_brackets() -> None:
    found = props("INES (34, tall) grabs her BICYCLE.")
    assert found["Bicycle"].description == "Ines grabs her bicycle."


@pytest.mark.parametrize(
    ("action", "name", "description"),
    [
        (
            "INES clutches a WOODEN WHISTLE in the back seat.",
            "Wooden Whistle",
            "A wooden whistle in the back seat.",
        ),
        (
            "INES lifts a BRASS HORN from the back of the van.",
            "Brass Horn",
            "Ines lifts a brass horn from the back of the van.",
        ),
        ("INES turns a RED LEDGER, thick with damp, back to us.", "Red Ledger", "A red ledger, thick with damp."),
    ],
)
def test_a_prop_is_described_up_to_what_is_done_with_it(action: str, name: str, description: str) -> None:
    assert props(action)[name].description == description


@pytest.mark.parametrize(
    ("pointing", "description"),
    [
        ("CLOSE ON a BRASS KEY.", "A brass key."),
        ("CLOSE UP - a BRASS KEY.", "A brass key."),
        ("INSERT: a BRASS KEY.", "A brass key."),
        ("ANGLE ON the BRASS KEY.", "The brass key."),
    ],
)
def test_camera_talk_is_no_part_of_a_description(pointing: str, description: str) -> None:
    assert props(f"INES (34) waits.\n\n{pointing}")["Brass Key"].description == description


def test_later_mentions_of_a_prop_count_in_small_letters_and_by_its_last_word() -> None:
    text = (
        "INT. A - DAY\n\nThe ledger is not there yet. He opens a RED LEDGER.\n\nINT. B - DAY\n\nA red ledger burns.\n\n"
        "INT. C - DAY\n\nShe shuts the ledger.\n\nINT. D - DAY\n\nAnother ledger.\n"
    )
    ledger = finds(text, AssetType.PROP)["Red Ledger"]
    assert ledger.scene_numbers == (1, 2, 3, 4)
    assert ledger.confidence > props("A RED LEDGER.")["Red Ledger"].confidence


def test_names_over_the_end_of_a_line_are_found_on_the_line_they_begin() -> None:
    text = "1    INT. HALL - DAY      1\n\n     A room. HAROLD\n     PEEL, 58, waits.\n\n                    HAROLD\n          Hm.\n"
    peel = finds(text, AssetType.CHARACTER, "txt")["Harold Peel"]
    assert peel.evidence[0].line == 3
    assert peel.evidence[0].quote == "A room. HAROLD"


def test_prose_gives_those_who_speak_or_act_and_where_they_are() -> None:
    text = (
        "Tom appeared on the sidewalk. Then Aunt Polly called him. But Tom was gone.\n\n"
        'He ran to Cardiff Hill. "Never mind," said Tom, and Aunt Polly laughed. Nobody was on Cardiff Hill.\n'
    )
    assert list(finds(text, AssetType.CHARACTER, "txt")) == ["Tom", "Aunt Polly"]
    assert list(finds(text, AssetType.LOCATION, "txt")) == ["Sidewalk", "Cardiff Hill"]


def test_chinese_names_are_found_without_spaces() -> None:
    text = "1-1 夜 外 老码头\n\n△阿海提着灯。\n阿海\uff1a谁\uff1f\n\n1-2 日 内 船舱\n\n△灯灭了\uff0c阿海睡了。\n众人\uff1a嘘\u3002\n"
    found = finds(text, AssetType.CHARACTER, "txt")
    assert {name: find.scene_numbers for name, find in found.items()} == {"阿海": (1, 2)}


def test_a_long_line_is_quoted_around_the_mention() -> None:
    filler = "the sea rolls on and on " * 40
    quote = props(f"{filler}and then a BRASS KEY glints, {filler}").popitem()[1].evidence[0].quote
    assert "BRASS KEY" in quote
    assert len(quote) <= 240


def test_possessives_are_no_part_of_a_name() -> None:
    found = characters("CONRAD THALE (50) waits. Thale's hand shakes. JUNE'S coat is wet.", "JUNE")
    assert {name: find.aliases for name, find in found.items()} == {"Conrad Thale": ("Thale",), "June": ()}
    assert props("The SHIP'S bell is silent.") == {}


@pytest.mark.parametrize("line", ["BACK AT THE BAR", "LATER", "MOMENTS LATER", "INSERT CARD", "SILENCE FALLS HARD."])
def test_lines_that_only_stand_like_cues_are_nobody(line: str) -> None:
    assert characters("A bar.", line) == {}


def test_names_have_an_end() -> None:
    assert props(f"He takes a {'KEY' * 1000}.") == {}
