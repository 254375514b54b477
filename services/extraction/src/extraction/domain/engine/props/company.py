"""What the neighbours of a thing say of it: the list that it stands in, where those things lie, and `it` later on."""

from collections.abc import Sequence

from extraction.domain.engine.props.grammar import AUXILIARIES, PREPOSITIONS, is_handling
from extraction.domain.engine.props.lexicon import Sort
from extraction.domain.engine.props.phrases import Phrase
from extraction.domain.engine.props.tokens import Token

SHOWN = {Sort.AMBIGUOUS: 1.0, Sort.WARDROBE: 2.5}
AMONG = {Sort.AMBIGUOUS: 0.75}
LYING = {Sort.SURE: 1.0, Sort.AMBIGUOUS: 1.75, Sort.WARDROBE: 2.5}
TAKEN_UP = 1.0
MANY, SEVERAL = 3, 2
REACH = 6
STREWN = frozenset(
    {
        "strewn",
        "scattered",
        "spread",
        "piled",
        "stacked",
        "heaped",
        "arranged",
        "arrayed",
        "laid",
        "lined",
        "pinned",
        "taped",
    }
    | {"nailed", "propped", "stashed", "packed", "crammed", "stuffed", "dumped", "displayed", "assembled", "sprawled"}
)
COUNTING = frozenset({"a", "an", "one", "two", "three", "four", "several", "some"})
IT = frozenset({"it", "them"})


def is_listed(line: Sequence[Token], last: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase goes on with the list that the last one is in: `an apple, a kite and a string`."""
    if phrase.lead <= last.last:
        return False
    between = line[last.last + 1 : phrase.lead]
    gaps = [token.gap for token in line[last.last + 1 : phrase.lead + 1]]
    if len(between) > 8 or any(token.opens for token in line[last.last + 1 : phrase.lead + 1]):
        return False
    return bool("," in gaps[-1] or (between and between[-1].low in {"and", "or"}))


def company(line: Sequence[Token], listed: Sequence[Phrase]) -> list[float]:
    """What it adds to each thing of a list that it is one of them."""
    added: dict[Sort, float] = {}
    if len(listed) >= SEVERAL and ":" in line[listed[0].lead].gap:
        added = SHOWN
    elif len(listed) >= MANY and sum(phrase.sort is Sort.SURE for phrase in listed) >= SEVERAL:
        added = AMONG
    if _is_strewn(line, listed[-1].last + 1):
        added = LYING
    counted = sum(phrase.determiner in COUNTING for phrase in listed) >= SEVERAL
    return [added.get(phrase.sort, 0.0) if not _is_worn(phrase, counted) else 0.0 for phrase in listed]


def _is_worn(phrase: Phrase, counted: bool) -> bool:
    """Whether clothes are those of somebody: `her hat`, or `hat` as people who are introduced have it.

    In a list that counts what there is they are not: `a whisk, gloves, one boot`.
    """
    bare = not phrase.determiner and not counted
    return phrase.sort is Sort.WARDROBE and (bare or phrase.determiner not in COUNTING | {"", "the"})


def _is_strewn(line: Sequence[Token], first: int) -> bool:
    """Whether a list goes on to tell that things lie about: `and coins are strewn over the bed`."""
    for at in range(first, min(first + REACH, len(line) - 1)):
        acts = is_handling(line[at].low) and line[at + 1].low not in AUXILIARIES
        if line[at].opens or line[at].low in PREPOSITIONS or acts:
            return False
        if line[at].low in AUXILIARIES or line[at].low in {"lie", "lay", "lies"}:
            return line[at + 1].low in STREWN
    return False


def taken_up(line: Sequence[Token], phrase: Phrase, following: Phrase | None) -> float:
    """What it adds that the sentence later has it in hand: `His kite, trailing it behind him`, `the tea came, and he poured it`."""
    if phrase.sort is not Sort.SURE or not phrase.determiner:
        return 0.0
    end = min(phrase.last + 2 + REACH, len(line) - 1, following.lead - 1 if following else len(line))
    for at in range(phrase.last + 1, end):
        if line[at].opens:
            return 0.0
        if is_handling(line[at].low) and line[at + 1].low in IT and line[at + 1].joined:
            return TAKEN_UP
    return 0.0
