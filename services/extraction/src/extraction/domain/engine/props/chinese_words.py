"""Chinese text as words: the longest known word wins, what no list knows stays single characters."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from extraction.domain.chinese_characters import simplified
from extraction.domain.engine.props.lexicon import read_list

IDEOGRAPHS = re.compile("[\u3400-\u9fff]")
STOP = re.compile("[\uff0c\u3002\uff01\uff1f\uff1b\uff1a,.!?;:\u2026\u2014()\uff08\uff09【】\\[\\]]|\\s{2,}")
NUMBERS = frozenset("一二三四五六七八九十两几半数每这那某整多百千0123456789")


class Role(Enum):
    """What a word may do beside a thing."""

    THING = auto()
    SHORT_THING = auto()
    WORN = auto()
    FURNITURE = auto()
    HANDLING = auto()
    WEARING = auto()
    MEASURE = auto()
    NUMBER = auto()
    FUNCTION = auto()
    HELD = auto()
    NAME = auto()
    STOP = auto()
    OTHER = auto()
    UNKNOWN = auto()


LISTS = {
    "things": Role.THING,
    "short_things": Role.SHORT_THING,
    "worn": Role.WORN,
    "furniture": Role.FURNITURE,
    "handling": Role.HANDLING,
    "wearing": Role.WEARING,
    "measures": Role.MEASURE,
    "function_words": Role.FUNCTION,
    "held": Role.HELD,
    "other_words": Role.OTHER,
}
RESULTS = "掉下起出开上住到过着了走来回进好松断碎破翻紧击打动弄"
"""What follows a verb of one character to say how it ends or goes on: 擦掉, 拧开, 敲击."""
NOTHING: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start`, with everything it may be."""

    text: str
    start: int
    roles: frozenset[Role]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    def is_a(self, *roles: Role) -> bool:
        """Whether it may be one of these."""
        return not self.roles.isdisjoint(roles)


class Dictionary:
    """The lists of the package and the names of a script's people."""

    def __init__(self, names: Iterable[str]) -> None:
        self._roles: dict[str, frozenset[Role]] = dict(_known())
        for name in names:
            if len(name) > 1 and IDEOGRAPHS.match(name):
                self._roles[simplified(name)] = frozenset({Role.NAME})
        lengths: dict[str, set[int]] = {}
        for word in self._roles:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}

    def words(self, text: str) -> Iterator[Word]:
        """The words of a text in simplified characters; white space within a line is left out."""
        text = simplified(text)
        at = 0
        while at < len(text):
            word = self._word_at(text, at)
            at = word.end
            if not word.text.isspace() or word.is_a(Role.STOP):
                yield word

    def _word_at(self, text: str, at: int) -> Word:
        for length in self._lengths.get(text[at], ()):
            roles = self._roles.get(text[at : at + length])
            if roles is not None:
                return Word(text[at : at + length], at, roles)
        stop = STOP.match(text, at)
        if stop is not None:
            return Word(stop.group(), at, frozenset({Role.STOP}))
        return Word(text[at], at, frozenset({Role.UNKNOWN}))


def is_thing(word: str) -> bool:
    """Whether the lists know this as the name of a thing, in simplified characters and of two or more."""
    return Role.THING in _known().get(word, NOTHING)


@cache
def _known() -> Mapping[str, frozenset[Role]]:
    found: dict[str, frozenset[Role]] = {number: frozenset({Role.NUMBER}) for number in NUMBERS}
    for name, role in LISTS.items():
        for word in read_list("chinese", name):
            found[word] = found.get(word, NOTHING) | {role}
    verbs = [word for word, roles in found.items() if len(word) == 1 and Role.HANDLING in roles]
    for verb in verbs:
        for result in RESULTS:
            found.setdefault(verb + result, frozenset({Role.HANDLING}))
    return found
