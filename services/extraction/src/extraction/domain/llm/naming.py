"""What models put around names, and what names are short for."""

import re
from collections.abc import Iterator

from extraction.domain.engine.words import AGE_WORDS, TITLES
from extraction.domain.finds import AssetType
from extraction.domain.formats.headings import DASH, parse_heading
from extraction.domain.llm.folding import SPACED, fold

EXTENSION = re.compile(r"\s*[(\uff08][^()\uff08\uff09]*[)\uff09]\s*$")
CHINESE_HEADING = re.compile(r"^(?:\d+[-\u2013]\d+[\s.:]*)?(?:[日夜晨昏晚内外景/\uff0f]{1,6}[\s\uff0c,.\u3002]+)+")
CHINESE_TIME = re.compile(r"(?:[\s\uff0c,-]+[日夜晨昏晚内外景/\uff0f]{1,4})+$")
CUE_FOR_SEVERAL = re.compile(r"\s*(?:[&/+,\uff0c\u3001\uff06]|\band\b|[和与])\s*", re.IGNORECASE)
LONGEST_NAME = 200
ARTICLES = ("the ", "a ", "an ")
CHINESE_AGES = ("年轻", "少年", "青年", "中年", "老年", "幼年", "童年", "小时候")


def bare_name(asset_type: AssetType, name: str) -> str:
    """A name without what is no part of it: `BOB (V.O.)` is BOB, `INT. KITCHEN - NIGHT` is KITCHEN.

    What is longer than any name is none: empty.
    """
    bare = " ".join(name.split())
    if len(bare) > LONGEST_NAME:
        return ""
    if asset_type is AssetType.CHARACTER:
        return EXTENSION.sub("", bare) or bare
    if asset_type is AssetType.LOCATION:
        bare = CHINESE_TIME.sub("", CHINESE_HEADING.sub("", bare)) or bare
        return parse_heading(bare).place or bare
    return bare


def name_words(name: str) -> str:
    """The folded name without an article: what makes two spellings one name."""
    words = fold(name)
    if not words and name.strip():
        return name.strip().casefold()
    for article in ARTICLES:
        if words.startswith(article):
            return words.removeprefix(article)
    return words


def spellings_of(asset_type: AssetType, words: str) -> tuple[str, ...]:
    """Folded words as the script may have them: a thing may be one of several."""
    if asset_type is not AssetType.PROP or SPACED.search(words[-1:]) is None:
        return (words,)
    return (words, words.removesuffix("s")) if words.endswith("s") and len(words) > 3 else (words, f"{words}s")


def short_names(asset_type: AssetType, name: str) -> Iterator[str]:
    """Folded shorter names it may go by: INES of INES CALLOWAY, KITCHEN of HOUSE - KITCHEN, BOX of CIGAR BOX, 知夏 of 沈知夏."""
    words = name_words(name).split()
    if SPACED.search("".join(words)) is None:
        if len(words) in {3, 4}:
            yield " ".join(words[-2:])
    elif asset_type is AssetType.LOCATION:
        yield from (name_words(part) for part in DASH.split(name)[1:][-1:] if name_words(part))
    elif len(words) > 1 and asset_type is AssetType.CHARACTER:
        yield from (word for word in words if len(word) > 1 and word not in TITLES | AGE_WORDS)
    elif len(words) > 1 and len(words[-1]) > 2:
        yield words[-1]


def age_of(name: str) -> frozenset[str]:
    """Words of a name that tell another face of the same person: YOUNG INES."""
    words = frozenset(name_words(name).split()) & AGE_WORDS
    return words | {age for age in CHINESE_AGES if age in name}
