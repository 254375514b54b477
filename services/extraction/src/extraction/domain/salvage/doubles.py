"""Objects in which two items ran into one: the brackets and the comma between them are missing."""

from extraction.domain.finds import AssetType
from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.nodes import Record, Text


def apart(record: Record, asset_type: AssetType | None) -> list[Record]:
    """One object for each name where the key of the name comes twice, each of them in doubt; else the object alone."""
    if not _names_two(record, asset_type):
        return [record]
    parts: list[Record] = []
    seen: set[str] = set()
    for key, value in record.members:
        if not parts or words.squeezed(key) in seen:
            parts.append(Record(doubtful=True))
            seen.clear()
        seen.add(words.squeezed(key))
        parts[-1].members.append((key, value))
    parts[-1].whole = record.whole
    return parts


def _names_two(record: Record, asset_type: AssetType | None) -> bool:
    ranks = [
        (words.name_rank(key, asset_type), value.value) for key, value in record.members if isinstance(value, Text)
    ]
    named = [(rank, value) for rank, value in ranks if rank is not None]
    best = min((rank for rank, _ in named), default=None)
    return len({value for rank, value in named if rank == best}) > 1
