"""What holds for every reply: it never raises, never invents, and says when something is missing."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extraction.domain.salvage import Salvaged, Tier, salvage
from extraction.domain.salvage.nodes import Atom, Listing, Node, Record, Text
from extraction.domain.salvage.outcome import LISTS
from extraction.domain.salvage.parser import MAX_DEPTH, parse
from extraction.domain.salvage.vocabulary import is_list_key

NAMES = (
    "Mara Voss", "Old Pell", "Maeve O'Shea", "St. Mary's Church", "brass key", "Dr. Who, Jr.", "Bay #4", "A/B switch", 'Tom "Tank" Ray',
    "沈知夏", "青花碗", "Room 9: Annex", "Ada", "Ben (young)", "Zoë", "knife", "the red lamp", "No. 7", "Pier", "Cabin - Deck", "🤖",
)  # fmt: skip
TEXTS = (
    "34, oilskin",
    'says "no", then leaves',
    "it's old; very old",
    "a {strange} [thing]",
    "line\nbreak",
    "",
    "x: y, z",
)
FIELDS = {
    "description": st.sampled_from(TEXTS),
    "aliases": st.lists(st.sampled_from(["Al", "Big B", "the Boss"]), max_size=2),
    "scenes": st.lists(st.integers(1, 20), max_size=3),
    "evidence": st.just([{"scene": 1, "quote": 'ADA: "Run!" she says.'}]),
    "attributes": st.just({"age": 34, "role": "lead"}),
}
SIGNS = '{}[],:"'
PIECES = [
    *'{}[]:,"\'`\\', "“", "”", "\uff5b", "\uff1a", "\uff0c", "//", "/*", "*/", "...", "```", "```json\n", "<think>", "</think>", "\n", " ", "null", "NaN", "1",
    '"characters"', '"props"', '"name"', '"Ada"', '"type"', '"character"', "Characters:", "- ", "for example", "I cannot", "data: ", "\\u12", "\ud83d", "\x00",
]  # fmt: skip


@st.composite
def truths(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=9))
    truth: dict[str, list[dict[str, Any]]] = {key: [] for key in LISTS.values()}
    for name in names:
        fields = draw(st.lists(st.sampled_from(sorted(FIELDS)), unique=True, max_size=3))
        item = {"name": name} | {field: draw(FIELDS[field]) for field in fields}
        truth[draw(st.sampled_from(sorted(truth)))].append(item)
    return truth


def pairs(truth: dict[str, list[dict[str, Any]]]) -> set[tuple[str, str]]:
    return {(key, item["name"]) for key, items in truth.items() for item in items}


def found(salvaged: Salvaged, *, sure: bool = False) -> set[tuple[str, str]]:
    return {(LISTS[item.asset_type], item.name) for item in salvaged.items if not (sure and item.flagged)}


def signs(text: str) -> list[int]:
    """Places of the signs of a right JSON text, those inside strings left out but for the quotes themselves."""
    places, inside, escaped = [], False, False
    for place, char in enumerate(text):
        if inside and (escaped or char == "\\"):
            escaped = not escaped
        elif char == '"' or (not inside and char in SIGNS):
            inside = inside != (char == '"')
            places.append(place)
    return places


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=200)
@example("\ud800")
@example('{"a":' * 2000)
def test_no_reply_makes_it_raise(reply: str) -> None:
    salvaged = salvage(reply, prompt=reply[:50])
    assert (salvaged.tier is Tier.NOTHING) == bool(salvaged.reason)
    assert salvaged == salvage(reply, prompt=reply[:50])
    for item in salvaged.items:
        item.name.encode()
        assert item.name.strip() == item.name != ""


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(
    value=VALUES.filter(lambda value: isinstance(value, dict | list)),
    indent=st.sampled_from([None, 1]),
    plain=st.booleans(),
)
@example(value=["0\u00ab="], indent=None, plain=False)
@settings(max_examples=150)
def test_right_json_is_read_as_json_and_nothing_is_mended(value: Any, indent: int | None, plain: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=plain)
    parsed = parse(text, 0, len(text), is_list_key)
    assert parsed is not None
    assert plain_value(parsed.node) == value
    assert (parsed.repairs, parsed.cut, parsed.end) == ((), False, len(text))


def plain_value(node: Node) -> Any:
    if isinstance(node, Listing):
        return [plain_value(value) for value in node.values]
    if isinstance(node, Record):
        return {key: plain_value(value) for key, value in node.members}
    return node.value


@given(truths(), st.sampled_from([None, 1, 2]), st.booleans())
def test_a_right_reply_comes_back_whole(
    truth: dict[str, list[dict[str, Any]]], indent: int | None, plain: bool
) -> None:
    salvaged = salvage(json.dumps(truth, indent=indent, ensure_ascii=plain))
    assert found(salvaged, sure=True) == pairs(truth)
    assert (salvaged.tier, salvaged.repairs, salvaged.complete) == (Tier.STRICT, (), True)


def php(value: Any) -> str:
    if isinstance(value, dict):
        return f"array({', '.join(f'{php(key)} => {php(each)}' for key, each in value.items())})"
    if isinstance(value, list):
        return f"array({', '.join(map(php, value))})"
    return repr(value) if isinstance(value, int) else "'{}'".format(value.replace("'", "\\'"))


def ruby(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f":{key}=>{ruby(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(ruby, value))}]"
    return json.dumps(value, ensure_ascii=False)


def python_objects(value: Any, name: str = "Reading") -> str:
    if isinstance(value, dict):
        return f"{name}({', '.join(f'{key}={python_objects(each, key[:-1].title())}' for key, each in value.items())})"
    if isinstance(value, list):
        return f"[{', '.join(python_objects(each, name) for each in value)}]"
    return repr(value)


def calls(truth: dict[str, list[dict[str, Any]]]) -> str:
    made = [
        {"name": f"add_{key[:-1]}", "arguments": json.dumps(item)} for key, items in truth.items() for item in items
    ]
    return json.dumps({"tool_calls": [{"id": "c", "type": "function", "function": call} for call in made]})


NOTATIONS: dict[str, Callable[[Any], str]] = {
    "Python": repr,
    "objects of Python": python_objects,
    "PHP": php,
    "Ruby": ruby,
    "calls of tools": calls,
}
DECOY = '{"characters": [{"name": "Wrong Person"}], "locations": [], "props": [{"name": "wrong thing"}]}'
HARMLESS: dict[str, Callable[[str], str]] = {
    "fence": lambda text: f"```json\n{text}\n```",
    "prose": lambda text: f"Sure, here is what I found {{all}} of:\n\n{text}\n\nTell me if [more] is needed!",
    "byte-order mark": lambda text: "\ufeff" + text,
    "reasoning": lambda text: f"<think>Is it {DECOY}? No.</think>\n{text}",
    "lone closing tag": lambda text: f"Is it {DECOY}? No.\n</think>\n{text}",
    "example": lambda text: f"For example: {DECOY}\n\nThe answer:\n{text}",
    "trailing commas": lambda text: text.replace("}]", "},]").replace('"}', '",}'),
    "comments": lambda text: text.replace("[{", "[ // the first\n{").replace("}]", "} /* the last */]"),
    "full-width commas": lambda text: text.replace("}, {", "}\uff0c {"),
    "line breaks in strings": lambda text: text.replace("\\n", "\n"),
    "no commas between items": lambda text: text.replace("}, {", "} {"),
    "a string": json.dumps,
    "lists in strings": lambda text: json.dumps({key: json.dumps(items) for key, items in json.loads(text).items()}),
    "lists by category": lambda text: json.dumps(
        [{"category": key, "items": items} for key, items in json.loads(text).items()]
    ),
    "pages": lambda text: json.dumps(
        {key: {"total": len(items), "data": items} for key, items in json.loads(text).items()}
    ),
    "a wrapper": lambda text: f'{{"status": "ok", "data": {{"assets": {text}}}}}',
}


@given(truths().filter(pairs), st.lists(st.sampled_from(sorted(HARMLESS)), min_size=1, max_size=1))
@settings(max_examples=150)
def test_harmless_damage_loses_nothing(truth: dict[str, list[dict[str, Any]]], ways: list[str]) -> None:
    reply = json.dumps(truth, ensure_ascii=False)
    for way in ways:
        reply = HARMLESS[way](reply)
    salvaged = salvage(reply)
    assert found(salvaged) == pairs(truth)
    assert found(salvaged, sure=True) == pairs(truth)


@given(truths().filter(pairs), st.sampled_from(sorted(NOTATIONS)))
def test_other_notations_lose_nothing(truth: dict[str, list[dict[str, Any]]], notation: str) -> None:
    assert found(salvage(NOTATIONS[notation](truth)), sure=True) == pairs(truth)


@given(truths().filter(pairs), st.sampled_from(sorted(NOTATIONS)), st.floats(0, 1))
@settings(max_examples=150)
def test_other_notations_cut_off_bring_in_no_foreign_name(
    truth: dict[str, list[dict[str, Any]]], notation: str, share: float
) -> None:
    text = NOTATIONS[notation](truth)
    salvaged = salvage(text[: int(share * (len(text) - 1))])
    assert found(salvaged, sure=True) <= pairs(truth)
    assert found(salvaged) == pairs(truth) or not salvaged.complete


@given(truths(), st.floats(0, 1), st.sampled_from([None, 1]))
@settings(max_examples=150)
def test_a_reply_cut_off_anywhere_keeps_what_was_whole_and_says_so(
    truth: dict[str, list[dict[str, Any]]], share: float, indent: int | None
) -> None:
    text = json.dumps(truth, indent=indent, ensure_ascii=False)
    cut = text[: int(share * (len(text) - 1))]
    salvaged = salvage(cut)
    assert found(salvaged, sure=True) <= pairs(truth)
    assert not salvaged.complete
    whole = {(key, item["name"]) for key, items in truth.items() for item in items if before(text, cut, item, indent)}
    assert whole <= found(salvaged)


def before(text: str, cut: str, item: dict[str, Any], indent: int | None) -> bool:
    """Whether the item ends, closing brace and one more sign included, before the cut."""
    if indent is not None:
        return False
    written = json.dumps(item, ensure_ascii=False)
    return text.index(written) + len(written) < len(cut)


def drop(text: str, place: int) -> str:
    return text[:place] + text[place + 1 :]


def double(text: str, place: int) -> str:
    return text[:place] + text[place] + text[place:]


def turn(text: str, place: int) -> str:
    turned = str.maketrans("{}[]", "[]{}")
    return text[:place] + text[place].translate(turned) + text[place + 1 :]


@given(truths(), st.sampled_from([drop, double, turn]), st.integers(0, 10_000), st.sampled_from([None, 1]))
@settings(max_examples=150)
def test_one_wrong_sign_never_brings_in_a_foreign_name(
    truth: dict[str, list[dict[str, Any]]], damage: Callable[[str, int], str], at: int, indent: int | None
) -> None:
    text = json.dumps(truth, indent=indent, ensure_ascii=False)
    places = signs(text)
    salvaged = salvage(damage(text, places[at % len(places)]))
    assert found(salvaged, sure=True) <= pairs(truth)
    if pairs(truth) - found(salvaged):
        assert not salvaged.complete


@given(truths(), st.sampled_from(["{", "}", "[", "]", ",", ":", "//x\n", "...", " and ", "\n"]), st.integers(0, 10_000))
@settings(max_examples=150)
def test_one_stray_sign_never_brings_in_a_foreign_name(
    truth: dict[str, list[dict[str, Any]]], stray: str, at: int
) -> None:
    text = json.dumps(truth, ensure_ascii=False)
    places = [place for place in signs(text) if text[place] != '"']
    place = places[at % len(places)]
    salvaged = salvage(text[:place] + stray + text[place:])
    assert found(salvaged, sure=True) <= pairs(truth)
    assert pairs(truth) <= found(salvaged) or not salvaged.complete


@given(truths(), st.sampled_from(SIGNS), st.integers(0, 10_000), st.sampled_from([None, 1]))
@settings(max_examples=150)
def test_one_sign_in_the_place_of_another_brings_in_no_foreign_name_and_hides_no_loss(
    truth: dict[str, list[dict[str, Any]]], other: str, at: int, indent: int | None
) -> None:
    text = json.dumps(truth, indent=indent, ensure_ascii=False)
    places = signs(text)
    place = places[at % len(places)]
    salvaged = salvage(text[:place] + other + text[place + 1 :])
    assert found(salvaged, sure=True) <= pairs(truth)
    assert pairs(truth) <= found(salvaged) or not salvaged.complete


HOSTILE = [
    "{",
    "[",
    '"',
    '{"a":',
    '["',
    "{'a': (",
    '{"a": "b, "c',
    '{"a":"x"y ',
    "/*",
    "<think>",
    "```json\n{",
    "a ",
    '\\"',
    '{"name": "A", ',
    '{"a":"x", "y ',
    "| a | Type |\n",
    "<!-- ",
    "<details>{",
    "~~a",
    "\n",
    ':"\\"a',
    ",'a",
    "[INST]",
    "[{},",
    "<input><draft>",
    "</s>/* {",
    "There are 3 more ",
    "I made up a. ",
    '{"name": "A", "name": "B", ',
    "// 3 more\n",
]


SLOWEST_GROWTH = 10
"""How much longer four times the reply may take: four when the work is linear, sixteen when it is quadratic."""


def seconds(reply: str) -> float:
    """Processor seconds that salvage takes, the better of two; at least those of drawing the reply as JSON a hundred times."""

    def taken(work: Callable[[], object]) -> float:
        started = time.process_time()
        work()
        return time.process_time() - started

    yardstick = taken(lambda: [json.dumps(reply) for _ in range(100)])
    return max(yardstick, min(taken(lambda: salvage(reply)) for _ in range(2)))


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_for_a_hostile_reply_grows_with_its_length_only(piece: str) -> None:
    few = 8_000 // len(piece)
    assert seconds(piece * few * 4) < SLOWEST_GROWTH * seconds(piece * few)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('{"characters":[', "]}")])
def test_deep_nesting_neither_raises_nor_hides_that_it_was_not_read(opening: str, closing: str) -> None:
    salvaged = salvage(opening * 10_000 + closing * 10_000)
    assert salvaged.items == ()
    assert not salvaged.complete
    shallow = opening * (MAX_DEPTH // 4) + '{"props": ["key"]}' + closing * (MAX_DEPTH // 4)
    assert {item.name for item in salvage(shallow).items} <= {"key"}


def test_the_work_for_broken_strings_grows_with_the_reply_only() -> None:
    def reply(count: int) -> str:
        told = json.dumps({"characters": [{"name": f"N{n}", "description": 'says "x", goes'} for n in range(count)]})
        return told.replace('\\"', '"')

    assert len(salvage(reply(3000)).items) == 3000
    assert seconds(reply(3000)) < SLOWEST_GROWTH * seconds(reply(750))


def test_text_nodes_know_whether_they_are_whole() -> None:
    parsed = parse('["Ada", "Be', 0, 11, is_list_key)
    assert parsed is not None
    assert parsed.node == Listing([Text("Ada"), Text("Be", whole=False)], whole=False)
    assert parse("[1]", 0, 3, is_list_key) is not None
    assert Atom(None).whole
