"""Headings of Chinese scripts, in every order of number, time, inside or outside, and place."""

import pytest

from extraction.domain.formats.short_drama_headings import heading_of
from extraction.domain.reading import read_script
from extraction.domain.script import Kind, Scene, Setting

WIDE = str.maketrans({"<": "\uff08", ">": "\uff09", ":": "\uff1a", ",": "\uff0c", "_": "\u3000", "!": "\uff01"})
INT, EXT, BOTH = Setting.INT, Setting.EXT, Setting.INT_EXT


def scenes(text: str) -> list[Scene]:
    return list(read_script(text.translate(WIDE), "txt").scenes)


@pytest.mark.parametrize(
    ("line", "label", "setting", "place", "time"),
    [
        ("第一集 1-1 夜 内 染坊", "1-1", INT, "染坊", "夜"),
        ("第1集 第3场 日 外 渡口", "第1集第3场", EXT, "渡口", "日"),
        ("第1集第2场 夜 内 船舱", "第1集第2场", INT, "船舱", "夜"),
        ("第一集第一场:染坊 日/内", "第一集第一场", INT, "染坊", "日"),
        ("第一集:1-1 日 内 当铺", "1-1", INT, "当铺", "日"),
        ("第2集 日 内 当铺", None, INT, "当铺", "日"),
        ("EP01-03 夜 内 染坊", "EP01-03", INT, "染坊", "夜"),
        ("1-1场景:粮仓外 日 外", "1-1", EXT, "粮仓外", "日"),
        ("1-3 地点:染坊 时间:夜 内", "1-3", INT, "染坊", "夜"),
        ("场次:1-3 染坊 夜 内", "1-3", INT, "染坊", "夜"),
        ("场景1:染坊,内,日", "场景1", INT, "染坊", "日"),
        ("【1-1】 日 内 染坊", "1-1", INT, "染坊", "日"),
        ("【1-2 日 内 染坊】", "1-2", INT, "染坊", "日"),
        ("第1场:【日】【内】染坊", "第1场", INT, "染坊", "日"),
        ("第1场<日,内,染坊>", "第1场", INT, "染坊", "日"),
        ("<三>染坊 夜 内", "三", INT, "染坊", "夜"),
        ("三、染坊 夜 内", "三", INT, "染坊", "夜"),
        ("3. 染坊 夜 内", "3", INT, "染坊", "夜"),
        ("1.2 染坊 夜 内", "1.2", INT, "染坊", "夜"),
        ("12A 染坊 夜 内", "12A", INT, "染坊", "夜"),
        ("3场 染坊 夜 内", "3场", INT, "染坊", "夜"),
        ("1-3场 染坊 夜 内", "1-3", INT, "染坊", "夜"),
        ("场1 日 内 染坊", "场1", INT, "染坊", "日"),
        ("S1. 染坊/日/内", "S1", INT, "染坊", "日"),
        ("Scene 4 染坊 日 内", "Scene4", INT, "染坊", "日"),
        ("第\uff13场_夜_内_染坊", "第3场", INT, "染坊", "夜"),
        ("\uff11\uff0d\uff12 夜 外 渡口", "1-2", EXT, "渡口", "夜"),
        ("1\u20142 夜 外 渡口", "1-2", EXT, "渡口", "夜"),
        ("1-1日内染坊", "1-1", INT, "染坊", "日"),
        ("1-1 日内染坊", "1-1", INT, "染坊", "日"),
        ("1-1 染坊日内", "1-1", INT, "染坊", "日"),
        ("1-1 内景染坊 夜", "1-1", INT, "染坊", "夜"),
        ("1-1 染坊内景 夜", "1-1", INT, "染坊", "夜"),
        ("1-4 夜 日内瓦 外", "1-4", EXT, "日内瓦", "夜"),
        ("1-1,夜,内,染坊", "1-1", INT, "染坊", "夜"),
        ("1-1/夜/内/染坊", "1-1", INT, "染坊", "夜"),
        ("1-1|夜|内|染坊", "1-1", INT, "染坊", "夜"),
        ("1-1 夜·内·染坊", "1-1", INT, "染坊", "夜"),
        ("1-1-夜-内-染坊", "1-1", INT, "染坊", "夜"),
        ("1-1、染坊、夜、内", "1-1", INT, "染坊", "夜"),
        ("1-1 次日清晨 外 渡口", "1-1", EXT, "渡口", "次日清晨"),
        ("1-1 傍晚时分 外 渡口", "1-1", EXT, "渡口", "傍晚时分"),
        ("1-1 夜戏 外 渡口", "1-1", EXT, "渡口", "夜戏"),
        ("1-1 夜 内/外 船上", "1-1", BOTH, "船上", "夜"),
        ("1-1 夜 内 染坊<闪回>", "1-1", INT, "染坊", "夜"),
        ("1-1 夜 内 染坊 人物:阿海、阿月", "1-1", INT, "染坊", "夜"),
        ("第3場 夜 內 染坊", "第3場", INT, "染坊", "夜"),
        ("**1-1 夜 内 染坊**", "1-1", INT, "染坊", "夜"),
        ("### 1-1 夜 内 染坊", "1-1", INT, "染坊", "夜"),
        ("夜 外 渡口", None, EXT, "渡口", "夜"),
        ("渡口 夜 外", None, EXT, "渡口", "夜"),
    ],
)
def test_every_shape_says_number_place_and_time(
    line: str, label: str | None, setting: Setting, place: str, time: str
) -> None:
    heading = heading_of(line.translate(WIDE))
    assert heading is not None
    assert (heading.label, heading.setting, heading.place, heading.time_of_day) == (label, setting, place, time)


