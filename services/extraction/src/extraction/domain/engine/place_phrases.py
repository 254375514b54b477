"""Noun phrases of places in running text, and how surely somebody is there: `into a small passage`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.domain.engine.capitals import Token, tokens
from extraction.domain.engine.naming import POSSESSIVE, bare_word
from extraction.domain.engine.place_words import (
    GENERIC,
    INDOORS,
    INTO,
    KEEPING,
    NEITHER,
    PARTS,
    PLACE_NOUNS,
    PLURAL_PLACES,
    TOWARDS,
    UNREAL,
    UPON,
    VESSELS,
    is_place_noun,
)
from extraction.domain.engine.props.grammar import is_handling, is_material
from extraction.domain.engine.props.lexicon import longest_name
from extraction.domain.engine.prose_verbs import PRESENT
from extraction.domain.engine.words import TITLES, VERBS, singular, word_set

PLAIN_GAP = re.compile(r"\s+|,\s+|\s?-\s?")
CLAUSE_GAP = re.compile(r"[.!?;:\u2026\"\u201c\u201d\u2018(]|--|\u2014")
STOPPERS = word_set(
    "i you he she it we they me him us them who whom whose which what that when where while because and or but if as so than then not "
    "is are was were be been being am has have had having do does did will would shall should can could may might must "
    "there here very too also only just even still ever never in on at to of for from with by into onto upon through across along "
    "over under up down out off about around against towards toward within without between among before after behind beside "
    "beyond near past inside outside aboard like until till since",
)
FOLLOWING = (
    STOPPERS
    | VERBS
    | word_set(
        "the a an his her their its my our your this these those lit led lay stood went came ran built began grew became hung shone "
        "opened looked seemed belonged rose fell held kept made met all now again once alone together both nor yet though although "
        "save except whence whither how why every each some any no one two three last next first beneath above below underneath "
        "back known kept hidden shut seen set full wide deep high empty open dark bare alone called named whence close near far "
        "opposite round amid amidst ere lies stretched smelled smelt felt gave took left sat slept lived looks seems stands",
    )
)
ARRIVING = word_set(
    "went go goes came come comes retired returned return returns ran walked hurried repaired drove rode got led brought carried "
    "taken climbed sailed hastened moved travelled traveled journeyed flew fled crept rushed back way down up over "
    "arrived arrives arrive walks runs drives rides hurries leads brings followed pursued withdrew",
)
WENT = word_set(
    "went came returned ran walked hurried repaired drove rode got climbed hastened moved fled crept rushed retired withdrew"
)
MOVING = word_set(
    "arrive go come return run walk hurry drive row ride sail climb creep flee hike march fly rush race stumble wander stride step "
    "head travel follow chase lead bring take carry drag descend ascend retreat limp slip sneak dash swim cycle crawl cross escape "
    "burst break enter reach",
)
MOVING_NOW = MOVING | {
    f"{verb[:-1]}ies"
    if verb in {"hurry", "carry", "fly"}
    else f"{verb}es"
    if verb.endswith(("sh", "ch", "ss", "go"))
    else f"{verb}s"
    for verb in MOVING
}
"""Verbs by which a story in the present tense takes somebody somewhere."""
REACHING = word_set(
    "to at into onto through down up across along inside towards toward in on aboard enters enter reaches reach"
)
SUPERLATIVE = re.compile(
    r"first|second|last|best|worst|most|least"
    r"|(?!forest|interest|harvest|tempest|honest|earnest|request|protest|arrest|modest|conquest|manifest)[a-z]{3,}est"
)
"""`the first in the field`, `the oldest in the village`: nobody need be there."""
NOT_NOW = word_set("to would will could can should shall may might must did do not never the a an his her their")
NEW_CLAUSE = word_set("and but who that which as while when where then")
TELLING = word_set("was were is are stood lay looked seemed had has went ran led smelled felt stands lies opened rose")
FROM_AFAR = word_set(
    "spat looked looks looking gazed gazing stared staring threw thrown flung glanced peered pointed pointing aimed shouted"
)
THERE_IS = word_set("was were stood lay is are appeared rose stands lies")
COMPOUNDERS = word_set(
    "dining drawing sitting living waiting swimming parking skating landing riding police railway fire post town court school farm country public boarding lodging coffee tea "
    "ball bed bath class dressing throne billiard engine control card store counting sewing smoking guest guard tap wine ale opera "
    "market village parish river sea lake mountain train bus subway power gas garden summer light boat ware green spare reading "
    "music common front back upper lower inner outer side prison hospital hotel ship's captain's servants' operating emergency",
)
UNREAL_TENSE = word_set("had would could should might if used ago")
MAX_MODIFIERS, SUBJECT_REACH = 5, 4
REACH = 8
COME_TO, IN_IT, ON_IT, BY_IT, SET, TOLD, NAMED = 2.25, 2.0, 1.5, 0.75, 1.49, 1.0, 0.4
MANY = 0.1
TIMETABLE = word_set("last first next early late morning noon evening night midnight daily weekly")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a sentence: its head noun with the words before it, and how surely somebody is there.

    `there` tells it by the words alone, `weight` is less where the sentence is of another time.
    """

    head: str
    modifiers: tuple[str, ...]
    text: str
    start: int
    weight: float
    there: float


