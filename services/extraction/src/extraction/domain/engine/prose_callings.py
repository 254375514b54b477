"""Those whom prose never names: the masked figure, her sister, the old man."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extraction.domain.engine.capitals import Token, tokens
from extraction.domain.engine.given_names import gender
from extraction.domain.engine.naming import POSSESSIVE, Key, bare_word
from extraction.domain.engine.narration import narration
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.place_phrases import PLAIN_GAP, STOPPERS
from extraction.domain.engine.prose_verbs import acts, speaks
from extraction.domain.engine.words import ANIMALS, is_person_noun, singular, word_set

FEMALE = word_set(
    "sister mother wife daughter aunt niece grandmother lady queen princess widow girl woman maid nurse mistress mamma mama"
)
MALE = word_set(
    "brother father husband son uncle nephew grandfather king prince duke boy man gentleman papa fellow lord sir"
)
KIN = word_set(
    "sister mother wife daughter aunt niece grandmother brother father husband son uncle nephew grandfather cousin mamma papa"
)
MARRIED = {
    **dict.fromkeys(("wife", "mother", "mamma", "mama"), frozenset({"mrs", "lady"})),
    **dict.fromkeys(("husband", "father", "papa"), frozenset({"mr", "sir"})),
    **dict.fromkeys(("sister", "daughter"), frozenset({"miss"})),
}
"""Kin that are most likely the one who is named with such a title."""
VAGUE = word_set(
    "man woman boy girl child person fellow lady gentleman friend youth baby people figure couple one owner "
    "host guest neighbour neighbor companion master mistress sir lord parent"
)
Named = Mapping[str | None, tuple[int, str]]
DEFINITE = word_set("the this that his her their my our your")
OWNING = word_set("his her their my our")
MAX_MODIFIERS, OFTEN = 3, 6
MINE = word_set("my our")


@dataclass(slots=True)
class Calling:
    """Somebody called by what they are: how often, and how often `spoken` for or `acting`."""

    head: str
    seen: int = 0
    spoken: int = 0
    acting: int = 0
    owned: int = 0
    modified: Counter[Key] = field(default_factory=Counter)
    introduced: Key = ()
    first: tuple[Passage, int] | None = None
    owners: Counter[str] = field(default_factory=Counter)
    last: int = 0

    def name(self) -> Key:
        """The words that tell this one best: `masked figure`, `old man`."""
        common = self.modified.most_common(1)
        modifiers = common[0][0] if common and common[0][1] * 2 >= self.seen else self.introduced
        return (*modifiers, self.head)


def callings(passages: Iterable[Passage], named: Mapping[Key, int], offices: Container[str] = ()) -> list[Calling]:
    """Those without a name who speak or act often enough; `named` are those who have one, and their first lines,
    `offices` the titles that somebody has."""
    found: dict[str, Calling] = {}
    people = {word for key in named for word in key}
    for passage in passages:
        words = tokens(narration(passage.text))
        last: dict[str | None, tuple[int, str]] = {}
        for at, word in enumerate(words):
            if word.text[0].isupper() and bare_word(word.text) in people:
                bare = bare_word(word.text)
                last[gender((bare,))] = (at, bare)
            elif is_person_noun(word.text) and singular(word.text) == word.text:
                _count(found, passage, words, at, last)
    return [each for each in found.values() if _is_somebody(each, named, people, offices)]


def _count(found: dict[str, Calling], passage: Passage, words: Sequence[Token], at: int, last: Named) -> None:
    opened = _determiner(words, at)
    if opened is None:
        return
    head = words[at].text.casefold()
    calling = found.setdefault(head, Calling(head))
    determiner = words[opened].text.casefold()
    modifiers = tuple(bare_word(word.text) for word in words[opened + 1 : at])
    calling.seen += 1
    calling.first = calling.first or (passage, words[opened].start)
    calling.last = passage.element_at(words[at].start).line
    calling.modified[modifiers] += 1 if modifiers else 0
    if determiner in {"a", "an"} and modifiers and not calling.introduced:
        calling.introduced = modifiers
    possessed = POSSESSIVE.search(words[opened].text) is not None
    owner = bare_word(words[opened].text) if possessed else _owner(determiner, last)
    if determiner in OWNING or possessed:
        calling.owned += 1
        calling.owners.update([owner] if owner and determiner not in MINE else [])
    calling.spoken += speaks(words, opened, at)
    calling.acting += acts(words, at)


def _owner(pronoun: str, last: Named) -> str:
    """Who was named last and may be meant by `her` or `his`; empty when nobody was."""
    wanted = {"her": {"f", None}, "his": {"m", None}}.get(pronoun, {"f", "m", None})
    return max((named for kind, named in last.items() if kind in wanted), default=(0, ""))[1]


def _determiner(words: Sequence[Token], at: int) -> int | None:
    if at + 1 < len(words) and words[at + 1].gap == " " and words[at + 1].text[0].isupper():
        return None
    for index in range(at - 1, max(-1, at - 2 - MAX_MODIFIERS), -1):
        low = words[index].text.casefold()
        if not PLAIN_GAP.fullmatch(words[index + 1].gap):
            return None
        if low in DEFINITE or low in {"a", "an"}:
            return index
        if POSSESSIVE.search(words[index].text):
            return index if words[index].text[0].isupper() else None
        if low in STOPPERS:
            return None
    return None


def _is_somebody(calling: Calling, named: Mapping[Key, int], people: set[str], offices: Container[str]) -> bool:
    """Whether it is one of the story's people and not a named one by another word."""
    if calling.head in KIN and calling.owned * 2 >= calling.seen:
        return calling.seen >= 2 and calling.acting + calling.spoken >= 1 and not _is_named(calling, named)
    if calling.head in people or calling.head in offices:
        return calling.seen >= 2
    if calling.head in VAGUE and _may_be_named(calling, named):
        return False
    if calling.head in ANIMALS:
        return calling.seen >= 3 and calling.acting >= 2
    return calling.seen >= 2 and (calling.spoken >= 1 or (calling.seen >= 3 and calling.acting >= 1))


def _may_be_named(calling: Calling, named: Mapping[Key, int]) -> bool:
    """Whether `the boy` may be one of those who have names; a `masked figure` is somebody else."""
    wanted = _gender(calling)
    modified = calling.modified.most_common(1)
    if wanted is None:
        return bool(named) and not calling.introduced
    return any(gender(key) in {wanted, None} for key in named) and not (modified and modified[0][1] >= OFTEN)


def _is_named(calling: Calling, named: Mapping[Key, int]) -> bool:
    """Whether one of the named people, other than the one she is the sister of, may be meant by `her sister`."""
    wanted = _gender(calling)
    titles = MARRIED.get(calling.head, frozenset())
    if any(key[0] in titles for key in named):
        return True
    owner = next(iter(calling.owners), "")
    owners = [key for key in named if owner in key]
    others = [key for key, line in named.items() if line <= calling.last and (len(owners) != 1 or key not in owners)]
    return any(gender(key) == wanted for key in others) if wanted else bool(others)


def _gender(calling: Calling) -> str | None:
    return "f" if calling.head in FEMALE else "m" if calling.head in MALE else None
