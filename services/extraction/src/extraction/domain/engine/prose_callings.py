"""Those whom prose never names: the masked figure, her sister, the old man."""

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from extraction.domain.engine.calling import KIN, STRANGERS, VAGUE, Calling
from extraction.domain.engine.capitals import Token, tokens
from extraction.domain.engine.given_names import gender
from extraction.domain.engine.naming import POSSESSIVE, Key, bare_word
from extraction.domain.engine.narration import narration
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.place_phrases import PLAIN_GAP, STOPPERS
from extraction.domain.engine.prose_verbs import acts, speaks
from extraction.domain.engine.words import ADDRESSES, ANIMALS, NAMING, TITLES, is_person_noun, singular, word_set

MARRIED = {
    **dict.fromkeys(("wife", "mother", "mamma", "mama"), frozenset({"mrs", "lady"})),
    **dict.fromkeys(("husband", "father", "papa"), frozenset({"mr", "sir"})),
    **dict.fromkeys(("sister", "daughter"), frozenset({"miss"})),
}
"""Kin that are most likely the one who is named with such a title."""
CROWDS = word_set("people folk police crowd mob crew company")
AGES = {
    **dict.fromkeys(("old", "elderly", "aged", "ancient", "older"), "old"),
    **dict.fromkeys(("young", "little", "small", "younger"), "young"),
}
"""Words that tell apart those of one kind: the old man and the young man."""
Last = Mapping[str | None, tuple[int, str]]
Named = Mapping[Key, Sequence[int]]
"""Those who have names, with the lines that name them."""
DEFINITE = word_set("the this that his her their my our your")
OWNING = word_set("his her their my our")
MAX_MODIFIERS = 3
SOON = 10
"""So many paragraphs after one who is called by what they are, a name may still be theirs."""
PRONOUNS = word_set("he she it who there this that")
MINE = word_set("my our")
YOUTHS = word_set("boy girl child youth lad lass baby kid infant")
NEW = word_set("a an one another")
DEGREES = word_set("very most rather quite new same other first last next such")
THERE_STOOD = word_set("stood sat lay came knelt leaned leant waited appeared")
SHOWING = word_set("presence sight appearance voice arrival entrance form shape figure")
FEW, APPOSED, NEAR = 6, 2, 6
SENTENCE_END = re.compile(r"[.!?\u2026]")
HE_SHE = {"He": "m", "She": "f"}
NO_ONE = word_set("not never no nor like as than such without")
BEING = word_set("was is were are be been being became becomes become")


def callings(passages: Sequence[Passage], named: Named, offices: Container[str] = ()) -> list[Calling]:
    """Those without a name who speak or act often enough; `offices` are the titles that somebody has."""
    told = Told(passages, named, offices)
    found: dict[tuple[str, str], Calling] = {}
    for calling in _in_scenes(told):
        if not (calling.vague and calling.head not in told.people and _may_be_named(calling, told)):
            found.setdefault((calling.age, calling.head), Calling(calling.head, calling.age)).add(calling)
    return [each for each in found.values() if _is_somebody(each, told)]


def _in_scenes(told: "Told") -> Iterator[Calling]:
    """The callings of each scene, each counted by itself."""
    found: dict[tuple[int, str, str], Calling] = {}
    for at, passage in enumerate(told.passages):
        words = tokens(narration(passage.text))
        last: dict[str | None, tuple[int, str]] = {}
        near = Sentence()
        for index, word in enumerate(words):
            near.begin(word)
            if word.text[0].isupper() and bare_word(word.text) in told.people:
                bare = bare_word(word.text)
                last[gender((bare,))] = (index, bare)
                near.name(index, word)
            elif is_person_noun(_named(word.text)) and _is_one(_named(word.text)):
                opened = _determiner(words, index)
                if opened is not None and not _is_nobody(words, opened, index):
                    calling = _called(found, passage.scene, at, words[opened : index + 1])
                    _count(calling, passage, words, (opened, index), last)
                    near.call(calling, words, (opened, index))
    yield from found.values()


