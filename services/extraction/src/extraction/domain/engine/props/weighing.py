"""How much a phrase looks like a prop where it stands: handled, introduced, pointed out, or only compared and denied."""

from collections.abc import Iterable, Iterator, Sequence

from extraction.domain.engine.props.company import company, is_listed, taken_up
from extraction.domain.engine.props.doubts import doubt, is_compared, noise
from extraction.domain.engine.props.governing import Governor, governor_of
from extraction.domain.engine.props.grammar import (
    ARTICLES,
    BODY,
    CONJUNCTIONS,
    DETERMINERS,
    HANDS,
    NUMBERS,
    PREPOSITIONS,
    heads_a_name,
    is_wearing,
)
from extraction.domain.engine.props.lexicon import Sort, longest_name, regular_forms
from extraction.domain.engine.props.phrases import Phrase
from extraction.domain.engine.props.showing import INKS, WRITING, listed, shown
from extraction.domain.engine.props.tokens import Token

BASE = {
    Sort.SURE: 1.5,
    Sort.AMBIGUOUS: 0.25,
    Sort.WARDROBE: -1.0,
    Sort.FURNISHING: 0.0,
    Sort.SUBSTANCE: -1.0,
    Sort.ANIMAL: -3.0,
}
HANDLED = 2.0
TOUCHED = 1.0
FIRM = 0.5
HELD = 2.0
BARE_HANDED = 1.0
LISTED = 0.5
WITH = 1.5
OWNED = 1.5
STATES = {"have": OWNED, "use": 1.0, "wear": 0.0, "don": 1.0, "switch": 1.0}
INTRODUCED = 1.0
SHOUTED = 2.0
POINTED = 2.0
SPECIFIED = 0.75
HAPPENS = 1.0
ACTS = 0.5
WORN = -2.0
DRAWN_ON = 3.0
LIKENED = 0.0
"""What is left to what a list goes on to compare with: `a taste of cherries, toffee and toast`."""
BODY_REACH = 5
ACCESSORIES = frozenset({"glove", "gauntlet", "mitten", "mask", "helmet", "goggles", "veil", "wig", "visor", "headset"})
POINTING = frozenset({"INSERT", "CLOSE", "CLOSEUP", "CLOSE-UP", "CU", "ECU", "ANGLE", "TIGHT"})
EVENTS = frozenset(
    {"rings", "rang", "buzzes", "buzzed", "beeps", "vibrates", "falls", "fell", "drops", "rolls", "shatters", "slips"}
    | {"explodes", "clatters", "glints", "ticks", "lands", "crackles", "flies", "spins", "swings", "snaps", "tumbles"}
)
HELD_THERE = frozenset({"held", "slung", "stuck", "hung", "caught", "clutched", "tight", "tightly", "high", "still"})
IS = frozenset({"is", "was", "has", "as", "this", "its", "his", "towards", "always", "perhaps", "upwards"})
INSTRUMENTS = frozenset({"with"})
UNTOUCHED = frozenset({"for", "about", "before", "after", "during", "until", "since"})
OPENING = regular_forms("open close shut lock unlock slam check search knock")


def weigh_all(line: Sequence[Token], phrases: Iterable[Phrase]) -> Iterator[tuple[Phrase, float]]:
    """The phrases of a text with their weights: below zero (surely none) over 2 (it is there) to 5 (it is handled)."""
    every = list(phrases)
    listed: list[Phrase] = []
    weights: list[float] = []
    governor: Governor | None = None
    likened = False
    for at, phrase in enumerate(every):
        follows = bool(listed) and is_listed(line, listed[-1], phrase)
        if listed and not follows:
            yield from _together(line, listed, weights)
            listed, weights = [], []
        own = governor_of(line, phrase)
        likened = is_compared(line, phrase) or (likened and follows and own is None)
        governor = governor if own is None and follows else own
        listed.append(phrase)
        following = every[at + 1] if at + 1 < len(every) else None
        weight = _weight(line, phrase, governor) + taken_up(line, phrase, following)
        weights.append(min(weight, LIKENED) if likened else weight)
    if listed:
        yield from _together(line, listed, weights)


def _together(
    line: Sequence[Token], listed: Sequence[Phrase], weights: Iterable[float]
) -> Iterator[tuple[Phrase, float]]:
    """The phrases of a list, with what it adds to each that it stands in it."""
    for phrase, weight, added in zip(listed, weights, company(line, listed), strict=True):
        yield phrase, weight + added


