"""What the members of an object beside its lists say is missing from them: notes, flags, pages, counts."""

from collections import Counter
from collections.abc import Iterator, Sequence

from extraction.domain.finds import AssetType
from extraction.domain.salvage import vocabulary as words
from extraction.domain.salvage.entries import Entry
from extraction.domain.salvage.finishing import is_early
from extraction.domain.salvage.naming import is_nobody
from extraction.domain.salvage.nodes import Atom, Listing, Node, Record, Text
from extraction.domain.salvage.outcome import NOT_WHOLE
from extraction.domain.salvage.partial import is_partial, stands_for_others

STATES = frozenset({"status", "state", "progress", "状态"})
UNFINISHED = frozenset(
    {
        "inprogress",
        "pending",
        "ongoing",
        "processing",
        "unfinished",
        "continues",
        "partiallycompleted",
        "进行中",
        "未完成",
    }
)
NEXT = frozenset({"nextpagetoken", "nextpage", "nextcursor", "nexttoken", "nextpageurl", "continuationtoken", "下一页"})
PAGES = frozenset({"page", "pagenumber", "currentpage", "part", "chunk", "batch", "section", "页", "页码", "部分"})
PAGE_COUNTS = frozenset(
    {
        "totalpages",
        "pages",
        "pagecount",
        "parts",
        "totalparts",
        "partcount",
        "chunks",
        "totalchunks",
        "batches",
        "totalbatches",
        "of",
        "总页数",
    }
)
COUNTING = frozenset({"total", "totals", "count", "counts", "number", "num", "数量", "总数"})
ALONE = frozenset({"total", "totals", "count", "总数"})
EVERYTHING = frozenset({"", "asset", "assets", "item", "items", "entry", "entries", "entities"})
COUNT_ENDINGS = ("总数", "数量", "个数", "人数", "数")


def owned_losses(record: Record, entries: Sequence[Entry]) -> Iterator[str]:
    """What an object says is missing from the `entries` that were read in it."""
    if any(_says_partial(key, value) for key, value in record.members) or _is_page(record):
        yield NOT_WHOLE
    if not entries and is_information(record):
        return
    listed = Counter(entry.asset_type for entry in entries)
    for key, count in _counts(record):
        several, there = _number(count), sum(listed[asset_type] for asset_type in _counted(key))
        if several > there and _counted(key):
            yield f"{key[:40]}: {several}, of which {there} {'is' if there == 1 else 'are'} listed"


def _says_partial(key: str, value: Node) -> bool:
    low = words.squeezed(key)
    if stands_for_others(key):
        return True
    if isinstance(value, Listing):
        return low in words.REMARKS and any(_says_partial(key, each) for each in value.values if isinstance(each, Text))
    if isinstance(value, Record):
        return False
    if low in NEXT:
        return not is_nobody(value.value) if isinstance(value, Text) else bool(value.value)
    if isinstance(value, Text):
        unfinished = low in STATES and words.squeezed(value.value) in UNFINISHED
        said = value.value if low in words.REMARKS else f"{key} {value.value}" if low in PAGES else ""
        return unfinished or is_partial(said) or is_early(key, value.value)
    return is_early(key, value.value)


def _is_page(record: Record) -> bool:
    """Whether the object is one page of several."""
    numbers = {words.squeezed(key): _number(value) for key, value in record.members}
    return bool(PAGES & numbers.keys()) and any(numbers[key] > 1 for key in PAGE_COUNTS & numbers.keys())


def is_information(value: Node) -> bool:
    """Whether an object holds plain texts and numbers only, and so tells of the script, as `metadata` does."""
    return isinstance(value, Record) and all(isinstance(each, Text | Atom) for _, each in value.members)


def holds_counts(key: str, value: Node) -> bool:
    """Whether an object holds nothing but numbers, as `counts` does."""
    numbers = isinstance(value, Record) and all(isinstance(each, Atom) for _, each in value.members)
    return numbers and bool(COUNTING & set(words.words_of(key)))


def _counts(record: Record) -> Iterator[tuple[str, Node]]:
    """The members that count what is listed, those of an object of counts, too."""
    for key, value in record.members:
        if isinstance(value, Record) and holds_counts(key, value):
            yield from ((inner, each) for inner, each in value.members if words.type_of_key(inner) is not None)
        elif COUNTING & set(words.words_of(key)) or key.endswith(COUNT_ENDINGS):
            yield key, value


def _counted(key: str) -> set[AssetType]:
    """The types that a key counts: all of them for `total`, none for `scene_count`."""
    said = words.words_of(key)
    rest = "".join(word for word in said if word not in COUNTING | {"of"})
    for ending in COUNT_ENDINGS:
        rest = rest.removesuffix(ending)
    if rest in EVERYTHING:
        return set(AssetType) if ALONE & set(said) else set()
    asset_type = None if rest in words.SCENES else words.type_of_key(rest)
    return {asset_type} if asset_type is not None else set()


def _number(value: Node) -> int:
    said = value.value if isinstance(value, Atom) else None
    return said if isinstance(said, int) and not isinstance(said, bool) else 0
