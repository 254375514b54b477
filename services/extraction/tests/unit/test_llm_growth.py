"""A long script costs in proportion to its length, and a hostile reply no more than an honest one."""

import re
from collections.abc import Callable

import pytest
from services.extraction.tests.unit.growth import growth, seconds

from extraction.domain.finds import AssetType
from extraction.domain.llm.chunks import plan_chunks
from extraction.domain.llm.grounding import ground
from extraction.domain.llm.merging import merge
from extraction.domain.reading import read_script
from extraction.domain.salvage import Item
from extraction.domain.script import Script

MAX_GROWTH = 2.7
MOST = 4
PEOPLE = [f"Person{letter} Smith" for letter in "abcdefghijklmnopqrst"]


def script_of(scenes: int) -> Script:
    text = "".join(
        f"INT. ROOM {n % 30} - DAY\n\n{PEOPLE[n % 20]} takes the brass key and waits for somebody.\n\n"
        for n in range(scenes)
    )
    return read_script(text, "fountain")


def whole_reading(scenes: int) -> Callable[[], None]:
    """Every chunk as if the model had found everybody everywhere, with a name that only the rest of the script has."""
    script = script_of(scenes)
    items = [Item(AssetType.CHARACTER, name, ("Smith", "Nobody"), scene_numbers=(1,)) for name in PEOPLE]

    def work() -> None:
        found = [ground(items, chunk, script).finds for chunk in plan_chunks(script, 1000)]
        assert len(merge(found, [])) == len(PEOPLE)

    return work


def test_twice_the_scenes_take_twice_the_time() -> None:
    assert growth(whole_reading, 600) <= MAX_GROWTH


@pytest.mark.parametrize("asset_type", [*AssetType])
@pytest.mark.parametrize(
    "piece", ["- ", "-", "(", "\u65e5 ", "\u65e5", ",\u65e5", "a & ", "(a) ", "INT. ", "\u200f", "'s", "a'"]
)
def test_a_hostile_name_costs_no_more_than_to_take_it_apart(asset_type: AssetType, piece: str) -> None:
    script = script_of(20)
    [chunk] = plan_chunks(script, 6000)
    name = piece * 200_000
    item = Item(asset_type, name, (name,), scene_numbers=tuple(range(1, 3000)), quotes=((1, name),))

    def grounded() -> None:
        assert ground([item], chunk, script).finds == ()

    taken_apart = min(seconds(lambda: re.findall(r"\w|\W", name)) for _ in range(3))
    assert min(seconds(grounded) for _ in range(3)) <= MOST * taken_apart
