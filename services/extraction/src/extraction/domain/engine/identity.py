"""Which names are one person: FINCH is LEOPOLD FINCH, YOUNG INES is not INES, MRS HALE is not LEWIS HALE."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extraction.domain.engine.given_names import FEMALE_TITLES, gender, is_given
from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.person import Person
from extraction.domain.engine.spelling_slips import misspelt
from extraction.domain.engine.words import (
    AGE_WORDS,
    HONORIFICS,
    SMALL_WORDS,
    TITLES,
    is_person_noun,
    singular,
    word_set,
)

TITLE_FORMS = {
    "sgt": "sergeant",
    "dr": "doctor",
    "capt": "captain",
    "cpt": "captain",
    "lt": "lieutenant",
    "col": "colonel",
    "gen": "general",
    "det": "detective",
    "insp": "inspector",
    "prof": "professor",
    "ofc": "officer",
    "rev": "reverend",
    "cmdr": "commander",
    "cpl": "corporal",
    "pvt": "private",
    "supt": "superintendent",
    "st": "saint",
    "mister": "mr",
    "missis": "mrs",
}
MERE_TITLES = HONORIFICS | word_set("miss st saint")
"""Titles that are no way to call somebody by themselves."""
ORDINALS = {
    word: str(number)
    for number, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th"), 1)
    for word in words.split()
}
CARDINALS = {word: str(number) for number, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)}
SAME_CALLING = (
    word_set("lawyer attorney solicitor barrister advocate counsel counsellor"),
    word_set("doctor physician surgeon medic"),
    word_set("policeman constable officer cop bobby patrolman"),
    word_set("mother mum mom mommy mummy mama mamma ma"),
    word_set("father dad daddy papa pa pop"),
    word_set("priest vicar parson minister pastor reverend clergyman preacher curate"),
    word_set("grandmother grandma granny gran nana"),
    word_set("grandfather grandpa granddad gramps"),
    word_set("servant footman manservant butler"),
    word_set("boss chief"),
)
CALLINGS = {word: group for group in SAME_CALLING for word in group}


def merge_people(people: Mapping[Key, Person]) -> list[Person]:
    """One person for names that are short for exactly one longer name, in order of appearance."""
    longer: defaultdict[Key, list[Key]] = defaultdict(list)
    for key in people:
        for part in {canonical(part) for part in short_forms(key)} | _titled_forms(key):
            longer[part].append(key)
    alike: dict[Key, Key] = {}
    for key in people:
        alike.setdefault(canonical(key), key)
    roles = _roles(people)
    meant = misspelt(people)
    fuller: dict[int, Person] = {}
    for key in sorted(people, key=len, reverse=True):
        again = alike[canonical(key)]
        target = again if again != key else _fuller(key, people, longer) or _by_role(key, people, roles)
        target = target or meant.get(key)
        short, full = _root(people[key], fuller), _root(people[target or key], fuller)
        if short is not full:
            fuller[id(short)] = full
            full.join(short)
    unique = {id(person): person for person in people.values() if id(person) not in fuller}
    return sorted(unique.values(), key=lambda person: person.first_seen)


def _root(person: Person, fuller: Mapping[int, Person]) -> Person:
    while id(person) in fuller:
        person = fuller[id(person)]
    return person


def canonical(key: Key) -> Key:
    """A key with its title written out and its number last: SGT. WICKS is SERGEANT WICKS, SECOND COP is COP #2."""
    if len(key) > 1 and key[0] in ORDINALS:
        return (*key[1:], ORDINALS[key[0]])
    if len(key) > 1 and (key[-1] in CARDINALS or key[-1].startswith("#")):
        return (*key[:-1], CARDINALS.get(key[-1], key[-1].lstrip("#")))
    return (TITLE_FORMS.get(key[0], key[0]), *key[1:])


def core(key: Key) -> Key:
    """A name without its titles; the title alone when there is nothing else."""
    start = next((at for at, word in enumerate(canonical(key)) if TITLE_FORMS.get(word, word) not in TITLES), 0)
    return key[start:]


def plain_name(key: Key) -> Key:
    """A full name without what somebody is: HEAD NURSE ANNA PELL is ANNA PELL; the key itself when nothing goes."""
    given = next(
        (at for at, word in enumerate(key[:-1]) if at and is_given(word) and key[at - 1] not in SMALL_WORDS), 0
    )
    if given:
        return key[given:] if not is_given(key[0]) and key[0] not in AGE_WORDS else key
    bare = core(key)
    return bare if len(bare) > 1 else key


def short_forms(key: Key) -> Iterator[Key]:
    """Shorter names a full name goes by: its last words, and its first and middle ones unless it ends in a calling.

    A WOMAN IN RED is the WOMAN and nothing else.
    """
    small = next((at for at, word in enumerate(key) if at and word in SMALL_WORDS), None)
    if small is not None:
        yield key[:small]
        return
    named = key[0] in TITLES or is_given(key[0])
    calling = (is_person_noun(key[-1]) and not named) or key[-1].lstrip("#").isdigit()
    leading = 1 if key[0] in AGE_WORDS | MERE_TITLES else 0
    for cut in range(1, len(key)):
        if not key[cut].lstrip("#").isdigit():
            yield key[cut:]
        if not calling and cut > leading:
            yield key[:cut]
            if cut > 1:
                yield key[cut - 1 : cut]


