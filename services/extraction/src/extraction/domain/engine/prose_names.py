"""Names in prose: capitalised words that come back, and that speak or act."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extraction.domain.engine.capitals import Token, tokens
from extraction.domain.engine.naming import POSSESSIVE, Key, name_key
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import DETERMINERS, PLACES, TITLES, UNHELD, word_set

SPEECH = word_set(
    "said says asked asks answered replied cried cries shouted shouts whispered whispers called calls thought thinks added "
    "muttered mutters exclaimed murmured begged laughed laughs told tells",
)
ACTING = word_set(
    "was is had has went goes took takes came comes ran runs stood stands sat sits saw sees looked looks made makes gave gives "
    "got gets held holds put puts knew knows began begins fell falls felt feels left leaves kept keeps found finds turns "
    "walks opens waits smiles nods carries wears lives works does did could would will can must never",
)
NEAR = word_set(
    "in at to from into inside through across outside near beneath toward towards above behind beyond over",
)
NOT_NAMES = word_set(
    "i i'm i'll i've i'd english french german latin greek american british chinese russian christmas easter god heaven "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december mr mrs oh ah yes no chapter",
)
SENTENCE_GAP = re.compile(r"[.!?:;\u2026\"\u201c\u2018(\n]|(?:^|\s)'")
MAX_NAME = 4
MAX_LENGTH = 80


@dataclass(slots=True)
class ProseName:
    """A capitalised name and how often it is seen `spoken` for, `acting`, and after a word of place (`placed`)."""

    text: str
    line: int
    seen: int = 0
    spoken: int = 0
    acting: int = 0
    placed: int = 0
    inside: int = 0
    passages: list[tuple[Passage, int]] = field(default_factory=list)

    @property
    def person(self) -> bool:
        """Whether the name speaks or acts often enough to be somebody."""
        titled = name_key(self.text)[0] in TITLES
        if self.placed * 2 > self.seen or self.inside == 0 or name_key(self.text)[-1] in PLACES:
            return False
        return (self.seen >= 2 and (self.spoken >= 1 or titled)) or (self.seen >= 3 and self.acting >= 2)

    @property
    def place(self) -> bool:
        """Whether the name is somewhere one can be."""
        kind = name_key(self.text)[-1] in PLACES or name_key(self.text)[0] in PLACES
        return self.inside > 0 and (
            (kind and self.placed >= 1) or (self.placed >= 2 and self.spoken == self.acting == 0)
        )


def prose_names(survey: Survey) -> list[ProseName]:
    """Names that are persons."""
    return [name for name in collect(survey) if name.person]


def collect(survey: Survey) -> list[ProseName]:
    """Every capitalised name with its counts, in order of appearance."""
    names: dict[Key, ProseName] = {}
    for passage in survey.passages:
        words = tokens(passage.text)
        for first, end in _runs(words, survey):
            _count(names, passage, words, first, end)
    return list(names.values())


def _runs(words: list[Token], survey: Survey) -> Iterator[tuple[int, int]]:
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
    return capitalised and (token.gap == " " or (token.gap == ". " and words[at - 1].text.casefold() in TITLES))


def _opens_with_common_word(token: Token, survey: Survey, *, first: int) -> bool:
    opens = first == 0 or bool(SENTENCE_GAP.search(token.gap))
    low = token.text.casefold()
    return low in DETERMINERS or low in UNHELD or (opens and survey.spelling.common(token.text) and low not in TITLES)


def _worth(run: list[Token]) -> bool:
    return any(token.text.casefold() not in NOT_NAMES | TITLES for token in run)


def _count(names: dict[Key, ProseName], passage: Passage, words: list[Token], first: int, end: int) -> None:
    text = POSSESSIVE.sub("", passage.text[words[first].start : words[end - 1].end])
    key = name_key(text)
    if not key:
        return
    line = passage.element_at(words[first].start).line
    name = names.setdefault(key, ProseName(text, line))
    before = [word.text.casefold() for word in words[max(0, first - 2) : first]]
    after = words[end].text.casefold() if end < len(words) else ""
    name.seen += 1
    name.inside += first > 0 and not SENTENCE_GAP.search(words[first].gap)
    name.spoken += after in SPEECH or (bool(before) and before[-1] in SPEECH)
    name.acting += after in ACTING or after.endswith("ed")
    name.placed += bool(before) and (before[-1] in NEAR or (before[-1] == "the" and before[0] in NEAR))
    name.passages.append((passage, words[first].start))
