"""What the document of a server says of why its model stopped."""

from extraction.domain.salvage.vocabulary import squeezed

REASON_KEYS = frozenset(
    {
        "finishreason",
        "stopreason",
        "donereason",
        "incompletedetails",
        "status",
        "reason",
        "truncated",
        "istruncated",
        "hasmore",
        "incomplete",
        "ispartial",
        "partial",
    }
)
EARLY = frozenset(
    {
        "length", "maxtokens", "maxoutputtokens", "modellength", "modelcontextwindowexceeded", "tokenlimit", "contentfilter", "safety",
        "recitation", "blocklist", "prohibitedcontent", "incomplete", "partial", "truncated",
    }
)  # fmt: skip


def is_early(key: str, value: object) -> bool:
    """Whether a member such as `finish_reason: length` or `truncated: true` says that there was more to come."""
    if squeezed(key) not in REASON_KEYS:
        return False
    return value is True or (isinstance(value, str) and squeezed(value) in EARLY)


def ends_early(event: object) -> bool:
    """Whether anything in a document, nested a few levels deep, says that the model had to stop."""
    level = [event]
    for _ in range(6):
        members = [pair for each in level if isinstance(each, dict) for pair in each.items()]
        if any(is_early(str(key), value) for key, value in members):
            return True
        level = [value for _, value in members] + [value for each in level if isinstance(each, list) for value in each]
    return False
