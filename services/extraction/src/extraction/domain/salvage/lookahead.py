"""What stands behind a bracket that does not fit, which tells one too many from a wrong or a missing one."""

import re

from extraction.domain.salvage.scanner import Scanner

ELEMENT = re.compile(r".\s*,\s*[^{\s]", re.DOTALL)
GOES_ON = re.compile(r".\s*[}\])]\s*(?:,\s*[{\"']|\])", re.DOTALL)
LIST_ENDS = re.compile(r".\s*\]\s*\}\s*(?:,\s*\{|\])", re.DOTALL)
FARTHEST_COMMA = 40


def follows_key(scan: Scanner, offset: int) -> str | None:
    """The key that comes behind `offset` characters and a comma."""
    after = scan.source.find(",", scan.at + offset, min(scan.at + FARTHEST_COMMA, scan.end))
    return scan.key_ahead(after + 1 - scan.at) if after > 0 else None


def goes_on_behind(scan: Scanner) -> bool:
    """Whether behind two closing brackets another element or the end of its list comes."""
    return GOES_ON.match(scan.source, scan.at, scan.end) is not None


def element_behind(scan: Scanner) -> bool:
    """Whether behind one sign come a comma and a plain element."""
    return ELEMENT.match(scan.source, scan.at, scan.end) is not None


def list_ends_behind(scan: Scanner) -> bool:
    """Whether behind one sign the list ends, then the object it is in, which others follow."""
    return LIST_ENDS.match(scan.source, scan.at, scan.end) is not None
