"""Somebody in the script, while the engine gathers what the script tells."""

from dataclasses import dataclass, field

from extraction.domain.engine.capitals import Phrase
from extraction.domain.engine.naming import Key
from extraction.domain.engine.prose_names import ProseName
from extraction.domain.engine.words import DEFINITE, SMALL_WORDS, is_person_noun
from extraction.domain.script import Element


@dataclass(slots=True)
class Person:
    """Somebody: `names` by key in the order they turn up, `cues` where they speak, `told` how prose names them.

    `present` are the lists of those who are in a scene (`人物:`), `listed` is the line of the cast list, `small` are the names
    that are written without capitals, `main` is the name to show where the fullest one is not it.
    """

    names: dict[Key, str] = field(default_factory=dict)
    cues: list[tuple[int, Element]] = field(default_factory=list)
    introduction: Phrase | None = None
    age: str | None = None
    detail: str = ""
    told: list[ProseName] = field(default_factory=list)
    present: list[tuple[int, Element]] = field(default_factory=list)
    listed: Element | None = None
    small: set[Key] = field(default_factory=set)
    main: Key | None = None

    @property
    def key(self) -> Key:
        """The fullest name, a real one before a calling such as WOMAN IN RED."""
        if self.main is not None:
            return self.main
        return max(self.names, key=lambda key: (not is_calling(key), len(key), sum(map(len, key))))

    @property
    def confidence(self) -> float:
        """How sure it is that this is a character: cue and introduction, either, or less."""
        if self.cues:
            return 0.95 if self.introduction else 0.85 if len(self.cues) > 1 else 0.75
        if self.age or self.present:
            return 0.85
        return 0.65 if self.introduction else 0.55

    @property
    def shown(self) -> bool:
        """Whether this is more than a line of the cast list."""
        return bool(self.cues or self.present or self.told or self.introduction)

    @property
    def introduced_anew(self) -> bool:
        """Whether the introduction is that of a stranger, and no `the LAWYER` for somebody who is known."""
        return self.age is not None or (
            self.introduction is not None and not set(self.introduction.before[-1:]) & DEFINITE
        )

    @property
    def first_line(self) -> int:
        """The line of the scenes that first shows this person."""
        lines = [element.line for _, element in (*self.cues[:1], *self.present[:1])]
        lines += [told.line for told in self.told]
        if self.introduction:
            lines.append(self.introduction.passage.element_at(self.introduction.start).line)
        return min(lines, default=0)

    @property
    def first_seen(self) -> tuple[int, int]:
        """The first line, and where in its paragraph an introduction stands."""
        return self.first_line, self.introduction.start if self.introduction else 0

    def speaks_beside(self, other: "Person") -> bool:
        """Whether both have a cue in one scene."""
        return not {scene for scene, _ in self.cues}.isdisjoint(scene for scene, _ in other.cues)

    def join(self, other: "Person") -> None:
        """Take over everything that is known of `other`, who is the same person."""
        self.names |= other.names
        self.cues = sorted([*self.cues, *other.cues], key=lambda cue: cue[1].line)
        self.told += other.told
        self.present = sorted([*self.present, *other.present], key=lambda seen: seen[1].line)
        self.small |= other.small
        self.listed = self.listed or other.listed
        if self.introduction is None or (self.age is None and other.age):
            self.introduction = other.introduction or self.introduction
            self.detail = other.detail or self.detail
        self.age = self.age or other.age


def is_calling(key: Key) -> bool:
    """Whether a name is no real one but tells what somebody is: OLD CLERK, WOMAN IN RED."""
    return bool(SMALL_WORDS & set(key)) or is_person_noun(key[-1])
