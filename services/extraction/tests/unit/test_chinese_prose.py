"""Chinese stories: who speaks and acts, and where they are."""

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType, Find
from extraction.domain.reading import read_script

WIDE = str.maketrans({",": "\uff0c", ".": "\u3002", ":": "\uff1a", "<": "\u201c", ">": "\u201d"})


def finds(text: str, asset_type: AssetType) -> dict[str, Find]:
    found = extract(read_script(text.translate(WIDE), "txt"))
    return {find.name: find for find in found if find.asset_type is asset_type}


def characters(text: str) -> list[str]:
    return list(finds(text, AssetType.CHARACTER))


def locations(text: str) -> list[str]:
    return list(finds(text, AssetType.LOCATION))


def test_who_speaks_and_acts_at_the_head_of_a_clause_is_somebody() -> None:
    assert characters("许青禾推开窗.\n\n<下雪了.>许青禾说.\n\n老秦没有抬头.老秦问道:<多大?>") == ["许青禾", "老秦"]


def test_one_of_a_story_is_less_sure_than_one_with_a_cue() -> None:
    assert finds("许青禾推开窗.许青禾笑了.", AssetType.CHARACTER)["许青禾"].confidence < 0.75


def test_short_names_join_the_full_one() -> None:
    found = finds("许青禾推开窗.\n\n青禾笑了.\n\n<走吧.>青禾说.", AssetType.CHARACTER)
    assert list(found) == ["许青禾"]
    assert found["许青禾"].aliases == ("青禾",)


def test_who_looks_in_or_says_nothing_acts() -> None:
    assert characters("赵婶探进头来.\n\n赵婶没有说话.") == ["赵婶"]


@pytest.mark.parametrize("name", ["阿棠", "三爷", "周伯", "掌柜", "欧阳锋", "王大夫"])
def test_names_of_every_shape_act(name: str) -> None:
    assert characters(f"{name}走进来.\n\n{name}看了看天.") == [name]


def test_a_name_without_a_family_has_to_speak() -> None:
    assert characters("春桃说:<来了.>\n\n春桃端起茶.春桃走了.") == ["春桃"]
    assert characters("灯笼看着.灯笼走了.") == []


@pytest.mark.parametrize(
    "text",
    [
        "黄昏来了.高楼看不见了.高楼倒了.",
        "于是说道:<好.>于是走了.",
        "他推开门.他说:<谁?>她站起来.她问道:<你?>",
        "石头砸在地上.石头停了.方向错了.",
        "有人说:<走.>那人走了.有人看见了.",
    ],
)
def test_what_only_stands_where_a_name_could_is_nobody(text: str) -> None:
    assert characters(text) == []


def test_a_name_in_speech_alone_is_nobody() -> None:
    assert characters("<林雪走了.>\n\n<林雪说:好.>") == []


def test_where_somebody_goes_or_is_is_a_location() -> None:
    text = "阿棠跑进厨房.阿棠坐在老槐树下.\n\n周伯领着她走进后院.后院里有一口井.\n\n远处是学校."
    assert locations(text) == ["厨房", "后院"]


def test_a_location_keeps_the_words_that_tell_which() -> None:
    found = finds("他推开旧书铺的门.书铺里没有人.", AssetType.LOCATION)
    assert list(found) == ["旧书铺"]
    assert "书铺" in found["旧书铺"].aliases


def test_measure_words_and_owners_are_no_part_of_a_location() -> None:
    assert locations("货郎来到井边.") == ["井边"]
    assert locations("她走进一间教室.\n\n他回到自己的办公室.") == ["教室", "办公室"]


def test_who_tells_a_story_and_says_i_is_a_character_by_the_name_that_is_told() -> None:
    told = "我走进车站.我买了票.我坐下.我看着窗外.我想起那年冬天.我又站起来." * 2
    assert characters("天黑了.\n\n" + told) == ["我"]
    found = finds("天黑了.\n\n我叫阿宁.\n\n" + told, AssetType.CHARACTER)
    assert {name: find.aliases for name, find in found.items()} == {"阿宁": ("我",)}


def test_a_story_in_which_some_say_we_has_no_narrator() -> None:
    assert characters("天黑了.\n\n" + "我们走进车站.我们买了票." * 8) == []