def known_parts(keys: Iterable[Key]) -> frozenset[Key]:
    """The names and all their short forms."""
    return frozenset(part for key in keys for part in (key, *short_forms(key)))


def _titled_forms(key: Key) -> set[Key]:
    """SERGEANT DALE WICKS is SERGEANT WICKS too, and LEWIS HALE is MR HALE."""
    bare = core(key)
    untold = len(bare) == len(key) and is_person_noun(bare[-1])
    if len(bare) < 2 or bare[0] in AGE_WORDS or untold:
        return set()
    titles = canonical(key)[: len(key) - len(bare)] or tuple(sorted(TITLES - AGE_WORDS))
    return {(title, bare[-1]) for title in titles}


def _fuller(key: Key, people: Mapping[Key, Person], longer: Mapping[Key, Sequence[Key]]) -> Key | None:
    found = [full for full in dict.fromkeys(longer.get(canonical(key), ())) if full != key]
    candidates = [full for full in found if not _another_face(key, full, people)]
    candidates = [full for full in candidates if full[0] not in AGE_WORDS] or candidates
    if len(candidates) > 1:
        apart = [full for full in candidates if not _speaks_by_first_name(key, full, people)]
        candidates = _one_name(apart or candidates)
    return candidates[0] if len(candidates) == 1 else None


def _speaks_by_first_name(short: Key, full: Key, people: Mapping[Key, Person]) -> bool:
    """Whether LIV speaks beside OSTBY, who then is another OSTBY than LIV OSTBY."""
    first = people.get(core(full)[:1])
    return first is not None and len(core(full)) > 1 and short != core(full)[:1] and people[short].speaks_beside(first)


def _one_name(candidates: list[Key]) -> list[Key]:
    """The longest of names that are all short for it: WICKS is SERGEANT DALE WICKS beside SERGEANT WICKS."""
    longest = max(candidates, key=len)
    covered = {canonical(part) for part in short_forms(longest)} | _titled_forms(longest)
    return [longest] if all(each == longest or canonical(each) in covered for each in candidates) else candidates


def _another_face(short: Key, full: Key, people: Mapping[Key, Person]) -> bool:
    """YOUNG INES is not INES when both speak or INES has an introduction; MRS HALE is not a HALE she speaks with."""
    first, second = gender(canonical(short)), gender(canonical(full))
    if first and second and first != second:
        return True
    if _both_told(short, full, people) or (people[short].listed and people[full].listed):
        return True
    if short[0] in FEMALE_TITLES | {"mr"} and full[0] not in TITLES:
        return second is None and _are_two(short, full, people)
    if full[0] in FEMALE_TITLES and short[0] not in TITLES:
        return len(full) == 2 and people[short].speaks_beside(people[full])
    if full[0] not in AGE_WORDS or short[0] in AGE_WORDS:
        return False
    both_speak = bool(people[short].cues and people[full].cues)
    return short != full[1:] or both_speak or people[short].introduction is not None


def _are_two(short: Key, full: Key, people: Mapping[Key, Person]) -> bool:
    """Whether MRS OSTBY is of another age than LARS OSTBY, or speaks beside LARS."""
    ages = {people[short].age, people[full].age} - {None}
    forms = [people[form] for form in (full, full[:1], full[1:]) if form in people]
    return len(ages) > 1 or any(people[short].speaks_beside(form) for form in forms)


def _both_told(short: Key, full: Key, people: Mapping[Key, Person]) -> bool:
    """Whether prose calls one Mr White and the other Herbert, as it does with two people and not with one."""
    first = (full[0],) if full[0] not in TITLES else ()
    by_title = short[0] in HONORIFICS | {"miss"} and full[0] not in TITLES and len(people[short].told) > 0
    return by_title and first in people and len(people[first].told) > 0


def _by_role(key: Key, people: Mapping[Key, Person], roles: Mapping[str, Sequence[Key]]) -> Key | None:
    """HARBOURMASTER is LEOPOLD FINCH (60s, the harbourmaster) when nobody else is introduced as one."""
    person = people[key]
    if len(key) > 1:
        return None
    named = roles.get(key[0], ()) or [
        each for word in sorted(CALLINGS.get(key[0], ())) if not person.cues for each in roles.get(word, ())
    ]
    whose = {id(people[each]): each for each in named if each != key and people[each] is not person}
    target = next(iter(whose.values()), None) if len(whose) == 1 else None
    if target is None or (person.introduced_anew and (person.age or not people[target].listed)):
        return None
    return target if len(target) > 1 or not person.cues else None


def _roles(people: Mapping[Key, Person]) -> Mapping[str, Sequence[Key]]:
    """Callings told in introductions or part of a name, with the keys of whom they tell."""
    roles: defaultdict[str, list[Key]] = defaultdict(list)
    for key, person in people.items():
        told = {word for word in name_key(person.detail) if is_person_noun(singular(word)) or word in CALLINGS}
        ending = {key[-1]} & CALLINGS.keys() if len(key) > 1 and person.cues else set()
        for word in sorted(told | ending):
            roles[word].append(key)
    return roles
