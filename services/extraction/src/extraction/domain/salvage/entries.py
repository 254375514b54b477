"""What a reply says before it is checked: which nodes are assets, and of which type."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from extraction.domain.finds import AssetType
from extraction.domain.salvage.nodes import Record, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One asset to be; `name` when it is known without looking into `record`.

    `place` says for a person where it stands in the reply; `scene` is that of the group it stands in.
    """

    asset_type: AssetType
    place: str
    name: Text | None = None
    record: Record | None = None
    scene: int | None = None
    doubtful: bool = False


def counted(count: int) -> str:
    """`1 entry`, `2 entries`."""
    return f"{count} {'entry' if count == 1 else 'entries'}"


def unnamed(count: int) -> str:
    """The loss of entries of which nothing says whether they are people, places or props."""
    return f"{counted(count)} without a word of what {'it is' if count == 1 else 'they are'}"


@dataclass(slots=True)
class Reading:
    """All entries of one value; `types` are those it has a list for, even an empty one; `aside` tells what is none of ours,
    `repairs` what was mended in strings that hold a value, `within` is what items of another type hold."""

    entries: list[Entry] = field(default_factory=list)
    types: set[AssetType] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    within: list[Entry] = field(default_factory=list)
    untyped: int = 0
    is_schema: bool = False
    error: str = ""
    decoys: list[str] = field(default_factory=list)

    def is_telling(self) -> bool:
        """Whether there is anything in the value that could be an answer, or a reason why there is none."""
        return bool(
            self.entries or self.types or self.untyped or self.nested or self.decoys or self.is_schema or self.error
        )

    def without(self, types: set[AssetType]) -> "Reading":
        """The same without what it says of some types."""
        kept = [entry for entry in self.entries if entry.asset_type not in types]
        return replace(self, entries=kept, types=self.types - types)

    def doubt(self, types: Collection[AssetType]) -> None:
        """Doubt what it says of some types."""
        self.entries = [replace(each, doubtful=True) if each.asset_type in types else each for each in self.entries]

    def join(self, other: "Reading") -> None:
        """Take over what another reading found."""
        self.entries += other.entries
        self.types |= other.types
        self.lost += other.lost
        self.nested += other.nested
        self.aside += other.aside
        self.repairs += other.repairs
        self.within += other.within
        self.untyped += other.untyped
        self.is_schema = self.is_schema or other.is_schema
        self.error = self.error or other.error
        self.decoys += other.decoys
