"""Characters: who has a cue, and who is introduced in capitals as a person."""

import re
from collections.abc import Iterator

from extraction.domain.engine.capitals import Phrase
from extraction.domain.engine.identity import known_parts, merge_people, short_forms
from extraction.domain.engine.naming import POSSESSIVE, Key, name_key
from extraction.domain.engine.person import Person
from extraction.domain.engine.prose_names import prose_names
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import (
    CAMERA,
    FACELESS_CUES,
    GROUP_CUES,
    HONORIFICS,
    NAMING,
    SLUG_OPENERS,
    is_person_noun,
    is_sound_or_verb,
)
from extraction.domain.formats.cues import cue_name
from extraction.domain.formats.transitions import is_transition

_ABOUT = r"(?:(?:early|mid|late|about|around|maybe|barely|almost|nearly)[ -])*"
_YEARS = (
    rf"(?:(?:in )?(?:his|her|their) )?{_ABOUT}(?:"
    r"\d{1,3}(?:'?s)?\b(?![ -]?(?:feet|foot|ft|cm|m|km|miles?|inch|inches|pounds|dollars|%))|teens|twenties|thirties|"
    r"forties|fifties|sixties|seventies|eighties|nineties|middle-aged|ageless|elderly|any age|(?:all )?aged? \d{1,3})"
)
AGE_IN_BRACKETS = re.compile(rf"\s*\((?P<detail>[^()]{{0,30}}?(?P<age>\b{_YEARS})[^()]{{0,200}})\)", re.IGNORECASE)
AGE_AFTER_COMMA = re.compile(rf",\s+(?P<detail>(?P<age>{_YEARS})(?=[\s,.;:)-]|$)[^.;]{{0,120}})", re.IGNORECASE)
ANY_AGE = re.compile(r",\s+(?P<detail>[^.;()]{0,60}?\b(?P<age>any age)\b[^.;]{0,60})", re.IGNORECASE)
BEFORE_AGE = re.compile(r"(?:in )?(?:(?:his|her|their|all|aged?) )+", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\s*\((?P<detail>[^()]{1,200})\)")
APPOSITION = re.compile(r"\s*,\s+(?P<detail>(?:an?|the|his|her|their)\s+[^,.;()]{1,60})")
VOICE_OF = re.compile(r"['\u2019]S VOICE$|\s+VOICE$")
TOGETHER = re.compile(r"\s*(?:&|/|,|\+|\bAND\b|、)\s*")
OF = re.compile(r"\b(?:OF|IN|WITH|FROM|AT|ON)\b")
NAMED = re.compile(r",?\s+(?:named|called|nicknamed|known as)\s+")
MAX_CUE_WORDS = 6


def find_people(survey: Survey) -> list[Person]:
    """Everyone who speaks or is introduced as a person, one entry each, in order of appearance."""
    people: dict[Key, Person] = {}
    for scene, element in survey.cues:
        for name in _speakers(element.text):
            _person(people, name).cues.append((scene, element))
    if survey.prose:
        for told in prose_names(survey):
            _person(people, told.text).told.append(told)
    known = known_parts(people)
    last: Phrase | None = None
    for phrase in survey.phrases:
        if _is_person(phrase, known):
            person = _person(people, phrase.text)
            if last and _names_again(last, phrase):
                _unite(people, name_key(last.text), person)
            _introduce(person, phrase)
            last = phrase
    return merge_people(people)


def _person(people: dict[Key, Person], name: str) -> Person:
    key = name_key(name)
    name = POSSESSIVE.sub("", name)
    person = people.setdefault(key, Person())
    person.names.setdefault(key, name)
    return person


def _names_again(last: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase tells the name of the person before: `an OLD CLERK called WINIFRED`, `This is WINIFRED`."""
    if last.passage is not phrase.passage:
        return False
    between = phrase.passage.text[last.end : phrase.start]
    return NAMED.fullmatch(between) is not None or phrase.before[-2:] in {("this", "is"), ("it", "is")}


def _unite(people: dict[Key, Person], key: Key, person: Person) -> None:
    other = people[key]
    if other is not person:
        person.join(other)
        people[key] = person


def _speakers(cue: str) -> Iterator[str]:
    """The names of a cue: none for a crowd, a machine or a line that is no name; both for `MAEVE & FINCH`."""
    name = VOICE_OF.sub("", cue_name(cue)).strip()
    for part in TOGETHER.split(name):
        words = name_key(part)
        nameless = is_transition(part) or all(word in GROUP_CUES | FACELESS_CUES | CAMERA for word in words)
        if words and not nameless and not _is_slug(part, words) and not set(words) <= HONORIFICS:
            yield part


def _is_slug(part: str, words: Key) -> bool:
    """A line in capitals that stands where a cue could, but tells where or when: BACK AT THE BAR."""
    sentence = part.endswith(".") and len(words[-1]) > 2
    return sentence or len(words) > MAX_CUE_WORDS or words[0] in SLUG_OPENERS


def _introduce(person: Person, phrase: Phrase) -> None:
    age = _age(phrase)
    if person.introduction is None or (age and person.age is None):
        person.introduction = phrase
        person.detail = _detail(phrase)
    person.age = person.age or age


def _age(phrase: Phrase) -> str | None:
    for pattern in (AGE_IN_BRACKETS, AGE_AFTER_COMMA, ANY_AGE):
        if found := pattern.match(phrase.after):
            return BEFORE_AGE.sub("", " ".join(found["age"].split()))
    return None


def _detail(phrase: Phrase) -> str:
    for pattern in (IN_BRACKETS, AGE_AFTER_COMMA, APPOSITION):
        if found := pattern.match(phrase.after):
            return found["detail"]
    return ""


def _is_person(phrase: Phrase, known: frozenset[Key]) -> bool:
    key = name_key(phrase.text)
    if not key or all(word in CAMERA or word in HONORIFICS for word in key):
        return False
    return key in known or _extends_a_name(phrase, known) or _age(phrase) is not None or _reads_as_person(phrase)


def _extends_a_name(phrase: Phrase, known: frozenset[Key]) -> bool:
    """LEOPOLD FINCH, when FINCH speaks."""
    key = name_key(phrase.text)
    return (
        2 <= len(key) <= 4
        and not phrase.alone
        and not phrase.possessed
        and any(part in known for part in short_forms(key))
    )


def _reads_as_person(phrase: Phrase) -> bool:
    """A calling (THE OLD CLERK), a name told (`a man named TOMAS`), or a name beside a calling (`a cat, BARNACLE,`)."""
    head = name_key(OF.split(phrase.text)[0])
    if head and is_person_noun(head[-1]):
        return True
    if len(phrase.words) > 3 or is_sound_or_verb(phrase.words[-1]):
        return False
    if phrase.before and phrase.before[-1] in NAMING:
        return True
    beside = phrase.before[-2:-1] if phrase.before[-1:] == (",",) and phrase.after.startswith(",") else ()
    detail = APPOSITION.match(phrase.after) or IN_BRACKETS.match(phrase.after)
    described = name_key(detail["detail"])[:6] if detail else ()
    return any(is_person_noun(word) for word in (*beside, *described))
