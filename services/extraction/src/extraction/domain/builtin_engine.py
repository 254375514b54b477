"""The built-in engine: reads a script by the conventions of screenwriting, without a model, always the same.

Scene headings, the settings of plays and the place nouns of stories give locations; cues, cast lists, introductions and
those who speak or act give characters; what is handled gives props. Time grows linearly with the script.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extraction.domain.engine.describing import appearance, introduction
from extraction.domain.engine.listed import listed_props
from extraction.domain.engine.naming import Key, Spelling
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.people import find_people
from extraction.domain.engine.person import Person
from extraction.domain.engine.places import Place, describe, find_places
from extraction.domain.engine.props.finding import FoundProp, find_props
from extraction.domain.engine.sightings import Sightings, every_name, sightings_in_action, sightings_of_place
from extraction.domain.engine.survey import survey
from extraction.domain.engine.tagging import with_tags
from extraction.domain.finds import AssetType, Find
from extraction.domain.script import Script


def extract(script: Script) -> list[Find]:
    """Characters, locations and props of a script, each group in order of appearance; its own tags are certain."""
    seen = survey(script)
    people = find_people(seen)
    places = find_places(seen)
    sightings = sightings_in_action(seen, people)
    names = every_name(people, seen.spelling)
    writer = _Writer(seen.spelling, names, _by_scene(seen.passages))
    characters = [writer.character(*pair) for pair in zip(people, sightings, strict=True)]
    taken = {key for person in people for key in person.names} | {part for place in places for part in place.key}
    props = [writer.prop(found) for found in find_props(script, seen.phrases, names, taken)]
    tagged = (*script.tagged, *listed_props(seen.preamble, script.scenes, seen.spelling))
    return with_tags([*characters, *map(writer.location, places), *props], tagged)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes finds in the script's own words, without its shouting."""

    spelling: Spelling
    names: frozenset[str]
    passages: Mapping[int, Sequence[Passage]]

    def character(self, person: Person, seen: Sightings) -> Find:
        phrase = person.introduction
        where = (phrase.passage, phrase.start) if phrase else seen.first
        return Find(
            asset_type=AssetType.CHARACTER,
            name=self.spelling.display(person.names[person.key]),
            aliases=self._aliases(person.names, person.key),
            description=self._calm(introduction(*where)) if where else "",
            attributes={"age": person.age} if person.age else {},
            scene_numbers=seen.scenes,
            evidence=seen.evidence,
            confidence=person.confidence,
        )

    def location(self, place: Place) -> Find:
        seen = sightings_of_place(place)
        spellings = dict.fromkeys(map(self.spelling.display, place.spellings))
        name = self.spelling.display(place.name)
        description = self._calm(describe(place, self.passages, self.names))
        within = {"within": self.spelling.display(place.within)} if place.within else {}
        return Find(
            asset_type=AssetType.LOCATION,
            name=name,
            aliases=tuple(spellings)[1:],
            description=description.replace(name.lower(), name),
            attributes=within | place.attributes,
            scene_numbers=seen.scenes,
            evidence=seen.evidence,
            confidence=place.confidence,
        )

    def prop(self, found: FoundProp) -> Find:
        name = self.spelling.display(found.name)
        return Find(
            asset_type=AssetType.PROP,
            name=name,
            aliases=tuple(dict.fromkeys(map(self.spelling.display, found.aliases))),
            description=self._calm(appearance(found.passage, found.start, found.end)),
            scene_numbers=found.scenes,
            evidence=found.evidence,
            confidence=found.confidence,
        )

    def _aliases(self, names: Mapping[Key, str], main: Key) -> tuple[str, ...]:
        shown = self.spelling.display(names[main])
        others = dict.fromkeys(self.spelling.display(text) for key, text in names.items() if key != main)
        return tuple(name for name in others if name != shown)

    def _calm(self, text: str) -> str:
        return self.spelling.calm(text, self.names)


def _by_scene(passages: Sequence[Passage]) -> Mapping[int, Sequence[Passage]]:
    grouped: defaultdict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        grouped[passage.scene].append(passage)
    return grouped
