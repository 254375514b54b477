"""Characters: who has a cue, who is in a list of those present, and who is introduced in capitals as a person."""

import re
from collections import Counter

from extraction.domain.engine.actors import silent_actors
from extraction.domain.engine.capitals import Phrase
from extraction.domain.engine.cast import Entry, cast_entries, present_in
from extraction.domain.engine.chinese_names import ages_told, join_short_names
from extraction.domain.engine.chinese_prose import chinese_people, parts_of
from extraction.domain.engine.cue_names import MACHINES, speakers
from extraction.domain.engine.given_names import is_given
from extraction.domain.engine.identity import canonical, known_parts, merge_people, plain_name, short_forms
from extraction.domain.engine.introductions import age_told, detail_told, is_person, names_again
from extraction.domain.engine.mentions import Name, mentions
from extraction.domain.engine.naming import POSSESSIVE, WORD, Key, name_key
from extraction.domain.engine.person import Person
from extraction.domain.engine.prose_people import add_prose_people
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import TITLES, is_person_noun, singular

SPEECH = re.compile(
    r"(?P<name>[^\W\d_a-z][\w.'\u2019 -]{0,40}?)(?<!\b[Mm][Rr])(?<!\b[Mm][Rr][Ss])(?<!\b[DdSs][RrTt])\s*(?:\[[^\[\]]{0,200}\]|\([^()]{0,200}\))?(?P<mark>[.:])\s+\S"
)
NICKNAME = re.compile(r"[\"\u201c][^\"\u201c\u201d]{1,24}[\"\u201d]")
TALKATIVE = 3
SEVERAL = re.compile(
    r"^(DETECTIVE|OFFICER|AGENT|DEPUTIE|SERGEANT|INSPECTOR|CONSTABLE|TROOPER|DOCTOR|PROFESSOR|NURSE|CAPTAIN|SISTER|BROTHER)S "
    r"(?=[^\W\d_])"
)
"""DETECTIVES ROURKE and SHAH are two with a title each."""


def find_people(survey: Survey) -> list[Person]:
    """Everyone who speaks, is listed as present or is introduced as a person, one entry each, in order of appearance."""
    people: dict[Key, Person] = {}
    _add_speakers(people, survey)
    if survey.prose:
        add_prose_people(people, survey)
    for entry in cast_entries(survey.preamble):
        _add_entry(people, entry)
    if survey.stage:
        _add_single_speeches(people, survey)
    _add_introduced(people, survey)
    _add_mentioned(people, survey)
    _add_aged(people, survey)
    _add_silent(people, survey)
    _drop_groups(people)
    merged = [person for person in merge_people(people) if person.shown]
    for person in merged:
        _add_plain_name(person)
    return join_short_names(merged, survey)


def _add_plain_name(person: Person) -> None:
    """The full name without office and nickname: MARTA PELL for DET. MARTA "TICK" PELL."""
    plain = plain_name(person.key)
    text = person.names[person.key].split(maxsplit=len(person.key) - len(plain))[-1]
    person.names.setdefault(plain, text)
    short = " ".join(NICKNAME.sub(" ", text).split())
    if len(name_key(short)) > 1:
        person.names.setdefault(name_key(short), short)


def _add_speakers(people: dict[Key, Person], survey: Survey) -> None:
    heard: list[tuple[str, int]] = []
    for at, (scene, element) in enumerate(survey.cues):
        for speaker in speakers(element.text):
            if speaker.voice or speaker.machine:
                heard.append((speaker.name, at))
            else:
                person = _person(people, speaker.name)
                person.cues.append((scene, element))
                if speaker.also:
                    _person(people, speaker.also)
                    _unite(people, person_key(speaker.also), person)
    _add_present(people, survey)
    often = Counter(name_key(name) for name, _ in heard)
    machines = {key for key, count in often.items() if count >= TALKATIVE and set(key) <= MACHINES}
    for name, at in heard:
        if name_key(name) in people or name_key(name) in machines:
            _person(people, name).cues.append(survey.cues[at])


def _add_present(people: dict[Key, Person], survey: Survey) -> None:
    for scene in survey.scenes:
        for name, element in present_in(scene):
            for speaker in speakers(name):
                _person(people, speaker.name).present.append((scene.number, element))


def _person(people: dict[Key, Person], name: str) -> Person:
    name = POSSESSIVE.sub("", SEVERAL.sub(r"\1 ", name))
    person = people.setdefault(person_key(name), Person())
    person.names.setdefault(name_key(name), name)
    return person


def person_key(name: str) -> Key:
    """The key of a name, with the possessive of FLOYD'S MOTHER: she is no FLOYD."""
    key = name_key(POSSESSIVE.sub("", SEVERAL.sub(r"\1 ", name)))
    owned = next((at for at, word in enumerate(WORD.findall(name)[:-1]) if POSSESSIVE.search(word)), None)
    return key if owned is None or owned >= len(key) else (*key[:owned], f"{key[owned]}'s", *key[owned + 1 :])


