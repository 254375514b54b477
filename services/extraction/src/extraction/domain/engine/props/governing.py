"""The verb that a phrase depends on, looked for before it in its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from extraction.domain.engine.props.grammar import (
    DETERMINERS,
    PARTICLES,
    PREPOSITIONS,
    is_handling,
    is_possessive,
    is_wearing,
)
from extraction.domain.engine.props.lexicon import longest_name, regular_forms
from extraction.domain.engine.props.phrases import Phrase
from extraction.domain.engine.props.tokens import Token
from extraction.domain.engine.props.using import DONNING, goes_for, is_firm

REACH = 9
SUBJECTS = frozenset({"he", "she", "they", "i", "we", "who", "which", "it", "you"})
CLAUSES = frozenset({"while", "when", "if", "because", "then", "but", "though", "as", "that"})
TURNED_OVER = regular_forms("hand turn knock tip flip roll push pass")
SWITCHED = regular_forms("turn switch flip flick click snap pull tug yank rip") | {
    "draws",
    "drew",
    "drawing",
    "drawn",
    "tears",
    "tore",
    "tearing",
}
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
AT = frozenset({"at", "on", "in", "behind", "against", "before", "by", "onto", "upon", "up"})
OWNING = frozenset({"has", "have", "had", "having", "owns", "owned", "contains", "contained", "kept", "keeps", "keep"})


@dataclass(frozen=True, slots=True)
class Governor:
    """The verb that a phrase depends on, and the preposition between them.

    `of_thing` tells that it only says what a thing has, as in `a pair of spectacles with one lens`; `firm` that the verb
    means a hand, whatever the word for the thing may mean.
    """

    verb: str
    preposition: str
    of_thing: bool = False
    firm: bool = False


def governor_of(line: Sequence[Token], phrase: Phrase) -> Governor | None:
    """The verb that a phrase depends on, or the preposition that leads it; nothing where its sentence tells of neither."""
    lead, preposition, led = phrase.lead, "", phrase.lead - 1
    at = lead - 1
    while at >= 0 and lead - at <= REACH and not line[at + 1].opens:
        low = line[at].low
        noun = at > 0 and line[at].joined and _makes_a_noun(line[at - 1])
        if not noun and (is_handling(low) or is_wearing(low)):
            return _verb(line, at, phrase.last, preposition)
        state = _state(line, at, preposition)
        if state is not None:
            return state
        object_of = at > 0 and low in {"it", "you"} and line[at - 1].low in PREPOSITIONS
        if (low in SUBJECTS and not object_of) or low in CLAUSES:
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
    if goes_for(line, at):
        return Governor(low, "")
    if low in POSTURES and preposition in AT:
        return Governor("use", preposition)
    return Governor("have", "") if low in OWNING and not preposition else None


def _makes_a_noun(before: Token) -> bool:
    """Whether the word before makes a noun of one that may be a verb: `the hammers`, `of hammers`."""
    low = before.low
    return low in DETERMINERS or is_possessive(before.text) or (low in PREPOSITIONS and low not in PARTICLES | {"to"})


def _verb(line: Sequence[Token], at: int, last: int, preposition: str) -> Governor:
    following = line[at + 1].low if at + 1 < len(line) else ""
    if goes_for(line, at):
        return Governor(line[at].low, "")
    if is_wearing(line[at].low) and not is_handling(line[at].low):
        return Governor("wear", "")
    if following in {"on", "off"}:
        return _on_or_off(line[at].low, following, preposition)
    firm = not preposition and is_firm(line, at, last)
    return Governor(line[at].low, preposition, firm=firm)


def _on_or_off(verb: str, following: str, preposition: str) -> Governor:
    """What a verb with `on` or `off` tells: something is pulled on, worn, or only where something else is done."""
    if verb in SWITCHED:
        return Governor("switch", "")
    if verb in DONNING:
        return Governor("don", "")
    return Governor(verb, preposition or following)


def _is_particle(line: Sequence[Token], at: int) -> bool:
    if at == 0 or not line[at].joined or not is_handling(line[at - 1].low):
        return False
    return line[at].low in PARTICLES or (line[at].low == "over" and line[at - 1].low in TURNED_OVER)
