"""Locations: the places of the scene headings, one for day and night, inside and outside the same room."""

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from extraction.domain.engine.capitals import Phrase
from extraction.domain.engine.chinese_places import chinese_places
from extraction.domain.engine.describing import opening, tidy
from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.prose_names import collect
from extraction.domain.engine.prose_places import arrivals, told_places
from extraction.domain.engine.room_names import place_key, rooms_of, same_places, shorter_names
from extraction.domain.engine.stage_places import settings
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import CAMERA, PLACES, UNHELD
from extraction.domain.script import Scene

BESIDE_CAPITALS = 3.0
"""How surely somebody is at a place without a name where the writer puts places in capitals."""
JOINT = re.compile(r"\s+-\s+|[\u00b7\u30fb]")
PRONOUNS = frozenset({"he", "she", "they", "it", "his", "her", "their", "its", "we", "you", "i"})


@dataclass(slots=True)
class Place:
    """Somewhere to build: the scenes that play there, or the sentences that name it."""

    name: str
    key: tuple[Key, ...]
    scenes: list[Scene] = field(default_factory=list)
    told: list[tuple[Passage, int]] = field(default_factory=list)
    spellings: dict[str, None] = field(default_factory=dict)

    @property
    def attributes(self) -> dict[str, str]:
        """`setting` (INT, EXT or INT/EXT) and `times` of day as the headings tell them."""
        settings = sorted({str(scene.setting) for scene in self.scenes if scene.setting}, reverse=True)
        setting = settings[0] if len(settings) == 1 else "INT/EXT" if settings else ""
        times = dict.fromkeys(scene.time_of_day.upper() for scene in self.scenes if scene.time_of_day)
        found = {"setting": setting, "times": ", ".join(times)}
        return {name: value for name, value in found.items() if value}

    @property
    def within(self) -> str:
        """The place that this one is a part of: HOUSE for `HOUSE - KITCHEN`; empty for one that stands by itself."""
        parts = JOINT.split(self.name)
        return " - ".join(parts[:-1])

    @property
    def confidence(self) -> float:
        """High with an INT or EXT heading, lower for a forced heading or a name in prose."""
        if any(scene.setting for scene in self.scenes):
            return 0.95
        return 0.75 if self.scenes else 0.5


def find_places(survey: Survey) -> list[Place]:
    """The places of the headings; in prose, named places that somebody is in or goes to."""
    places = _of_headings(survey.scenes)
    if survey.prose:
        _add_told(places, survey)
        return sorted(places.values(), key=_first_line)
    if survey.stage:
        _add_settings(places, survey)
    return list(places.values())


def _add_told(places: dict[tuple[Key, ...], Place], survey: Survey) -> None:
    """The places of a story: those in capitals, those with names, and those that somebody is in."""
    shown = [phrase for phrase in survey.phrases if is_place_phrase(phrase)]
    for phrase in shown:
        _tell(places, phrase.text, [(phrase.passage, phrase.start)])
    for told in collect(survey):
        if told.place and not told.person:
            _tell(places, told.text, told.passages)
    for name, passage, offset in arrivals(survey.passages):
        _tell(places, name, [(passage, offset)])
    for kind in told_places(survey.passages):
        if not shown or kind.weight >= BESIDE_CAPITALS:
            place = places.setdefault((kind.key,), Place(kind.name, (kind.key,)))
            place.told += kind.told
            place.spellings |= dict.fromkeys([kind.name, *kind.aliases])
    for found in chinese_places(survey.passages):
        place = places.setdefault(place_key(found.name), Place(found.name, place_key(found.name)))
        place.told += found.told
        place.spellings |= dict.fromkeys([found.name, *found.names])


def _first_line(place: Place) -> tuple[int, int]:
    lines = [(passage.element_at(offset).line, offset) for passage, offset in place.told]
    return min([*lines, *((scene.line, 0) for scene in place.scenes)], default=(0, 0))


