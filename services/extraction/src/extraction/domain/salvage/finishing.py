"""What the document of a server says of why its model stopped."""

from extraction.domain.salvage.vocabulary import squeezed

REASON_KEYS = frozenset(
    {"finishreason", "stopreason", "donereason", "incompletedetails", "status", "reason", "completeness"}
)
FLAG_KEYS = frozenset(
    {
        "truncated", "istruncated", "hasmore", "hasmoreitems", "more", "incomplete", "ispartial", "partial", "continued", "tobecontinued",
    }
)  # fmt: skip
WHOLE_KEYS = frozenset({"iscomplete", "complete", "completed", "isfinal", "iswhole"})
LEFT_KEYS = frozenset({"remaining", "remainingitems", "remainingcount", "notlisted", "omittedcount"})
ENDING_KEYS = REASON_KEYS | FLAG_KEYS | WHOLE_KEYS | LEFT_KEYS
EARLY = frozenset(
    {
        "length", "maxtokens", "maxoutputtokens", "modellength", "modelcontextwindowexceeded", "tokenlimit", "contentfilter", "safety",
        "recitation", "blocklist", "prohibitedcontent", "incomplete", "partial", "truncated",
    }
)  # fmt: skip


def is_early(key: str, value: object) -> bool:
    """Whether a member such as `finish_reason: length`, `complete: false` or `remaining: 3` says that there was more to come."""
    if isinstance(value, dict | list):
        return False
    low, said = squeezed(key), squeezed(value) if isinstance(value, str) else value
    if low in WHOLE_KEYS:
        return said is False or said in {"false", "no"}
    if low in LEFT_KEYS:
        return isinstance(said, int) and said > 0
    if low in FLAG_KEYS:
        return said is True or said == 1 or said in {"true", "yes"}
    return low in REASON_KEYS and said in EARLY


def ends_early(event: object) -> bool:
    """Whether anything in a document, nested a few levels deep, says that the model had to stop."""
    level = [event]
    for _ in range(6):
        members = [pair for each in level if isinstance(each, dict) for pair in each.items()]
        if any(is_early(str(key), value) for key, value in members):
            return True
        level = [value for _, value in members] + [value for each in level if isinstance(each, list) for value in each]
    return False
