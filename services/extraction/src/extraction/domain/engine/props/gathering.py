"""Mentions that mean one thing, gathered: `a brass key`, `the BRASS KEY` and `the key` are one prop."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extraction.domain.engine.passages import Passage
from extraction.domain.engine.props.kinds import KIND_OF, PARTS_OF, WRAPPERS
from extraction.domain.engine.props.texts import Telling

ANOTHER = 3.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing where it is named; `name` is written as the script has it, `others` are shorter names inside it.

    `head` says what it is, `content` what it holds, `marks` tell it from others of its kind; `introduced` when an
    article leads it, `described` when an adjective comes with it. `weight` is how much it looks like a prop there.
    """

    passage: Passage
    telling: Telling
    start: int
    end: int
    name: str
    others: tuple[str, ...]
    head: str
    content: str
    marks: frozenset[str]
    introduced: bool
    described: bool
    weight: float


@dataclass(slots=True, eq=False)
class Prop:
    """One thing: its mentions in reading order, and what tells it from others of its kind."""

    marks: frozenset[str] = frozenset()
    mentions: list[Mention] = field(default_factory=list)

    @property
    def told(self) -> list[Mention]:
        """The mentions outside of speeches."""
        return [mention for mention in self.mentions if mention.telling is not Telling.SPEECH]


class Gathering:
    """The things of a script, as they come up; every mention takes the same time, however many there are."""

    def __init__(self) -> None:
        self.props: list[Prop] = []
        self._latest: dict[str, Prop] = {}
        self._bare: dict[str, Prop] = {}
        self._marked: dict[tuple[str, str], Prop] = {}
        self._wrapped: dict[str, Prop] = {}
        self._meant: dict[str, Prop] = {}
        self._shown: dict[tuple[int, str], Prop] = {}

    def add(self, mention: Mention) -> None:
        """Count a mention for the thing that it means; a bare name means the thing of that name that was last meant."""
        prop = self._known(mention)
        if prop is None:
            prop = Prop()
            self.props.append(prop)
        prop.mentions.append(mention)
        prop.marks |= mention.marks
        for head in filter(None, {mention.head, mention.content}):
            self._latest[head] = prop
        if not prop.marks:
            self._bare[mention.head] = prop
        elif self._bare.get(mention.head) is prop:
            del self._bare[mention.head]
        for mark in mention.marks:
            self._marked[mention.head, mark] = prop
            if mention.content:
                self._marked[mention.content, mark] = prop
        self._note(mention, prop)

    def _note(self, mention: Mention, prop: Prop) -> None:
        """Remember by what other words the thing may be meant: the gun, the barrel, the bag of sweets."""
        if mention.content and mention.head in WRAPPERS:
            self._wrapped[mention.content] = prop
        for kind in KIND_OF.get(mention.head, ()):
            self._meant[kind] = prop
        for part in PARTS_OF.get(mention.head, ()):
            self._shown[mention.passage.scene, part] = prop

    def _known(self, mention: Mention) -> Prop | None:
        if mention.content and mention.head in WRAPPERS and mention.content in self._wrapped:
            return self._wrapped[mention.content]
        if not mention.marks:
            latest = self._latest.get(mention.head)
            if latest is None and not mention.introduced:
                latest = self._meant.get(mention.head) or self._shown.get((mention.passage.scene, mention.head))
            anew = latest is not None and latest.marks and mention.described and mention.weight >= ANOTHER
            return None if anew else latest
        marked = (self._marked.get((mention.head, mark)) for mark in sorted(mention.marks))
        return next(filter(None, marked), None) or self._bare.get(mention.head)


def gather(mentions: Iterable[Mention]) -> Iterator[Prop]:
    """The things that mentions in reading order are about, in order of appearance."""
    gathering = Gathering()
    for mention in mentions:
        gathering.add(mention)
    yield from gathering.props
