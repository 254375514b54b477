"""Locations in prose: the places where people are, told by place nouns and the words before them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extraction.domain.engine.naming import Key
from extraction.domain.engine.narration import narration
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.place_phrases import SET, TOLD, Spot, spots
from extraction.domain.engine.place_words import (
    BUILDINGS,
    INDOORS,
    PLACE_NOUNS,
    PLURAL_PLACES,
    ROOM_WORDS,
    SETTLEMENTS,
    STREETS,
)
from extraction.domain.engine.words import singular, word_set

DISTINCT = word_set(
    "red orange yellow green blue violet purple black white grey gray brown pink golden silver scarlet crimson "
    "first second third fourth fifth sixth seventh eighth ninth tenth eastern western northern southern east west north south "
    "other next front back inner outer upper lower opposite adjoining left right private secret haunted",
)
_NAME = r"[^\W\d_a-z][\w\u2019'-]{1,30}"
ARRIVAL = re.compile(
    r"\b(?:[Hh]ere\swe\sare\s(?:at|in|on)|[Ww]elcome\s(?:back\s)?(?:to|aboard)|[Ww]e(?:['\u2019]ve|\shave)\s(?:reached|come\sto|arrived\s(?:at|in)))"
    rf"\s(?:the\s)?(?P<name>{_NAME}(?:\s{_NAME}){{0,2}})(?=[,.;:!?])"
)
SIDES = word_set("left right")
"""They tell two places apart and are no name of one."""
ENOUGH = 2.25
BRIEF, SHORT, PER_WORDS = 800, 4_000, 6_000
LITTLE = 0.75
OPENING, INDOORS_LESS, HEADS_PARAGRAPH = 0.75, 0.25, 2.0
NEARLY = 0.7
"""The part of what is enough that is enough for the only place of a story."""
OPENING_SPOTS = 2
MAX_ALIASES = 6


@dataclass(slots=True)
class Told:
    """A place that prose tells of: its name, other ways it is written, and where."""

    name: str
    key: Key
    weight: float = 0.0
    spellings: Counter[str] = field(default_factory=Counter)
    told: list[tuple[Passage, int]] = field(default_factory=list)
    modifiers: Counter[str] = field(default_factory=Counter)

    def add(self, spot: Spot, passage: Passage, weight: float) -> None:
        """Count one mention."""
        self.weight += weight
        self.spellings[" ".join(spot.text.split())] += 1
        self.told.append((passage, spot.start))
        self.modifiers.update(spot.modifiers)

    @property
    def indoors(self) -> bool:
        """Whether this is a room or a building."""
        head = self.key[-1]
        return head in INDOORS or head.rsplit("-", 1)[-1] in INDOORS

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other ways it is written, the most frequent first; `chamber` says too little of one of several."""
        head = self.key[-1].rsplit("-", 1)[-1]
        written = [text for text, _ in self.spellings.most_common(2 * MAX_ALIASES) if singular(text) == text]
        return tuple(text for text in written if len(self.key) == 1 or text.casefold() not in {head, *ROOM_WORDS})[
            :MAX_ALIASES
        ]


def told_places(passages: Sequence[Passage]) -> list[Told]:
    """The places somebody is in, in order of appearance; one named once in passing is left out."""
    families: defaultdict[str, list[tuple[Spot, Passage, float]]] = defaultdict(list)
    scene, seen, length = -1, 0, 0
    for passage in passages:
        told = narration(passage.text)
        length += len(told) // 6
        if passage.scene != scene:
            scene, seen = passage.scene, 0
        for spot in spots(told):
            # A story may begin with what had long been so: that too is where it begins.
            weight = spot.weight if seen else spot.there
            bonus = OPENING if seen < OPENING_SPOTS and weight > SET else 0.0
            bonus += (
                HEADS_PARAGRAPH - spot.weight if TOLD <= spot.weight <= SET and spot.start <= len("These ") else 0.0
            )
            seen += 1
            families[family(spot.head)].append((spot, passage, weight + bonus))
    _join_short(families)
    found = [place for name, mentions in families.items() for place in _parted(name, mentions)]
    enough = ENOUGH - LITTLE * max(0.0, 1 - length / BRIEF) + max(0, length - SHORT) / PER_WORDS
    kept = [place for place in found if place.weight >= enough - (INDOORS_LESS if place.indoors else 0)]
    if not kept:
        kept = [
            place for place in sorted(found, key=lambda place: -place.weight)[:1] if place.weight >= NEARLY * enough
        ]
    if any(place.indoors for place in kept if place.key != ("room",)):
        kept = [place for place in kept if place.key != ("room",)]
    return sorted(kept, key=lambda place: (place.told[0][0].elements[0].line, place.told[0][1]))


