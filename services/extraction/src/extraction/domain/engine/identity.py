"""Which names are one person: FINCH is LEOPOLD FINCH, YOUNG INES is not INES."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.person import Person
from extraction.domain.engine.words import AGE_WORDS, HONORIFICS, SMALL_WORDS, TITLES, is_person_noun, singular


def merge_people(people: Mapping[Key, Person]) -> list[Person]:
    """One person for names that are short for exactly one longer name, in order of appearance."""
    longer: defaultdict[Key, list[Key]] = defaultdict(list)
    for key in people:
        for part in set(short_forms(key)):
            longer[part].append(key)
    roles = _roles(people)
    merged: dict[Key, Person] = {}
    for key in sorted(people, key=len, reverse=True):
        target = _fuller(key, people, longer) or _by_role(key, people, roles)
        if target in merged and merged[target] is not people[key]:
            merged[target].join(people[key])
            merged[key] = merged[target]
        else:
            merged[key] = people[key]
    unique = {id(merged[key]): merged[key] for key in people}
    return sorted(unique.values(), key=lambda person: person.first_line)


def short_forms(key: Key) -> Iterator[Key]:
    """Shorter names a full name goes by: its last words, and its first and middle ones unless it ends in a calling.

    A WOMAN IN RED is the WOMAN and nothing else.
    """
    small = next((at for at, word in enumerate(key) if at and word in SMALL_WORDS), None)
    if small is not None:
        yield key[:small]
        return
    calling = is_person_noun(key[-1]) or key[-1].lstrip("#").isdigit()
    leading = 1 if key[0] in AGE_WORDS | HONORIFICS else 0
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


def _fuller(key: Key, people: Mapping[Key, Person], longer: Mapping[Key, Sequence[Key]]) -> Key | None:
    candidates = [full for full in longer.get(key, ()) if not _another_face(key, full, people)]
    return candidates[0] if len(candidates) == 1 else None


def _another_face(short: Key, full: Key, people: Mapping[Key, Person]) -> bool:
    """YOUNG INES is not INES when both speak or INES has an introduction; MRS HALE is not a HALE she speaks with."""
    if full[0] in TITLES and short[0] not in TITLES:
        return people[short].speaks_beside(people[full])
    if full[0] not in AGE_WORDS or short[0] in AGE_WORDS:
        return False
    both_speak = bool(people[short].cues and people[full].cues)
    return short != full[1:] or both_speak or people[short].introduction is not None


def _by_role(key: Key, people: Mapping[Key, Person], roles: Mapping[str, Sequence[Key]]) -> Key | None:
    """HARBOURMASTER is LEOPOLD FINCH (60s, the harbourmaster) when nobody else is introduced as one."""
    if len(key) > 1 or people[key].introduction is not None:
        return None
    named = roles.get(key[0], ())
    return named[0] if len(named) == 1 and len(named[0]) > 1 else None


def _roles(people: Mapping[Key, Person]) -> Mapping[str, Sequence[Key]]:
    """Callings told in introductions, with the keys of whom they tell."""
    roles: defaultdict[str, list[Key]] = defaultdict(list)
    for key, person in people.items():
        for word in set(name_key(person.detail)):
            if is_person_noun(singular(word)):
                roles[word].append(key)
    return roles
