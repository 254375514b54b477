"""Characters of prose: those with names, those without, and the one who tells the story."""

from collections.abc import Iterable

from extraction.domain.engine.chinese_prose import chinese_people
from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.person import Person
from extraction.domain.engine.prose_callings import Calling, callings
from extraction.domain.engine.prose_names import fuller_names, prose_names
from extraction.domain.engine.prose_narrator import narrator, narrator_name
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import TITLES

NARRATOR, CHINESE_NARRATOR = "Narrator", "我"


def add_prose_people(people: dict[Key, Person], survey: Survey) -> None:
    """Add everybody of a story; one without a name joins who has it as a title: the prince is Prince Florizel."""
    for told in prose_names(survey):
        person = people.setdefault(told.key, Person())
        person.names.setdefault(told.key, told.text)
        person.told.append(told)
    for found in chinese_people(survey.passages):
        person = people.setdefault((found.text,), Person(names={(found.text,): found.text}))
        person.told.append(found.as_told())
    named = {key: person.first_line for key, person in people.items()}
    for name in fuller_names(survey, named.keys()):
        people.setdefault(name_key(name), Person()).names.setdefault(name_key(name), name)
    titled = {word: key for key in people for word in key[:-1] if word in TITLES}
    for calling in callings(survey.passages, named, titled):
        if calling.head in titled:
            owner = people[titled[calling.head]]
            owner.names.setdefault((calling.head,), calling.head)
            owner.small.add((calling.head,))
            _show(owner, calling)
        elif calling.name() not in people:
            people[calling.name()] = _unnamed(calling, named)
    _add_narrator(people, survey)


def _add_narrator(people: dict[Key, Person], survey: Survey) -> None:
    said = narrator(survey.passages)
    if not said:
        return
    acting = [key for key, person in people.items() if person.shown]
    name = narrator_name(survey.passages, [scene.heading for scene in survey.scenes], acting)
    called = CHINESE_NARRATOR if any(passage.text[offset] == CHINESE_NARRATOR for passage, offset in said) else NARRATOR
    person = people.setdefault(name_key(name or called), Person())
    person.names.setdefault(name_key(name or called), name or called)
    person.names.setdefault(name_key(called), called)
    person.present += [(passage.scene, passage.element_at(offset)) for passage, offset in said]


def _unnamed(calling: Calling, named: Iterable[Key]) -> Person:
    """Somebody by what they are, under the name of whose sister she is where the story has her owner beside her."""
    key = calling.name()
    names = {key: " ".join(key)}
    owner = next(iter(calling.owners), "")
    if owner and len(key) == 1 and any(owner in each for each in named):
        names = {(owner, *key): f"{owner.capitalize()}'s {calling.head}", **names}
    person = Person(names={**names, (calling.head,): calling.head}, small=set(names) | {(calling.head,)})
    _show(person, calling)
    return person


def _show(person: Person, calling: Calling) -> None:
    if calling.first is not None and not person.shown:
        passage, offset = calling.first
        person.present.append((passage.scene, passage.element_at(offset)))
