"""Lists of things in front of a script: what a writer or a stage manager lists as props and the script tells of is certain."""

import re
from collections.abc import Iterable, Iterator, Sequence

from extraction.domain.engine.naming import Spelling
from extraction.domain.engine.passages import clip
from extraction.domain.engine.props.lexicon import singular
from extraction.domain.finds import AssetType, Evidence
from extraction.domain.script import Element, Scene, Tagged

HEADING = re.compile(
    r"(?:list of\s+)?(?:(?:hand|stage|key|important|necessary)\s+)?(?:props?|properties)(?:\s+list)?|(?:主要|重要)?道具(?:表|清单)?",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s*[,;\u3001\uff0c\uff1b]\s*")
NUMBERED = re.compile(r"^\W*(?:\d{1,3}\s*[.)]?\s+)?(?:(?:an?|the|some|two|three|several)\s+)?", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\uff08[^\uff08\uff09]*\uff09")
CATEGORY = "Props"
MAX_ITEMS, MAX_WORDS, MAX_EVIDENCE = 200, 5, 24


def listed_props(preamble: Sequence[Element], scenes: Iterable[Scene], spelling: Spelling) -> list[Tagged]:
    """The listed props that the scenes tell or speak of, in the order of the list."""
    items = list(dict.fromkeys(_items(preamble)))[:MAX_ITEMS]
    if not items:
        return []
    pattern = re.compile("|".join(f"(?P<_{at}>{_written(item)})" for at, item in enumerate(items)), re.IGNORECASE)
    inside = frozenset(element.line for element in preamble)
    seen: dict[int, dict[int, Evidence]] = {}
    for scene in scenes:
        for element in scene.elements:
            for found in pattern.finditer(element.text) if element.line not in inside else ():
                at = int((found.lastgroup or "_0")[1:])
                seen.setdefault(at, {}).setdefault(
                    scene.number, Evidence(scene.number, element.line, clip(element.source, found.group()))
                )
    return [
        Tagged(
            AssetType.PROP,
            spelling.display(items[at]),
            CATEGORY,
            (),
            tuple(lines),
            tuple(lines.values())[:MAX_EVIDENCE],
        )
        for at, lines in sorted(seen.items())
    ]


def _items(preamble: Sequence[Element]) -> Iterator[str]:
    """The names in the lines below a heading, up to the first empty line after them."""
    last = None
    for element in preamble:
        head, _, rest = element.text.replace("\uff1a", ":").partition(":")
        if HEADING.fullmatch(head.strip(" #*_")):
            last = element.line + 1
            text = rest
        elif last is not None and element.line <= last + 1:
            last = element.line
            text = element.text
        else:
            last = None
            continue
        for piece in BETWEEN.split(IN_BRACKETS.sub("", text)):
            name = NUMBERED.sub("", piece).strip(" .*_-")
            if len(name) > 1 and len(name.split()) <= MAX_WORDS:
                yield name.casefold()


def _written(item: str) -> str:
    """How an item is written in a script: in the singular or the plural."""
    *before, last = item.split()
    words = [*map(re.escape, before), f"(?:{re.escape(last)}|{re.escape(singular(last))})(?:e?s)?"]
    text = r"\s+".join(words)
    return rf"\b{text}\b" if last.isascii() else text
