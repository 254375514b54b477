"""Names in prose: capitalised words that come back, and that speak or act."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from extraction.domain.engine.capitals import Token, tokens
from extraction.domain.engine.given_names import ALSO_WORDS, is_given
from extraction.domain.engine.naming import POSSESSIVE, Key, name_key
from extraction.domain.engine.narration import narration
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.place_words import SEA, SOCIETIES, is_place_noun
from extraction.domain.engine.props.lexicon import longest_name
from extraction.domain.engine.prose_verbs import acts, handles, speaks
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import (
    ABBREVIATED,
    DETERMINERS,
    NAMING,
    PLACES,
    TITLES,
    UNHELD,
    is_addressed,
    is_person_noun,
    is_title,
    word_set,
)

NEAR = word_set(
    "in at to from into inside aboard through across outside near beneath toward towards above behind beyond over",
)
MOUNT = word_set("mount mont lake cape fort hotel pension villa")
HOUSES = word_set("hotel inn pension tavern lodge manor castle guesthouse guest-house boarding-house villa")
"""Houses that are told of like people: `The Pension Rosa was asleep`."""
BYLINE = re.compile(r"(?:(?:written|translated|adapted|a \w+|from the \w+)\s+)?by\s.{2,80}", re.IGNORECASE)
FOND = word_set("old poor dear good little young")
TO = word_set("to with by and beside named called")
BESIDE = word_set("of along down up on by off round past")
RELATING = word_set("who whom whose where that which with without lit")
AROUND = 40
NOT_NAMES = word_set(
    "i i'm i'll i've i'd english french german latin greek american british chinese russian christmas easter god heaven "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december mr mrs oh ah yes no chapter",
)
SENTENCE_GAP = re.compile(r"[.!?:;\u2026\"\u201c\u2018(\n]|(?:^|\s)'")
ALONE = word_set("father mother sister brother aunt uncle madam madame captain doctor professor nurse")
"""What people are called without a name and without an article: `said Madame`."""
MAX_NAME, MAX_BYLINE, APPOSED = 4, 100, 10
MAX_LENGTH = 80


@dataclass(slots=True)
class ProseName:
    """A capitalised name and how often it is seen `spoken` for, `acting`, and after a word of place (`placed`).

    `beside` counts it after words that places share with people, `inside` where it is not the first word of a sentence,
    `given` where something is done with it or to it, `handling` what only hands do, `place_told` and `person_told`
    where a noun tells that it is a place or somebody, `article` after `the`. `called_by_first`: its first word alone
    speaks or acts, too.
    """

    text: str
    line: int
    seen: int = 0
    spoken: int = 0
    acting: int = 0
    placed: int = 0
    inside: int = 0
    given: int = 0
    handling: int = 0
    beside: int = 0
    place_told: int = 0
    person_told: int = 0
    article: int = 0
    called_by_first: bool = False
    at_sea: set[str] = field(default_factory=set)
    passages: list[tuple[Passage, int]] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What makes two spellings one name."""
        return name_key(self.text)

    @property
    def person(self) -> bool:
        """Whether the name speaks or acts often enough to be somebody; less is enough for a first name or a title."""
        first = is_given(self.key[0])
        if self.person_told and len(self.key) > 1 and not (self.placed or self.place_told):
            return True
        placelike = self.key[-1] in PLACES or is_place_noun(self.key[-1])
        sounds_like_one = placelike and not (self.called_by_first or is_addressed(self.key))
        pointed = self.article > 0 and self.key[-1] in ALONE
        if sounds_like_one or pointed or self.is_vessel or self._is_told_to_be_a_place:
            return False
        if self.person_told and (self.inside or first) and not self.placed:
            return True
        if first and len(self.key) > 1 and self.acting + self.given >= 1:
            return True
        if self.placed * 2 > self.seen or not (
            first or self.titled or self.inside or self.handling or self.called_by_first
        ):
            return False
        return self.spoken + self.acting >= self._wanted(first=first)

    def _wanted(self, *, first: bool) -> int:
        """How often the name has to speak or act to be somebody."""
        if self.titled:
            return 1 if self.seen < 2 else 0
        if self.spoken and (first or self.seen >= 2):
            return 1
        common = self.key[0] in ALSO_WORDS and not self.inside
        return 1 if first and not common else max(2, 4 - self.seen + self.spoken)

    def add(self, part: "ProseName") -> None:
        """Count what is told of a part of this name. That its first word does something of itself makes it no street."""
        self.called_by_first = self.called_by_first or (part.key == self.key[:1] and part.does)
        for count in ("seen", "spoken", "acting", "inside", "handling", "given", "person_told"):
            setattr(self, count, getattr(self, count) + getattr(part, count))

    @property
    def does(self) -> bool:
        """Whether it speaks or acts at all, nobody is in it, and it is not `the` one."""
        return self.spoken + self.acting > 0 and not (self.placed or self.beside or self.place_told or self.article)

    @property
    def titled(self) -> bool:
        """Whether a title leads a name: Aunt Polly."""
        return self.key[0] in TITLES - {"st", "saint"} and len(self.key) > 1

    @property
    def is_vessel(self) -> bool:
        """Whether it is `the Marigold`, which sails, and neither speaks nor is ever called without the article."""
        return len(self.at_sea) > 1 and self.article == self.seen and not self.spoken

    @property
    def _is_told_to_be_a_place(self) -> bool:
        return self.place_told > 0 and max(self.spoken, self.acting) <= self.place_told

    @property
    def place(self) -> bool:
        """Whether the name is somewhere one can be."""
        if self._is_told_to_be_a_place or self.is_vessel:
            return True
        ends = (self.key[0], self.key[-1])
        kind = any(word in PLACES or is_place_noun(word) for word in ends) or self.key[0] in MOUNT
        hosts = len(self.key) > 1 and self.article and self.acting and not HOUSES.isdisjoint(ends)
        nobody = self.placed >= 2 and self.spoken == self.acting == 0
        named = self.inside > 0 and self.key[-1] not in SOCIETIES
        return named and bool(hosts or nobody or (kind and self.placed + self.beside >= 1))


