"""Rules of fountain.io/syntax, one by one."""

import pytest

from extraction.domain.errors import NoScenes
from extraction.domain.reading import read_script
from extraction.domain.script import Kind, Scene, Script

A = "INT. A - DAY\n\n"


def read(text: str) -> Script:
    return read_script(text, "fountain")


def kinds(scene: Scene) -> list[tuple[Kind, str]]:
    return [(element.kind, element.text) for element in scene.elements]


def body(text: str) -> list[tuple[Kind, str]]:
    return kinds(read(A + text).scenes[0])


def test_title_page_gives_the_title_over_several_lines_without_emphasis() -> None:
    script = read("Title:\n    _**BRICK & STEEL**_\n    FULL RETIRED\nAuthor: Stu\n\n" + A + "x.\n")
    assert script.title == "BRICK & STEEL FULL RETIRED"
    assert script.scenes[0].line == 6


def test_a_first_line_with_a_colon_is_no_title_page() -> None:
    script = read("FADE IN:\n\n" + A + "x.\n")
    assert [element.kind for element in script.preamble] == [Kind.TRANSITION]


@pytest.mark.parametrize("prefix", ["INT", "EXT", "EST", "INT./EXT", "INT/EXT", "I/E", "int", "Ext"])
@pytest.mark.parametrize("after", [". ", " "])
def test_heading_prefixes_in_any_case(prefix: str, after: str) -> None:
    assert [scene.place for scene in read(f"x.\n\n{prefix}{after}BARN - DAY\n\ny.\n").scenes] == ["BARN"]


def test_a_heading_needs_an_empty_line_before_it_unless_it_is_in_capitals() -> None:
    script = read(A + "He waits.\nint. barn - day\n\nShe waits.\nEXT. YARD - DAY\n\nx.\n")
    assert [scene.place for scene in script.scenes] == ["A", "YARD"]


def test_forced_elements() -> None:
    script = read(
        A
        + "@McAVOY\nYippie.\n\n!SCANNING THE AISLES...\nWhere?\n\n> Burn to white.\n\n~Song, song.\n\n.SNIPER POV\n\nx.\n"
    )
    assert kinds(script.scenes[0]) == [
        (Kind.CUE, "McAVOY"),
        (Kind.DIALOGUE, "Yippie."),
        (Kind.ACTION, "SCANNING THE AISLES..."),
        (Kind.ACTION, "Where?"),
        (Kind.TRANSITION, "Burn to white."),
        (Kind.LYRIC, "Song, song."),
    ]
    assert script.scenes[1].heading == "SNIPER POV"


def test_a_song_may_stand_inside_a_speech() -> None:
    assert body("BOB\n(singing)\n~La la.\nWell?\n") == [
        (Kind.CUE, "BOB"),
        (Kind.PARENTHETICAL, "(singing)"),
        (Kind.LYRIC, "La la."),
        (Kind.DIALOGUE, "Well?"),
    ]


def test_an_ellipsis_is_no_forced_heading() -> None:
    assert body("...where the pantry is.\n") == [(Kind.ACTION, "...where the pantry is.")]


@pytest.mark.parametrize(
    "cue",
    [
        "HANS",
        "HANS (on the radio)",
        "BOB (V.O.) (CONT'D)",
        "R2D2",
        "MRS. O'LEARY-SMITH, JR.",
        "MAEVE & FINCH",
        "COP #1",
        "ÉLODIE",
        "ЖЕНЯ",
        "O\u2019BRIEN",
        "JOSÉ (O.S.)",
        "McCLANE",
    ],
)
def test_cues_in_capitals_of_any_alphabet(cue: str) -> None:
    assert body(f"{cue}\nHello.\n") == [(Kind.CUE, cue), (Kind.DIALOGUE, "Hello.")]


@pytest.mark.parametrize("line", ["23", "Bob", "FWOOSH!", "WHO?", "AND THEN...", "X" * 200])
def test_other_lines_are_no_cues(line: str) -> None:
    assert body(f"{line}\nHello.\n")[0] == (Kind.ACTION, line)


def test_a_cue_needs_a_line_after_it_and_none_before() -> None:
    assert body("SCANNING THE AISLES\n\nHe waits.\nBOB\nHi.\n") == [
        (Kind.ACTION, "SCANNING THE AISLES"),
        (Kind.ACTION, "He waits."),
        (Kind.ACTION, "BOB"),
        (Kind.ACTION, "Hi."),
    ]


def test_dialogue_ends_at_an_empty_line_and_two_spaces_hold_it_together() -> None:
    assert body("DEALER\n(shuffling)\nTen.\n  \nHit or stand, sir?\n(beat\nlong beat)\nWell?\n\nHe waits.\n") == [
        (Kind.CUE, "DEALER"),
        (Kind.PARENTHETICAL, "(shuffling)"),
        (Kind.DIALOGUE, "Ten."),
        (Kind.DIALOGUE, "Hit or stand, sir?"),
        (Kind.PARENTHETICAL, "(beat"),
        (Kind.PARENTHETICAL, "long beat)"),
        (Kind.DIALOGUE, "Well?"),
        (Kind.ACTION, "He waits."),
    ]