def _weight(line: Sequence[Token], phrase: Phrase, governor: Governor | None) -> float:
    weight = BASE[phrase.sort] + _specified(phrase) + _introduced(line, phrase) + doubt(line, phrase)
    weight += _governed(phrase, governor) + shown(line, phrase)
    if governor is None or not governor.verb:
        weight += noise(line, phrase)
    if _held(line, phrase):
        weight += HELD + (BARE_HANDED if phrase.sort is Sort.WARDROBE else 0.0)
    following = line[phrase.last + 1] if phrase.last + 1 < len(line) else None
    if not phrase.determiner and following is not None and _is_item(line[phrase.lead].gap, following.gap):
        weight += LISTED
    elif governor is None:
        weight += listed(line, phrase)
    if following is not None and following.joined:
        weight += _acting(line, phrase, following)
    return weight


def _specified(phrase: Phrase) -> float:
    """A doubtful word is less so with a word that says of what kind: a recipe card, an autopsy report."""
    told = any(longest_name([mark]) is not None or heads_a_name(mark) for mark in phrase.marks)
    return SPECIFIED if phrase.sort is Sort.AMBIGUOUS and told else 0.0


def _introduced(line: Sequence[Token], phrase: Phrase) -> float:
    weight = 0.0
    before = line[phrase.lead - 1] if phrase.lead else None
    if before is not None and (
        before.text in POINTING or (before.text == "ON" and line[phrase.lead - 2].text in POINTING)
    ):
        weight = POINTED
    elif line[phrase.last].shouted and not (before is not None and before.shouted):
        weight = SHOUTED
    counted = phrase.determiner in ARTICLES | NUMBERS or phrase.determiner.isdigit() or phrase.parted
    return weight + (INTRODUCED if counted else 0.0)


def _acting(line: Sequence[Token], phrase: Phrase, following: Token) -> float:
    """What it adds that the thing itself does something: the phone rings, the umbrella turns inside out."""
    if following.low in EVENTS:
        return HAPPENS
    begins = phrase.sort is Sort.SURE and line[phrase.lead].opens
    return ACTS if begins and following.low.endswith("s") and following.low not in IS else 0.0


def _is_item(before: str, after: str) -> bool:
    """Whether a bare word is one of a list: `THE INSPECTOR, bowler hat, briefcase, raps`, `On the table: dice`."""
    if ":" in before:
        return True
    return before.strip() in {",", "("} and after.strip()[:1] in {",", ")"}


def _governed(phrase: Phrase, governor: Governor | None) -> float:
    """What the verb, or `with`, adds or takes."""
    if governor is None:
        return 0.0
    worn = phrase.sort is Sort.WARDROBE
    if worn and governor.verb == "switch" and phrase.head in ACCESSORIES:
        return DRAWN_ON
    if worn and (governor.verb in {"switch", "don", "wear"} or is_wearing(governor.verb)):
        return WORN
    if not governor.verb:
        return WITH if governor.preposition == "with" and not worn and not governor.of_thing else 0.0
    if governor.verb in STATES:
        return STATES[governor.verb] if governor.verb != "use" or phrase.sort is Sort.FURNISHING else 0.0
    return _handled(phrase, governor)


def _handled(phrase: Phrase, governor: Governor) -> float:
    lettered = governor.preposition == "in" and governor.verb in WRITING and phrase.head not in INKS
    if governor.preposition in UNTOUCHED or lettered:
        return 0.0
    direct = not governor.preposition or governor.preposition in INSTRUMENTS
    if phrase.sort is Sort.FURNISHING and (governor.verb in OPENING or not direct):
        return 0.0
    firm = FIRM if governor.firm and phrase.sort in {Sort.AMBIGUOUS, Sort.WARDROBE} else 0.0
    return TOUCHED if not direct else HANDLED + firm + (BARE_HANDED if phrase.sort is Sort.WARDROBE else 0.0)


def _held(line: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a hand, an arm or a pocket has it: `a flare gun in his fist`, `a lamp in the other`, `in her lap a book`."""
    if phrase.sort is Sort.SUBSTANCE:
        return False
    body = HANDS if phrase.sort is Sort.WARDROBE else BODY
    after = line[phrase.last + 1 : phrase.last + 1 + BODY_REACH]
    if len(after) > 1 and after[0].joined and (after[0].low in HELD_THERE or after[0].low.endswith("ed")):
        after = after[1:]
    if after and after[0].joined and after[0].low in PREPOSITIONS:
        for at, token in enumerate(after[1:], start=1):
            if token.opens or "," in token.gap or token.low in CONJUNCTIONS:
                break
            last = at + 1 == len(after) or not after[at + 1].joined
            if token.low in body or (token.low == "other" and last):
                return True
    before = line[max(0, phrase.lead - 2) : phrase.lead]
    if len(before) < 2 or "," in line[phrase.lead].gap:
        return False
    return before[1].low in body and before[0].low in DETERMINERS
