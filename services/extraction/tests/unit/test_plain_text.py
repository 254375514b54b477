"""Text files that are no Fountain: columns, margins, prose, stage plays and Chinese short dramas."""

from extraction.domain.reading import read_script
from extraction.domain.script import Kind, Scene, Script, Setting

COLUMNS = """
                         DEAD WOOD

1    INT. SAWMILL - NIGHT                                     1

     A blade hums. RUTH, 40, brushes sawdust from
     a photograph.

                         RUTH (V.O.)
                    (quietly)
               He said he would
               be back by six.

                                                   CUT TO:

2    EXT. SAWMILL - DAY                                       2

     Snow.
                              2.
"""


def kinds(scene: Scene) -> list[tuple[Kind, str]]:
    return [(element.kind, element.text) for element in scene.elements]


def read(text: str, file_name: str = "a.txt") -> Script:
    return read_script(text, file_name=file_name)


def test_columns_tell_cues_from_action_and_margins_number_the_scenes() -> None:
    script = read(COLUMNS)
    assert script.title == "DEAD WOOD"
    assert [(scene.label, scene.heading, scene.line) for scene in script.scenes] == [
        ("1", "INT. SAWMILL - NIGHT", 4),
        ("2", "EXT. SAWMILL - DAY", 16),
    ]
    assert kinds(script.scenes[0]) == [
        (Kind.ACTION, "A blade hums. RUTH, 40, brushes sawdust from"),
        (Kind.ACTION, "a photograph."),
        (Kind.CUE, "RUTH (V.O.)"),
        (Kind.PARENTHETICAL, "(quietly)"),
        (Kind.DIALOGUE, "He said he would"),
        (Kind.DIALOGUE, "be back by six."),
        (Kind.TRANSITION, "CUT TO:"),
    ]
    assert kinds(script.scenes[1]) == [(Kind.ACTION, "Snow.")]


def test_a_flush_left_screenplay_in_a_text_file_reads_like_fountain() -> None:
    script = read("THE KEY\n\n1 INT. HALL - DAY 1\n\nA door.\n\nANNA\nWho's there?\n\nNobody.\n")
    assert (script.title, script.scenes[0].label) == ("THE KEY", "1")
    assert kinds(script.scenes[0]) == [
        (Kind.ACTION, "A door."),
        (Kind.CUE, "ANNA"),
        (Kind.DIALOGUE, "Who's there?"),
        (Kind.ACTION, "Nobody."),
    ]


def test_chapters_are_the_scenes_of_prose() -> None:
    script = read("The Well\n\nBy nobody.\n\nCHAPTER I. Down\n\nShe fell.\nAnd fell.\n\nCHAPTER II\n\nShe stopped.\n")
    assert script.title == "The Well"
    assert [element.text for element in script.preamble] == ["By nobody."]
    assert [(scene.heading, scene.place, len(scene.elements)) for scene in script.scenes] == [
        ("CHAPTER I. Down", None, 2),
        ("CHAPTER II", None, 1),
    ]


def test_breaks_part_prose_without_chapters() -> None:
    script = read("She fell.\n\n* * *\n\nShe stopped.\n\n---\n\nShe slept.\n")
    assert [scene.elements[0].text for scene in script.scenes] == ["She fell.", "She stopped.", "She slept."]
    assert [scene.line for scene in script.scenes] == [1, 5, 9]


def test_prose_without_any_mark_is_one_scene() -> None:
    script = read("It was late.\n\nNobody came.\n")
    assert [scene.number for scene in script.scenes] == [1]


def test_markdown_headings_are_title_and_chapters() -> None:
    script = read("# The **Well**\n\nA note.\n\n## Down\n\nShe _fell_.\n\n## Up\n\nShe rose.\n", "well.md")
    assert script.title == "The Well"
    assert [scene.heading for scene in script.scenes] == ["Down", "Up"]
    assert script.scenes[0].elements[0].text == "She fell."


def test_a_screenplay_inside_markdown_is_read_as_one() -> None:
    script = read("### INT. HALL - DAY\n\nA door.\n\n**ANNA**\nHi.\n\n> Nobody.\n", "hall.md")
    assert script.scenes[0].setting is Setting.INT
    assert kinds(script.scenes[0]) == [
        (Kind.ACTION, "A door."),
        (Kind.CUE, "ANNA"),
        (Kind.DIALOGUE, "Hi."),
        (Kind.ACTION, "Nobody."),
    ]


def test_stage_plays_speak_after_a_colon() -> None:
    script = read(
        "TRIFLES\n\nMRS HALE\n\nSCENE: _The kitchen._ A stove.\n\nHALE: (_rubbing his hands_) Cold.\nVery cold.\n\n"
        "SHERIFF: Well.\n\nHALE: Well.\n"
    )
    assert script.title == "TRIFLES"
    assert kinds(script.scenes[0]) == [
        (Kind.ACTION, "The kitchen. A stove."),
        (Kind.CUE, "HALE"),
        (Kind.DIALOGUE, "(rubbing his hands) Cold."),
        (Kind.DIALOGUE, "Very cold."),
        (Kind.CUE, "SHERIFF"),
        (Kind.DIALOGUE, "Well."),
        (Kind.CUE, "HALE"),
        (Kind.DIALOGUE, "Well."),
    ]


