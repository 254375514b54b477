"""Slips of the pen in cues: a MARGERET who speaks once is the MARGARET who speaks all the time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from extraction.domain.engine.given_names import is_given
from extraction.domain.engine.naming import Key
from extraction.domain.engine.person import Person

SHORTEST = 5
OFTEN = 4


def misspelt(people: Mapping[Key, Person]) -> dict[Key, Key]:
    """Names that speak once and are one letter away from exactly one that speaks often, with that name."""
    often: defaultdict[str, set[Key]] = defaultdict(set)
    for key, person in people.items():
        if len(person.cues) >= OFTEN and _long(key):
            for form in _without_a_letter(key[0]):
                often[form].add(key)
    found: dict[Key, Key] = {}
    for key, person in people.items():
        if len(person.cues) == 1 and _long(key) and person.introduction is None and not is_given(key[0]):
            near = {each for form in _without_a_letter(key[0]) for each in often.get(form, ()) if each != key}
            if len(near) == 1:
                found[key] = near.pop()
    return found


def _long(key: Key) -> bool:
    return len(key) == 1 and SHORTEST <= len(key[0]) <= 40 and key[0].isalpha() and key[0].isascii()


def _without_a_letter(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words that share one of these differ in one letter."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
