"""Locations: the places of the scene headings, one for day and night, inside and outside the same room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extraction.domain.engine.capitals import Phrase
from extraction.domain.engine.describing import opening, tidy
from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.prose_names import collect
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import CAMERA, PLACES, UNHELD
from extraction.domain.formats.headings import DASH
from extraction.domain.script import Scene

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
    def confidence(self) -> float:
        """High with an INT or EXT heading, lower for a forced heading or a name in prose."""
        if any(scene.setting for scene in self.scenes):
            return 0.95
        return 0.75 if self.scenes else 0.5


def find_places(survey: Survey) -> list[Place]:
    """The places of the headings; in prose, named places that somebody is in or goes to."""
    places: dict[tuple[Key, ...], Place] = {}
    for scene in survey.scenes:
        if scene.place and (key := place_key(scene.place)):
            place = places.setdefault(key, Place(scene.place, key))
            place.scenes.append(scene)
            place.spellings[scene.place] = None
    if survey.prose:
        for told in collect(survey):
            if told.place and not told.person:
                _tell(places, told.text, told.passages)
        for phrase in survey.phrases:
            if is_place_phrase(phrase):
                _tell(places, phrase.text, [(phrase.passage, phrase.start)])
    return list(places.values())


def place_key(place: str) -> tuple[Key, ...]:
    """What makes two headings one place: the names between the dashes, without articles and case."""
    return tuple(key for part in DASH.split(place) if (key := name_key(part)))


def is_place_phrase(phrase: Phrase) -> bool:
    """Whether a phrase in capitals names a place to be, such as THE OLD OBSERVATORY."""
    key = name_key(phrase.text)
    return bool(key) and key[-1] in PLACES and (phrase.determined or len(key) > 1)


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
