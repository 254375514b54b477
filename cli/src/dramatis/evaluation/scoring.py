"""Found lists against true ones: what was right, wrong, missing and told twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dramatis.evaluation.names import SURE, likeness

_ALIAS = 0.9
"""What an alias counts against a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something by all its names, the main one first; what is `optional` counts neither found nor missed."""

    names: tuple[str, ...]
    optional: bool = False

    @classmethod
    def of(cls, document: Any) -> "Entry":  # a JSON document
        """From a name, or from an object with `name`, `aliases` and `optional`."""
        if not isinstance(document, Mapping):
            return cls((str(document),) if document else ())
        names = (document.get("name"), *(document.get("aliases") or ()))
        return cls(tuple(str(name) for name in names if name), bool(document.get("optional")))


@dataclass(frozen=True, slots=True)
class Score:
    """One type of one script. `wrong` were found and are nothing, `twice` were found for what had been found."""

    right: int
    wrong: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def false(self) -> int:
        """Found, and should not have been."""
        return len(self.wrong) + len(self.twice)

    @property
    def precision(self) -> float:
        """How much of what was found is right."""
        if self.right + self.false:
            return self.right / (self.right + self.false)
        return 0.0 if self.missed else 1.0

    @property
    def recall(self) -> float:
        """How much of what there is was found."""
        return self.right / (self.right + len(self.missed)) if self.right or self.missed else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(found: Iterable[Any], truth: Iterable[Any], kind: str) -> Score:
    """Compare entries of one type, one to one."""
    guesses = [entry for entry in map(Entry.of, found) if entry.names]
    things = [entry for entry in map(Entry.of, truth) if entry.names]
    pairs = {
        (guess, thing): strength
        for guess, one in enumerate(guesses)
        for thing, other in enumerate(things)
        if (strength := _strength(one, other, kind)) > 0
    }
    owner = _assigned(pairs, things)
    taken = {guess: thing for thing, guess in owner.items()}
    wrong: list[str] = []
    twice: list[str] = []
    for guess, entry in enumerate(guesses):
        could_be = [thing for one, thing in pairs if one == guess]
        if guess in taken or (could_be and all(things[thing].optional for thing in could_be)):
            continue
        (twice if could_be else wrong).append(entry.names[0])
    return Score(
        right=sum(not things[thing].optional for thing in owner),
        wrong=tuple(wrong),
        twice=tuple(twice),
        missed=tuple(
            thing.names[0] for number, thing in enumerate(things) if number not in owner and not thing.optional
        ),
    )


def _strength(guess: Entry, thing: Entry, kind: str) -> float:
    """The best of all pairs of names; those that were found as aliases count a little less."""
    return max(
        likeness(name, other, kind) * (_ALIAS if number else 1.0)
        for number, name in enumerate(guess.names)
        for other in thing.names
    )


def _assigned(pairs: Mapping[tuple[int, int], float], things: Sequence[Entry]) -> dict[int, int]:
    """Which guess each thing is: as many sure pairs as can be, required things first, then the best of the rest."""
    sure: dict[int, list[int]] = {}
    ranked = sorted(pairs, key=lambda pair: (-pairs[pair], things[pair[1]].optional, pair))
    for guess, thing in ranked:
        if pairs[guess, thing] >= SURE:
            sure.setdefault(thing, []).append(guess)
    owner: dict[int, int] = {}
    for thing in sorted(sure, key=lambda thing: (things[thing].optional, thing)):
        _place(thing, sure, owner, set())
    for guess, thing in ranked:
        if thing not in owner and guess not in owner.values():
            owner[thing] = guess
    return owner


def _place(thing: int, sure: Mapping[int, Sequence[int]], owner: dict[int, int], tried: set[int]) -> bool:
    """Give a thing one of its guesses, moving others to another one of theirs where that makes room."""
    for guess in sure[thing]:
        if guess in tried:
            continue
        tried.add(guess)
        holder = next((other for other, held in owner.items() if held == guess), None)
        if holder is None or _place(holder, sure, owner, tried):
            owner[thing] = guess
            return True
    return False