def spots(text: str) -> Iterator[Spot]:
    """The places that a text with its speech blanked out names, in reading order."""
    words = tokens(text)
    for at, word in enumerate(words):
        bare = bare_word(word.text)
        if is_place_noun(bare) or is_place_noun(singular(bare)) or _are_steps(words, at):
            found = _phrase(text, words, at)
            if found is not None:
                yield found


def _are_steps(words: Sequence[Token], at: int) -> bool:
    """Whether steps, or an escape, are stairs: the cellar steps, the fire escape."""
    if not at or words[at].gap != " ":
        return False
    before, low = bare_word(words[at - 1].text), words[at].text
    return (low == "steps" and is_place_noun(before)) or (low == "escape" and before == "fire")


def _phrase(text: str, words: Sequence[Token], at: int) -> Spot | None:
    """The noun phrase that ends at a word, None when the word is no head of one."""
    if not _ends_phrase(words, at) or words[at].text[0].isupper():
        return None
    first = _determiner(words, at)
    if first is None or _measures(words, first, at):
        return None
    there, now = _weight(words, first, at)
    head = bare_word(words[at].text)
    modifiers = [bare_word(word.text) for word in words[first + 1 : at]]
    if there <= 0 or (head in VESSELS and not TIMETABLE.isdisjoint(modifiers)):
        return None
    if POSSESSIVE.search(words[first].text) and words[first].text[0].isupper():
        modifiers.insert(0, words[first].text)
    if modifiers and (modifiers[-1] in COMPOUNDERS or _is_noun(modifiers[-1], head)):
        head = f"{modifiers.pop()}-{head}"
    begin = words[first].start if modifiers[:1] == [words[first].text] else words[min(first + 1, at)].start
    return Spot(head, tuple(modifiers), POSSESSIVE.sub("", text[begin : words[at].end]), begin, there * now, there)


def _ends_phrase(words: Sequence[Token], at: int) -> bool:
    """Whether a noun is the last of its phrase: not the garden of a GARDEN GATE."""
    if at + 1 == len(words) or words[at + 1].gap.strip():
        return True
    if POSSESSIVE.search(words[at].text):
        return False
    following = words[at + 1].text.casefold()
    if words[at + 1].text[0].isupper():
        return True
    return following in FOLLOWING or following.endswith(("ed", "ing", "ly"))


def _is_noun(word: str, head: str) -> bool:
    """Whether a word before a place noun, its head, is one itself, so that both are its name: bell tower, harbour office, loading bay."""
    thing = longest_name([word]) is not None or f"{word}-{head}" in PLACE_NOUNS or is_place_noun(word) or word == "fire"
    return (thing or (word.endswith("ing") and is_handling(word))) and not is_material(word)


def _measures(words: Sequence[Token], first: int, at: int) -> bool:
    """Whether a yard is a length and a path a course: `within a yard of`, `in its path`."""
    if bare_word(words[at].text) == "path":
        return words[first].text.casefold() in {"its", "his", "her", "their", "my", "our"}
    if not bare_word(words[at].text).startswith("yard") or at - first > 1:
        return False
    of = at + 1 < len(words) and words[at + 1].text == "of"
    return of or not {"the", "his", "her", "their"} & {words[first].text.casefold()}


def _determiner(words: Sequence[Token], at: int) -> int | None:
    """Index of the article or possessive that opens the phrase."""
    for index in range(at - 1, max(-1, at - 2 - MAX_MODIFIERS), -1):
        if not PLAIN_GAP.fullmatch(words[index + 1].gap):
            return None
        low = words[index].text.casefold()
        if low in NEITHER or low in GENERIC or (POSSESSIVE.search(words[index].text) and low not in TITLES):
            return index
        joins = low in {"and", "or"} and index < at - 1
        if low in STOPPERS and low != "very" and not joins:
            return None
    return None


def _weight(words: Sequence[Token], first: int, at: int) -> tuple[float, float]:
    """How surely somebody is there by the words alone, and how much the sentence is of here and now."""
    before = [word.text.casefold() for word in words[max(0, first - REACH) : first]]
    gaps = [word.gap for word in words[max(0, first - REACH) : first + 1]]
    cut = next((index for index in range(len(gaps) - 1, -1, -1) if CLAUSE_GAP.search(gaps[index])), -1)
    before = before[max(cut, 0) :] if cut >= 0 else before
    if before[-3:] == ["as", "far", "as"]:
        before = [*before[:-3], "to"]
    if len(before) > 1 and before[-1] in {"in", "on"} and SUPERLATIVE.fullmatch(before[-2]):
        return 0.0, 0.0
    if set(before[-3:]) & UNREAL or words[first].text.casefold() in GENERIC - {"another", "both"}:
        return 0.0, 0.0
    noun = bare_word(words[at].text)
    if _is_told_to_be(before):
        return IN_IT, 1.0
    come_to = _is_come_to(before) or _sets_the_scene(before, words, at)
    value = COME_TO if come_to else _relation(before, words, first, at)
    several = singular(noun) != noun and noun not in PLURAL_PLACES and "one" not in before[-2:]
    return value * (MANY if several else 1.0), _told_only(before)


