"""What speaks against a phrase where it stands: it is compared, denied, part of an idiom, or only heard."""

from collections.abc import Sequence
from functools import cache

from extraction.domain.engine.props.grammar import ARTICLES, NEGATIONS, POSSESSIVES, is_handling, is_possessive
from extraction.domain.engine.props.lexicon import forms, longest_name, singular, words
from extraction.domain.engine.props.phrases import Phrase
from extraction.domain.engine.props.tokens import Token
from extraction.domain.engine.words import is_sound_or_verb

COMPARED = -4.0
DENIED = -3.0
WHOLE = -1.5
HEARD = -4.0
MEASURES = frozenset(
    {
        "size",
        "shape",
        "colour",
        "color",
        "sound",
        "smell",
        "taste",
        "kind",
        "sort",
        "look",
        "weight",
        "flavour",
        "flavor",
    }
    | {
        "contour",
        "contours",
        "outline",
        "outlines",
        "form",
        "texture",
        "scent",
        "idea",
        "thought",
        "thoughts",
        "memory",
    }
    | {"memories", "mention", "talk", "promise", "threat", "lack", "absence", "want", "need", "price", "cost", "value"}
    | {"fear", "love", "dream", "dreams", "art", "history", "use", "ghost", "echo", "suggestion", "illusion"}
)
LOUD = frozenset({"shrill", "loud", "distant", "sharp", "faint", "piercing", "deafening", "long", "short", "low"})
SOUNDING = frozenset({"bell", "whistle", "horn", "gong", "siren", "drum", "alarm"})
WISHING = frozenset({"would", "should", "you", "i", "we", "they", "to", "not", "don't", "might"})
FIGURES = frozenset(
    {
        "bowl",
        "ring",
        "chain",
        "frame",
        "box",
        "bag",
        "cup",
        "plate",
        "sack",
        "chest",
        "basket",
        "string",
        "wheel",
        "block",
    }
    | {
        "stone",
        "pole",
        "pipe",
        "tank",
        "net",
        "trap",
        "weight",
        "bucket",
        "web",
        "key",
        "blade",
        "bolt",
        "arrow",
        "sword",
    }
)
SOUNDS = frozenset({"from", "strikes", "struck", "tolls", "chimes", "sounds", "sounded", "blares", "wails"})
MINDS = frozenset({"head", "mind", "imagination", "memory", "dreams", "fantasy"})
MOVES = frozenset(
    {
        "falls",
        "fell",
        "drops",
        "dropped",
        "rolls",
        "rolled",
        "slips",
        "slipped",
        "lands",
        "landed",
        "swings",
        "hangs",
        "hung",
    }
    | {"lies", "lay", "flies", "flew", "bounces", "tumbles", "dangles", "glints", "gleams", "sits", "spins", "breaks"}
)
LIKENED_REACH = 6
NEAR = 3


def doubt(line: Sequence[Token], phrase: Phrase) -> float:
    """What a comparison, a denial or an idiom takes from the weight of a phrase: zero or less."""
    if is_compared(line, phrase):
        return COMPARED
    before = _just_before(line, phrase.lead)
    if phrase.determiner == "no" or set(before[-1:]) & NEGATIONS or before[-2:] == ["instead", "of"]:
        return DENIED
    if phrase.determiner in {"a", "an", "any"} and any(low in NEGATIONS or low.endswith("n't") for low in before):
        return DENIED
    if phrase.determiner in {"its", "whose"} or _is_figure(line, phrase):
        return WHOLE
    part_of = before[-1:] == ["of"] and phrase.determiner in ARTICLES and before[-2:-1] != ["light"]
    return WHOLE if part_of and longest_name(before[:-1]) is not None else 0.0


def is_compared(line: Sequence[Token], phrase: Phrase) -> bool:
    """Whether it is only part of an idiom, a comparison or a measure: takes a bow, like a knife, the colour of a pear."""
    before = _just_before(line, phrase.lead)
    if (
        _is_idiom(line, phrase)
        or _is_likened(line, phrase.lead)
        or _is_imagined(line, phrase)
        or set(before[-1:]) & {"than", "as"}
    ):
        return True
    return before[-1:] == ["of"] and not set(before[:-1]).isdisjoint(MEASURES)


def _is_figure(line: Sequence[Token], phrase: Phrase) -> bool:
    """Whether it holds what nothing can hold: a bowl of hills, a frame of light; a can of Ensure is none."""
    after = line[phrase.last + 1 : phrase.last + 3]
    if len(after) < 2 or after[0].low != "of" or not (after[0].joined and after[1].joined):
        return False
    return phrase.head in FIGURES and not after[1].text[0].isupper() and after[1].low not in POSSESSIVES | {"the"}


def _just_before(line: Sequence[Token], lead: int) -> list[str]:
    """The last words of the same clause."""
    first = lead
    while first > max(0, lead - NEAR) and not line[first].opens and "," not in line[first].gap:
        first -= 1
    return [token.low for token in line[first:lead]]


def _is_likened(line: Sequence[Token], lead: int) -> bool:
    """Whether a comparison holds the phrase: `like a knife`, `like a man with a hammer`, but not `would like a drink`."""
    for at in range(lead - 1, max(-1, lead - 1 - LIKENED_REACH), -1):
        if line[at].low == "like":
            return at == 0 or not (line[at - 1].low in WISHING or line[at - 1].low.endswith("'d"))
        if line[at].opens or "," in line[at].gap or is_handling(line[at].low):
            return False
    return False


def _is_imagined(line: Sequence[Token], phrase: Phrase) -> bool:
    """Whether it is in somebody's mind only: `a light bulb goes off in her head`; a bullet in his head is there."""
    for at in range(phrase.last + 2, min(phrase.last + 2 + LIKENED_REACH, len(line) - 2)):
        if line[at].opens:
            return False
        if line[at].low == "in" and line[at + 2].low in MINDS:
            return line[at + 1].low in POSSESSIVES or is_possessive(line[at + 1].text)
    return False


def noise(line: Sequence[Token], phrase: Phrase) -> float:
    """What it takes from the weight of a phrase when the thing only sounds: zero or less."""
    return HEARD if phrase.head in SOUNDING and _is_only_heard(line, phrase) else 0.0


def _is_only_heard(line: Sequence[Token], phrase: Phrase) -> bool:
    """Whether it is a noise: a bell CLANGS, a shrill whistle."""
    following = line[phrase.last + 1 : phrase.last + 2]
    sounds = any(
        token.joined and token.low not in MOVES and (token.low in SOUNDS or is_sound_or_verb(token.text.upper()))
        for token in following
    )
    return sounds or any(token.low in LOUD for token in line[phrase.first : phrase.last])


def _is_idiom(line: Sequence[Token], phrase: Phrase) -> bool:
    """Whether verb and noun together mean something else: makes a note, takes a bow."""
    if singular(line[phrase.last].low) != phrase.head:
        return False
    return any((token.low, phrase.head) in idioms() for token in line[max(0, phrase.lead - 2) : phrase.lead])


@cache
def idioms() -> frozenset[tuple[str, str]]:
    """Forms of verbs with the nouns that they make an idiom with."""
    pairs = (line.rsplit(" ", 1) for line in words("idioms"))
    return frozenset((form, singular(noun)) for verb, noun in pairs for form in forms(verb.split()))
