"""Somebody whom a story calls by what they are."""

from collections import Counter
from dataclasses import dataclass, field

from extraction.domain.engine.naming import Key
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.words import word_set

FEMALE = word_set(
    "sister mother wife daughter aunt niece grandmother lady queen princess widow girl woman maid nurse mistress mamma mama"
)
MALE = word_set(
    "brother father husband son uncle nephew grandfather king prince duke boy man gentleman papa fellow lord sir"
)
KIN = word_set(
    "sister mother wife daughter aunt niece grandmother brother father husband son uncle nephew grandfather cousin mamma papa"
)
VAGUE = word_set(
    "man woman boy girl child person fellow lady gentleman friend youth baby people figure couple one owner "
    "host neighbour neighbor companion master mistress sir lord parent"
)
STRANGERS = word_set("stranger visitor newcomer new-comer arrival intruder caller traveller traveler guest")
"""Words for one who was not known before."""
MOSTLY = 0.6


@dataclass(slots=True)
class Calling:
    """Somebody called by what they are: how often, and how often `spoken` for or `acting`.

    `age` tells the old man from the young one, `new` is the line that introduces somebody who was not known before,
    `there` counts it without what only tells what kind of person somebody is, `proper`
    where it is written like a name; `beside` are words of the names told in one sentence with it; `at` is the last of the paragraphs that tell of them.
    """

    head: str
    age: str = ""
    heads: Counter[str] = field(default_factory=Counter)
    pronouns: Counter[str] = field(default_factory=Counter)
    seen: int = 0
    there: int = 0
    spoken: int = 0
    acting: int = 0
    owned: int = 0
    proper: int = 0
    beside: set[str] = field(default_factory=set)
    modified: Counter[Key] = field(default_factory=Counter)
    introduced: Key = ()
    new: int | None = None
    first: tuple[Passage, int] | None = None
    owners: Counter[str] = field(default_factory=Counter)
    lines: list[int] = field(default_factory=list)
    at: int = 0

    def name(self) -> Key:
        """The words that tell this one best: `masked figure`, `old man`."""
        common = self.modified.most_common(1)
        modifiers = common[0][0] if common and common[0][1] * 2 >= self.seen else self.introduced
        return (*modifiers, self.heads.most_common(1)[0][0])

    @property
    def gender(self) -> str | None:
        """`f` or `m` when the word or the next sentences that begin with a pronoun tell, else None."""
        if self.head in FEMALE or self.head in MALE:
            return "f" if self.head in FEMALE else "m"
        common = self.pronouns.most_common(1)
        return common[0][0] if common and common[0][1] >= MOSTLY * self.pronouns.total() else None

    @property
    def vague(self) -> bool:
        """Whether it may be said of nearly everybody."""
        return self.head in VAGUE or self.head in STRANGERS

    def add(self, other: "Calling") -> None:
        """Count what another scene tells of the same."""
        for count in ("seen", "there", "proper", "spoken", "acting", "owned"):
            setattr(self, count, getattr(self, count) + getattr(other, count))
        self.heads += other.heads
        self.pronouns += other.pronouns
        self.modified += other.modified
        self.introduced = self.introduced or other.introduced
        self.new = other.new if self.new is None else self.new
        self.first = self.first or other.first
        self.owners += other.owners
        self.beside |= other.beside
        self.lines += other.lines
