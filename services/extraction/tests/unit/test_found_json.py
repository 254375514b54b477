from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import plain
from extraction.adapters.found_json import find_of_json, item_of_json, json_of_find, json_of_item
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.salvage import Item

WORDS = st.text(st.characters(), max_size=20)
NUMBERS = st.lists(st.integers(1, 10_000), max_size=5).map(tuple)
KINDS = st.sampled_from(AssetType)
TRAITS = st.dictionaries(WORDS, WORDS, max_size=3)
EVIDENCE = st.builds(Evidence, st.integers(1, 9), st.integers(1, 9), WORDS)
FINDS = st.builds(
    Find,
    asset_type=KINDS,
    name=WORDS,
    aliases=st.lists(WORDS, max_size=3).map(tuple),
    description=WORDS,
    attributes=TRAITS,
    scene_numbers=NUMBERS,
    evidence=st.lists(EVIDENCE, max_size=3).map(tuple),
    confidence=st.floats(0, 1),
)
ITEMS = st.builds(
    Item,
    asset_type=KINDS,
    name=WORDS,
    aliases=st.lists(WORDS, max_size=3).map(tuple),
    description=WORDS,
    attributes=TRAITS,
    scene_numbers=NUMBERS,
    quotes=st.lists(st.tuples(st.none() | st.integers(1, 9), WORDS), max_size=3).map(tuple),
    confidence=st.none() | st.floats(0, 1),
    flagged=st.booleans(),
)


def kept(document: dict[str, Any]) -> dict[str, Any]:
    """The document as Postgres gives it back; raises what cannot be kept."""
    text = orjson.dumps(document)
    assert b"\\u0000" not in text, "no column holds a NUL"
    found: dict[str, Any] = orjson.loads(text)
    return found


@given(find=FINDS)
def test_a_find_is_what_it_was_but_for_what_no_column_can_hold(find: Find) -> None:
    again = find_of_json(kept(json_of_find(find)))
    assert (again.asset_type, again.scene_numbers, again.confidence) == (
        find.asset_type,
        find.scene_numbers,
        find.confidence,
    )
    assert (again.name, again.description) == (plain(find.name), plain(find.description))
    assert [seen.quote for seen in again.evidence] == [plain(seen.quote) for seen in find.evidence]
    assert find_of_json(kept(json_of_find(again))) == again


@given(item=ITEMS)
def test_an_item_is_what_it_was_but_for_what_no_column_can_hold(item: Item) -> None:
    again = item_of_json(kept(json_of_item(item)))
    assert (again.asset_type, again.confidence, again.flagged) == (item.asset_type, item.confidence, item.flagged)
    assert again.quotes == tuple((scene, plain(quote)) for scene, quote in item.quotes)
    assert item_of_json(kept(json_of_item(again))) == again
