"""Settings of stage plays: the room that the description at the head of an act tells of, in whose house it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extraction.domain.engine.capitals import Token, tokens
from extraction.domain.engine.naming import POSSESSIVE, Key, bare_word, name_key
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.place_words import BUILDINGS, INDOORS, ROOMS, SETTLEMENTS, is_place_noun
from extraction.domain.engine.props.lexicon import longest_name
from extraction.domain.engine.words import DETERMINERS, UNHELD, VERBS, is_person_noun, singular, word_set
from extraction.domain.script import Element, Kind, Scene

LABEL = re.compile(
    r"^\W*(?:(?:the\s+)?(?:scene|setting|place|set|time and place|act\s+\w+|scene\s+\w+)\b\s*(?:[:.\u2014-]+|\bis\b)|scene\s*[:.\u2014-]+)\W*",
    re.IGNORECASE,
)
SET_LINE = re.compile(r"\W*(?:the\s+)?(?:scene|setting|set)(?:\W*$|\s*[:.\u2014-]+\W*)", re.IGNORECASE)
LAID = re.compile(
    r"\b(?:the (?:scene|action|play|curtain|whole action|entire action)\b[^.]{0,40}?\b(?:is laid|takes place|passes|is set|occurs|rises|is)|"
    r"place|setting)\b\s*[:.\u2014-]*\s*(?:throughout\s+)?(?:in|on|at|upon)?\s*",
    re.IGNORECASE,
)
AGAIN = re.compile(r"same\b", re.IGNORECASE)
SAME = re.compile(r"^\W*(?:scene\W+)?(?:the same|as before|same (?:as|scene|room|set)|as in act)\b", re.IGNORECASE)
HOMES = word_set(
    "home residence quarters apartments lodgings rooms place estate headquarters premises platform stage heath porch steps landing"
)
REGIONS = SETTLEMENTS | word_set("island isle coast country sea valley moor mountain mountains hills")
LEADING = word_set(
    "in of at on to is within inside near outside before belonging at-the adjoining overlooking behind beside from"
)
STOP_GAP = re.compile(r"[.;:!?()\"\u201c\u201d]|--|\u2014")
LINKING = word_set("his her their the a an now then small large old of to in is at on same former house's well-known")
PHRASE_ENDS = word_set(
    "with where which that whose when while and furnished decorated lit seen it there he she they has have had showing"
)
VAGUE = UNHELD | word_set("present past stage curtain afternoon same before")
MAX_LEAD, MAX_LINK, MAX_TEXT, FAR, FEW = 4, 9, 700, 260, 2


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an act plays: `room` with the `parent` it is in (empty when none is told), and where that is said."""

    room: str
    parent: str
    scene: Scene
    passage: Passage | None
    offset: int

    @property
    def key(self) -> tuple[Key, ...]:
        """What makes two settings one place."""
        return tuple(key for key in (name_key(self.parent), name_key(self.room)) if key)

    @property
    def name(self) -> str:
        """The setting as one name: `Anna's Flat - Kitchen`."""
        return f"{self.parent} - {self.room}" if self.parent else self.room

    @property
    def aliases(self) -> tuple[str, ...]:
        """Shorter ways to say it."""
        bare = self.room.rsplit(maxsplit=1)[-1]
        if not self.parent:
            return (bare,) if bare != self.room else ()
        house = self.parent.rsplit(maxsplit=1)[-1]
        return tuple(dict.fromkeys([self.room, f"{house} {self.room}", f"{self.room} in {self.parent}", bare]))


def settings(
    scenes: Sequence[Scene], preamble: Sequence[Element], heads: Mapping[int, Sequence[Passage]]
) -> Iterator[Setting]:
    """The setting of each scene; `heads` are the paragraphs of a scene, by its number, that stand before its speeches."""
    general = _laid([element.text for element in preamble if element.kind is Kind.ACTION])
    last: tuple[str, str] | None = None
    for scene in scenes:
        passage, found = _described(scene, heads.get(scene.number, ()))
        told = _told(found, last) or last or general
        if told and not told[1] and general and general[0].rsplit(maxsplit=1)[-1].casefold() in BUILDINGS:
            told = (told[0], general[0])
        if told:
            yield Setting(told[0], told[1], scene, passage, found[2] if found and passage else 0)
            last = told


