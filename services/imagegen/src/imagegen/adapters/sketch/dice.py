"""Seeded choices: the same words always fall the same way, on every machine and in every process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_DRAW_BYTES = 4
_DRAW_RANGE = float(1 << (8 * _DRAW_BYTES))


class Dice:
    """An endless stream of numbers derived from text with SHAKE-128 (FIPS 202)."""

    __slots__ = ("_block", "_count", "_key")

    def __init__(self, *words: str | int) -> None:
        text = "\x1f".join(str(word) for word in words)
        self._key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        self._count = 0
        self._block = b""

    def unit(self) -> float:
        """The next number, from 0 up to but not including 1."""
        if not self._block:
            self._block = self.noise(256, str(self._count))
            self._count += 1
        head, self._block = self._block[:_DRAW_BYTES], self._block[_DRAW_BYTES:]
        return int.from_bytes(head, "big") / _DRAW_RANGE

    def between(self, low: float, high: float) -> float:
        """A number from `low` up to `high`."""
        return low + (high - low) * self.unit()

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`, which must not be empty."""
        return choices[int(self.unit() * len(choices))]

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.unit() < probability

    def noise(self, count: int, label: str = "noise") -> bytes:
        """`count` bytes that depend on the seed and the label, not on what was drawn before."""
        return hashlib.shake_128(self._key + label.encode()).digest(count)

    def fork(self, label: str | int) -> Dice:
        """Independent dice, so that a part may draw more or less without moving the others."""
        return Dice(self._key.hex(), label)
