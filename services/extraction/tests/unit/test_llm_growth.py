"""A long script costs in proportion to its length, and a hostile reply no more than an honest one."""

import gc
import time
from collections.abc import Callable

import pytest

from extraction.domain.finds import AssetType
from extraction.domain.llm.chunks import plan_chunks
from extraction.domain.llm.grounding import ground
from extraction.domain.llm.merging import merge
from extraction.domain.reading import read_script
from extraction.domain.salvage import Item
from extraction.domain.script import Script

REPEATS = 4
MAX_GROWTH = 2.7
PEOPLE = [f"Person{letter} Smith" for letter in "abcdefghijklmnopqrst"]


def script_of(scenes: int) -> Script:
    text = "".join(
        f"INT. ROOM {n % 30} - DAY\n\n{PEOPLE[n % 20]} takes the brass key and waits for somebody.\n\n"
        for n in range(scenes)
    )
    return read_script(text, "fountain")


def read_whole(script: Script) -> None:
    """Every chunk as if the model had found everybody everywhere, with a name that only the rest of the script has."""
    chunks = plan_chunks(script, 1000)
    items = [Item(AssetType.CHARACTER, name, ("Smith", "Nobody"), scene_numbers=(1,)) for name in PEOPLE]
    found = [ground(items, chunk, script).finds for chunk in chunks]
    assert len(merge(found, [])) == len(PEOPLE)


def growth(work: Callable[[Script], None], size: int) -> float:
    small, large = script_of(size), script_of(size * 2)
    times: dict[int, list[float]] = {size: [], size * 2: []}
    gc.disable()
    try:
        for _ in range(REPEATS):
            for count, script in ((size, small), (size * 2, large)):
                started = time.process_time()
                work(script)
                times[count].append(time.process_time() - started)
    finally:
        gc.enable()
    return min(times[size * 2]) / min(times[size])


def test_twice_the_scenes_take_twice_the_time() -> None:
    assert growth(read_whole, 600) <= MAX_GROWTH


@pytest.mark.parametrize("asset_type", [*AssetType])
@pytest.mark.parametrize(
    "piece", ["- ", "-", "(", "\u65e5 ", "\u65e5", ",\u65e5", "a & ", "(a) ", "INT. ", "\u200f", "'s", "a'"]
)
def test_a_hostile_name_costs_nothing(asset_type: AssetType, piece: str) -> None:
    script = script_of(20)
    name = piece * 30_000
    item = Item(asset_type, name, (name,), scene_numbers=tuple(range(1, 3000)), quotes=((1, name),))

    started = time.process_time()
    grounded = ground([item], plan_chunks(script, 6000)[0], script)

    assert grounded.finds == ()
    assert time.process_time() - started < 1