def _described(scene: Scene, heads: Sequence[Passage]) -> tuple[Passage | None, tuple[str, str, int] | None]:
    """The paragraph that tells the setting: the first ones, or the last before the speeches where no scene is announced."""
    for passage in heads[:FEW] if scene.heading else heads[::-1][: FEW * 2]:
        text = passage.text[:MAX_TEXT]
        if SAME.match(text):
            return None, None
        if found := _setting(text):
            return passage, found
    return _announced(scene, heads) or (None, _setting(scene.heading))


def _announced(scene: Scene, heads: Sequence[Passage]) -> tuple[Passage, tuple[str, str, int]] | None:
    """What a line that is labelled as the set names first, whatever noun it is: `SCENE: A bandstand in Graz.`"""
    for passage in heads[:1] if scene.heading else heads[::-1][: FEW * 2]:
        label = SET_LINE.match(passage.text)
        if label or SET_LINE.fullmatch(scene.heading):
            found = _named_first(passage.text[:MAX_TEXT], label.end() if label else 0)
            return (passage, found) if found else None
    return None


def _named_first(text: str, start: int) -> tuple[str, str, int] | None:
    """The first phrase without its article, with what it is of; None for somebody, a thing or a time."""
    words = tokens(text[start:])
    first = next((at for at, word in enumerate(words[:3]) if word.text.casefold() not in DETERMINERS | LEADING), 3)
    end = first
    while end < len(words) and (end == first or words[end].gap == " ") and not _leaves(words[end]):
        end += 1
    named = words[first:end]
    joins = next((at for at, word in enumerate(named) if word.text == "of"), len(named))
    if not joins or joins > MAX_LEAD or len(named) > 2 * MAX_LEAD or _is_no_place(named, joins):
        return None
    return _written(named), "", start + named[0].start


def _leaves(word: Token) -> bool:
    """Whether what a place is called has ended before a word."""
    low = word.text.casefold()
    return low in (LEADING - {"of"}) | PHRASE_ENDS


def _is_no_place(named: Sequence[Token], joins: int) -> bool:
    low = [bare_word(word.text) for word in named]
    acts = any(word in VERBS for word in low) or any(word.capital for word in named)
    somebody = any(is_person_noun(word) for word in low[:joins]) and not POSSESSIVE.search(named[0].text)
    return acts or somebody or low[joins - 1] in VAGUE or longest_name([low[joins - 1]]) is not None


def _told(found: tuple[str, str, int] | None, last: tuple[str, str] | None) -> tuple[str, str] | None:
    """Room and parent; the garden of `the same house` is in the house of the act before."""
    if found is None:
        return None
    room, parent, _ = found
    return (room, last[1] if last else "") if AGAIN.match(parent) else (room, parent)


def _laid(lines: Sequence[str]) -> tuple[str, str] | None:
    """The setting that lines before the first act tell: `The scene is laid in a cottage`."""
    text = " ".join(lines)
    for said in LAID.finditer(text):
        if found := _setting(text[said.end() : said.end() + MAX_TEXT]):
            return found[0], found[1]
    return None


def _setting(text: str) -> tuple[str, str, int] | None:
    """Room, what it is in, and where in the text the room stands."""
    start = label.end() if (label := LABEL.match(text)) else 0
    words = tokens(text[start:])
    for at, word in enumerate(words):
        low = bare_word(word.text)
        if word.start > FAR:
            break
        if not (_is_place(low) and _ends(words, at)) or (low in REGIONS and _tells_more(words, at)):
            continue
        first = _first(words, at)
        room = _written(words[first : at + 1])
        parent, last = _parent(words, at)
        if parent and low not in ROOMS and _is_room_after(words, at, last):
            room, parent = parent, room
        return room, parent, start + word.start
    return None