def _told_only(before: list[str]) -> float:
    """Less for a place of another time (`she had learnt in the schoolroom`) or of a thing (`the clock which stands in`)."""
    return (0.6 if set(before) & UNREAL_TENSE else 1.0) * (0.7 if set(before) & {"which", "that", "whose"} else 1.0)


def _relation(before: list[str], words: Sequence[Token], first: int, at: int) -> float:
    if before and before[-1] == "of":
        return _through_of(before)
    keeps = before and before[-1] in KEEPING and words[first].text.casefold() != "the"
    if keeps or (before and before[-1] in INTO | UPON):
        from_afar = bool(set(before[-3:-1]) & FROM_AFAR)
        return BY_IT if from_afar else IN_IT if before[-1] in INTO else ON_IT
    if before and before[-1] in TOWARDS:
        arrives = before[-1] in {"to", "towards", "toward"} and bool(set(before[-4:-1]) & ARRIVING)
        inside = before[-1] == "to" and bare_word(words[at].text).rsplit("-", 1)[-1] in INDOORS
        return IN_IT if inside and _went(before) else ON_IT if arrives else BY_IT
    opens = not before and words[first].text.casefold() in {"the", "this", "his", "her", "their", "a", "an"}
    if opens and _stands_alone(words, at):
        return IN_IT
    tells = at + 1 < len(words) and words[at + 1].text.casefold() in TELLING and not words[at + 1].gap.strip()
    if opens and tells:
        return SET
    return TOLD if (tells and len(before) <= 2) or (before and before[-1] in THERE_IS) else NAMED


def _is_come_to(before: Sequence[str]) -> bool:
    """Whether somebody comes to the place as the story is told: `drives the van to`, `flees through`, `and onto`."""
    if not before or before[-1] not in REACHING:
        return False
    for at in range(len(before) - 1, -1, -1):
        if before[at] in MOVING_NOW and (before[at] not in MOVING or at == 0 or before[at - 1] not in NOT_NOW):
            return True
        if before[at] in NEW_CLAUSE and at < len(before) - 2:
            return False
    return False


def _went(before: Sequence[str]) -> bool:
    """Whether somebody went there as the story is told: `hurried to`, `got to`, not `had hurried to`."""
    return len(before) > 1 and before[-2] in WENT and not set(before[-4:-2]) & (NOT_NOW | UNREAL_TENSE)


def _is_told_to_be(before: Sequence[str]) -> bool:
    """Whether it is told what the place of the story is: `this bleak place overgrown with nettles was`."""
    if not before or before[-1] not in {"was", "is"} or "place" not in before:
        return False
    at = before.index("place")
    return "this" in before[max(0, at - 2) : at]


def _sets_the_scene(before: Sequence[str], words: Sequence[Token], at: int) -> bool:
    """Whether the place leads a sentence that goes on with what somebody does there now: `In the garden Ann digs`."""
    if len(before) != 1 or before[0] not in {"in", "at", "inside"}:
        return False
    for word, following in pairwise(words[at + 1 : at + 1 + SUBJECT_REACH]):
        if word.gap.strip(" ,") or following.gap != " ":
            return False
        named = word.text[0].isupper() or word.text in {"he", "she"}
        if named and PRESENT.fullmatch(following.text):
            return True
    return False


def _stands_alone(words: Sequence[Token], at: int) -> bool:
    """Whether the sentence is but the place, as treatments set a scene: `A kitchen at dawn.`"""
    following = words[at + 1 : at + 5]
    end = next((index for index, word in enumerate(following) if "." in word.gap), None)
    if end == 0:
        return True
    reach = len(following) if end is None and at + 5 > len(words) else end
    return reach is not None and bool(following) and following[0].text.casefold() in {"at", "in", "on", "by"}


def _through_of(before: list[str]) -> float:
    """`in the middle of the room` and `to the seclusion of one of his abbeys` are there, `the owner of the house` not."""
    inner = before[:-1]
    for index in range(len(inner) - 1, -1, -1):
        if inner[index] in INTO | UPON | TOWARDS:
            partly = set(inner[index + 1 :]) & PARTS or inner[index] == "out"
            arrives = inner[index] == "to" and set(inner[:index][-3:]) & ARRIVING
            return (ON_IT if arrives or inner[index] not in TOWARDS else BY_IT) if partly else NAMED
    return NAMED
