"""Characters of prose: those with names, those without, and the one who tells the story."""

from collections.abc import Collection, Iterable, Mapping

from extraction.domain.engine.calling import Calling
from extraction.domain.engine.chinese_prose import chinese_people
from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.person import Person
from extraction.domain.engine.prose_callings import callings
from extraction.domain.engine.prose_equations import equations
from extraction.domain.engine.prose_names import fuller_names, prose_names
from extraction.domain.engine.prose_narrator import narrator, narrator_name
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import is_title, word_set

KINDS = {
    "soldier": word_set("sergeant corporal private captain lieutenant major colonel general brigadier"),
    "officer": word_set("captain lieutenant major colonel general inspector sergeant constable"),
    "policeman": word_set("sergeant constable inspector"),
    "sailor": word_set("captain admiral"),
}
"""What the one who has a title may be called as well: the soldier is Sergeant-Major Pell."""
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
    named = {key: _lines(person) for key, person in people.items()}
    for name in fuller_names(survey, named.keys()):
        people.setdefault(name_key(name), Person()).names.setdefault(name_key(name), name)
    titled = {word: key for key in people for word in key[:-1] if is_title(word)}
    equal = equations(survey.passages)
    for calling in callings(survey.passages, named, titled):
        known = titled.get(calling.head) or _known(calling, equal, people)
        if known in people:
            _call(people[known], calling)
        elif calling.name() not in people:
            people[calling.name()] = _unnamed(calling, named)
            if known:
                people[calling.name()].names.setdefault(known, " ".join(known).title())
    _add_narrator(people, survey)


def _known(calling: Calling, equal: Mapping[Key, Key], people: Collection[Key]) -> Key:
    """The name of somebody called by what they are, as the story tells it, fullest where somebody has it."""
    name = equal.get(calling.name()[-2:]) or (() if calling.vague else equal.get((calling.head,), ()))
    if not name and calling.new is None and calling.head in KINDS:
        kinds = {key for key in people if is_title(key[0]) and key[0].rsplit("-", 1)[-1] in KINDS[calling.head]}
        name = kinds.pop() if len(kinds) == 1 else ()
    return name if name in people or name[-1:] not in people else name[-1:]


def _call(person: Person, calling: Calling) -> None:
    """Somebody with a name is called by what they are, too."""
    called = calling.name() if calling.vague else (calling.head,)
    person.names.setdefault(called, " ".join(called))
    person.small.add(called)
    _show(person, calling)


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
    owned = calling.owned * 2 >= calling.seen and len(key) == 1
    if owner and owned and any(owner in each for each in named):
        names = {(owner, *key): f"{owner.capitalize()}'s {calling.head}", **names}
    names |= {} if calling.age else {(head,): head for head in calling.heads}
    person = Person(names=names, small=set(names))
    _show(person, calling)
    return person


def _lines(person: Person) -> list[int]:
    """The lines that name somebody."""
    told = (where for name in person.told for where in name.passages)
    return sorted(passage.element_at(offset).line for passage, offset in told) or [person.first_line]


def _show(person: Person, calling: Calling) -> None:
    if calling.first is not None and not person.shown:
        passage, offset = calling.first
        person.present.append((passage.scene, passage.element_at(offset)))
