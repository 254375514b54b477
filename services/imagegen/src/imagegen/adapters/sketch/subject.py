"""What a picture is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.words import Words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Subject:
    """Words to draw, and the dice for all they leave open."""

    words: Words
    nature: Dice  # what the thing is: the same for all its candidates
    moment: Dice  # how it is seen this time
    turn: int  # the candidate's number, from 0

    def each_turn(self, choices: Sequence[T], label: str) -> T:
        """A choice that differs from one candidate to the next until all choices were used."""
        start = int(self.nature.fork(label).unit() * len(choices))
        return choices[(start + self.turn) % len(choices)]
