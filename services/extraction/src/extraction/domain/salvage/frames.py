"""Where a reader of damaged JSON is, and what it hands over."""

from dataclasses import dataclass

from extraction.domain.salvage.nodes import Branch, Node


@dataclass(slots=True)
class Frame:
    """An open array or object; `key` waits for its value, `comma` says that one was just read.

    `braced` is an array in braces, as Python writes sets.
    """

    node: Branch
    key: str | None = None
    comma: bool = False
    braced: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, where it ends, what was mended; `cut` when the text ended, or made no sense any more, before it did."""

    node: Node
    end: int
    repairs: tuple[str, ...]
    cut: bool