def test_chinese_short_dramas_number_place_and_time() -> None:
    script = read(
        "《潮》\n人物小传\n\n第一集\n\n1-1 夜 外 老码头\n人物\uff1a阿海\n\n△阿海提着一盏灯。\n"
        "阿海\uff08低声\uff09\uff1a谁\uff1f\n【闪回】\n\n1-2 老码头 日 内\n\n△天亮了。\n"
    )
    assert script.title == "潮"
    assert [(scene.label, scene.setting, scene.place, scene.time_of_day) for scene in script.scenes] == [
        ("1-1", Setting.EXT, "老码头", "夜"),
        ("1-2", Setting.INT, "老码头", "日"),
    ]
    assert kinds(script.scenes[0]) == [
        (Kind.SYNOPSIS, "人物\uff1a阿海"),
        (Kind.ACTION, "阿海提着一盏灯。"),
        (Kind.CUE, "阿海"),
        (Kind.PARENTHETICAL, "\uff08低声\uff09"),
        (Kind.DIALOGUE, "谁\uff1f"),
        (Kind.TRANSITION, "【闪回】"),
    ]


def test_headings_in_mixed_case_with_a_time_of_day_make_a_screenplay() -> None:
    script = read("Int. Kitchen - Day\n\nA kettle.\n\nANNA\nTea?\n")
    assert [(scene.place, scene.elements[1].kind) for scene in script.scenes] == [("Kitchen", Kind.CUE)]


def test_notes_are_hidden_in_text_and_markdown_screenplays_too() -> None:
    text = "INT. HALL - DAY\n\nA door [[oak?]] opens.\n\n/*\nEXT. YARD - DAY\n*/\n"
    assert [[element.text for element in scene.elements] for scene in read(text).scenes] == [["A door opens."]]
    assert [[element.text for element in scene.elements] for scene in read(text, "a.md").scenes] == [["A door opens."]]


def test_columns_may_have_an_empty_line_below_every_cue() -> None:
    script = read(
        "INT. HALL - DAY\n\nRain.\n\n                    MARA\n\n          Come on.\n\n                    BO\n\n"
        "               (low)\n\n          No.\n\nShe stops.\n"
    )
    assert kinds(script.scenes[0]) == [
        (Kind.ACTION, "Rain."),
        (Kind.CUE, "MARA"),
        (Kind.DIALOGUE, "Come on."),
        (Kind.CUE, "BO"),
        (Kind.PARENTHETICAL, "(low)"),
        (Kind.DIALOGUE, "No."),
        (Kind.ACTION, "She stops."),
    ]


def test_the_next_cue_may_follow_a_speech_at_once() -> None:
    script = read(
        "INT. HALL - DAY\n\nRain.\n\n              MARA\n     I told you. NO\n     NO!\n              BO (CONT'D)\n     You did.\n"
    )
    assert kinds(script.scenes[0])[1:] == [
        (Kind.CUE, "MARA"),
        (Kind.DIALOGUE, "I told you. NO"),
        (Kind.DIALOGUE, "NO!"),
        (Kind.CUE, "BO (CONT'D)"),
        (Kind.DIALOGUE, "You did."),
    ]


def test_a_screenplay_may_speak_after_colons() -> None:
    script = read(
        "SCENE 1\n\nINT. HALL - DAY\n\nRain.\n\nMARA: Come on.\n\nBO: No.\n\nMARA: Please.\n\nCUT TO:\n\nEXT. YARD - DAY\n\nSnow.\n"
    )
    assert [scene.place for scene in script.scenes] == ["HALL", "YARD"]
    assert [kind for kind, _ in kinds(script.scenes[0])] == [
        Kind.ACTION,
        *[Kind.CUE, Kind.DIALOGUE] * 3,
        Kind.TRANSITION,
    ]


def test_what_belongs_to_the_page_is_not_in_a_flush_script_either() -> None:
    script = read("INT. HALL - DAY\n\nRain.\n\n(CONTINUED)\n\n2.\n\nCONTINUED:\n\nSnow.\n")
    assert kinds(script.scenes[0]) == [(Kind.ACTION, "Rain."), (Kind.ACTION, "Snow.")]


def test_chapters_may_be_counted_or_spelled_out() -> None:
    counted = read("1\n\nShe fell.\n\n2\n\nShe rose.\n")
    assert [scene.heading for scene in counted.scenes] == ["1", "2"]
    spelled = read("Chapter Twenty-One\n\nShe fell.\n\nCHAPTER 22: UP\n\nShe rose.\n\n第三章 归来\n\n她走了。\n")
    assert [scene.heading for scene in spelled.scenes] == ["Chapter Twenty-One", "CHAPTER 22: UP", "第三章 归来"]


def test_a_number_in_both_margins_makes_a_heading_of_any_capitals() -> None:
    script = read(
        COLUMNS
        + "\n\n3    UNDERWATER - THE WRECK                                   3\n\n     Silt.\n\n4    OMITTED     4\n"
    )
    assert [(scene.label, scene.heading, scene.place) for scene in script.scenes][2:] == [
        ("3", "UNDERWATER - THE WRECK", "UNDERWATER - THE WRECK")
    ]
    assert kinds(script.scenes[2]) == [(Kind.ACTION, "Silt.")]


def test_a_number_in_both_margins_counts_in_a_flush_script_too() -> None:
    script = read("1  INT. HALL - DAY  1\n\nRain.\n\nANNA\nHi.\n\n2  UNDERWATER  2\n\nSilt.\n")
    assert [(scene.label, scene.place) for scene in script.scenes] == [("1", "HALL"), ("2", "UNDERWATER")]