@pytest.mark.parametrize(
    "line",
    [
        "第一集 归来",
        "第一集 夜雨",
        "1-80集大纲",
        "3-5 分钟后,他来了",
        "场景一号仓库",
        "2020 年 日 本",
        "夜 外 有人来了,他没有开门。",
    ],
)
def test_titles_and_counts_are_no_headings(line: str) -> None:
    assert heading_of(line.translate(WIDE)) is None


def test_where_others_have_places_a_number_alone_opens_a_scene() -> None:
    found = scenes("1-1 日 内 染坊\n△雨。\n\n1-2\n△风。\n\n1-3:渡口\n△雪。\n\n1-4 夜 内\n地点:船舱\n△雾。\n")
    assert [(scene.label, scene.place) for scene in found] == [
        ("1-1", "染坊"),
        ("1-2", None),
        ("1-3", "渡口"),
        ("1-4", "船舱"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "### 场1-2\n夜 外 渡口",
        "1-2\n夜外 渡口",
        "第2场 渡口\n夜 外",
        "场次<2>\n地点:渡口,夜,外",
        "场次<2>地点:渡口,夜,外;出场人物:阿海",
        "场次:2\n地点:渡口\n时间:夜\n内外景:外",
        "※ 渡口 夜 外\n$ 阿海",
        "1-2\n地点:夜 外 渡口\n人物:阿海 阿月",
        "【第2场】\n【人物】阿海\n时间:夜 地点:渡口 外",
    ],
)
def test_a_heading_goes_on_below_its_number(heading: str) -> None:
    found = scenes(f"1-1 日 内 染坊\n△雨。\n\n{heading}\n△风。\n阿海:走!\n")
    assert [(scene.place, scene.setting, scene.time_of_day) for scene in found] == [
        ("染坊", INT, "日"),
        ("渡口", EXT, "夜"),
    ]
    shown = [element.kind for element in found[1].elements if element.kind is not Kind.SYNOPSIS]
    assert shown == [Kind.ACTION, Kind.CUE, Kind.DIALOGUE]


def test_an_hour_that_somebody_says_is_said() -> None:
    found = scenes("1-1 日 内 染坊\n阿海:\n晚上\n\n深夜\n△雨。\n")
    assert [(element.kind, element.text) for element in found[0].elements] == [
        (Kind.CUE, "阿海"),
        (Kind.DIALOGUE, "晚上"),
        (Kind.SYNOPSIS, "深夜"),
        (Kind.ACTION, "雨。"),
    ]


def test_same_as_before_is_the_place_of_the_scene_before() -> None:
    assert [scene.place for scene in scenes("1-1 日 内 染坊\n△雨。\n\n1-2 夜 内 同上\n△风。\n")] == ["染坊", "染坊"]


def test_lines_with_labels_are_headings_where_none_has_a_number() -> None:
    found = scenes("场景:染坊\n时间:夜 内\n人物:阿海\n△雨。\n阿海:谁!\n\n时间:日 外 地点:渡口\n△风。\n阿海:走!\n")
    assert [(scene.place, scene.setting, scene.time_of_day) for scene in found] == [
        ("染坊", INT, "夜"),
        ("渡口", EXT, "日"),
    ]
    assert [element.kind for element in found[1].elements] == [Kind.ACTION, Kind.CUE, Kind.DIALOGUE]


def test_action_before_the_first_heading_that_is_understood_is_a_scene() -> None:
    found = scenes("《潮》\n\n第一集\n\n△阿海推开门。\n阿海:谁!\n\n1-2 日 内 染坊\n△雨。\n")
    assert [(scene.heading, scene.place) for scene in found] == [("", None), ("1-2 日 内 染坊", "染坊")]
    assert [element.kind for element in found[0].elements] == [Kind.ACTION, Kind.CUE, Kind.DIALOGUE]


def test_who_is_listed_behind_a_heading_is_present() -> None:
    found = scenes("1-1 夜 内 染坊 人物:阿海、阿月\n△雨。\n")
    first = found[0].elements[0]
    assert found[0].heading == "1-1 夜 内 染坊"
    assert (first.kind, first.text) == (
        Kind.SYNOPSIS,
        "人物\uff1a阿海、阿月",
    )


@pytest.mark.parametrize(
    "label", ["出场", "出场人物", "人物", "角色", "登场", "登場", "演员", "人", "本场人物", "出場人物", "群演"]
)
def test_a_list_of_those_present_is_no_speech(label: str) -> None:
    found = scenes(f"1-1 日 内 染坊\n{label}:阿海、阿月\n△雨。\n")
    assert [element.kind for element in found[0].elements] == [Kind.SYNOPSIS, Kind.ACTION]