def _add_entry(people: dict[Key, Person], entry: Entry) -> None:
    """The full name of the cast list, united with the calling that the play uses for it."""
    if not name_key(entry.name) or not (entry.sure or _speaks(people, entry)):
        return
    person = _person(people, entry.name)
    person.listed = person.listed or entry.element
    person.age = person.age or entry.age
    person.detail = person.detail or entry.detail
    for alias in entry.aliases:
        key = name_key(alias)
        if key in people and people[key].cues:
            _unite(people, key, person)
        elif not alias.isascii():
            person.names.setdefault(key, alias)


def _add_single_speeches(people: dict[Key, Person], survey: Survey) -> None:
    """Those of the cast list who have one speech only, which a reader may not have told from other lines."""
    listed: dict[Key, Person] = {}
    for key, person in people.items():
        if person.listed and not person.cues:
            listed |= dict.fromkeys((key, *short_forms(key)), person)
    before = survey.cast_lines
    for scene in survey.scenes:
        for element in scene.elements:
            said = SPEECH.match(element.text) if element.line not in before else None
            if said is None:
                continue
            speaker = listed.get(name_key(said["name"]))
            if speaker is None and said["mark"] == ":" and _is_called_somebody(said["name"]):
                speaker = _person(people, said["name"])
            if speaker is not None:
                speaker.present.append((scene.number, element))


def _is_called_somebody(name: str) -> bool:
    """Whether a name before a colon is one by itself: Postman, Mrs. Finch, Anna."""
    words, key = WORD.findall(name), name_key(name)
    called = key and (is_person_noun(key[-1]) or key[0] in TITLES or is_given(key[0]))
    return bool(called) and len(words) <= 3 and all(word[0].isupper() for word in words)


def _add_mentioned(people: dict[Key, Person], survey: Survey) -> None:
    """Those of the cast list of whom the action tells, whether they speak or not."""
    listed = {key: person for key, person in people.items() if person.listed and not person.shown}
    others = known_parts(key for key, person in people.items() if person.shown)
    names = {part: Name(at) for at, key in enumerate(listed) for part in (*short_forms(key), key) if part not in others}
    owners = list(listed.values())
    for mention in mentions(survey.passages, names) if names else ():
        element = mention.passage.element_at(mention.offset)
        if element.line not in survey.cast_lines:
            owners[mention.name.owner].present.append((mention.passage.scene, element))


def _speaks(people: dict[Key, Person], entry: Entry) -> bool:
    """Whether a line that stands like one of a cast list names somebody who has a cue."""
    key = name_key(entry.name)
    names = [key, *short_forms(key), *map(name_key, entry.aliases)]
    return any(name in people and people[name].cues for name in names)


def _add_introduced(people: dict[Key, Person], survey: Survey) -> None:
    known = known_parts(people)
    known |= {canonical(key) for key in known}
    last: Phrase | None = None
    for phrase in survey.phrases:
        if is_person(phrase, known) and not (survey.prose and _is_title(phrase)):
            person = _person(people, phrase.text)
            if last and names_again(last, phrase):
                _unite(people, person_key(last.text), person)
            _introduce(person, phrase)
            last = phrase


def _is_title(phrase: Phrase) -> bool:
    """Whether a phrase is a line of its own, as titles of chapters are."""
    return phrase.alone and len(phrase.text) == len(phrase.passage.text.strip(" ."))


def _add_aged(people: dict[Key, Person], survey: Survey) -> None:
    """Those whom Chinese action introduces with an age."""
    for passage in survey.passages:
        for name, age, offset in ages_told(passage.text):
            person = _person(people, name)
            person.age = person.age or age
            person.present.append((passage.scene, passage.element_at(offset)))


def _add_silent(people: dict[Key, Person], survey: Survey) -> None:
    """Those of a screenplay who act, and neither speak nor are introduced in capitals."""
    if survey.prose or survey.stage:
        return
    for actor in silent_actors(survey, known_parts(people)):
        person = _person(people, actor.name.text)
        person.told.append(actor.name)
        person.age = person.age or actor.age
    parts = {part for key in people for name in key for part in parts_of(name)}
    for found in chinese_people(survey.passages):
        if found.silent and parts.isdisjoint(parts_of(found.written)):
            _person(people, found.written).told.append(found.as_told())


def _unite(people: dict[Key, Person], key: Key, person: Person) -> None:
    other = people[key]
    if other is not person:
        person.join(other)
        people[key] = person


def _introduce(person: Person, phrase: Phrase) -> None:
    age = age_told(phrase)
    if person.introduction is None or (age and person.age is None):
        person.introduction = phrase
        person.detail = detail_told(phrase) or person.detail
    person.age = person.age or age


def _drop_groups(people: dict[Key, Person]) -> None:
    """GUARDS are GUARD 1 and GUARD 2, or the GUARD, when those have cues of their own."""
    numbered = {key[:-1] for key in people if len(key) > 1 and key[-1].lstrip("#").isdigit()}
    numbered |= {key for key, person in people.items() if person.cues}
    for key in [key for key in people if key[-1] != singular(key[-1])]:
        if (*key[:-1], singular(key[-1])) in numbered:
            del people[key]
