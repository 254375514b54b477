"""What a model says is kept only as far as the script shows it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.llm.chunks import Chunk, plan_chunks
from extraction.domain.llm.folding import fold
from extraction.domain.llm.grounding import (
    ALIAS_UNKNOWN,
    ELSEWHERE,
    HEADING,
    NAME_UNKNOWN,
    QUOTE_MOVED,
    QUOTE_UNKNOWN,
    SCENE_WRONG,
    ground,
)
from extraction.domain.reading import read_script
from extraction.domain.salvage import Item
from extraction.domain.script import Script

ENGLISH = """\
INT. ORLA MAE - WHEELHOUSE - NIGHT

INES CALLOWAY (34, oilskin jacket) unscrews a cigar box
from under the chart table.

INES
Don't you "dare" open it.

LEOPOLD FINCH, the harbourmaster, limps in. He takes her lamp.

EXT. QUAY - DAY

Finch reads the letter twice. Two brass keys fall out.

INT. ATTIC - DAY

Nobody is here. A \U0001f916 hums.
"""
CHINESE = """\
1-1 日 内 沈家客厅
人物\uff1a沈知夏\u3001老周

△沈知夏抱着一只旧皮箱\uff0c慢慢走进来\u3002
老周\uff1a少奶奶\uff0c少爷说了\uff0c今晚不见客\u3002

1-2 夜 外 陆家老宅门口
人物\uff1a沈知夏

