"""Props: phrases in capitals in the action that are things, not people, places, noises or camera talk."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from extraction.domain.engine.capitals import Phrase, determines
from extraction.domain.engine.naming import POSSESSIVE, Key, name_key
from extraction.domain.engine.places import Place
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import (
    CAMERA,
    CONJUNCTIONS,
    PLACES,
    PREPOSITIONS,
    SIGNS,
    UNHELD,
    is_person_noun,
    is_sound_or_verb,
    is_sounding_thing,
    singular,
)

INFLECTED = re.compile(r"(?:[^S]S|ED|ING)$")
PART_OF = re.compile(r"\b(?:OF|IN|WITH|FROM|AT|ON|FOR)\b")
MAX_WORDS = 4
REACH = 4


@dataclass(slots=True)
class Thing:
    """A prop: its names by key and where it is introduced."""

    names: dict[Key, str]
    introduction: Phrase

    @property
    def key(self) -> Key:
        """The fullest name."""
        return max(self.names, key=lambda key: (len(key), sum(map(len, key))))


def find_things(survey: Survey, names: Iterable[Key], places: Iterable[Place]) -> list[Thing]:
    """Props in order of appearance; `names` are those of the characters."""
    taken = frozenset(names) | _room_names(places)
    things: dict[Key, Thing] = {}
    for phrase in survey.phrases:
        key = thing_key(phrase.text)
        if key and _is_thing(phrase) and name_key(phrase.text) not in taken:
            things.setdefault(key, Thing({key: phrase.text}, phrase))
    return _merge(things)


def thing_key(text: str) -> Key:
    """A name's key with its last word in the singular: THE BRASS KEYS and BRASS KEY are one."""
    key = name_key(text)
    return (*key[:-1], singular(key[-1])) if key else ()


def _is_thing(phrase: Phrase) -> bool:
    words = phrase.words
    head = name_key(PART_OF.split(phrase.text)[0]) or name_key(phrase.text)
    low = [word.casefold() for word in words]
    if POSSESSIVE.search(words[-1]):
        return False
    if not head or len(words) > MAX_WORDS or set(low) & CAMERA or set(low) <= UNHELD:
        return False
    if head[-1] in UNHELD or head[-1] in PLACES or is_person_noun(head[-1]) or _is_noise(phrase, head):
        return False
    if (phrase.before[-1:] == (":",) and set(phrase.before) & SIGNS) or set(phrase.before[-2:]) & SIGNS:
        return False
    return _stands_as_noun(phrase)


def _is_noise(phrase: Phrase, head: Key) -> bool:
    return is_sound_or_verb(head[-1]) and not (phrase.determined and is_sounding_thing(name_key(phrase.text), head[-1]))


def _stands_as_noun(phrase: Phrase) -> bool:
    """Whether what comes before makes the phrase a noun: an article, a preposition, an adjective after an article."""
    if phrase.determined:
        return True
    if phrase.alone or not phrase.before:
        return False
    previous = phrase.before[-1]
    verbal = len(phrase.words) == 1 and INFLECTED.search(phrase.text) is not None
    if previous in PREPOSITIONS:
        return True
    if previous in CONJUNCTIONS or previous == ":":
        return not verbal
    return not verbal and any(determines(word) for word in phrase.before[-REACH:])


def _room_names(places: Iterable[Place]) -> frozenset[Key]:
    """The names in the headings, whole and in runs of two words and more."""
    rooms = {part for place in places for part in place.key}
    return frozenset(
        room[start:end]
        for room in rooms
        for start in range(len(room))
        for end in range(start + 1, len(room) + 1)
        if end - start > 1 or end - start == len(room)
    )


def _merge(things: dict[Key, Thing]) -> list[Thing]:
    """LOG is the SALVAGE LOG when no other log is introduced; a short name for several things is dropped."""
    longer: defaultdict[Key, list[Key]] = defaultdict(list)
    for key in things:
        for cut in range(1, len(key)):
            longer[key[cut:]].append(key)
    endings = Counter({key: len(full) for key, full in longer.items()})
    kept = {key: thing for key, thing in things.items() if endings[key] == 0}
    for key, thing in things.items():
        if endings[key] == 1 and longer[key][0] in kept:
            kept[longer[key][0]].names |= thing.names
    return list(kept.values())