def prose_names(survey: Survey) -> list[ProseName]:
    """Names that are persons. What a part of exactly one full name does counts for that, and who it is counts for the part."""
    names = {name.key: name for name in collect(survey)}
    fuller: dict[Key, list[ProseName]] = {}
    for key, name in names.items():
        for part in {key[:1], key[-1:]} if len(key) > 1 else ():
            fuller.setdefault(part, []).append(name)
    parts = {key: fuller[key][0] for key in names if len(fuller.get(key, ())) == 1}
    for key, full in parts.items():
        if full.does:
            full.add(names[key])
    return [
        name for name in names.values() if name.person or (name.key in parts and parts[name.key].person and name.does)
    ]


def fuller_names(survey: Survey, known: Collection[Key]) -> list[str]:
    """Full names of people who are known by a part of them, wherever they stand, in speeches too: Tom Sawyer for Tom.

    Those with an office (Judge Miller) are among them, whoever is known: the story may go on with `the Judge`.
    """
    found: dict[Key, str] = {}
    for passage in survey.passages:
        words = tokens(passage.text)
        for first, end in runs(words, survey):
            key = name_key(passage.text[words[first].start : words[end - 1].end])
            parts = (key[:1], key[-1:]) if len(key) == 2 and is_given(key[0]) else ()
            place = key[-1:] and (key[-1] in PLACES or is_place_noun(key[-1]))
            office = len(key) == 2 and is_title(key[0]) and is_person_noun(key[0])
            if not place and (office or any(part in known for part in parts)):
                found.setdefault(key, POSSESSIVE.sub("", passage.text[words[first].start : words[end - 1].end]))
    return list(found.values())


def collect(survey: Survey) -> list[ProseName]:
    """Every capitalised name with its counts, in order of appearance."""
    names: dict[Key, ProseName] = {}
    for passage in survey.passages:
        if len(passage.text) < MAX_BYLINE and BYLINE.fullmatch(passage.text):
            continue
        words = tokens(narration(passage.text))
        for first, end in runs(words, survey):
            _count(names, passage, words, first, end)
    return list(names.values())


def runs(words: list[Token], survey: Survey) -> Iterator[tuple[int, int]]:
    """Start and end of each run of capitalised words that can be a name."""
    index = 0
    while index < len(words):
        end = index
        while end < len(words) and _named(words, index, end):
            end += 1
        first = index
        while first < end and _opens_with_common_word(words[first], survey, first=first):
            first += 1
        short = first < end <= first + MAX_NAME and words[end - 1].end - words[first].start <= MAX_LENGTH
        if short and name_key(words[first].text) and _worth(words[first:end]):
            yield first, end
        index = max(end, index + 1)