def _add_settings(places: dict[tuple[Key, ...], Place], survey: Survey) -> None:
    """The rooms of a stage play, or the place it tells of most when no description names one."""
    parents: dict[str, set[tuple[Key, ...]]] = {}
    for setting in settings(survey.scenes, survey.preamble, _before_speech(survey)):
        place = places.setdefault(setting.key, Place(setting.name, setting.key))
        place.scenes.append(setting.scene)
        place.spellings |= dict.fromkeys([setting.name, *setting.aliases])
        parents.setdefault(setting.parent, set()).add(setting.key)
        if setting.passage:
            place.told.append((setting.passage, setting.offset))
    for parent, keys in parents.items():
        if parent and len(keys) == 1:
            places[keys.pop()].spellings[parent] = None
    if not places:
        for kind in sorted(told_places(survey.passages), key=lambda kind: -kind.weight)[:1]:
            places[(kind.key,)] = Place(kind.name, (kind.key,), told=kind.told, spellings=dict.fromkeys(kind.aliases))


def _before_speech(survey: Survey) -> Mapping[int, Sequence[Passage]]:
    """The paragraphs of each scene that stand before its first speech."""
    spoken = {scene: element.line for scene, element in reversed(survey.cues)}
    heads: defaultdict[int, list[Passage]] = defaultdict(list)
    for passage in survey.passages:
        if passage.scene not in spoken or passage.elements[0].line < spoken[passage.scene]:
            heads[passage.scene].append(passage)
    return heads


def _named_again(
    scenes: Sequence[Scene], known: Container[tuple[Key, ...]]
) -> list[tuple[str, tuple[Key, ...], Scene]]:
    """Places of other headings in one that names none of its own: `INTERCUT FORGE/CHAPEL`, `FLASHBACK: FORGE`."""
    unplaced = [scene for scene in scenes if scene.heading and not scene.place]
    rooms = [(room, place_key(room), scene) for scene in unplaced for room in rooms_of(scene.heading)]
    return [each for each in rooms if each[1] in known]


def _of_headings(scenes: Sequence[Scene]) -> dict[tuple[Key, ...], Place]:
    rooms = [(room, place_key(room), scene) for scene in scenes if scene.place for room in rooms_of(scene.place)]
    rooms = [each for each in rooms if each[1]]
    rooms = sorted([*rooms, *_named_again(scenes, {key for _, key, _ in rooms})], key=lambda each: each[2].number)
    named = {key: room for room, key, _ in reversed(rooms)}
    same = same_places(list(named)[::-1], named)
    places: dict[tuple[Key, ...], Place] = {}
    for room, key, scene in rooms:
        chosen = same.get(key, key)
        place = places.setdefault(chosen, Place(named[chosen], chosen))
        if scene not in place.scenes[-1:]:
            place.scenes.append(scene)
        place.spellings[room] = None
    for place in places.values():
        place.spellings = {place.name: None, **place.spellings, **dict.fromkeys(shorter_names(place.name))}
    return places


def is_place_phrase(phrase: Phrase) -> bool:
    """Whether a phrase in capitals names a place to be, such as THE OLD OBSERVATORY."""
    key = name_key(phrase.text)
    tells = not {"a", "an"}.isdisjoint(word.casefold() for word in phrase.words[1:])
    return bool(key) and not tells and key[-1] in PLACES and not phrase.alone and (phrase.determined or len(key) > 1)


def describe(place: Place, passages: Mapping[int, Sequence[Passage]], people: frozenset[str]) -> str:
    """The first sentences at the place that tell of the place and not of somebody."""
    for scene in place.scenes[:8]:
        for passage in passages.get(scene.number, ())[:3]:
            if text := _scenery(passage, people):
                return text
    for scene in place.scenes[:1]:
        for passage in passages.get(scene.number, ())[:1]:
            return opening(passage)
    for passage, offset in place.told[:1]:
        start, end = passage.sentences(offset)[0]
        return tidy(passage.text[start:end])
    return ""


def _scenery(passage: Passage, people: frozenset[str]) -> str:
    kept = 0
    for start, end in passage.sentences(0)[:4]:
        words = name_key(passage.text[start:end])
        acts = words and (words[0] in PRONOUNS | CAMERA or words[0] in people)
        if not words or acts or (kept and people & set(words)):
            break
        kept = end
    text = tidy(passage.text[:kept])
    return text if len(name_key(text)) >= 4 else ""


def _tell(places: dict[tuple[Key, ...], Place], name: str, told: list[tuple[Passage, int]]) -> None:
    key = place_key(name)
    if not key or set(key[0]) <= UNHELD:
        return
    place = places.setdefault(key, Place(name, key))
    place.told += told
