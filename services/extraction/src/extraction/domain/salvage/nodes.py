"""The tree of a reply: what JSON would hold, with marks where damage leaves something open."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Text:
    """A string; not `whole` when it was cut off, `doubtful` when damage makes another reading possible."""

    value: str
    whole: bool = True
    doubtful: bool = False


@dataclass(slots=True)
class Atom:
    """A number, true, false or nothing; what JSON has no word for (NaN, undefined) is nothing."""

    value: bool | int | float | None
    whole: bool = True


@dataclass(slots=True)
class Listing:
    """An array."""

    values: list["Node"] = field(default_factory=list)
    whole: bool = True


@dataclass(slots=True)
class Record:
    """An object; keys may repeat. `doubtful` when where it begins or ends was guessed."""

    members: list[tuple[str, "Node"]] = field(default_factory=list)
    whole: bool = True
    doubtful: bool = False


Node = Text | Atom | Listing | Record
Branch = Listing | Record
