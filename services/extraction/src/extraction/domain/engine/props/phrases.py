"""Noun phrases whose head a prop master knows: `a chewed pencil`, `the BRASS KEY`, `his ring of keys`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extraction.domain.engine.place_words import PARTS, is_place_noun
from extraction.domain.engine.props.grammar import (
    BODY,
    DETERMINERS,
    FUNCTION_WORDS,
    POSSESSIVES,
    is_describing,
    is_handling,
    is_material,
    is_possessive,
    is_verb,
)
from extraction.domain.engine.props.lexicon import Sort, longest_name, parted, singular, singulars, words
from extraction.domain.engine.props.readings import name_at, named_at
from extraction.domain.engine.props.tokens import Token
from extraction.domain.engine.words import UNHELD, is_person_noun, word_set

VESSELS = frozenset({"bucket", "pail", "cup", "glass", "mug", "jug", "bottle", "pot", "kettle", "bowl", "basin"})
CONTAINERS = frozenset(
    {
        "bag",
        "box",
        "can",
        "carton",
        "flask",
        "goblet",
        "jar",
        "keg",
        "packet",
        "pan",
        "phial",
        "pitcher",
        "sack",
        "tankard",
    }
    | {"tin", "tub", "tumbler", "vase", "vial", "canister", "barrel", "saucer", "pouch"}
)
LIFELESS = frozenset({"dead", "stuffed", "toy", "rubber", "roast", "roasted", "frozen", "pickled", "plastic", "wooden"})
WORN = word_set(
    "battered dented rusted rusty tarnished scuffed chipped cracked worn frayed tattered torn bent faded dusty mouldy moldy "
    "threadbare weathered scratched broken grimy corroded",
)
MAX_MODIFIERS = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `first` to `last` of a text name a thing; `lead` is the first word with its determiner.

    `inner` is the first word without a holder or a part before `of`: `sweet` of `a cup of sweet tea`. `parted` tells that
    one leads it, `described` that adjectives come with it. `head` is the word that says what it is, `content` what it
    holds (`tea` of `a cup of tea`), both in the singular; `marks` are the modifiers that tell it from others of its kind.
    """

    lead: int
    inner: int
    first: int
    last: int
    sort: Sort
    head: str
    content: str
    marks: frozenset[str]
    determiner: str
    parted: bool
    described: bool


def find_phrases(line: Sequence[Token]) -> Iterator[Phrase]:
    """The phrases of a text, in reading order."""
    for index in range(len(line)):
        matched = named_at(line, index)
        if matched is not None:
            yield _whole(line, index - matched[0] + 1, index, matched[1])
        elif _is_worn_thing(line, index):
            yield _whole(line, index, index, Sort.SURE)


def _is_worn_thing(line: Sequence[Token], index: int) -> bool:
    """Whether a word that no list knows is a thing that shows its age in somebody's hands: `carries a battered theodolite`."""
    if index < 3 or line[index - 1].low not in WORN or not all(token.joined for token in line[index - 2 : index + 1]):
        return False
    held = line[index - 2].low in DETERMINERS and is_handling(line[index - 3].low)
    after = line[index + 1] if index + 1 < len(line) else None
    ends = after is None or not after.joined or after.low in FUNCTION_WORDS
    return held and ends and _is_unknown(line[index])


def _is_unknown(token: Token) -> bool:
    """Whether no list knows a word, as a thing, as part of somebody or of a house, or as anything else."""
    low = token.low
    if not token.text.islower() or longest_name([low]) is not None or low in FUNCTION_WORDS | BODY | PARTS | UNHELD:
        return False
    otherwise = is_verb(low) or is_describing(low) or low.endswith("ly")
    return not (otherwise or is_person_noun(low) or is_place_noun(low))


def _whole(line: Sequence[Token], first: int, last: int, sort: Sort) -> Phrase:
    """The phrase with its modifiers, its determiner and, in `a tin of sardines`, what holds it."""
    *own, head = [*(token.low for token in line[first:last]), *parted(line[last].low)]
    start, lead, determiner = _modified(line, first)
    modifiers = [token.low for token in line[start:first]]
    lifeless = sort is Sort.ANIMAL and not LIFELESS.isdisjoint(modifiers)
    phrase = Phrase(
        lead=lead,
        inner=start,
        first=start,
        last=last,
        sort=Sort.SURE if lifeless else sort,
        head=head,
        content="",
        marks=_marks(modifiers, head) | frozenset(own),
        determiner=determiner,
        parted=False,
        described=bool(modifiers),
    )
    holder = _holder(line, start, lead)
    return phrase if holder is None else _in_holder(line, phrase, holder)


