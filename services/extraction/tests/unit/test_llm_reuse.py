"""Scenes that have not changed keep what was read of them, at the lines where they are now."""

from dataclasses import replace
from pathlib import Path

import pytest

from extraction.adapters.documents import script_of
from extraction.domain import builtin_engine
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.llm.chunks import Chunk, plan_chunks
from extraction.domain.llm.grounding import NAME_UNKNOWN, ground
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
    chunk = whole(script)
    return EarlierReading(chunk.scenes, chunk.keys, chunk.tokens, Known(), finds, Spent(1000, 100, 50))


def unchanged(before: Script, now: Script) -> Chunk:
    """The scenes of a script that were in an earlier one."""
    chunk = whole(now)
    known = set(whole(before).keys)
    kept = [place for place, key in enumerate(chunk.keys) if key in known]
    return replace(
        chunk,
        scenes=tuple(chunk.scenes[place] for place in kept),
        keys=tuple(chunk.keys[place] for place in kept),
        tokens=tuple(chunk.tokens[place] for place in kept),
    )


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
    assert taken.finds == (replace(MIRA, scene_numbers=(2,), evidence=MIRA.evidence[1:]),)


def test_a_name_that_the_script_has_no_more_is_dropped_and_counted() -> None:
    before = read_script(BEFORE, None, "a.fountain")
    now = read_script(BEFORE.replace("MIRA", "NORA"), None, "a.fountain")
    gone = unchanged(before, now)
    known_otherwise = replace(MIRA, aliases=("Otto", "Mirabel"))

    assert taken_over(reading_of(before, MIRA), gone, now).finds == ()
    assert taken_over(reading_of(before, MIRA), gone, now).dropped == {NAME_UNKNOWN: 1}
    (find,) = taken_over(reading_of(before, known_otherwise), gone, now).finds
    assert (find.name, find.aliases) == ("Otto", ())


def test_a_line_is_found_again_when_only_its_markup_or_its_breaks_have_changed() -> None:
    before = read_script(BEFORE, None, "a.fountain")
    now = read_script(
        BEFORE.replace("lights the lamp", "lights the **lamp**").replace("rope to\nthe", "rope to the"),
        None,
        "a.fountain",
    )
    chunk = unchanged(before, now)

    (find,) = taken_over(reading_of(before, MIRA), chunk, now).finds

    assert chunk.scenes == (1, 2, 3)
    assert [(line.scene, line.line) for line in find.evidence] == [(1, 5), (2, 9)]
    assert [line.quote for line in find.evidence] == [
        "MIRA (30s) lights the **lamp**. OTTO coughs.",
        "She ties a rope to",
    ]


def test_what_stands_before_the_first_scene_is_taken_over_with_it() -> None:
    before = read_script(BEFORE, None, "a.fountain")
    harbour = Find(AssetType.LOCATION, "harbour", (), "", {}, (), (Evidence(1, 1, "Night falls on the harbour."),), 0.5)

    assert taken_over(reading_of(before, harbour), whole(before), before).finds == (harbour,)


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
    reading = EarlierReading(chunk.scenes, chunk.keys, chunk.tokens, Known(), (), Spent(1000, 100, 10))

    assert worth(reading, chunk) == Spent(1000, 100, 10)
    assert worth(reading, replace(chunk, keys=chunk.keys[1:])) == Spent(500, 50, 5)
    assert worth(reading, replace(chunk, keys=chunk.keys[2:] * 2)) == Spent(400, 40, 4)
