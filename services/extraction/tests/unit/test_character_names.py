"""One person by every name a script uses: cues, titles, introductions, cast lists."""

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType, Find
from extraction.domain.reading import read_script


def characters(text: str, format_name: str = "fountain") -> dict[str, Find]:
    found = extract(read_script(text, format_name))
    return {find.name: find for find in found if find.asset_type is AssetType.CHARACTER}


def scene(action: str, *cues: str) -> str:
    return f"INT. BAKERY - DAY\n\n{action}\n\n" + "".join(f"{cue}\nYes.\n\n" for cue in cues)


@pytest.mark.parametrize(
    "cue",
    [
        "ODA V.O.",
        "ODA - O.S.",
        "ODA, V.O.",
        "ODA CONT'D",
        "ODA (ON PHONE)",
        "ODA [O.C.]",
        "ODA (V.O.) (CONT\u2019D)",
        "ODA O.C.",
    ],
)
def test_an_extension_is_no_part_of_a_name_however_it_is_written(cue: str) -> None:
    assert list(characters(scene("A counter.", "ODA", cue))) == ["Oda"]


@pytest.mark.parametrize("cue", ["ODA & RUNE", "ODA AND RUNE", "ODA/RUNE", "ODA + RUNE", "ODA, RUNE"])
def test_a_shared_cue_is_those_who_share_it(cue: str) -> None:
    assert list(characters(scene("A counter.", cue))) == ["Oda", "Rune"]


@pytest.mark.parametrize(
    "cue",
    [
        "CROWD OF BAKERS",
        "VOICES OUTSIDE",
        "FEMALE VOICE ON RADIO",
        "VOICE #2",
        "MAN'S VOICE (O.S.)",
        "TV (V.O.)",
        "EVERYONE",
    ],
)
def test_a_crowd_or_a_voice_from_somewhere_is_nobody(cue: str) -> None:
    assert list(characters(scene("A counter.", "ODA", cue))) == ["Oda"]


def test_a_machine_that_keeps_talking_is_somebody() -> None:
    assert list(characters(scene("A counter.", "ODA", "COMPUTER"))) == ["Oda"]
    assert list(characters(scene("A counter.", "ODA", "COMPUTER", "COMPUTER", "COMPUTER (FILTERED)"))) == [
        "Oda",
        "Computer",
    ]


@pytest.mark.parametrize(
    ("action", "cues", "name"),
    [
        ("SERGEANT ELMA BROCK (50) waits.", ("BROCK", "SGT. BROCK", "ELMA"), "Sergeant Elma Brock"),
        ("DR. YUN-HI SATO (40) waits.", ("DR. SATO", "YUN-HI", "SATO"), "Dr. Yun-Hi Sato"),
        ('ROLF "TICK" AMBERG, 30, waits.', ("TICK", "AMBERG"), 'Rolf "Tick" Amberg'),
        ("MR. AMBERG (70) waits.", ("AMBERG", "MR. AMBERG"), "Mr. Amberg"),
        ("A squad car.", ("COP #2", "SECOND COP", "COP 2"), "Cop #2"),
        ("Her MOTHER, GRETA (60), waits.", ("GRETA",), "Greta"),
        ("A LITTLE BOY (6), her son PIET, waits.", ("PIET",), "Piet"),
    ],
)
def test_titles_numbers_nicknames_and_kinship_lead_to_one_entry(action: str, cues: tuple[str, ...], name: str) -> None:
    found = characters(scene(action, *cues))
    assert list(found) == [name]


def test_husband_and_wife_are_two() -> None:
    text = scene("LARS OSTBY (60) and MRS. OSTBY (58) wait.", "LARS", "MRS. OSTBY", "OSTBY")
    assert list(characters(text)) == ["Lars Ostby", "Mrs. Ostby"]
    text = scene("MR. OSTBY (60) and LIV OSTBY (58) wait.", "OSTBY", "LIV")
    assert list(characters(text)) == ["Mr. Ostby", "Liv Ostby"]