def _tells_more(words: Sequence[Token], at: int) -> bool:
    """Whether a room or a building follows a region: `An island. Cottage kitchen, with nets.`"""
    following = [word for word in words[at + 1 :] if word.start <= FAR]
    return any(bare_word(word.text) in INDOORS for word in following)


def _is_place(low: str) -> bool:
    return is_place_noun(low) or low in HOMES or is_place_noun(singular(low))


def _ends(words: Sequence[Token], at: int) -> bool:
    """Whether the noun is not the first part of a compound: KITCHEN TABLE."""
    if at + 1 < len(words) and not words[at + 1].gap.strip() and _is_place(bare_word(words[at + 1].text)):
        return False
    if at + 1 == len(words) or words[at + 1].gap.strip(" ") or POSSESSIVE.search(words[at].text):
        return at + 1 == len(words) or not POSSESSIVE.search(words[at].text)
    after = words[at + 1].text.casefold()
    return (
        after in LEADING | LINKING | PHRASE_ENDS
        or after.endswith(("ed", "ing", "ly"))
        or after in {"as", "by", "or", "into"}
    )


def _first(words: Sequence[Token], at: int) -> int:
    """Index of the first word that belongs to the name: owner and the nouns before, no articles and few adjectives."""
    first = at
    for index in range(at - 1, max(-1, at - 1 - MAX_LEAD), -1):
        low = words[index].text.casefold()
        if words[index + 1].gap.strip() or low in DETERMINERS | LEADING | PHRASE_ENDS | {"now", "and"}:
            break
        first = index
    return first


def _parent(words: Sequence[Token], at: int) -> tuple[str, int]:
    """The house a room is in: `in Anna's flat`, `of the farmhouse of JOHN WRIGHT`, and the index where its name ends."""
    if at + 1 >= len(words) or words[at + 1].text.casefold() not in LEADING or words[at + 1].gap.strip(" ,"):
        return "", at
    end = _reach(words, at + 2)
    for index in range(at + 2, end):
        if _is_place(bare_word(words[index].text)) and _ends(words, index):
            owner, last = _owner(words, index)
            name = _written(words[max(_first(words, index), at + 2) : index + 1])
            if bare_word(words[index].text) in SETTLEMENTS:
                return "", at
            return (f"{owner}'s {_noun(name)}" if owner else name), last
    return _named(words, at + 2, end)


def _reach(words: Sequence[Token], first: int) -> int:
    for index in range(first, min(len(words), first + MAX_LINK)):
        if index > first and STOP_GAP.search(words[index].gap):
            return index
    return min(len(words), first + MAX_LINK)


def _owner(words: Sequence[Token], at: int) -> tuple[str, int]:
    """JOHN WRIGHT of `the farmhouse of JOHN WRIGHT`."""
    if at + 2 >= len(words) or words[at + 1].text.casefold() != "of" or words[at + 1].gap.strip():
        return "", at
    end = at + 2
    while end < len(words) and words[end].text[0].isupper() and (end == at + 2 or not words[end].gap.strip(" .")):
        end += 1
    return _written(words[at + 2 : end]), end - 1


def _named(words: Sequence[Token], first: int, end: int) -> tuple[str, int]:
    """A parent without a place noun, told by a name of its own: `at Elsinore`, `the Helmers'`."""
    start = first + 1 if first < end and words[first].text.casefold() in DETERMINERS else first
    last = start
    while last < end and words[last].text[0].isupper() and not (last > start and words[last].gap.strip()):
        last += 1
    named = words[start:last]
    person = bool(named) and is_person_noun(named[-1].text)
    return (_written(named), last - 1) if named and not person else ("", first)


def _is_room_after(words: Sequence[Token], at: int, last: int) -> bool:
    """Whether the second place is the room of the first: `a farmhouse, in the kitchen`."""
    return last > at and bare_word(words[last].text) in ROOMS


def _noun(name: str) -> str:
    """A house without what is told of it: `now abandoned farmhouse` is `farmhouse`."""
    return name.rsplit(maxsplit=1)[-1]


def _written(words: Sequence[Token]) -> str:
    return " ".join(word.text for word in words)