class Sentence:
    """Who is told of in the sentence that is read, the last few of them, and who did something in it or before."""

    def __init__(self) -> None:
        self.names: deque[tuple[int, str]] = deque(maxlen=FEW)
        self.callings: deque[tuple[int, Calling]] = deque(maxlen=FEW)
        self.meant: Calling | None = None

    def begin(self, word: Token) -> None:
        """Go on to a word: a pronoun at the head of a sentence means who did something before."""
        if SENTENCE_END.search(word.gap):
            self.names.clear()
            self.callings.clear()
        if self.meant and (said := HE_SHE.get(word.text)):
            self.meant.pronouns[said] += 1
            self.meant = None

    def name(self, index: int, word: Token) -> None:
        """Somebody with a name is another than those called otherwise in one sentence; not so `the clerk, Pell`."""
        self.meant = None
        if POSSESSIVE.search(word.text) is None:
            self.names.append((index, bare_word(word.text)))
            for end, calling in self.callings:
                apart = index - end <= NEAR and (index - end > APPOSED or "," not in word.gap)
                calling.beside.update([bare_word(word.text)] if apart else [])

    def call(self, calling: Calling, words: Sequence[Token], phrase: tuple[int, int]) -> None:
        """Somebody is called by what they are, by the words from the first to the last of the phrase."""
        opened, at = phrase
        if opened == 0 or words[opened - 1].text not in BEING:
            near = ((opened - index, name) for index, name in self.names if opened - index <= NEAR)
            calling.beside.update(name for far, name in near if far > 1 or "," not in words[opened].gap)
            self.callings.append((at, calling))
        self.meant = calling if acts(words, at) or speaks(words, opened, at) else self.meant


def _called(found: dict[tuple[int, str, str], Calling], scene: int, at: int, words: Sequence[Token]) -> Calling:
    """Who is meant: `the man` is the old man who was told of just before."""
    word = _named(words[-1].text).casefold()
    head = "stranger" if word in STRANGERS else word
    vague = head in VAGUE
    age = next((AGES[word.text] for word in words[1:-1] if word.text in AGES), "") if vague else ""
    if vague and not age and words[0].text.casefold() not in NEW:
        near = [
            each for aged in ("old", "young", "") if (each := found.get((scene, aged, head))) and at - each.at <= SOON
        ]
        age = max(near, key=lambda each: each.at).age if near else ""
    calling = found.setdefault((scene, age, head), Calling(head, age))
    calling.at = at
    calling.heads[word] += 1
    return calling


def _named(word: str) -> str:
    """A word that is written like a name without its possessive: the Signora's."""
    return POSSESSIVE.sub("", word) if word[0].isupper() else word


def _is_one(word: str) -> bool:
    low = word.casefold()
    return singular(low) == low and low not in CROWDS and not low.endswith(("men", "children"))


def _count(calling: Calling, passage: Passage, words: Sequence[Token], phrase: tuple[int, int], last: Last) -> None:
    opened, at = phrase
    determiner = words[opened].text.casefold()
    proper = words[at].text[0].isupper()
    told = (each.text for each in words[opened + 1 : at] if each.text[0].isupper() or not proper)
    modifiers = tuple(word for each in told if (word := bare_word(each)) not in DEGREES)
    line = passage.element_at(words[at].start).line
    calling.seen += 1
    calling.there += determiner not in NEW or acts(words, at)
    calling.first = calling.first or (passage, words[opened].start)
    calling.lines.append(line)
    calling.modified[modifiers] += 1 if modifiers else 0
    if calling.head in STRANGERS and determiner not in OWNING:
        calling.new = line if calling.new is None else calling.new
    shown = opened < 2 or words[opened - 1].text != "of" or words[opened - 2].text in SHOWING
    if determiner in NEW and shown:
        calling.introduced = calling.introduced or modifiers
        calling.new = line if calling.seen == 1 else calling.new
    possessed = POSSESSIVE.search(words[opened].text) is not None
    owner = bare_word(words[opened].text) if possessed else _owner(determiner, last)
    if determiner in OWNING or possessed:
        calling.owned += 1
        calling.owners.update([owner] if owner and determiner not in MINE else [])
    calling.proper += proper
    calling.spoken += speaks(words, opened, at)
    calling.acting += opened > 0 and words[opened - 1].text in THERE_STOOD and not words[opened].gap.strip()
    calling.acting += acts(words, at) and words[at + 1].text not in {"who", "at", "too", "then"}


