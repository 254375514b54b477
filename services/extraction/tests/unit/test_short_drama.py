"""Chinese short dramas, in the shapes that studios and platforms use."""

import pytest

from extraction.domain.formats.short_drama_headings import heading_of
from extraction.domain.reading import read_script
from extraction.domain.script import Kind, Scene, Setting

Parts = tuple[Setting | None, str | None, str | None, str | None]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1-1 日 内 老码头", (Setting.INT, "老码头", "日", "1-1")),
        ("1-2 老码头 日 内", (Setting.INT, "老码头", "日", "1-2")),
        ("第3场 内景 咖啡馆 夜", (Setting.INT, "咖啡馆", "夜", "第3场")),
        ("场景二\uff1a天台 黄昏 外", (Setting.EXT, "天台", "黄昏", "场景二")),
        ("5、夜外 码头", (Setting.EXT, "码头", "夜", "5")),
        ("内景。客厅。日", (Setting.INT, "客厅", "日", None)),
        ("第一场 日·内 医院走廊", (Setting.INT, "医院走廊", "日", "第一场")),
        ("1-3 夜 内 老宅·书房", (Setting.INT, "老宅·书房", "夜", "1-3")),
        ("S1 内 咖啡馆 日", (Setting.INT, "咖啡馆", "日", "S1")),
        ("【第12场】 内 日 大厅", (Setting.INT, "大厅", "日", "第12场")),
        ("2-1\u3000夜\u3000外\u3000街道", (Setting.EXT, "街道", "夜", "2-1")),
        ("1-1 客厅\uff08日/内\uff09", (Setting.INT, "客厅", "日", "1-1")),
        ("第十场 办公室-夜-内", (Setting.INT, "办公室", "夜", "第十场")),
        ("2-3 夜 内/外 车上", (Setting.INT_EXT, "车上", "夜", "2-3")),
        ("第2场 內景 客廳 夜", (Setting.INT, "客廳", "夜", "第2场")),
        ("第3场 天台", (None, "天台", None, "第3场")),
        ("INT. 咖啡馆 - 夜", (Setting.INT, "咖啡馆", "夜", None)),
        ("1-4 INT. 客厅 日", (Setting.INT, "客厅", "日", "1-4")),
    ],
)
def test_a_heading_says_number_place_and_time_in_any_order(line: str, expected: Parts) -> None:
    heading = heading_of(line)
    assert heading is not None
    assert (heading.setting, heading.place, heading.time_of_day, heading.label) == expected


@pytest.mark.parametrize(
    "line",
    [
        "一天晚上\uff0c他来了。",
        "1. 他走进屋内。",
        "2020 年 日 本",
        "1 INT. HALL - DAY 1",
        "第三场雨来得很突然\uff0c他没有带伞。",
        "日子一天天过去",
        "1-1",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert heading_of(line) is None


def kinds(scene: Scene) -> list[tuple[Kind, str]]:
    return [(element.kind, element.text) for element in scene.elements]


def test_place_and_time_may_stand_below_the_number() -> None:
    script = read_script(
        "第1场\n时间\uff1a夜\n地点\uff1a老码头\n人物\uff1a阿海\n\n△海浪。\n\n第2场\n地点\uff1a船舱 内\n△灯灭了。\n"
    )
    assert [(scene.setting, scene.place, scene.time_of_day) for scene in script.scenes] == [
        (None, "老码头", "夜"),
        (Setting.INT, "船舱", None),
    ]
    assert kinds(script.scenes[0])[-1] == (Kind.ACTION, "海浪。")


def test_voices_have_asides_and_what_is_on_screen_does_not_speak() -> None:
    script = read_script(
        "1-1 夜 外 码头\n阿海 OS\uff1a风大。\n阿海(低声):谁\uff1f\n字幕\uff1a三年后\nBGM\uff1a潮声\n【特写\uff1a玉佩】\n【闪回结束】\n阿海\uff1a\n回去吧。\n走\uff01\n\n他走了。\n"
    )
    assert kinds(script.scenes[0]) == [
        (Kind.CUE, "阿海"),
        (Kind.PARENTHETICAL, "OS"),
        (Kind.DIALOGUE, "风大。"),
        (Kind.CUE, "阿海"),
        (Kind.PARENTHETICAL, "(低声)"),
        (Kind.DIALOGUE, "谁\uff1f"),
        (Kind.ACTION, "字幕\uff1a三年后"),
        (Kind.ACTION, "BGM\uff1a潮声"),
        (Kind.ACTION, "【特写\uff1a玉佩】"),
        (Kind.TRANSITION, "【闪回结束】"),
        (Kind.CUE, "阿海"),
        (Kind.DIALOGUE, "回去吧。"),
        (Kind.DIALOGUE, "走\uff01"),
        (Kind.ACTION, "他走了。"),
    ]


def test_episodes_are_sections_and_the_name_in_brackets_is_the_title() -> None:
    script = read_script(
        "《潮》\n\n第一集 归来\n\n1-1 日 外 码头\n△海。\n\n第二集\n\n2-1 日 外 码头\n△海。\n第二集团的人来了。\n"
    )
    assert script.title == "潮"
    assert [element.kind for element in script.preamble] == [Kind.ACTION, Kind.SECTION]
    assert kinds(script.scenes[0]) == [(Kind.ACTION, "海。"), (Kind.SECTION, "第二集")]
    assert kinds(script.scenes[1])[-1] == (Kind.ACTION, "第二集团的人来了。")


def test_a_script_in_two_languages_is_read_by_the_headings_it_has_more_of() -> None:
    chinese = read_script("INT. 咖啡馆 - 夜\n\nAnna Li\uff1aHello.\n安娜\uff1a你好。\n")
    assert [element.text for element in chinese.scenes[0].elements if element.kind is Kind.CUE] == ["Anna Li", "安娜"]
    english = read_script(
        "INT. 茶馆 - DAY\n\nTea.\n\nINT. HALL - DAY\n\nANNA\nHi.\n\nEXT. YARD - DAY\n\nSnow.\n", "txt"
    )
    assert [scene.elements[0].kind for scene in english.scenes] == [Kind.ACTION, Kind.CUE, Kind.ACTION]


def test_a_chinese_script_under_the_name_of_fountain_is_read_as_what_it_is() -> None:
    script = read_script("1-1 日 内 客厅\n\n△雨。\n阿海\uff1a走。\n", "fountain")
    assert [element.kind for element in script.scenes[0].elements] == [Kind.ACTION, Kind.CUE, Kind.DIALOGUE]


def test_a_chinese_play_speaks_without_places_in_its_headings() -> None:
    script = read_script(
        "《茶》\n\n第一幕\n\n\uff08幕启。\uff09\n\n老周\uff1a谁\uff1f\n小梅\uff1a我。\n老周\uff1a进来。\n小梅\uff1a好。\n\n第二幕\n\n老周\uff1a走。\n"
    )
    assert [scene.heading for scene in script.scenes] == ["第一幕", "第二幕"]
    assert [element.text for element in script.scenes[0].elements if element.kind is Kind.CUE] == [
        "老周",
        "小梅",
        "老周",
        "小梅",
    ]


def test_a_chinese_story_is_no_play() -> None:
    script = read_script(
        "第一章 雨夜\n\n他说\uff1a走。\n\n她说\uff1a不。\n\n他说\uff1a走。\n\n她说\uff1a不。\n\n雨停了。\n"
    )
    assert [element.kind for element in script.scenes[0].elements] == [Kind.ACTION] * 5
