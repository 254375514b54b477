"""Chinese names: lists of those present, given names, family names with a title, crowds."""

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType, Find
from extraction.domain.reading import read_script

HEAD = "《雨巷》\n\n人物小传\uff1a\n1、方若兰\uff0827岁\uff09\uff1a裁缝\uff0c小名阿兰。\n周慕白\uff0831岁\uff09\uff1a周家长子\uff0c人称\u201c周少\u201d。\n\n"


def finds(text: str, asset_type: AssetType) -> dict[str, Find]:
    return {find.name: find for find in extract(read_script(text, "txt")) if find.asset_type is asset_type}


def characters(*lines: str) -> dict[str, Find]:
    return finds(HEAD + "1-1 日 内 裁缝铺\n" + "\n".join(lines), AssetType.CHARACTER)


def test_given_name_family_name_with_title_and_nickname_are_one_person() -> None:
    found = characters(
        "方若兰\uff1a早。", "若兰\uff1a早。", "周慕白\uff1a嗯。", "周先生\uff1a好。", "周少\uff1a好。", "阿兰\uff1a走。"
    )
    assert list(found) == ["方若兰", "周慕白"]
    assert set(found["方若兰"].aliases) == {"若兰", "阿兰"}
    assert {"周先生", "周少"} <= set(found["周慕白"].aliases)


def test_two_of_one_family_do_not_share_a_title() -> None:
    found = characters("周慕白\uff1a嗯。", "周慕云\uff1a嗯。", "周总\uff1a谁\uff1f")
    assert list(found) == ["周慕白", "周慕云", "周总"]


def test_the_elder_of_a_family_is_not_the_younger() -> None:
    assert list(characters("方若兰\uff1a早。", "方爷爷\uff1a早。")) == ["方若兰", "方爷爷"]


def test_two_who_are_listed_together_are_two() -> None:
    found = characters("人物\uff1a周慕白、周先生", "周慕白\uff1a早。", "周先生\uff1a早。")
    assert list(found) == ["周慕白", "周先生"]


def test_a_grandparent_is_called_so_and_gives_nobody_a_name() -> None:
    found = characters("方若兰\uff1a奶奶\uff0c早。", "方奶奶\uff1a早。", "方若兰\uff1a嗯。")
    assert list(found) == ["方若兰", "方奶奶"]
    assert found["方奶奶"].aliases == ("奶奶",)


def test_who_is_listed_with_the_office_is_the_one_that_speaks() -> None:
    found = characters(
        "人物\uff1a方若兰、远洋集团郑经理、刑警队长秦川",
        "郑经理\uff1a签字。",
        "秦川\uff1a慢着。",
        "方若兰\uff1a秦川\uff1f",
    )
    assert list(found) == ["方若兰", "郑经理", "秦川"]
    assert found["郑经理"].aliases == ("远洋集团郑经理",)
    assert found["秦川"].aliases == ("刑警队长秦川",)


def test_the_main_name_is_that_of_the_cues_and_no_form_of_address() -> None:
    found = characters("秦川\uff1a早。", "方若兰\uff1a秦警官早。", "方若兰\uff1a川川\uff0c别闹。")
    assert list(found) == ["秦川", "方若兰"]
    assert set(found["秦川"].aliases) == {"秦警官", "川川"}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("阿海\uff0830岁\uff0c船工\uff09、阿月", ["阿海", "阿月"]),
        ("阿海\uff0c阿月\uff1b阿星", ["阿海", "阿月", "阿星"]),
        ("阿海 阿月/阿星", ["阿海", "阿月", "阿星"]),
        ("阿海、Anna Li", ["阿海", "Anna Li"]),
        ("阿海、村民甲乙、众人、水手若干", ["阿海", "村民甲", "村民乙"]),
        ("阿海、阿月等人。", ["阿海", "阿月"]),
    ],
)
@pytest.mark.parametrize("label", ["出场", "人物", "角色", "登场人物", "演员", "人", "登場"])
def test_everybody_in_a_list_of_those_present_is_somebody(label: str, names: str, expected: list[str]) -> None:
    text = f"1-1 日 内 染坊\n{label}\uff1a{names}\n△雨。\n"
    assert list(finds(text, AssetType.CHARACTER)) == expected


def test_extras_are_nobody() -> None:
    text = "1-1 日 内 染坊\n人物\uff1a阿海\n群演\uff1a路人、茶客\n△雨。\n"
    assert list(finds(text, AssetType.CHARACTER)) == ["阿海"]


def test_the_child_is_another_face() -> None:
    assert "小若兰" in characters("方若兰\uff1a早。", "小若兰\uff1a早。")


def test_who_is_listed_as_present_need_not_speak() -> None:
    found = characters("人物\uff1a方若兰、老裁缝、街坊若干", "△老裁缝低头穿针。", "方若兰\uff1a师父。")
    assert list(found) == ["方若兰", "老裁缝"]
    assert found["老裁缝"].scene_numbers == (1,)


