"""Words of a stretch of text with their neighbours."""

import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?\u2026;:\u2014()\[\]]|--|\s-\s|\s{3,}")
NARROW = frozenset({" ", "-", "  "})


@dataclass(frozen=True, slots=True)
class Token:
    """A word; `low` is it in small letters with straight apostrophes, `gap` what stands between it and the word before."""

    text: str
    low: str
    start: int
    end: int
    gap: str

    @property
    def joined(self) -> bool:
        """Whether only a space stands before it."""
        return self.gap in NARROW

    @property
    def opens(self) -> bool:
        """Whether a sentence or a part of one begins here."""
        return not self.gap or SENTENCE_END.search(self.gap) is not None

    @property
    def shouted(self) -> bool:
        """Whether it is written in capitals."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def proper(self) -> bool:
        """Whether it is written with a capital that no beginning of a sentence explains."""
        return self.text[0].isupper() and not self.shouted and not self.opens


def tokens(text: str) -> list[Token]:
    """The words of a text."""
    found: list[Token] = []
    position = 0
    for word in WORD.finditer(text):
        low = word.group().casefold().replace("\u2019", "'")
        found.append(Token(word.group(), low, word.start(), word.end(), text[position : word.start()]))
        position = word.end()
    return found