def test_dual_dialogue_marks_the_second_cue() -> None:
    elements = read(A + "BRICK\nScrew it.\n\nSTEEL ^\nScrew it.\n").scenes[0].elements
    assert [(element.text, element.dual) for element in elements if element.kind is Kind.CUE] == [
        ("BRICK", False),
        ("STEEL", True),
    ]


def test_notes_and_boneyard_are_hidden_and_lines_keep_their_numbers() -> None:
    script = read(
        A
        + "He waits [[why?]] by /* the */ door.\n\n/*\nEXT. LIGHTHOUSE - NIGHT\n\nKEEPER\nHello.\n*/\n\n"
        + "[[ a note\n  \nover lines ]]\n\nBOB\nHi.\n/* cut */\nBye.\n"
    )
    assert len(script.scenes) == 1
    assert [(element.line, element.text) for element in script.scenes[0].elements] == [
        (3, "He waits by door."),
        (16, "BOB"),
        (17, "Hi."),
        (19, "Bye."),
    ]


def test_a_boneyard_inside_a_heading_leaves_the_rest() -> None:
    assert read("INT. A /* was B */ - DAY\n\nx.\n").scenes[0].heading == "INT. A - DAY"


@pytest.mark.parametrize("opening", ["/*", "[["])
def test_what_is_never_closed_hides_nothing(opening: str) -> None:
    script = read(A + f"He waits {opening} here.\n\nINT. B - DAY\n\nx.\n")
    assert len(script.scenes) == 2
    assert script.scenes[0].elements[0].text == f"He waits {opening} here."


def test_an_empty_line_breaks_a_note() -> None:
    script = read(A + "[[ open\n\nINT. B - DAY\n\nx ]]\n")
    assert len(script.scenes) == 2


def test_transitions_centred_text_sections_synopses_and_page_breaks() -> None:
    script = read("# Act\n\n= Ines inherits.\n\n" + A + "CUT TO:\n\n> THE END <\n\n===\n\nHe goes.\n\nFADE OUT.\n")
    assert [element.kind for element in script.preamble] == [Kind.SECTION, Kind.SYNOPSIS]
    assert kinds(script.scenes[0]) == [
        (Kind.TRANSITION, "CUT TO:"),
        (Kind.CENTRED, "THE END"),
        (Kind.ACTION, "He goes."),
        (Kind.TRANSITION, "FADE OUT."),
    ]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("He is **very** _late_ and *cross*.", "He is very late and cross."),
        ("***Bold italics*** here", "Bold italics here"),
        (r"A literal \*star\* here", "A literal *star* here"),
        ("5 * 3 * 2 and snake_case_name", "5 * 3 * 2 and snake_case_name"),
    ],
)
def test_emphasis_goes_and_other_marks_stay(marked: str, plain: str) -> None:
    element = read(A + marked + "\n").scenes[0].elements[0]
    assert (element.text, element.source) == (plain, marked)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end: str) -> None:
    script = read((A + "BOB\nHi.\n\nHe goes.\n").replace("\n", end))
    assert [(element.line, element.text) for element in script.scenes[0].elements] == [
        (3, "BOB"),
        (4, "Hi."),
        (6, "He goes."),
    ]


def test_indentation_means_nothing() -> None:
    assert body("\t\tBOB\n\tHi.\n") == [(Kind.CUE, "BOB"), (Kind.DIALOGUE, "Hi.")]


def test_only_a_title_page_is_no_script_and_says_what_to_do() -> None:
    with pytest.raises(NoScenes, match=r"INT\. KITCHEN - DAY"):
        read("Title: The Emptiness\nAuthor: Nobody\n")


def test_a_script_without_headings_is_one_scene() -> None:
    scenes = read("A man waits.\n\nBOB\nHi.\n").scenes
    assert [(scene.number, scene.heading, scene.place) for scene in scenes] == [(1, "", None)]


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("> OTTO GRANT <", Kind.CENTRED, "OTTO GRANT"),
        ("**> OTTO GRANT <**", Kind.CENTRED, "OTTO GRANT"),
        ("> **OTTO GRANT** <", Kind.CENTRED, "OTTO GRANT"),
        (">FADE TO GREEN.", Kind.TRANSITION, "FADE TO GREEN."),
        ("!LOUD", Kind.ACTION, "LOUD"),
        ("~LA LA", Kind.LYRIC, "LA LA"),
    ],
)
def test_a_line_that_is_marked_is_no_cue_whatever_stands_below(line: str, kind: Kind, words: str) -> None:
    assert body(f"{line}\n> & ROSA QUILL <\n")[0] == (kind, words)