@pytest.mark.parametrize(
    "cue", ["方若兰OS\uff1a", "方若兰\uff08画外音\uff09\uff1a", "方若兰VO\uff1a", "方若兰\uff08vo\uff09\uff1a"]
)
def test_an_extension_is_no_part_of_a_chinese_name(cue: str) -> None:
    assert list(characters("方若兰\uff1a早。", f"{cue}早。")) == ["方若兰"]


def test_who_is_introduced_with_an_age_need_not_speak() -> None:
    found = characters("△小满\uff088岁\uff09蹲在门口。一个男人\uff0840岁\uff09路过。", "方若兰\uff1a早。")
    assert set(found) == {"小满", "方若兰"}
    assert found["小满"].attributes == {"age": "8岁"}


@pytest.mark.parametrize("cue", ["众人\uff1a", "旁白\uff1a", "众街坊\uff1a", "字幕\uff1a", "所有人\uff1a"])
def test_crowds_and_captions_are_nobody(cue: str) -> None:
    assert list(characters("方若兰\uff1a早。", f"{cue}早。")) == ["方若兰"]


def test_a_room_with_and_without_its_house_is_one_place() -> None:
    text = (
        "1-1 日 内 周家别墅·书房\n△灯亮着。\n周慕白\uff1a嗯。\n\n1-2 夜 内 书房\n△灯灭了。\n周慕白\uff1a嗯。\n\n"
        "1-3 日 外 周家别墅 书房\n△雨。\n周慕白\uff1a嗯。\n\n1-4 日 内 裁缝铺\uff08回忆\uff09\n△雨。\n周慕白\uff1a嗯。\n"
    )
    found = finds(text, AssetType.LOCATION)
    assert {name: find.scene_numbers for name, find in found.items()} == {"周家别墅·书房": (1, 2, 3), "裁缝铺": (4,)}


@pytest.mark.parametrize("heading", ["云来客栈·天井", "客栈天井", "云来天井", "天井"])
def test_a_part_of_a_place_stands_for_the_whole(heading: str) -> None:
    text = f"1-1 日 内 云来客栈·天井\n△雨。\n\n1-2 日 内 云来客栈·马厩\n△风。\n\n1-3 日 内 {heading}\uff08闪回\uff09\n△雪。\n"
    found = finds(text, AssetType.LOCATION)
    assert {name: find.scene_numbers for name, find in found.items()} == {
        "云来客栈·天井": (1, 3),
        "云来客栈·马厩": (2,),
    }


def test_a_part_of_two_places_is_neither() -> None:
    text = "1-1 日 内 云来客栈·天井\n△雨。\n\n1-2 日 内 福来客栈·天井\n△风。\n\n1-3 日 内 客栈天井\n△雪。\n"
    assert len(finds(text, AssetType.LOCATION)) == 3


def test_one_who_does_a_trade_acts_without_a_name() -> None:
    found = characters("△跑堂端来一壶酒。若兰叫住跑堂。", "方若兰\uff1a等等。", "△保镖们围上来。一个信使跑过。")
    assert list(found) == ["跑堂", "方若兰"]


def test_who_acts_in_the_action_need_neither_speak_nor_be_listed() -> None:
    found = characters("△阿强推门进来。", "方若兰\uff1a谁\uff1f", "△阿强坐下。若兰笑了。若兰转身。")
    assert list(found) == ["阿强", "方若兰"]
    assert found["阿强"].confidence < found["方若兰"].confidence


def test_a_parent_goes_by_the_child_and_by_the_family() -> None:
    found = characters(
        "秦川妈妈\uff1a早。", "秦母\uff1a坐。", "秦妈妈\uff1a吃。", "秦父\uff1a嗯。", "秦川\uff1a妈\uff01"
    )
    assert list(found) == ["秦川妈妈", "秦父", "秦川"]
    assert {"秦母", "秦妈妈"} <= set(found["秦川妈妈"].aliases)


def test_a_calling_before_a_short_name_is_no_other_person() -> None:
    found = characters("人物\uff1a护士小张、方若兰", "小张\uff1a请进。", "方若兰\uff1a好。")
    assert set(found) == {"小张", "方若兰"}


def test_traditional_names_are_told_as_simplified_ones() -> None:
    found = characters(
        "出場\uff1a陳國強\uff0845歲\uff09、水手若干",
        "陳國強\uff1a早。",
        "國強\uff1a走。",
        "陳總\uff1a嗯。",
        "眾人\uff1a好\uff01",
        "畫外音\uff1a三年後。",
        "△阿強\uff087歲\uff09推門。阿強轉身。",
    )
    assert list(found) == ["陳國強", "阿強"]
    assert {"國強", "陳總"} <= set(found["陳國強"].aliases)
