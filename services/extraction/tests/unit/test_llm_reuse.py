"""Scenes that have not changed keep what was read of them, at the lines where they are now."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.adapters.documents import script_of
from extraction.domain import builtin_engine
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.llm.chunks import Chunk, excerpts_of, pack_chunks, plan_chunks
from extraction.domain.llm.grounding import ALIAS_UNKNOWN, ELSEWHERE, NAME_UNKNOWN, ground
from extraction.domain.llm.reuse import EarlierReading, taken_over, worth
from extraction.domain.llm.rounds import Known
from extraction.domain.reading import read_script
from extraction.domain.runs import Spent
from extraction.domain.salvage import Item
from extraction.domain.script import Script

EXAMPLES = sorted(
    path for path in (Path(__file__).parents[4] / "examples").iterdir() if path.suffix in {".fountain", ".fdx", ".txt"}
)
BEFORE = """\
Night falls on the harbour.

INT. LOFT - NIGHT

MIRA (30s) lights the lamp. OTTO coughs.

EXT. QUAY - DAY

She ties a rope to
the bollard.

INT. CELLAR - DAY

OTTO finds a violin.
"""
NEW_SCENE = "EXT. STREET - DAY\n\nRain.\n\n"


def whole(script: Script) -> Chunk:
    (chunk,) = plan_chunks(script, 100_000)
    return chunk


def reading_of(script: Script, *finds: Find) -> EarlierReading:
    return EarlierReading(UUID(int=1), whole(script), Known(), finds, Spent(1000, 100, 50))


def unchanged(before: Script, now: Script) -> Chunk:
    """The scenes of a script that were in an earlier one."""
    readings = dict.fromkeys(whole(before).keys, UUID(int=1))
    (chunk,) = (one for one in pack_chunks(excerpts_of(now, 100_000), 100_000, readings) if one.reused_from)
    return chunk


def seen(asset_type: AssetType, name: str, *evidence: Evidence, aliases: tuple[str, ...] = ()) -> Find:
    scenes = tuple(sorted({line.scene for line in evidence}))
    return Find(asset_type, name, aliases, "as told", {"age": "30s"}, scenes, evidence, 0.8)


MIRA = seen(
    AssetType.CHARACTER,
    "MIRA",
    Evidence(1, 5, "MIRA (30s) lights the lamp. OTTO coughs."),
    Evidence(2, 9, "She ties a rope to"),
)


def test_scenes_and_lines_are_those_of_the_script_as_it_is_now() -> None:
    before = read_script(BEFORE, None, "a.fountain")
    now = read_script(BEFORE.replace("EXT. QUAY", NEW_SCENE + "EXT. QUAY"), None, "a.fountain")

    taken = taken_over(reading_of(before, MIRA), unchanged(before, now), now)

    moved = (Evidence(1, 5, MIRA.evidence[0].quote), Evidence(3, 13, MIRA.evidence[1].quote))
    assert taken.finds == (replace(MIRA, scene_numbers=(1, 3), evidence=moved),)
    assert taken.dropped == {}


def test_only_what_is_in_scenes_that_did_not_change_is_taken_over() -> None:
    before = read_script(BEFORE, None, "a.fountain")
    now = read_script(BEFORE.replace("the lamp", "a candle"), None, "a.fountain")
    lamp = seen(AssetType.PROP, "lamp", Evidence(1, 5, "MIRA (30s) lights the lamp. OTTO coughs."))

    taken = taken_over(reading_of(before, MIRA, lamp), unchanged(before, now), now)

    # Nothing in her second scene says her name: it was read with the first.
    assert taken.finds == (replace(MIRA, scene_numbers=(2,), evidence=MIRA.evidence[1:], attributes={}),)
    assert taken.dropped == {}


def test_who_is_only_she_stays_herself_only_as_long_as_a_scene_near_by_names_her() -> None:
    before = read_script(BEFORE, None, "a.fountain")
    later = "".join(f"INT. ROOM {number} - DAY\n\nOTTO waits.\n\n" for number in range(9))
    now = read_script(BEFORE.replace("MIRA", "NORA") + "\n" + later + "MIRA waits.\n", None, "a.fountain")

    taken = taken_over(reading_of(before, MIRA), unchanged(before, now), now)

    assert (taken.finds, taken.dropped) == ((), {ELSEWHERE: 1})


def test_looks_that_only_a_changed_scene_told_are_not_told_any_more() -> None:
    def script(look: str) -> Script:
        return read_script(
            f"INT. LOFT - NIGHT\n\nMIRA ({look}) lights the lamp.\n\nEXT. QUAY - DAY\n\nMIRA, in oilskins, ties a rope.\n",
            None,
            "a.fountain",
        )

    before, now = script("30s, red hair"), script("60s, grey")
    mira = Find(
        AssetType.CHARACTER,
        "MIRA",
        (),
        "A woman with long red hair. In oilskins she ties ropes.",
        {"age": "30s", "hair": "red", "clothes": "oilskins"},
        (1, 2),
        (Evidence(1, 3, "MIRA (30s, red hair) lights the lamp."), Evidence(2, 7, "MIRA, in oilskins, ties a rope.")),
        0.8,
    )

    (find,) = taken_over(reading_of(before, mira), unchanged(before, now), now).finds

    assert (find.description, find.attributes) == ("In oilskins she ties ropes.", {"clothes": "oilskins"})
    assert taken_over(reading_of(before, mira), whole(before), before).finds == (mira,)


def test_chinese_looks_that_only_a_changed_scene_told_are_not_told_any_more() -> None:
    def script(look: str) -> Script:
        text = f"1-1 日 内 客厅\n\n△沈知夏{look}走进来。\n\n1-2 夜 外 街道\n\n△沈知夏撑着黑伞。\n"
        return read_script(text, None, "a.txt")

    before, now = script("一头红发"), script("满头白发")
    lines = tuple(Evidence(scene.number, scene.elements[0].line, scene.elements[0].text) for scene in before.scenes)
    found = Find(AssetType.CHARACTER, "沈知夏", (), "一头红发的女人。撑着黑伞。", {}, (1, 2), lines, 0.8)

    (find,) = taken_over(reading_of(before, found), unchanged(before, now), now).finds

    assert find.description == "撑着黑伞。"


def test_a_name_that_the_script_has_no_more_is_dropped_and_counted() -> None:
    before = read_script(BEFORE, None, "a.fountain")
    now = read_script(BEFORE.replace("MIRA", "NORA"), None, "a.fountain")
    gone = unchanged(before, now)
    otto = seen(AssetType.CHARACTER, "Ottokar", Evidence(3, 14, "OTTO finds a violin."), aliases=("Otto", "Ottone"))

    taken = taken_over(reading_of(before, MIRA, otto), gone, now)

    assert taken.finds == (replace(otto, name="Otto", aliases=(), attributes={}),)
    assert taken.dropped == {NAME_UNKNOWN: 2, ALIAS_UNKNOWN: 1}


UNSEEN = (
    ("INT. LOFT - NIGHT", "INT. LOFT - NIGHT #7#"),
    ("INT. LOFT - NIGHT", ".INT. LOFT - NIGHT"),
    ("lights the lamp", "lights the [[which?]] lamp"),
    ("lights the lamp", "lights **the lamp**"),
    ("lights the lamp", "lights /* slowly */ the  lamp"),
    ("INT. CELLAR", "/*\nEXT. STREET - DAY\n\nRain.\n*/\n\nINT. CELLAR"),
    ("She ties", "!She ties"),
    ("OTTO finds", "= what he finds\n\nOTTO finds"),
    ("INT. CELLAR", "# The end\n\nINT. CELLAR"),
    ("Night falls", "Title: A\n\nNight falls"),
)
EVERYTHING = (
    seen(AssetType.LOCATION, "LOFT", Evidence(1, 3, "INT. LOFT - NIGHT")),
    seen(AssetType.LOCATION, "CELLAR", Evidence(3, 12, "INT. CELLAR - DAY")),
    MIRA,
    seen(AssetType.PROP, "lamp", Evidence(1, 5, "MIRA (30s) lights the lamp. OTTO coughs.")),
    seen(AssetType.PROP, "bollard", Evidence(2, 10, "the bollard.")),
    seen(AssetType.PROP, "violin", Evidence(3, 14, "OTTO finds a violin.")),
)


@given(st.sets(st.sampled_from(UNSEEN)), st.booleans())
def test_no_change_that_leaves_a_scene_as_it_is_read_loses_what_was_found_in_it(
    changes: set[tuple[str, str]], at_the_end: bool
) -> None:
    before = read_script(BEFORE, None, "a.fountain")
    text = BEFORE
    for old, new in sorted(changes):
        text = text.replace(old, new, 1)
    now = read_script(text + NEW_SCENE if at_the_end else text, None, "a.fountain")
    readings = dict.fromkeys(whole(before).keys, UUID(int=1))
    chunks = pack_chunks(excerpts_of(now, 100_000), 100_000, readings)

    for chunk in chunks:
        if chunk.reused_from:
            kept = set(chunk.keys)
            wanted = {
                find.name for find in EVERYTHING for line in find.evidence if whole(before).keys[line.scene - 1] in kept
            }
            taken = taken_over(reading_of(before, *EVERYTHING), chunk, now)
            assert {find.name for find in taken.finds} == wanted
            assert taken.dropped == {}
            for find in taken.finds:
                for line in find.evidence:
                    assert line.quote in text.splitlines()[line.line - 1]


def test_what_stands_before_the_first_scene_is_taken_over_with_it() -> None:
    before = read_script(BEFORE, None, "a.fountain")
    harbour = Find(AssetType.LOCATION, "harbour", (), "", {}, (), (Evidence(1, 1, "Night falls on the harbour."),), 0.5)

    assert taken_over(reading_of(before, harbour), whole(before), before).finds == (harbour,)


def test_what_a_part_of_a_long_scene_shows_does_not_go_with_another_part() -> None:
    def script(first: str) -> Script:
        lines = [f"In hour {hour} the wind turned, and nobody saw who came or went." for hour in range(60)]
        lines[1], lines[50] = f"OTTO lost the {first}.", "OTTO found the compass again."
        return read_script("INT. HALL - DAY\n\n" + "\n\n".join(lines) + "\n", None, "a.fountain")

    before, now = script("compass"), script("spyglass")
    asked = next(chunk for chunk in plan_chunks(before, 300) if "found the compass" in chunk.text)
    found = ground([Item(AssetType.PROP, "compass", scene_numbers=(1,))], asked, before)
    earlier = EarlierReading(UUID(int=1), asked, Known(), found.finds, Spent())
    chunks = pack_chunks(excerpts_of(now, 300), 300, dict.fromkeys(asked.keys, UUID(int=1)))
    (chunk,) = (one for one in chunks if one.reused_from)

    (find,) = taken_over(earlier, chunk, now).finds

    assert [line.quote for line in find.evidence] == ["OTTO found the compass again."]


def test_a_scene_that_is_in_the_script_twice_is_taken_over_twice() -> None:
    before = read_script(BEFORE, None, "a.fountain")
    cellar = BEFORE[BEFORE.index("INT. CELLAR") :]
    now = read_script(BEFORE + "\n" + cellar, None, "a.fountain")
    violin = seen(AssetType.PROP, "violin", Evidence(3, 14, "OTTO finds a violin."))

    (find,) = taken_over(reading_of(before, violin), unchanged(before, now), now).finds

    assert find.evidence == (Evidence(3, 14, "OTTO finds a violin."), Evidence(4, 18, "OTTO finds a violin."))
    assert find.scene_numbers == (3, 4)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_of_a_script_that_did_not_change_everything_is_taken_over(path: Path) -> None:
    script = script_of(path.read_bytes(), None, path.name)
    chunk = whole(script)
    items = [
        Item(
            find.asset_type,
            find.name,
            find.aliases,
            find.description,
            find.attributes,
            find.scene_numbers,
            tuple((line.scene, line.quote) for line in find.evidence),
        )
        for find in builtin_engine.extract(script)
    ]
    finds = ground(items, chunk, script).finds

    assert len(finds) > 3
    assert taken_over(reading_of(script, *finds), chunk, script).finds == finds


def test_somebody_in_a_hundred_short_scenes_keeps_all_of_them_whichever_of_them_changes() -> None:
    text = "".join(f"INT. ROOM {number} - DAY\n\nMIRA waits.\n\n" for number in range(1, 101))
    before = read_script(text, None, "a.fountain")
    now = read_script(text.replace("ROOM 7 ", "HALL 7 "), None, "a.fountain")
    finds = ground([Item(AssetType.CHARACTER, "MIRA", scene_numbers=tuple(range(1, 101)))], whole(before), before).finds

    (find,) = taken_over(reading_of(before, *finds), unchanged(before, now), now).finds

    assert find.scene_numbers == tuple(number for number in range(1, 101) if number != 7)


def test_what_was_saved_is_the_share_of_the_scenes_in_what_their_reading_cost() -> None:
    script = read_script(BEFORE, None, "a.fountain")
    chunk = replace(whole(script), tokens=(50, 30, 20))
    reading = EarlierReading(UUID(int=1), chunk, Known(), (), Spent(1000, 100, 10))

    assert worth(reading, chunk) == Spent(1000, 100, 10)
    assert worth(reading, replace(chunk, keys=chunk.keys[1:])) == Spent(500, 50, 5)
    assert worth(reading, replace(chunk, keys=chunk.keys[2:] * 2)) == Spent(400, 40, 4)
