"""A script is read whole: chunks hold every line once, whatever the script and the budget."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.domain.llm.chunks import Chunk, excerpts_of, pack_chunks, plan_chunks
from extraction.domain.llm.layout import BEFORE, GAP, pieces
from extraction.domain.llm.tokens import estimate_tokens
from extraction.domain.reading import read_script
from extraction.domain.script import Element, Format, Kind, Scene, Script

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=12).filter(
    lambda word: "[" not in word
)
LINES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
MARK = re.compile(r"^\[Scene (\d+)\] ?(.*)$", re.MULTILINE)


def elements(lines: Sequence[str], kind: Kind = Kind.ACTION) -> tuple[Element, ...]:
    return tuple(Element(kind, line, number, line) for number, line in enumerate(lines, start=1))


def scene(number: int, heading: str, lines: Sequence[str]) -> Scene:
    return Scene(number, heading, None, None, None, elements(lines))


def script_of(scenes: Sequence[tuple[str, Sequence[str]]], preamble: Sequence[str] = ()) -> Script:
    numbered = tuple(scene(number, heading, lines) for number, (heading, lines) in enumerate(scenes, start=1))
    return Script("T", Format.TEXT, numbered, elements(preamble))


def feature(scenes: int, changed: int | None = None) -> Script:
    """A script of `scenes` scenes, all different and of different length; scene `changed` is twice as long."""
    lengths = Random(7)
    made = [
        (f"INT. ROOM {n} - DAY", [f"Line {n}.{k} of somebody who waits." for k in range(lengths.randint(3, 25))])
        for n in range(scenes)
    ]
    if changed is not None:
        made[changed] = (made[changed][0], made[changed][1] * 2)
    return script_of(made)


def body(chunks: tuple[Chunk, ...]) -> str:
    """What the chunks hold, without marks, headings that are repeated, and white space."""
    texts = [MARK.sub("", chunk.text).replace(BEFORE, "") for chunk in chunks]
    return "".join("".join(texts).split())


SCRIPTS = st.builds(
    script_of,
    st.lists(st.tuples(st.just(""), st.lists(LINES, max_size=12)), min_size=1, max_size=12),
    st.lists(LINES, max_size=4),
)


@settings(deadline=None)
@given(SCRIPTS, st.integers(0, 2000))
def test_the_chunks_together_hold_every_line_exactly_once_and_in_order(script: Script, budget: int) -> None:
    lines = [*script.preamble, *(element for scene in script.scenes for element in scene.elements)]

    assert body(plan_chunks(script, budget)) == "".join("".join(line.text for line in lines).split())


@settings(deadline=None)
@given(SCRIPTS, st.integers(100, 2000))
def test_no_chunk_is_over_the_budget_and_no_scene_is_left_out(script: Script, budget: int) -> None:
    chunks = plan_chunks(script, budget)

    assert all(estimate_tokens(chunk.text) <= sum(chunk.tokens) <= budget for chunk in chunks)
    assert [chunk.number for chunk in chunks] == list(range(1, len(chunks) + 1))
    assert all(len(chunk.scenes) == len(chunk.keys) == len(chunk.tokens) == len(chunk.lines) for chunk in chunks)
    assert all(len(chunk.scenes) == 1 for chunk in chunks if chunk.part)
    assert {number for chunk in chunks for number in chunk.scenes} == {scene.number for scene in script.scenes}


@given(st.text(max_size=3000), st.integers(5, 200))
def test_pieces_of_a_long_line_are_the_line(text: str, budget: int) -> None:
    assert "".join(pieces(text, budget)) == text


def test_scenes_keep_their_headings_and_are_numbered_within_the_chunk() -> None:
    chunks = plan_chunks(feature(40), 800)

    assert len(chunks) > 5
    for chunk in chunks:
        marks = MARK.findall(chunk.text)
        assert marks == [(str(n), f"INT. ROOM {number - 1} - DAY") for n, number in enumerate(chunk.scenes, start=1)]


def test_a_script_of_three_hundred_pages_is_read_whole_and_packed_well() -> None:
    script = feature(900)
    chunks = plan_chunks(script, 6000)

    whole = sum(sum(chunk.tokens) for chunk in chunks)
    assert whole / 6000 <= len(chunks) <= whole / 6000 * 1.1
    assert all("Line" in chunk.text for chunk in chunks)


def keys(script: Script, budget: int) -> list[str]:
    return [excerpt.key for excerpt in excerpts_of(script, budget)]


def read_before(script: Script, budget: int) -> dict[str, UUID]:
    """A reading of the whole script: each chunk under an id of its own."""
    return {key: UUID(int=chunk.number) for chunk in plan_chunks(script, budget) for key in chunk.keys}


def test_a_changed_scene_changes_its_own_key_and_no_other() -> None:
    before = keys(feature(400), 2000)
    for at in range(0, 400, 20):
        after = keys(feature(400, at), 2000)
        assert [number for number, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1] == [at]


def test_new_scenes_and_other_white_space_leave_the_keys_of_the_rest() -> None:
    script = feature(40)
    moved = [
        replace(each, number=each.number + 1, elements=elements([line.text + "  " for line in each.elements]))
        for each in script.scenes
    ]
    longer = replace(script, scenes=(scene(1, "EXT. STREET - DAY", ["Rain."] * 60), *moved))

    assert keys(longer, 2000)[1:] == keys(script, 2000)


def test_only_scenes_that_nobody_has_read_are_packed_to_be_asked_about() -> None:
    script = feature(60, 41)
    readings = read_before(feature(60), 2000)
    readings |= {excerpts_of(script, 2000)[11].key: UUID(int=99)}
    del readings[excerpts_of(script, 2000)[2].key]

    chunks = pack_chunks(excerpts_of(script, 2000), 2000, readings)

    assert [chunk.scenes for chunk in chunks if chunk.reused_from is None] == [(3, 42)]
    assert [chunk.scenes for chunk in chunks if chunk.reused_from == UUID(int=99)] == [(12,)]
    assert [chunk.number for chunk in chunks] == list(range(1, len(chunks) + 1))
    assert sorted(scene for chunk in chunks for scene in chunk.scenes) == list(range(1, 61))
    for chunk in chunks:
        of_source = {key for key, source in readings.items() if source == chunk.reused_from}
        assert chunk.reused_from is None or of_source.issuperset(chunk.keys)
        assert MARK.findall(chunk.text) == [
            (str(place), f"INT. ROOM {number - 1} - DAY") for place, number in enumerate(chunk.scenes, start=1)
        ]
        apart = sum(after > before + 1 for before, after in pairwise(chunk.scenes))
        assert chunk.text.count(GAP) == apart, "scenes that are not neighbours are not read as if they were"


def test_the_printed_number_of_a_scene_is_no_part_of_its_key() -> None:
    drama = read_script("1-2 夜 外 街道\n\n△老周走了。\n\n1-3 日 内 客厅\n\n△老周回来。\n", None, "a.txt")
    later = read_script("1-7 夜 外 街道\n\n△老周走了。\n\n第三场 日 内 客厅\n\n△老周回来。\n", None, "a.txt")

    assert len(drama.scenes) == len(later.scenes) == 2
    assert keys(drama, 2000) == keys(later, 2000)


def test_what_one_chunk_has_read_of_long_scenes_is_taken_over_part_by_part() -> None:
    script = script_of([("INT. HALL - DAY", [f"Line {n} of the hall." for n in range(200)])] * 2)
    excerpts = excerpts_of(script, 300)

    chunks = pack_chunks(excerpts, 300, {excerpt.key: UUID(int=1) for excerpt in excerpts})

    assert [(chunk.scenes, chunk.part) for chunk in chunks] == [((one.scene,), one.part) for one in excerpts]


def test_a_script_that_was_read_before_asks_about_nothing() -> None:
    script = feature(30)
    chunks = pack_chunks(excerpts_of(script, 900), 900, read_before(script, 900))

    assert [(chunk.scenes, chunk.reused_from) for chunk in chunks] == [
        (chunk.scenes, UUID(int=chunk.number)) for chunk in plan_chunks(script, 900)
    ]


def test_a_line_changed_in_one_huge_scene_leaves_most_of_its_parts() -> None:
    lines = [f"In the year {n} nothing of note was seen by anybody." for n in range(4000)]
    before = plan_chunks(script_of([("", lines)]), 3000)
    readings = read_before(script_of([("", lines)]), 3000)
    lines[100] = "Something was. " * 40
    after = pack_chunks(excerpts_of(script_of([("", lines)]), 3000), 3000, readings)

    assert [chunk.part for chunk in before] == list(range(1, len(before) + 1))
    assert [chunk.part for chunk in after] == list(range(1, len(after) + 1))
    assert 1 <= sum(chunk.reused_from is None for chunk in after) <= 6


def test_a_megabyte_in_one_line_is_split_between_sentences() -> None:
    text = "She walks on and on. " * 50_000
    chunks = plan_chunks(script_of([("INT. HALL - DAY", [text.strip()])]), 6000)

    assert body(chunks) == "".join(text.split())
    assert all(chunk.text.rstrip().endswith(".") for chunk in chunks)
    assert all("INT. HALL - DAY (continued)" in chunk.text for chunk in chunks[1:])


def test_ten_thousand_scenes_are_planned_in_a_moment() -> None:
    assert plan_chunks(feature(10_000), 6000)[-1].scenes[-1] == 10_000


def test_the_estimate_is_near_what_tokenizers_count() -> None:
    english = "Ines Calloway opens the cigar box under the chart table and reads the letter again. " * 20
    chinese = "沈知夏放下软毛刷\uff0c弯腰捡起婚书\uff0c拍掉上面的鞋印\u3002" * 20

    assert 380 <= estimate_tokens(english) <= 560
    assert 400 <= estimate_tokens(chinese) <= 600