△她把佛珠放进口袋\u3002
"""


def script_of(text: str, name: str = "a.txt") -> Script:
    return read_script(text, None, name)


def whole(script: Script) -> Chunk:
    (chunk,) = plan_chunks(script, 100_000)
    return chunk


def item(asset_type: AssetType, name: str, *aliases: str, scenes: Sequence[int] = (), **more: object) -> Item:
    made = Item(asset_type, name, tuple(aliases), scene_numbers=tuple(scenes))
    return replace(made, **more)  # type: ignore[arg-type] # fields of Item by name


def person(name: str, *aliases: str, scenes: Sequence[int] = (), **more: object) -> Item:
    return item(AssetType.CHARACTER, name, *aliases, scenes=scenes, **more)


def prop(name: str, *aliases: str, scenes: Sequence[int] = (), **more: object) -> Item:
    return item(AssetType.PROP, name, *aliases, scenes=scenes, **more)


def grounded(text: str, *items: Item) -> tuple[list[Find], dict[str, int]]:
    script = script_of(text)
    result = ground(items, whole(script), script)
    return list(result.finds), dict(result.dropped)


def test_what_the_script_shows_is_kept_with_its_lines() -> None:
    quotes = ((1, "INES CALLOWAY (34, oilskin jacket)"),)
    finds, dropped = grounded(ENGLISH, person("Ines Calloway", "Ines", scenes=[1], quotes=quotes, description="34"))

    assert finds == [
        Find(
            AssetType.CHARACTER,
            "Ines Calloway",
            ("Ines",),
            "34",
            {},
            (1,),
            (Evidence(1, 3, "INES CALLOWAY (34, oilskin jacket) unscrews a cigar box"),),
            0.75,
        )
    ]
    assert dropped == {}


@pytest.mark.parametrize("name", ["Captain Ahab", "Ines Galloway", "Nes", "INESCALLOWAY"])
def test_a_name_that_is_not_in_the_script_is_dropped_and_counted(name: str) -> None:
    assert grounded(ENGLISH, person(name, scenes=[1])) == ([], {NAME_UNKNOWN: 1})


def test_an_invented_name_gives_way_to_an_alias_that_the_script_has() -> None:
    finds, dropped = grounded(ENGLISH, person("The Protagonist", "Ines", "Nessie", scenes=[1]))

    assert [(find.name, find.aliases) for find in finds] == [("Ines", ())]
    assert dropped == {ALIAS_UNKNOWN: 1, NAME_UNKNOWN: 1}


@pytest.mark.parametrize(
    "quote",
    [
        "don't you \u201cdare\u201d open it",
        "DON\u2019T  YOU 'DARE' OPEN IT.",
        'Don\'t you\n"dare" open it.',
    ],
)
def test_case_space_and_quote_marks_of_a_quote_do_not_count(quote: str) -> None:
    finds, dropped = grounded(ENGLISH, person("INES", scenes=[1], quotes=((1, quote),)))

    assert finds[0].evidence == (Evidence(1, 7, 'Don\'t you "dare" open it.'),)
    assert dropped == {}


def test_a_quote_may_go_over_lines_and_is_shown_by_the_line_it_begins_in() -> None:
    finds, _ = grounded(ENGLISH, prop("cigar box", scenes=[1], quotes=((1, "a cigar box from under the chart table"),)))

    assert finds[0].evidence == (Evidence(1, 3, "INES CALLOWAY (34, oilskin jacket) unscrews a cigar box"),)


@pytest.mark.parametrize("quote", ["Ines laughs.", "you dare to open it", "", "..."])
def test_an_invented_quote_is_dropped_and_the_line_with_the_name_shown(quote: str) -> None:
    finds, dropped = grounded(ENGLISH, person("Ines Calloway", scenes=[1], quotes=((1, quote),)))

    assert dropped == {QUOTE_UNKNOWN: 1}
    assert [seen.line for seen in finds[0].evidence] == [3]


def test_an_invented_quote_makes_a_find_less_sure() -> None:
    (shown,), _ = grounded(ENGLISH, person("Ines", scenes=[1], quotes=((1, "dare open it"),)))
    (invented,), _ = grounded(ENGLISH, person("Ines", scenes=[1], quotes=((1, "Ines laughs"),)))

    assert invented.confidence < shown.confidence


def test_a_quote_of_another_scene_is_put_where_it_stands_and_counted() -> None:
    finds, dropped = grounded(ENGLISH, person("Finch", scenes=[1], quotes=((1, "Finch reads the letter twice"),)))

    assert [(seen.scene, seen.line) for seen in finds[0].evidence] == [(1, 9), (2, 13)]
    assert finds[0].scene_numbers == (1, 2)
    assert dropped == {QUOTE_MOVED: 1}


@pytest.mark.parametrize("said", [None, 2])
def test_a_quote_of_no_scene_in_particular_or_of_its_own_is_not_counted(said: int | None) -> None:
    _, dropped = grounded(ENGLISH, person("Finch", quotes=((said, "Finch reads the letter twice"),)))

    assert dropped == {}


def test_a_quote_that_stands_only_in_scenes_of_other_chunks_is_dropped() -> None:
    script = script_of(ENGLISH)
    chunk = replace(whole(script), scenes=(1,))

    result = ground([person("Finch", quotes=((1, "Finch reads the letter twice"),))], chunk, script)

    assert [seen.scene for find in result.finds for seen in find.evidence] == [1]
    assert dict(result.dropped) == {QUOTE_UNKNOWN: 1}


def test_a_scene_that_does_not_show_it_is_dropped_and_counted() -> None:
    finds, dropped = grounded(ENGLISH, prop("cigar box", scenes=[1, 2, 9]))

    assert finds[0].scene_numbers == (1,)
    assert dropped == {SCENE_WRONG: 2}


def test_a_find_without_scenes_gets_those_with_its_name() -> None:
    finds, _ = grounded(ENGLISH, person("Leopold Finch", "Finch"))

    assert finds[0].scene_numbers == (1, 2)


def test_a_person_is_in_a_scene_that_has_part_of_the_name() -> None:
    finds, dropped = grounded(ENGLISH, person("Leopold Finch", scenes=[1, 2]))

    assert finds[0].scene_numbers == (1, 2)
    assert dropped == {}


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            item(AssetType.LOCATION, "HOUSE - KITCHEN", scenes=[1, 2]),
            "INT. HOUSE - KITCHEN\n\nTea.\n\nINT. KITCHEN\n\nRain.\n",
        ),
        (prop("cigar box", scenes=[1, 2]), "INT. A\n\nShe takes the cigar box.\n\nINT. B\n\nHe opens the box.\n"),
        (person("沈知夏", scenes=[1, 2]), "1-1 日 内 家\n△沈知夏来了\u3002\n\n1-2 日 内 家\n△知夏走了\u3002\n"),
    ],
)
def test_a_scene_may_call_it_by_less_than_its_whole_name(found: Item, text: str) -> None:
    finds, dropped = grounded(text, found)

    assert finds[0].scene_numbers == (1, 2)
    assert [seen.scene for seen in finds[0].evidence] == [1, 2]
    assert dropped == {}


@pytest.mark.parametrize("quote", ["the", "a", "it.", "from under"])
def test_a_word_or_two_that_do_not_name_it_show_nothing(quote: str) -> None:
    finds, dropped = grounded(ENGLISH, person("Finch", scenes=[2], quotes=((1, quote),)))

    assert finds[0].scene_numbers == (2,)
    assert dropped == {QUOTE_UNKNOWN: 1}


def test_a_cue_is_quote_enough_for_who_speaks() -> None:
    finds, _ = grounded(ENGLISH, person("Ines", quotes=((1, "INES"),)))

    assert finds[0].evidence[0].quote.startswith("INES CALLOWAY")


def test_right_to_left_names_are_found_with_and_without_points_and_marks() -> None:
    text = "INT. \u05d1\u05d9\u05ea\n\n\u200f\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd takes \u0645\u064f\u0641\u062a\u0627\u062d\u200f.\n"
    finds, dropped = grounded(
        text, person("\u05e9\u05dc\u05d5\u05dd"), prop("\u0645\u0641\u062a\u0627\u062d"), person("\u05d3\u05d5\u05d3")
    )

    assert [find.name for find in finds] == ["\u05e9\u05dc\u05d5\u05dd", "\u0645\u0641\u062a\u0627\u062d"]
    assert dropped == {NAME_UNKNOWN: 1}


def test_a_name_is_a_whole_word_in_devanagari_too() -> None:
    text = "INT. HALL\n\n\u0930\u093e\u092e\u093e\u092f\u0923 is read aloud.\n"

    assert grounded(text, person("\u0930\u093e\u092e")) == ([], {NAME_UNKNOWN: 1})
    assert grounded(text, prop("\u0930\u093e\u092e\u093e\u092f\u0923"))[1] == {}


def test_a_name_of_the_script_that_these_scenes_do_not_have_is_dropped() -> None:
    script = script_of(ENGLISH)
    chunk = replace(whole(script), scenes=(3,))

    result = ground([person("Ines Calloway", scenes=[1])], chunk, script)

    assert (result.finds, dict(result.dropped)) == ((), {ELSEWHERE: 1, SCENE_WRONG: 1})


WINTERS = """\
INT. BARN - NIGHT

