"""Names: how to compare them and how to write them."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable

from extraction.domain.engine.words import ACRONYMS, SMALL_WORDS, TITLES, is_sound_or_verb
from extraction.domain.formats.cues import SCOTTISH, in_capitals

WORD = re.compile(r"#?[^\W_]+(?:['\u2019\-][^\W_]+)*")
SHOUTED = r"(?:Mc|Mac)?[^\W\d_a-z](?:[^\W_a-z]|['\u2019\-])+(?:'s|\u2019s)?"
SHOUTED_RUN = re.compile(rf"\b{SHOUTED}(?: {SHOUTED})*")
POSSESSIVE = re.compile(r"['\u2019](?:[sS])?$")
PIECE = re.compile(r"[^\W\d_]+")

PICTURE = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff][\u2600-\u27bf\U0001f300-\U0001faff\u200d\ufe0f]*")
"""Emoji: all there is of some names."""

Key = tuple[str, ...]


def name_key(text: str) -> Key:
    """What makes two spellings one name: words without case, dots, possessives and a leading article."""
    words = [bare_word(word) for word in WORD.findall(text)] or PICTURE.findall(text)
    return tuple(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def bare_word(word: str) -> str:
    """A word without case and possessive ending, with straight apostrophes."""
    return POSSESSIVE.sub("", word).casefold().replace("\u2019", "'")


def shouted(word: str) -> bool:
    """Whether a word is written in capitals: more than one letter, and not spelled out as `K-E-S-T`."""
    return in_capitals(word) and max(len(part) for part in word.split("-")) > 1


class Spelling:
    """How a script spells words when it does not shout: `McReady` for `McREADY`."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._common: set[str] = set()
        for text in texts:
            for word in WORD.findall(text):
                bare = POSSESSIVE.sub("", word)
                if bare.islower():
                    self._common.add(bare)
                elif bare[:1].isupper() and not in_capitals(bare):
                    counts[bare.casefold()][bare] += 1
        self._spelling = {low: forms.most_common(1)[0][0] for low, forms in counts.items()}

    def common(self, word: str) -> bool:
        """Whether the script writes this word small somewhere, as it does not with names."""
        return word.casefold() in self._common

    def display(self, text: str) -> str:
        """A name as a title: `THE WRECK OF THE KESTREL` is `The Wreck of the Kestrel`."""
        words = " ".join(text.split())
        return WORD.sub(lambda word: self._title(word, words), words)

    def calm(self, text: str, names: Container[str] = ()) -> str:
        """A sentence without shouting: words in capitals become small, but for names (`names` holds them small).

        In HESTER BELL both words are the name when one is, even where the script writes `bell` small elsewhere.
        """
        return SHOUTED_RUN.sub(lambda run: self._quiet(run, names), text)

    def _quiet(self, run: re.Match[str], names: Container[str]) -> str:
        proper = any(self._proper(word, names) for word in WORD.findall(run.group()))

        def word(found: re.Match[str]) -> str:
            if not shouted(found.group()):
                return found.group()
            if self._proper(found.group(), names) or (proper and not is_sound_or_verb(found.group())):
                return self._title(found, found.string)
            before = run.string[: run.start()].rstrip() if found.start() == 0 else "-"
            return found.group().capitalize() if not before or before[-1] in ".!?" else found.group().lower()

        return WORD.sub(word, run.group())

    def _proper(self, word: str, names: Container[str]) -> bool:
        low = bare_word(word)
        return low in names or low in ACRONYMS or (low in self._spelling and low not in self._common)

    def _title(self, word: re.Match[str], text: str) -> str:
        low = word.group().casefold()
        leads = word.start() == 0 or text[max(0, word.start() - 2) : word.start()] == "- "
        return low if low in SMALL_WORDS and not leads else self._word(word.group())

    def _word(self, word: str) -> str:
        low = word.casefold()
        if low in self._spelling:
            return self._spelling[low]
        if low in TITLES:
            return word.capitalize()
        if low in ACRONYMS or (len(low) <= 4 and not set(low) & set("aeiouy")) or any(char.isdigit() for char in word):
            return word
        scottish = SCOTTISH.match(word)
        if scottish:
            return scottish.group() + word[scottish.end() :].capitalize()
        return PIECE.sub(lambda piece: _piece(word, piece), word)


def _piece(word: str, piece: re.Match[str]) -> str:
    before = word[piece.start() - 1] if piece.start() else ""
    if before in {"'", "\u2019"} and len(piece.group()) <= 2:
        return piece.group().lower()
    return piece.group().capitalize()