def test_the_old_and_the_young_one_do_not_hide_the_full_name() -> None:
    found = characters(scene("WILHELM KRANZ (60) sees YOUNG WILHELM (9).", "WILHELM", "YOUNG WILHELM", "OLDER WILHELM"))
    assert list(found) == ["Wilhelm Kranz", "Young Wilhelm", "Older Wilhelm"]
    assert found["Wilhelm Kranz"].aliases == ("Wilhelm",)


def test_a_group_gives_way_to_its_members() -> None:
    assert set(characters(scene("BAKERS knead.", "BAKER 1", "BAKER 2", "BAKERS"))) == {"Baker 1", "Baker 2"}


def test_an_animal_with_a_name_is_a_character() -> None:
    assert list(characters(scene("PEPPER, an old labrador, sleeps."))) == ["Pepper"]


PLAY = """THE GLASS OAR

PERSONS OF THE PLAY

HORACE VANCE (Harbour Clerk)
LOTTIE VANCE, his wife
MRS VANCE, his mother
OTTO BRILL . . . . . a diver

SCENE: The parlour of a cottage. The HARBOUR CLERK sits. A DIVER waits outside.

HARBOUR CLERK: Come in.

LOTTIE: He is wet.

MRS VANCE: (_to the_ CLERK) Let him drip.

BRILL: I am wet.

LOTTIE: There.
"""


def test_a_cast_list_tells_who_a_calling_is() -> None:
    found = characters(PLAY, "txt")
    assert set(found) == {"Horace Vance", "Lottie Vance", "Mrs Vance", "Otto Brill"}
    assert "Harbour Clerk" in found["Horace Vance"].aliases
    assert "Brill" in found["Otto Brill"].aliases


def test_who_is_in_the_cast_list_alone_is_not_in_the_script() -> None:
    text = "CHARACTERS\n\nANNE\nBERT\nAGNES POOLE, an aunt\n\nSCENE: A hall.\n\nANNE: Hm.\n\nBERT: Yes.\n\nANNE: No.\n"
    assert list(characters(text, "txt")) == ["Anne", "Bert"]


def test_a_slip_of_the_pen_in_a_cue_is_no_second_person() -> None:
    cues = ("BRENNAK", "BRENNAK", "BRENNAK", "BRENNAK", "BRENNKA", "BRENNAN")
    assert list(characters(scene("A counter.", *cues))) == ["Brennak"]
    assert len(characters(scene("A counter. BRENNAN (40) waits.", *cues))) == 2


def test_a_voice_of_somebody_is_that_person() -> None:
    assert list(characters(scene("A counter.", "ODA", "VOICE OF ODA"))) == ["Oda"]


def test_a_first_name_in_capitals_needs_nothing_told_of_it() -> None:
    assert list(characters(scene("GUS snores. A ROSE lies on the bar of GUS'S DINER."))) == ["Gus"]


def test_what_somebody_is_may_be_left_out_of_the_name() -> None:
    aliases = characters(scene("HEAD NURSE ANNA PELL (40) waits.", "PELL"))["Head Nurse Anna Pell"].aliases
    assert "Anna Pell" in aliases
    aliases = characters(scene('DET. ANNA "TICK" PELL (40) waits.', "TICK"))['Det. Anna "Tick" Pell'].aliases
    assert set(aliases) == {"Tick", 'Anna "Tick" Pell', "Anna Pell"}


def test_two_with_one_title_are_two() -> None:
    found = characters(scene("DETECTIVES ORLEY and BECK wait.", "ORLEY", "BECK"))
    assert set(found) == {"Detective Orley", "Beck"}


def test_whose_mother_she_is_does_not_make_her_the_child() -> None:
    found = characters(scene("RUNE (9) waits.", "RUNE", "RUNE'S MOTHER", "MOTHER"))
    assert {name: find.aliases for name, find in found.items()} == {"Rune": (), "Rune's Mother": ("Mother",)}


def test_a_thing_that_is_called_after_an_animal_is_nobody() -> None:
    assert list(characters(scene("Crowds pass a HOT DOG STAND. A DOG STANDS up.", "ODA"))) == ["Dog", "Oda"]


