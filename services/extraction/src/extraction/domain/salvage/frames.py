"""Where a reader of damaged JSON is, and what it hands over."""

from dataclasses import dataclass

from extraction.domain.salvage.nodes import Branch, Node


@dataclass(slots=True)
class Frame:
    """An open array or object; `key` waits for its value, `comma` says that one was just read.

    `loose` is one that any bracket closes: a set of Python, a call, an array of PHP.
    """

    node: Branch
    key: str | None = None
    comma: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, where it ends, what was mended; `cut` when the text ended, or made no sense any more, before it did."""

    node: Node
    end: int
    repairs: tuple[str, ...]
    cut: bool
