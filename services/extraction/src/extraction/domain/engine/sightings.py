"""Where each asset is seen: one line of evidence for every scene."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extraction.domain.engine.identity import short_forms
from extraction.domain.engine.mentions import Mention, Name, mentions
from extraction.domain.engine.naming import POSSESSIVE, Key, Spelling
from extraction.domain.engine.passages import Passage, clip
from extraction.domain.engine.person import Person, is_calling
from extraction.domain.engine.places import Place
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import SMALL_WORDS, TITLES, is_person_noun
from extraction.domain.finds import Evidence

POSSESSIVE_WITHIN = re.compile(r"['\u2019][sS]\s")
MAX_EVIDENCE = 24


@dataclass(slots=True)
class Sightings:
    """The earliest line of each scene, the first passage of all, and how often the asset is mentioned."""

    lines: dict[int, Evidence] = field(default_factory=dict)
    first: tuple[Passage, int] | None = None
    count: int = 0

    @property
    def scenes(self) -> tuple[int, ...]:
        """Numbers of the scenes, ascending."""
        return tuple(sorted(self.lines))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line per scene, for at most the first `MAX_EVIDENCE` scenes."""
        return tuple(self.lines[scene] for scene in self.scenes[:MAX_EVIDENCE])

    def note(self, scene: int, line: int, source: str, words: str = "") -> None:
        """Count a mention; the earliest line of each scene is kept as evidence."""
        known = self.lines.get(scene)
        if known is None or line < known.line:
            self.lines[scene] = Evidence(scene, line, clip(source, words))
        self.count += 1

    def note_mention(self, mention: Mention) -> None:
        """Count a mention in the action."""
        element = mention.passage.element_at(mention.offset)
        self.note(mention.passage.scene, element.line, element.source, mention.text)
        self.first = self.first or (mention.passage, mention.offset)


def sightings_in_action(seen: Survey, people: Sequence[Person]) -> list[Sightings]:
    """Sightings of the people in one pass over the action; cues count where no action does.

    Short names of people that turn up on the way (`June` for JUNE ABARA) join their names.
    """
    names = _names(people)
    found = [Sightings() for _ in people]
    for mention in mentions(seen.passages, names):
        owner = mention.name.owner
        found[owner].note_mention(mention)
        people[owner].names.setdefault(mention.key, POSSESSIVE.sub("", mention.text))
    for sighting, person in zip(found, people, strict=True):
        _note_cues(sighting, person)
    return found


def sightings_of_place(place: Place) -> Sightings:
    """The headings of a place, or the lines of prose that name it."""
    found = Sightings()
    for scene in place.scenes:
        found.note(scene.number, scene.line, scene.source, place.name)
    for passage, offset in place.told:
        element = passage.element_at(offset)
        found.note(passage.scene, element.line, element.source, place.name)
    return found


def every_name(people: Iterable[Person], spelling: Spelling) -> frozenset[str]:
    """The words of the names of people that are written with a capital wherever they stand."""
    words = {word for person in people for key in person.names if not is_calling(key) for word in key}
    small = {word for word in words - TITLES if word in SMALL_WORDS or is_person_noun(word) or spelling.common(word)}
    return frozenset(words - small)


def _names(people: Sequence[Person]) -> Mapping[Key, Name]:
    """Full names before short ones."""
    spoken = {
        key: Name(owner, proper=key not in person.small) for owner, person in enumerate(people) for key in person.names
    }
    plain = [key for owner in people for key, text in owner.names.items() if not POSSESSIVE_WITHIN.search(text)]
    short = {part: Name(spoken[full].owner) for part, full in _unshared(plain, short_forms)}
    return {**short, **spoken}


def _unshared(names: Iterable[Key], shorten: Callable[[Key], Iterable[Key]]) -> Iterator[tuple[Key, Key]]:
    """Short forms with the one name they are short for."""
    pairs = [(part, full) for full in names for part in set(shorten(full))]
    counts = Counter(part for part, _ in pairs)
    return ((part, full) for part, full in pairs if counts[part] == 1)


def _note_cues(sighting: Sightings, person: Person) -> None:
    acting = frozenset(sighting.lines)
    for scene, element in (*person.cues, *person.present):
        if scene not in acting:
            sighting.note(scene, element.line, element.source)
