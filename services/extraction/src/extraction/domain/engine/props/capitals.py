"""Things that a script writes in capitals and no list knows: they count when a hand has them."""

import re
from collections.abc import Container, Iterable, Iterator

from extraction.domain.engine.capitals import Phrase, determines
from extraction.domain.engine.naming import POSSESSIVE, Key, name_key
from extraction.domain.engine.props.gathering import Mention
from extraction.domain.engine.props.grammar import ARTICLES, heads_a_name, is_handling
from extraction.domain.engine.props.lexicon import longest_name, parted
from extraction.domain.engine.props.texts import Telling
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
)

INFLECTED = re.compile(r"(?:[^S]S|ED|ING)$")
NEXT = re.compile(r" ([a-z]+)\b")
PART_OF = re.compile(r"\b(?:OF|IN|WITH|FROM|AT|ON|FOR)\b")
MAX_WORDS = 4
REACH = 4
HANDLED = 4.0


def mentions_in_capitals(phrases: Iterable[Phrase], names: Container[str], taken: Container[Key]) -> Iterator[Mention]:
    """Phrases in capitals that stand as nouns after a verb for what hands do.

    `names` are words of the names of people, `taken` whole names of people and places.
    """
    for phrase in phrases:
        key = name_key(phrase.text)
        named = key in taken or any(word in names for word in key)
        if key and not named and longest_name(key) is None and _is_thing(phrase) and _is_handled(phrase):
            yield _mention(phrase, key)


def _is_handled(phrase: Phrase) -> bool:
    near = phrase.before[-REACH:]
    clause = near[len(near) - near[::-1].index(",") :] if "," in near else near
    return any(is_handling(word) for word in clause)


def _mention(phrase: Phrase, key: Key) -> Mention:
    *before, head = [*key[:-1], *parted(key[-1])]
    return Mention(
        passage=phrase.passage,
        telling=Telling.ACTION,
        start=phrase.start,
        end=phrase.end,
        name=phrase.text,
        others=(),
        head=head,
        content="",
        marks=frozenset(before),
        introduced=bool(ARTICLES & set(phrase.before[-1:])),
        described=False,
        weight=HANDLED,
    )


def _is_thing(phrase: Phrase) -> bool:
    words = phrase.words
    head = name_key(PART_OF.split(phrase.text)[0]) or name_key(phrase.text)
    low = [word.casefold() for word in words]
    if POSSESSIVE.search(words[-1]) or _is_label(phrase):
        return False
    if not head or len(words) > MAX_WORDS or set(low) & CAMERA or set(low) <= UNHELD:
        return False
    if head[-1] in UNHELD or head[-1] in PLACES or is_person_noun(head[-1]) or _is_noise(phrase, head):
        return False
    if (phrase.before[-1:] == (":",) and set(phrase.before) & SIGNS) or set(phrase.before[-2:]) & SIGNS:
        return False
    return _stands_as_noun(phrase)


def _is_label(phrase: Phrase) -> bool:
    """Whether the capitals only say which one of its kind a thing is: the PAUSE button."""
    following = NEXT.match(phrase.passage.text, phrase.end)
    return following is not None and (heads_a_name(following[1]) or longest_name([following[1]]) is not None)


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