def test_husband_and_wife_who_share_a_cue_share_its_name() -> None:
    assert list(characters(scene("A counter.", "MR. AND MRS. OSTBY"))) == ["Mr. Ostby", "Mrs. Ostby"]


def test_the_other_lines_of_a_title_page_are_nobody() -> None:
    head = "CHARACTERS:\n\nANNE........a widow\nA NEIGHBOUR\n\nTIME: Now.\nPLACE: A hall.\n\nSETTING: The TIME is late.\n\n"
    text = head + "ANNE\nHm.\n\nNEIGHBOUR\nYes.\n\nANNE\nNo.\n\nNEIGHBOUR\nOh.\n\nANNE\nAh.\n"
    assert set(characters(text, "txt")) == {"Anne", "Neighbour"}


def test_who_is_in_the_cast_and_speaks_once_is_a_character() -> None:
    head = "DRAMATIS PERSONAE\n\nAnne Vance.\nBert.\nOtto Brill.\nMax Vole.\n\nACT I\n\nA hall.\n\n"
    talk = "Anne. Bert, come here.\n\nBert. No, Anne.\n\nAnne. Yes, Bert.\n\nBert. Oh, very well.\n\n" * 2
    assert set(characters(f"{head}{talk}Brill [outside]. Is it open?\n\n{talk}", "txt")) == {
        "Anne Vance",
        "Bert",
        "Otto Brill",
    }


@pytest.mark.parametrize("cue", ["PORTERS ONE AND TWO", "PORTER ONE & TWO", "PORTERS ONE, TWO"])
def test_numbers_in_a_shared_cue_are_those_of_one_kind(cue: str) -> None:
    assert list(characters(scene("A counter.", cue))) == ["Porter One", "Porter Two"]


def test_numbers_in_a_shared_cue_may_be_digits() -> None:
    assert list(characters(scene("A counter.", "DEPUTIES #1 AND #2"))) == ["Deputy #1", "Deputy #2"]
    assert list(characters(scene("A counter.", "CHRIS 1 AND 2"))) == ["Chris 1", "Chris 2"]


@pytest.mark.parametrize("cue", ["RUNE HOLT AKA SLIM", "RUNE HOLT A.K.A. SLIM", "RUNE HOLT, AKA SLIM"])
def test_a_cue_with_another_name_of_somebody_is_one_person(cue: str) -> None:
    found = characters(scene("A counter.", "ODA", cue, "SLIM"))
    assert list(found) == ["Oda", "Rune Holt"]
    assert "Slim" in found["Rune Holt"].aliases


@pytest.mark.parametrize(
    "action",
    ["RUNE (40) AKA SLIM waits.", "RUNE, aka SLIM, waits.", "RUNE, A.K.A. SLIM, waits.", "RUNE a.k.a. SLIM waits."],
)
def test_action_may_tell_another_name_of_somebody(action: str) -> None:
    found = characters(scene(action.replace("RUNE", "RUNE HOLT"), "RUNE", "SLIM"))
    assert list(found) == ["Rune Holt"]
    assert "Slim" in found["Rune Holt"].aliases


def test_the_other_names_of_several_are_those_of_each() -> None:
    found = characters(scene("Here come THE NEPHEWS, AKA RUNE and ODA.", "RUNE", "ODA"))
    assert not any("aka" in name.lower() for find in found.values() for name in (find.name, *find.aliases))
    assert {"Rune", "Oda"} <= set(found)
    assert "Oda" not in found["Rune"].aliases


def test_who_works_behind_the_stage_is_a_person() -> None:
    assert "Stagehand" in characters(scene("Oda is pulled back by a STAGEHAND.", "ODA"))


def test_a_centred_name_is_no_cue_in_a_text_file() -> None:
    flush = "EXT. PIER - DAY\n\nA gull.\n\n> OTTO GRANT <\n> & ROSA QUILL <\n\nOTTO\nHello.\n"
    columns = "EXT. PIER - DAY\n\nA gull.\n\n          > OTTO GRANT <\n          > & ROSA QUILL <\n\n               OTTO\n     Hello.\n"
    assert [list(characters(text, "txt")) for text in (flush, columns)] == [["Otto"], ["Otto"]]
