"""What shows a thing without a verb for hands: `notebook out`, `(into phone)`, `looks at his watch`, `sat at the piano`."""

from collections.abc import Sequence

from extraction.domain.engine.props.grammar import POSSESSIVES, is_handling, is_possessive
from extraction.domain.engine.props.lexicon import Sort, regular_forms
from extraction.domain.engine.props.phrases import Phrase
from extraction.domain.engine.props.tokens import Token

LISTED = 0.5
LIES = 0.5
READY = 1.0
THROUGH = 1.0
READ = 1.0
VISITED = 0.75
WRITTEN = 1.0
UNDERGOES = 1.0
PASSIVE = frozenset({"is", "are", "was", "were", "being", "been", "gets", "got"})
PLAYED = 2.5
REACH = 3
HELD_OUT = frozenset({"out", "up", "down", "on", "off", "ready", "raised", "drawn", "aloft", "high", "open", "aside"})
CHANNELS = frozenset({"into", "to", "on", "through", "with", "at", "over", "via"})
LOOKING = regular_forms("look glance peer squint gaze stare")
SPEAKING = regular_forms(
    "talk whisper shout murmur bark mutter chat type tap scroll swipe click text dial"
) | frozenset({"speaks", "spoke", "speaking", "says", "said", "saying"})
BENT = regular_forms("hunch bow stoop pore huddle crouch slump lean peer labor labour") | {"bends", "bent", "bending"}
WORKING = regular_forms("play toy fiddle fidget tinker grapple wrestle struggle work cook dig") | {"dug", "busy"}
WRITING = regular_forms("scrawl scribble paint sketch jot daub mark sign print letter trace outline") | frozenset(
    {"writes", "wrote", "written", "writing", "draws", "drew", "drawn", "drawing"}
)
INKS = frozenset(
    {
        "pencil",
        "pen",
        "ink",
        "chalk",
        "marker",
        "crayon",
        "charcoal",
        "biro",
        "lipstick",
        "felt-tip",
        "paint",
        "highlighter",
    }
)
WALKING = regular_forms(
    "walk cross step limp hurry head shuffle hobble move return turn rush wander stumble dash"
) | frozenset({"goes", "went", "going", "strides", "strode", "runs", "ran", "comes", "came"})
LYING = frozenset(
    {"lie", "lay", "hang", "hung", "stand", "stood", "litter", "littered", "line", "lined", "cover", "covered", "fill"}
    | {"rattle", "rattled", "gleam", "gleamed", "roll", "rolled", "fall", "fell", "swing", "swung", "surround", "await"}
)
SEATED = frozenset({"sits", "sat", "sitting", "seated", "plays", "played", "playing", "works", "worked", "working"})
PLAYED_SITTING = frozenset(
    {"piano", "organ", "harpsichord", "harmonium", "harp", "cello", "drums", "typewriter", "loom", "easel"}
    | {"spinning-wheel", "switchboard", "telegraph", "lathe"}
)


def shown(line: Sequence[Token], phrase: Phrase) -> float:
    """What it adds to the weight of a phrase that a person has the thing ready, looks at it, speaks through it or plays it."""
    if phrase.sort is Sort.SURE:
        seen = _ready(line, phrase) + _channel(line, phrase) + _used(line, phrase) + _lying(line, phrase)
        return seen + _undergoing(line, phrase)
    seated = phrase.head in PLAYED_SITTING and _led_by(line, phrase, SEATED, frozenset({"at"}))
    return PLAYED if seated else 0.0


def listed(line: Sequence[Token], phrase: Phrase) -> float:
    """What it adds that a bare word is an item of a list, or all of a sentence: `Buckets, brooms.`"""
    first, after = phrase.lead, phrase.last + 1
    if phrase.determiner or phrase.sort is not Sort.SURE:
        return 0.0
    begins = _begins(line, first) or (line[first].joined and line[first - 1].low == "and")
    return LISTED if begins and (_begins(line, after) or line[after].low == "and") else 0.0


def _lying(line: Sequence[Token], phrase: Phrase) -> float:
    """What it adds that things lie or stand about: `Cups litter the desk`."""
    after = phrase.last + 1
    if after >= len(line) or phrase.sort is not Sort.SURE or not line[phrase.lead].opens:
        return 0.0
    return LIES if line[after].joined and line[after].low in LYING else 0.0


def _undergoing(line: Sequence[Token], phrase: Phrase) -> float:
    """What it adds that hands do something with the thing: `dice are used`, `the rope was quickly cut`."""
    at = phrase.last + 1
    if at + 1 >= len(line) or not line[at].joined or line[at].low not in PASSIVE:
        return 0.0
    at += 2 if line[at + 1].low.endswith("ly") else 1
    done = at < len(line) and line[at].joined and is_handling(line[at].low)
    return UNDERGOES if done and not line[at].low.endswith(("ing", "s")) else 0.0


def _ready(line: Sequence[Token], phrase: Phrase) -> float:
    """`Notebook out, she waits`: a part of a sentence of its own."""
    if phrase.last + 1 >= len(line) or not _begins(line, phrase.lead):
        return 0.0
    state = line[phrase.last + 1]
    ends = _begins(line, phrase.last + 2)
    return READY if state.joined and state.low in HELD_OUT and ends else 0.0


def _channel(line: Sequence[Token], phrase: Phrase) -> float:
    """`(into phone)`: a preposition and the thing are all that is told."""
    before = phrase.lead - 1
    alone = before >= 0 and line[before].opens and line[before].low in CHANNELS
    ends = phrase.last + 1 == len(line) or line[phrase.last + 1].opens
    return THROUGH if alone and ends else 0.0


def _used(line: Sequence[Token], phrase: Phrase) -> float:
    if _led_by(line, phrase, BENT, frozenset({"over"})) or _led_by(line, phrase, WORKING, frozenset({"with", "at"})):
        return THROUGH
    if phrase.head in INKS and not phrase.determiner and _led_by(line, phrase, WRITING, frozenset({"in"})):
        return WRITTEN
    if phrase.determiner == "the" and _led_by(line, phrase, WALKING, frozenset({"to", "towards", "toward"})):
        return VISITED
    owned = phrase.determiner in POSSESSIVES or is_possessive(phrase.determiner)
    if _led_by(line, phrase, LOOKING, frozenset({"at", "through", "into"} if owned else {"through"})):
        return READ
    return THROUGH if _led_by(line, phrase, SPEAKING, frozenset({"on", "into", "through"})) else 0.0


def _led_by(line: Sequence[Token], phrase: Phrase, verbs: frozenset[str], prepositions: frozenset[str]) -> bool:
    """Whether one of these verbs stands shortly before one of these prepositions and the phrase."""
    at = phrase.lead - 1
    if at < 1 or line[at].low not in prepositions or line[at].opens or not line[phrase.lead].joined:
        return False
    return any(token.low in verbs for token in line[max(0, at - REACH) : at])


def _begins(line: Sequence[Token], at: int) -> bool:
    return at >= len(line) or line[at].opens or "," in line[at].gap