def _named(words: list[Token], first: int, at: int) -> bool:
    token = words[at]
    capitalised = token.text[0].isupper() and len(token.text) > 1 and not token.capital
    if at == first:
        return capitalised
    return capitalised and (token.gap == " " or (token.gap == ". " and words[at - 1].text.casefold() in ABBREVIATED))


def _opens_with_common_word(token: Token, survey: Survey, *, first: int) -> bool:
    opens = first == 0 or bool(SENTENCE_GAP.search(token.gap))
    low = token.text.casefold()
    if low.endswith("-old"):
        return True
    common = low in UNHELD | FOND or (survey.spelling.common(token.text) and not is_title(low))
    return low in DETERMINERS or (opens and common)


def _worth(run: list[Token]) -> bool:
    key = [token.text.casefold() for token in run]
    alone = len(key) == 1 and key[0] in ALONE
    return alone or is_addressed(key) or any(word not in NOT_NAMES | TITLES for word in key)


def _count(names: dict[Key, ProseName], passage: Passage, words: list[Token], first: int, end: int) -> None:
    text = POSSESSIVE.sub("", passage.text[words[first].start : words[end - 1].end])
    key = name_key(text)
    if not key:
        return
    line = passage.element_at(words[first].start).line
    name = names.setdefault(key, ProseName(text, line))
    before = [word.text.casefold() for word in words[max(0, first - 2) : first]]
    name.seen += 1
    name.inside += first > 0 and not SENTENCE_GAP.search(words[first].gap)
    name.spoken += speaks(words, first, end - 1)
    name.acting += acts(words, end - 1)
    name.handling += handles(words, end - 1)
    name.article += bool(before) and before[-1] == "the"
    name.given += bool(before) and before[-1] in TO
    name.placed += bool(before) and (before[-1] in NEAR or (before[-1] == "the" and before[0] in NEAR))
    name.beside += bool(before) and (before[-1] in BESIDE or (before[-1] == "the" and before[0] in BESIDE))
    if before[-1:] == ["the"] and not is_person_noun(key[-1]):
        name.at_sea.update(word.text for word in words[max(0, first - AROUND) : end + AROUND] if word.text in SEA)
    told = _told_to_be(words, first, end)
    name.person_told += _is_in_apposition(words, first, end)
    name.place_told += told is not None and is_place_noun(told)
    name.person_told += told is not None and is_person_noun(told)
    name.passages.append((passage, words[first].start))


def _is_in_apposition(words: list[Token], first: int, end: int) -> bool:
    """Whether it is told who acts: `Ann Reed, a locksmith of forty, finds`, `the manager, Reed, hands her`."""
    if end >= len(words) or words[end].gap.strip() != ",":
        return False
    if words[first].gap.strip() == "," and first > 1 and acts(words, end - 1):
        led = any(word.text.casefold() in DETERMINERS for word in words[max(0, first - MAX_NAME) : first - 1])
        return led and is_person_noun(words[first - 1].text)
    if words[end].text not in DETERMINERS:
        return False
    closes = next((at for at in range(end + 1, min(end + APPOSED, len(words))) if words[at].gap.strip()), None)
    if closes is None or words[closes].gap.strip() != "," or not acts(words, closes - 1):
        return False
    ends = (at for at in range(end + 1, closes) if words[at].text in BESIDE | NEAR | RELATING)
    head = words[next(ends, closes) - 1].text
    if words[end].text not in {"a", "an"}:
        return is_person_noun(head)
    return not is_place_noun(head) and longest_name([head]) is None


def _told_to_be(words: list[Token], first: int, end: int) -> str | None:
    """The noun that tells what a name is: `a child named Pim`, `Dunmore, a town`, `Harwick was a village of nine houses`."""
    if first > 1 and words[first - 1].text in NAMING and words[first - 2].text not in TITLES:
        return words[first - 2].text
    if end + 1 >= len(words):
        return None
    beside = words[end].gap.strip() in {",", ":", "\u2014", "--"}
    at = end if beside else end + 1
    if words[at].text not in {"a", "an"} or not (beside or words[end].text in {"was", "is"}):
        return None
    for word, following in zip_longest(words[at + 1 : at + 1 + MAX_NAME], words[at + 2 : at + 2 + MAX_NAME]):
        if word is None or word.gap != " " or word.text in BESIDE | NEAR or POSSESSIVE.search(word.text):
            return None
        if is_place_noun(word.text) or is_person_noun(word.text):
            ends = following is None or following.gap != " " or following.text in BESIDE | NEAR | RELATING
            return word.text if ends else None
    return None
