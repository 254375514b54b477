"""How much a phrase looks like a prop where it stands: handled, introduced, pointed out, or only compared and denied."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extraction.domain.engine.props.doubts import doubt, noise
from extraction.domain.engine.props.grammar import (
    ARTICLES,
    BODY,
    CONJUNCTIONS,
    DETERMINERS,
    HANDS,
    NUMBERS,
    PARTICLES,
    PREPOSITIONS,
    heads_a_name,
    is_handling,
    is_possessive,
    is_wearing,
)
from extraction.domain.engine.props.lexicon import Sort, forms, longest_name
from extraction.domain.engine.props.phrases import Phrase
from extraction.domain.engine.props.showing import listed, shown
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
HELD = 2.0
BARE_HANDED = 1.0
LISTED = 0.5
WITH = 1.5
OWNED = 1.5
STATES = {"have": OWNED, "use": 1.0, "wear": 0.0, "switch": 1.0}
INTRODUCED = 1.0
SHOUTED = 2.0
POINTED = 2.0
SPECIFIED = 0.75
HAPPENS = 1.0
ACTS = 0.5
WORN = -2.0
DRAWN_ON = 3.0
REACH = 9
BODY_REACH = 5
SUBJECTS = frozenset({"he", "she", "they", "i", "we", "who", "which", "it", "you"})
CLAUSES = frozenset({"while", "when", "if", "because", "then", "but", "though", "as", "that"})
TURNED_OVER = frozenset(
    form for verb in ("hand", "turn", "knock", "tip", "flip", "roll", "push", "pass") for form in forms([verb])
)
SWITCHED = frozenset(
    form
    for verb in ("turn", "switch", "flip", "flick", "click", "snap", "pull", "tug", "yank", "rip")
    for form in forms([verb])
) | {"draws", "drew", "drawing", "drawn", "tears", "tore", "tearing"}
ACCESSORIES = frozenset({"glove", "gauntlet", "mitten", "mask", "helmet", "goggles", "veil", "wig", "visor", "headset"})
REACHING = frozenset(form for verb in ("reach", "grope", "fumble", "lunge", "grab") for form in forms([verb]))
POINTING = frozenset({"INSERT", "CLOSE", "CLOSEUP", "CLOSE-UP", "CU", "ECU", "ANGLE", "TIGHT"})
EVENTS = frozenset(
    {"rings", "rang", "buzzes", "buzzed", "beeps", "vibrates", "falls", "fell", "drops", "rolls", "shatters", "slips"}
    | {"explodes", "clatters", "glints", "ticks", "lands", "crackles", "flies", "spins", "swings", "snaps", "tumbles"}
)
POSTURES = frozenset(
    {
        "sits",
        "sat",
        "sitting",
        "stands",
        "stood",
        "standing",
        "kneels",
        "knelt",
        "kneeling",
        "leans",
        "leaned",
        "leaning",
    }
    | {"lies", "lay", "lying", "sit", "stand", "lean", "kneel", "climbs", "climbed", "perches", "perched", "seated"}
)
IS = frozenset({"is", "was", "has", "as", "this", "its", "his", "towards", "always", "perhaps", "upwards"})
AT = frozenset({"at", "on", "in", "behind", "against", "before", "by", "onto", "upon", "up"})
INSTRUMENTS = frozenset({"with"})
OPENING = frozenset(
    form
    for verb in ("open", "close", "shut", "lock", "unlock", "slam", "check", "search", "knock")
    for form in forms([verb])
)
OWNING = frozenset({"has", "have", "had", "having", "owns", "owned", "contains", "contained", "kept", "keeps", "keep"})


@dataclass(frozen=True, slots=True)
class Governor:
    """The verb that a phrase depends on, and the preposition between them.

    `of_thing` tells that it only says what a thing has, as in `a pair of spectacles with one lens`.
    """

    verb: str
    preposition: str
    of_thing: bool = False


def weigh_all(line: Sequence[Token], phrases: Iterable[Phrase]) -> Iterator[tuple[Phrase, float]]:
    """The phrases of a text with their weights: below zero (surely none) over 2 (it is there) to 5 (it is handled)."""
    last: Phrase | None = None
    governor: Governor | None = None
    for phrase in phrases:
        own = _governor(line, phrase.lead)
        if own is None and last is not None and _is_listed(line, last, phrase):
            own = governor
        yield phrase, _weight(line, phrase, own)
        last, governor = phrase, own


def _is_listed(line: Sequence[Token], last: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase goes on with the list that the last one is in: `an apple, a kite and a string`."""
    if phrase.lead <= last.last:
        return False
    between = line[last.last + 1 : phrase.lead]
    gaps = [token.gap for token in line[last.last + 1 : phrase.lead + 1]]
    if len(between) > 8 or any(token.opens for token in line[last.last + 1 : phrase.lead + 1]):
        return False
    return bool("," in gaps[-1] or (between and between[-1].low in {"and", "or"}))


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
    if worn and (governor.verb in {"switch", "wear"} or is_wearing(governor.verb)):
        return WORN
    if not governor.verb:
        return WITH if governor.preposition == "with" and not worn and not governor.of_thing else 0.0
    if governor.verb in STATES:
        return STATES[governor.verb] if governor.verb != "use" or phrase.sort is Sort.FURNISHING else 0.0
    return _handled(phrase, governor)


