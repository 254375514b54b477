"""Phrases in capitals inside ordinary sentences: how scripts introduce people and things."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.domain.engine.naming import POSSESSIVE, WORD, shouted
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.words import (
    ABBREVIATED,
    DETERMINERS,
    VERBS,
    is_person_noun,
    is_sound_or_verb,
    is_sounding_thing,
)

STOP = re.compile(r"[.!?\u2026;()\[\]]")
MAYBE = re.compile(r"[^\W\d_a-z]{2}")
JOINED = re.compile(r"\s{1,2}|\s?-\s?")
CONTRACTIONS = frozenset(
    f"{word}'s" for word in ("it", "he", "she", "that", "there", "what", "who", "here", "where", "how", "let")
)
ALSO = frozenset({"AKA"})
"""It stands between two names of one."""
POINTING = frozenset({"INSERT", "CLOSE", "CLOSEUP", "CLOSE-UP", "CU", "ECU", "ANGLE", "TIGHT", "EXTREME"})
INFLECTED = re.compile(r"(?:[^S]S|ED|ING)$")
CONTEXT = 6
MAX_WORDS = 6
MAX_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a passage; `gap` is what stands between it and the word before."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def capital(self) -> bool:
        """Whether the word is written in capitals (and is more than one letter)."""
        return shouted(self.text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in capitals; `before` are the words before in the same sentence (small, with commas and colons).

    `determined` tells whether an article, a number or a possessive in capitals or small letters leads it, `alone`
    whether its sentence has nothing else.
    """

    text: str
    passage: Passage
    start: int
    end: int
    before: tuple[str, ...]
    determined: bool
    alone: bool

    @property
    def words(self) -> list[str]:
        """The words of the phrase."""
        return WORD.findall(self.text)

    @property
    def possessed(self) -> bool:
        """Whether a possessive stands inside: FINCH'S BOAT is no name of FINCH."""
        return any(POSSESSIVE.search(word) for word in self.words[:-1])

    @property
    def after(self) -> str:
        """What follows, up to 200 characters."""
        return self.passage.text[self.end : self.end + 200]


def tokens(text: str) -> list[Token]:
    """The words of a text with what stands between them."""
    found: list[Token] = []
    position = 0
    for word in WORD.finditer(text):
        found.append(Token(word.group(), word.start(), word.end(), text[position : word.start()]))
        position = word.end()
    return found


def phrases(passage: Passage) -> Iterator[Phrase]:
    """Phrases in capitals, without those inside quotation marks."""
    if not MAYBE.search(passage.text):
        return
    words = tokens(passage.unquoted)
    index = 0
    while index < len(words):
        end = index
        while end < len(words) and _continues(words, index, end):
            end += 1
        if end > index:
            phrase = _phrase(passage, words, index, end)
            if phrase is not None:
                yield phrase
        index = max(end, index + 1)


def _continues(words: list[Token], first: int, at: int) -> bool:
    token = words[at]
    if token.text in ALSO:
        return False
    small = token.text in {"A", "I"} and at + 1 < len(words) and words[at + 1].capital
    if at == first:
        return token.capital or (small and token.text == "A")
    joined = JOINED.fullmatch(token.gap) or (token.gap == ". " and words[at - 1].text.casefold() in ABBREVIATED)
    return bool(joined) and (token.capital or small or token.text.lstrip("#").isdigit())


def _phrase(passage: Passage, words: list[Token], first: int, end: int) -> Phrase | None:
    """The phrase of words[first:end], without leading articles and trailing noises and verbs."""
    whole = (first, end)
    first = _skip_pointing(words, first, end)
    while first < end and words[first].text.casefold() in DETERMINERS:
        first += 1
    noun = first == whole[0] and first > 0 and words[first - 1].text.casefold() in DETERMINERS
    while end > first + 1 and _trails(words[first:end], determined=first > whole[0], noun=noun):
        end -= 1
    if first == end or end - first > MAX_WORDS or words[end - 1].end - words[first].start > MAX_LENGTH:
        return None
    before = _before(words, whole[0])
    return Phrase(
        text=passage.text[words[first].start : words[end - 1].end],
        passage=passage,
        start=words[first].start,
        end=words[end - 1].end,
        before=before,
        determined=first > whole[0] or (bool(before) and determines(before[-1])),
        alone=_starts_sentence(words, whole[0]) and _ends_sentence(passage.text, words, whole[1]),
    )


def _trails(words: list[Token], *, determined: bool, noun: bool) -> bool:
    """Whether the last word is what the rest does (KIT SCREAMS) and no part of the name (A TIN WHISTLE, a FRUIT STAND)."""
    spelled = [word.text for word in words]
    if noun and words[-1].text.casefold() in VERBS and not INFLECTED.search(words[-1].text):
        return False
    acts = INFLECTED.search(spelled[-1]) is not None and is_person_noun(spelled[-2])
    kept = (determined and not acts) or is_sounding_thing(spelled, spelled[-1].casefold())
    return is_sound_or_verb(spelled[-1]) and not kept


def _skip_pointing(words: list[Token], first: int, end: int) -> int:
    """Past `INSERT -`, `CLOSE ON` and the like, which point at a thing."""
    if words[first].text not in POINTING:
        return first
    while first < end and words[first].text in POINTING | {"ON", "OF", "UP", "IN", "TO"}:
        first += 1
    return first


def _before(words: list[Token], first: int) -> tuple[str, ...]:
    context: list[str] = []
    at = first
    while at >= 0 and len(context) < CONTEXT:
        gap = words[at].gap
        if STOP.search(gap):
            break
        context += [mark for mark in (",", ":") if mark in gap]
        at -= 1
        if at >= 0:
            context.append(words[at].text.casefold())
    return tuple(reversed(context))


def determines(word: str) -> bool:
    """Whether a word before a noun says which one: an article, a number, a possessive."""
    if word.replace("\u2019", "'") in CONTRACTIONS:
        return False
    return word in DETERMINERS or word.endswith(("'s", "\u2019s", "s'", "s\u2019"))


def _starts_sentence(words: list[Token], first: int) -> bool:
    return first == 0 or bool(STOP.search(words[first].gap))


def _ends_sentence(text: str, words: list[Token], end: int) -> bool:
    gap = words[end].gap if end < len(words) else text[words[end - 1].end :] or "."
    return bool(STOP.search(gap)) or (not gap.strip(" ,:") and end >= len(words))