def _is_nobody(words: Sequence[Token], opened: int, at: int) -> bool:
    """Whether nobody is there, or one who has a name: `not a child`, `like a child`, `Ann was a child`, `a child named Ann`."""
    after = [word.text for word in words[at + 1 : at + 5]]
    if (after[:1] and after[0] in NAMING and after[1:] and after[1][0].isupper()) or after[:2] == ["whose", "name"]:
        return True
    if words[opened].text.casefold() not in NEW:
        return False
    before = [word.text for word in words[max(0, opened - 3) : opened]]
    low = {word.casefold() for word in before}
    if low & NO_ONE or any(word.endswith(("n't", "n\u2019t")) for word in low):
        return True
    if "being" in low:
        return True
    subject = next((word for word, verb in pairwise(before) if verb in BEING), "it")
    return subject[0].isupper() and subject.casefold() not in PRONOUNS


def _owner(pronoun: str, last: Last) -> str:
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
        if low in DEFINITE or low in NEW:
            return index
        if POSSESSIVE.search(words[index].text):
            return index if words[index].text[0].isupper() else None
        if low in STOPPERS and low != "very":
            return None
    return None


class Told:
    """What a story tells of those who have names, to tell them from those who have none.

    `first` are the lines that name them first in each scene.
    """

    def __init__(self, passages: Sequence[Passage], named: Named, offices: Container[str]) -> None:
        self.passages = passages
        self.named = {key: min(lines, default=0) for key, lines in named.items()}
        self.people = {word for key in named for word in key}
        self.offices = offices
        self.starts = [passage.elements[0].line for passage in passages]
        self.first: defaultdict[int, dict[Key, int]] = defaultdict(dict)
        for key, lines in named.items():
            for line in reversed(lines):
                self.first[self.scene(line)][key] = line

    def scene(self, line: int) -> int:
        """The scene that a line is in."""
        return self.passages[self.at(line)].scene

    def at(self, line: int) -> int:
        """Which of the paragraphs holds a line."""
        return max(0, bisect_right(self.starts, line) - 1)


def _is_somebody(calling: Calling, told: Told) -> bool:
    """Whether it is one of the story's people and not a named one by another word."""
    if calling.head in KIN and calling.owned * 2 >= calling.seen:
        return calling.seen >= 2 and calling.acting + calling.spoken >= 1 and not _is_named(calling, told.named)
    if calling.head in told.people or calling.head in told.offices:
        return calling.seen >= 2
    if calling.vague:
        does = calling.spoken + calling.acting
        return does >= 2 <= calling.there or (calling.new is not None and does >= 1 and calling.there >= 3)
    if calling.head in ANIMALS:
        return calling.seen >= 3 and calling.acting >= 2
    if calling.proper == calling.seen:
        return calling.seen >= 2 and calling.acting + calling.spoken >= 1
    return calling.seen >= 2 and (calling.spoken >= 1 or (calling.seen >= 3 and calling.acting >= 1))


def _may_be_named(calling: Calling, told: Told) -> bool:
    """Whether `the boy` may be one of those who have names.

    He is none who has a name in other chapters only, none who is known when he is introduced (`a boy`), none whose name is
    told long after or beside him in one sentence, and no Mr. Pell.
    """
    wanted = calling.gender
    for key, line in told.first[told.scene(calling.lines[0])].items():
        known = calling.new is not None and line < calling.new
        late = told.at(line) > calling.at + SOON
        apart = bool(calling.beside & {key[-1], *([] if key[0] in TITLES else key[:1])})
        grown = calling.head in YOUTHS and key[0] in ADDRESSES - {"miss"}
        if (wanted is None or gender(key) in {wanted, None}) and not (known or late or apart or grown):
            return True
    return False


def _is_named(calling: Calling, named: Mapping[Key, int]) -> bool:
    """Whether one of the named people, other than the one she is the sister of, may be meant by `her sister`."""
    wanted = calling.gender
    titles = MARRIED.get(calling.head, frozenset())
    if any(key[0] in titles for key in named):
        return True
    owner = next(iter(calling.owners), "")
    owners = [key for key in named if owner in key]
    last = max(calling.lines, default=0)
    others = [key for key, line in named.items() if line <= last and (len(owners) != 1 or key not in owners)]
    return any(gender(key) == wanted for key in others) if wanted else bool(others)