def _handled(phrase: Phrase, governor: Governor) -> float:
    direct = not governor.preposition or governor.preposition in INSTRUMENTS
    if phrase.sort is Sort.FURNISHING and (governor.verb in OPENING or not direct):
        return 0.0
    return TOUCHED if not direct else HANDLED + (BARE_HANDED if phrase.sort is Sort.WARDROBE else 0.0)


def _governor(line: Sequence[Token], lead: int) -> Governor | None:
    """Looks back from a phrase, inside its sentence, for the verb that it depends on."""
    preposition, led = "", lead - 1
    at = lead - 1
    while at >= 0 and lead - at <= REACH and not line[at + 1].opens:
        low = line[at].low
        noun = at > 0 and line[at].joined and _makes_a_noun(line[at - 1])
        if not noun and (is_handling(low) or is_wearing(low)):
            return _verb(line, at, preposition)
        state = _state(line, at, preposition)
        if state is not None:
            return state
        if low in SUBJECTS or low in CLAUSES:
            break
        if not preposition and low in PREPOSITIONS and not _is_particle(line, at):
            preposition, led = low, at
        at -= 1
    if not preposition:
        return None
    return Governor("", preposition, of_thing=led > 0 and longest_name([line[led - 1].low]) is not None)


def _state(line: Sequence[Token], at: int, preposition: str) -> Governor | None:
    """What a verb tells that is none for hands: somebody reaches for the thing, sits on it, has it."""
    low = line[at].low
    if low in REACHING and line[at + 1].low == "for":
        return Governor(low, "")
    if low in POSTURES and preposition in AT:
        return Governor("use", preposition)
    return Governor("have", "") if low in OWNING and not preposition else None


def _makes_a_noun(before: Token) -> bool:
    """Whether the word before makes a noun of one that may be a verb: `the hammers`, `of hammers`."""
    low = before.low
    return low in DETERMINERS or is_possessive(before.text) or (low in PREPOSITIONS and low not in PARTICLES | {"to"})


def _verb(line: Sequence[Token], at: int, preposition: str) -> Governor:
    following = line[at + 1].low if at + 1 < len(line) else ""
    if is_wearing(line[at].low) and not is_handling(line[at].low):
        return Governor("wear", "")
    if following in {"on", "off"}:
        return Governor("switch" if line[at].low in SWITCHED else "wear", "")
    return Governor(line[at].low, preposition)


def _is_particle(line: Sequence[Token], at: int) -> bool:
    if at == 0 or not line[at].joined or not is_handling(line[at - 1].low):
        return False
    return line[at].low in PARTICLES or (line[at].low == "over" and line[at - 1].low in TURNED_OVER)


def _held(line: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a hand, an arm or a pocket has it: `a flare gun in his fist`, `a lamp in the other`, `in her lap a book`."""
    if phrase.sort is Sort.SUBSTANCE:
        return False
    body = HANDS if phrase.sort is Sort.WARDROBE else BODY
    after = line[phrase.last + 1 : phrase.last + 1 + BODY_REACH]
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
