"""When two names are the same name."""

import hashlib
import unicodedata
from collections.abc import Iterable

from assets.domain.errors import NameBlank

LONGEST_KEY_BYTES = 1_000


def folded(text: str) -> str:
    """What two spellings have in common: NFKC, case folded, white space collapsed; empty for white space alone.

    (Unicode Standard, 3.13 D147: toNFKC_Casefold, without dropping default ignorable code points.)
    """
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


def name_key(name: str) -> str:
    """Key under which a name is unique, at most 1,000 bytes of UTF-8; raises `NameBlank`.

    The bound is there because NFKC makes eighteen characters of one (U+FDFA), and a B-tree takes 2,700 bytes.
    """
    key = folded(name)
    if not key:
        raise NameBlank("a name of white space alone cannot be told from another")
    encoded = key.encode()
    if len(encoded) <= LONGEST_KEY_BYTES:
        return key
    return f"{key[:200]}#{hashlib.sha256(encoded).hexdigest()}"


def search_text(names: Iterable[str]) -> str:
    """Folded names, one a line: what a search looks into."""
    return "\n".join(filter(None, map(folded, names)))


def search_pattern(wanted: str | None) -> str | None:
    """LIKE pattern that finds `wanted` anywhere in a `search_text`; None when nothing is wanted."""
    if wanted is None or not folded(wanted):
        return None
    escaped = folded(wanted).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"


def distinct_names(names: Iterable[str], *, besides: str, most: int) -> tuple[str, ...]:
    """Names in their order, each key once, without blank ones and spellings of `besides`; at most `most`."""
    seen = {"", folded(besides)}
    kept: list[str] = []
    for name in names:
        if folded(name) not in seen:
            seen.add(folded(name))
            kept.append(name)
    return tuple(kept[:most])