def arrivals(passages: Sequence[Passage]) -> Iterator[tuple[str, Passage, int]]:
    """The places that somebody says they have come to: `Here we are at Duval's`, with where that is said."""
    for passage in passages:
        for found in ARRIVAL.finditer(passage.text):
            yield found["name"], passage, found.start("name")


def _join_short(families: dict[str, list[tuple[Spot, Passage, float]]]) -> None:
    """The station is the bus station, where no other station is told of before it."""
    fuller: defaultdict[str, list[str]] = defaultdict(list)
    for name in families:
        if "-" in name:
            fuller[name.rsplit("-", 1)[-1]].append(name)
    for short, whole in fuller.items():
        if len(whole) == 1 and short in families and not any(_marks(spot) for spot, _, _ in families[short]):
            families[whole[0]] += families.pop(short)


def family(head: str) -> str:
    """What kind of place a noun is: chamber and apartment are rooms, a sidewalk is part of a street."""
    low = singular(head)
    if low in ROOM_WORDS:
        return "room"
    joined = low.replace("-", "")
    return "street" if low in STREETS else joined if joined in PLACE_NOUNS else low


def _parted(name: str, mentions: Sequence[tuple[Spot, Passage, float]]) -> list[Told]:
    """One place for one kind of place, or several when colours, numbers or owners tell them apart."""
    groups = _groups(spot for spot, _, _ in mentions)
    if len(set(groups.values())) < 2:
        return [_place(mentions)] if name not in ROOM_WORDS or len(mentions) > 1 else []
    parted: defaultdict[str, list[tuple[Spot, Passage, float]]] = defaultdict(list)
    for spot, passage, weight in mentions:
        marks = _marks(spot)
        if marks:
            parted[groups[marks[0]]].append((spot, passage, weight))
    return [_place(each) for each in parted.values()]


def _groups(found: Iterable[Spot]) -> Mapping[str, str]:
    """Marks that tell places of one kind apart, with one mark for those of one place: `the western or black chamber`."""
    groups: dict[str, str] = {}
    for spot in found:
        marks = _marks(spot)
        if marks:
            known = next((groups[mark] for mark in marks if mark in groups), marks[0])
            for mark in marks:
                groups.setdefault(mark, known)
    return groups


def _marks(spot: Spot) -> list[str]:
    return [word for word in spot.modifiers if word in DISTINCT or word[0].isupper()]


def _place(mentions: Sequence[tuple[Spot, Passage, float]]) -> Told:
    heads = Counter(spot.head for spot, _, _ in mentions)
    marks = Counter(mark for spot, _, _ in mentions for mark in _marks(spot))
    common = heads.most_common(1)[0][0]
    head = common if common.rsplit("-", 1)[-1] in PLURAL_PLACES else singular(common)
    mark = _chosen_mark(marks, len(mentions), head)
    if mark or not any(head in spot.text.casefold() for spot, _, _ in mentions):
        head = head.replace("-", " ")
    name = f"{mark} {head}".strip()
    place = Told(name, tuple(name.casefold().split()))
    for spot, passage, weight in mentions:
        place.add(spot, passage, weight)
    place.spellings[head] += 1
    for mark in marks:
        place.spellings[f"{mark} {head}"] += 1
    return place


def _chosen_mark(marks: Counter[str], mentions: int, head: str) -> str:
    """The word that belongs to the name: `blue` of the blue chamber, the owner of a house."""
    if SIDES.issuperset(marks) and len(marks) == 1 and mentions > marks.total():
        return ""
    owned = [mark for mark in marks if mark[0].isupper()]
    if owned and (head in BUILDINGS or marks[owned[0]] * 2 >= mentions):
        return owned[0]
    common = marks.most_common(1)
    fits = bool(common) and (common[0][1] * 2 >= mentions or head in ROOM_WORDS) and head not in SETTLEMENTS
    return common[0][0] if fits else ""