def _in_holder(line: Sequence[Token], inner: Phrase, holder: int) -> Phrase:
    """The phrase with the holder, or the part or number, that it is named after."""
    start, lead, determiner = _modified(line, holder)
    held = parted(line[holder].low)[-1]
    modifiers = [token.low for token in line[start:holder]]
    if name_at(line, holder) is None or held not in singulars("holders"):
        named = inner.first if inner.determiner or held in singulars("amounts") else start
        marks = inner.marks | _marks(modifiers, inner.head)
        return replace(inner, lead=lead, first=named, marks=marks, determiner=determiner, parted=True)
    told = frozenset() if held in VESSELS else frozenset({inner.head})
    marks = _marks(modifiers, held) | told | inner.marks
    contained = inner.sort is Sort.SUBSTANCE and held in VESSELS | CONTAINERS
    return replace(
        inner,
        sort=Sort.SURE if contained else inner.sort,
        lead=lead,
        first=start,
        head=held,
        content=inner.head,
        marks=marks,
        determiner=determiner,
        parted=True,
        described=bool(modifiers),
    )


def _marks(modifiers: Sequence[str], head: str) -> frozenset[str]:
    return frozenset(singular(word) for word in modifiers if tells_apart(word)) - {head}


def _holder(line: Sequence[Token], start: int, lead: int) -> int | None:
    """The word for a holder or a part before `of`."""
    at = min(start, lead) - 1
    if at < 1 or line[at].low != "of" or not line[at].joined or not line[at + 1].joined:
        return None
    held = singular(line[at - 1].low)
    return at - 1 if held in singulars("holders") | singulars("partitives") else None


def _modified(line: Sequence[Token], first: int) -> tuple[int, int, str]:
    """Where the modifiers begin, where the determiner stands, and the determiner."""
    at = first
    while at > 0 and first - at < MAX_MODIFIERS:
        gap, before = line[at].gap, line[at - 1]
        if before.low in DETERMINERS or before.low.isdigit() or _owns(line, at - 1):
            if line[at].joined:
                return _named(line, at, first), at - 1, "'s" if is_possessive(before.text) else before.low
            break
        listed = gap == ", " and longest_name([before.low]) is None
        if before.low in FUNCTION_WORDS or not (line[at].joined or listed):
            break
        if is_verb(before.low) and not is_describing(before.low) and before.low not in words("adjectives"):
            break
        at -= 1
    near = first
    while near > at and line[near].joined and _surely_modifies(line, near - 1):
        near -= 1
    return near, near, ""


def _owns(line: Sequence[Token], at: int) -> bool:
    """Whether a word says who has the thing (`Finch's`, `her father's`) and not of what kind it is (`a ship's`)."""
    if not is_possessive(line[at].text):
        return False
    named = line[at].text[0].isupper() and not line[at].shouted
    return named or (at > 0 and line[at].joined and line[at - 1].low in POSSESSIVES)


def _named(line: Sequence[Token], at: int, first: int) -> int:
    """Where the name begins: not before a comma or an adverb."""
    start = first
    while start > at and line[start].joined and not line[start - 1].low.endswith("ly"):
        start -= 1
    return start


def _surely_modifies(line: Sequence[Token], at: int) -> bool:
    token, word = line[at], line[at].low
    if is_handling(word) and (word.endswith("ing") or (word.endswith("ed") and _follows_a_verb(line, at))):
        return False
    return is_material(word) or word in words("adjectives") or (word.endswith("ed") and not token.opens)


def _follows_a_verb(line: Sequence[Token], at: int) -> bool:
    """Whether `and` joins a form to a verb: `rose and collected parcels`; after `a scarf and` it describes."""
    if at < 2 or line[at - 1].low not in {"and", "then"}:
        return False
    before = line[at - 2].low
    led = at > 2 and line[at - 3].low in DETERMINERS
    if before in words("adverbs"):
        return not led
    return longest_name([before]) is None and (is_verb(before) or before.endswith(("ed", "ing")))


def tells_apart(word: str) -> bool:
    """Whether a modifier tells one thing from another of its kind: `brass` does, `small` and `folded` do not."""
    if word in words("adjectives") or word in FUNCTION_WORDS or is_possessive(word):
        return False
    return not word.endswith(("ed", "ing", "ly", "en")) or is_material(word)
