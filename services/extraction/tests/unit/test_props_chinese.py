import pytest
from services.extraction.tests.unit.props_case import in_prose, in_short_drama, props_of


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("老吴拿起一把锈铁锹。", ["锈铁锹"]),
        ("她怀里抱着一只旧木箱。", ["旧木箱"]),
        ("桌上放着一盏铜灯。", ["铜灯"]),
        ("他把手枪扔进河里。", ["手枪"]),
        ("她撑着一把伞。", ["伞"]),
        ("他掏出钥匙,打开皮箱。", ["钥匙", "皮箱"]),
        ("她端着一碗药。", ["药"]),
        ("他举起红酒杯。", ["红酒杯"]),
        ("她放下亲子鉴定书。", ["亲子鉴定书"]),
        ("她端着一只青花碗走进来。", ["青花碗"]),
        ("他啃烤饼。", ["烤饼"]),
        ("她敲击键盘。", ["键盘"]),
        ("他掏出一锭银元宝。", ["银元宝"]),
        ("她抱着一个木匣子。", ["木匣子"]),
        ("老吴推着手推车走远。", ["手推车"]),
        ("她翻开家谱。", ["家谱"]),
        ("他按下起爆器。", ["起爆器"]),
        ("他搬来一把折叠椅。", ["折叠椅"]),
        ("油条掉在地上。", ["油条"]),
        ("他解開麻繩,拿起銅鏡。", ["麻繩", "銅鏡"]),
    ],
)
def test_what_hands_have_is_a_prop(action: str, names: list[str]) -> None:
    assert in_short_drama(action) == names


def test_what_somebody_uses_or_moves_is_handled() -> None:
    assert in_prose("他用手帕擦了擦脸。") == ["手帕"]
    assert in_prose("她把皮箱靠在墙边。") == ["皮箱"]
    assert in_prose("墙边靠着皮箱。") == []


@pytest.mark.parametrize(
    "action",
    [
        "他坐在沙发上拍桌子。",
        "两人打斗。",
        "他走进面包店。",
        "她扎着麻花辫。",
        "她参加了订婚仪式。",
        "他走进书房。",
        "灯光暗下。",
        "外面传来枪声。",
        "她相信他。",
        "老板跑进手机店。",
        "她刀一样的目光像匕首。",
    ],
)
def test_words_that_only_hold_the_sign_for_a_thing_are_none(action: str) -> None:
    assert in_short_drama(action) == []


@pytest.mark.parametrize(
    ("action", "names"),
    [("她穿着一件旧外套。", []), ("他没有手机。", []), ("她递给他一件外套。", ["外套"]), ("酒洒在白衬衫上。", [])],
)
def test_what_is_worn_or_denied_is_none(action: str, names: list[str]) -> None:
    assert in_short_drama(action) == names


def test_a_short_name_means_the_longer_one() -> None:
    found = props_of("1-1 夜 内 客厅\n\n△她拿着一根麻绳。\n\n1-2 日 外 街上\n\n△绳子断了。她丢下绳子。\n", "txt")
    assert {name: find.scene_numbers for name, find in found.items()} == {"麻绳": (1, 2)}


def test_what_a_thing_is_made_of_makes_no_other() -> None:
    found = props_of("1-1 夜 内 客厅\n\n△她摘下银镯子。\n\n1-2 日 外 街上\n\n△镯子掉了。\n", "txt")
    assert {name: find.scene_numbers for name, find in found.items()} == {"银镯子": (1, 2)}


def test_a_verb_behind_a_thing_is_no_part_of_its_name() -> None:
    assert in_short_drama("他用手电照着墙角的集装箱。") == ["手电"]


def test_how_much_is_told_of_a_thing_makes_no_other() -> None:
    text = "1-1 夜 内 客厅\n\n△桌上放着一个铁皮饼干盒。她抢过饼干盒。盒子掉了。\n"
    assert list(props_of(text, "txt")) == ["铁皮饼干盒"]


def test_what_falls_is_handled_in_a_story_too() -> None:
    assert in_prose("搪瓷缸掉在地上,滚进墙角。") == ["搪瓷缸"]
    assert in_prose("墙角堆着搪瓷缸。") == []


def test_what_is_only_said_is_none() -> None:
    assert props_of("1-1 夜 内 客厅\n人物\uff1a阿福\n\n△阿福坐下。\n阿福\uff1a把匕首给我\u3002\n", "txt") == {}