MAE
One more winter.

She shuts the barn door behind the boy.

INT. MILL - DAY

OTIS PELL sweeps. The boy watches him.
"""
CAST = "Title: Winters\n\nOTIS PELL, a miller\nMAE, his aunt\n\n"


@pytest.mark.parametrize("text", [WINTERS, CAST + WINTERS], ids=["plain", "with a list of the cast"])
@pytest.mark.parametrize("name", ["Otis Pell", "Mill"])
def test_words_of_scenes_that_do_not_have_the_name_are_no_proof_of_it(text: str, name: str) -> None:
    script = script_of(text)
    chunk = replace(whole(script), scenes=(1,))
    kind = AssetType.LOCATION if name == "Mill" else AssetType.CHARACTER

    result = ground([item(kind, name, quotes=((1, "One more winter."),))], chunk, script)

    assert (result.finds, dict(result.dropped)) == ((), {ELSEWHERE: 1})


def test_a_list_of_the_cast_proves_whom_it_names_but_not_in_the_words_of_others() -> None:
    script = script_of(CAST + WINTERS)
    quotes = ((1, "OTIS PELL, a miller"), (1, "One more winter."))

    result = ground([person("Otis Pell", quotes=quotes)], replace(whole(script), scenes=(1,)), script)

    assert [(find.scene_numbers, [seen.quote for seen in find.evidence]) for find in result.finds] == [
        ((), ["OTIS PELL, a miller"])
    ]
    assert dict(result.dropped) == {ELSEWHERE: 1}


@pytest.mark.parametrize("aliases", [(), ("the boy",)])
def test_words_that_do_not_name_it_are_proof_where_the_scenes_have_a_form_of_the_name(aliases: Sequence[str]) -> None:
    finds, dropped = grounded(WINTERS, person("Otis Pell", *aliases, quotes=((1, "shuts the barn door"),)))

    assert [seen.line for seen in finds[0].evidence] == [6]
    assert dropped == {}


def test_another_name_in_the_scenes_is_name_enough() -> None:
    script = script_of(WINTERS)
    boy = person("Otis Pell", "the boy", quotes=((1, "One more winter."),))

    (find,) = ground([boy], replace(whole(script), scenes=(1,)), script).finds

    assert find.evidence == (Evidence(1, 4, "One more winter."),)


def test_scenes_are_counted_from_the_first_of_the_chunk() -> None:
    script = script_of(ENGLISH)
    chunk = replace(whole(script), scenes=(2, 3))

    (find,) = ground([prop("letter", scenes=[1], quotes=((1, "reads the letter"),))], chunk, script).finds

    assert find.scene_numbers == (2,)
    assert find.evidence == (Evidence(2, 13, "Finch reads the letter twice. Two brass keys fall out."),)


@pytest.mark.parametrize(
    ("asset_type", "given", "kept"),
    [
        (AssetType.CHARACTER, "INES (V.O.)", "INES"),
        (AssetType.LOCATION, "INT. ORLA MAE - WHEELHOUSE - NIGHT", "ORLA MAE - WHEELHOUSE"),
        (AssetType.LOCATION, "Quay - Day", "Quay"),
        (AssetType.PROP, "the lamp", "the lamp"),
        (AssetType.PROP, "brass key", "brass key"),
        (AssetType.CHARACTER, "\U0001f916", "\U0001f916"),
    ],
)
def test_what_surrounds_a_name_is_taken_off(asset_type: AssetType, given: str, kept: str) -> None:
    finds, dropped = grounded(ENGLISH, item(asset_type, given))

    assert [find.name for find in finds] == [kept]
    assert dropped == {}


@pytest.mark.parametrize("name", ["INT. ORLA MAE - WHEELHOUSE - NIGHT", "EXT. QUAY"])
def test_a_heading_is_nobody(name: str) -> None:
    assert grounded(ENGLISH, person(name, scenes=[1])) == ([], {HEADING: 1})


def test_a_name_is_a_whole_word() -> None:
    assert grounded(ENGLISH, prop("cig")) == ([], {NAME_UNKNOWN: 1})


def test_chinese_names_and_quotes_are_found_without_spaces() -> None:
    finds, dropped = grounded(
        CHINESE,
        person("沈知夏", "知夏", scenes=[1, 2], quotes=((1, "沈知夏抱着一只旧皮箱,慢慢走进来"),)),
        prop("皮箱", scenes=[1]),
        item(AssetType.LOCATION, "1-2 夜 外 陆家老宅门口"),
        prop("佛珠", scenes=[2], quotes=((2, "她把佛珠放进 口袋"),)),
        person("陆景珩", scenes=[1]),
        prop("雨伞"),
        person("老周", quotes=((1, "老周哈哈大笑"),)),
    )

    assert [find.name for find in finds] == ["沈知夏", "皮箱", "陆家老宅门口", "佛珠", "老周"]
    assert [find.scene_numbers for find in finds] == [(1, 2), (1,), (2,), (2,), (1,)]
    assert dropped == {NAME_UNKNOWN: 2, QUOTE_UNKNOWN: 1}


def test_a_cast_list_before_the_first_scene_proves_a_person_but_no_scene() -> None:
    text = "人物\uff1a\n沈知夏\uff0824岁\uff09\uff1a沈家养女\u3002\n\n" + CHINESE
    script = script_of(text)
    quotes = ((1, "沈知夏(24岁)"),)

    (find,) = ground([person("沈知夏", scenes=[2], quotes=quotes)], whole(script), script).finds

    assert find.scene_numbers == (2,)
    assert any("24岁" in seen.quote for seen in find.evidence)


NAMES = st.sampled_from(
    ["Ines", "INES CALLOWAY", "finch", "Ahab", "", "  ", "the", "cigar  box", "沈知夏", "(V.O.)", "'", "🤖"]
)
QUOTES = st.tuples(
    st.none() | st.integers(-3, 9), st.sampled_from(["Finch reads", "laughs", "", "open it", "A", "\u0000"])
)
ITEMS = st.builds(
    Item,
    st.sampled_from([*AssetType]),
    NAMES | st.text(max_size=8),
    st.lists(NAMES, max_size=3).map(tuple),
    st.text(max_size=9),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
    st.lists(st.integers(-5, 12), max_size=4).map(tuple),
    st.lists(QUOTES, max_size=4).map(tuple),
    st.none() | st.floats(0, 1),
    st.booleans(),
)


@settings(deadline=None)
@given(st.lists(ITEMS, max_size=6), st.sampled_from([ENGLISH, CHINESE]))
def test_whatever_is_kept_is_in_the_script_line_by_line(items: list[Item], text: str) -> None:
    finds, dropped = grounded(text, *items)

    lines, script = text.splitlines(), script_of(text)
    assert len(finds) <= len(items)
    assert all(count > 0 for count in dropped.values())
    for find in finds:
        assert fold(find.name).removesuffix("s") in fold(text)
        assert find.evidence
        assert all(seen.quote in lines[seen.line - 1] for seen in find.evidence)
        assert set(find.scene_numbers) <= {scene.number for scene in script.scenes}
        assert list(find.scene_numbers) == sorted(set(find.scene_numbers))
        assert 0 < find.confidence < 1
