"""Where names turn up in the action: one pass over the script for all names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extraction.domain.engine.capitals import Token, tokens
from extraction.domain.engine.naming import Key, bare_word
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.words import singular

IDEOGRAPH = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name to look for and the index of its owner; a `proper` one counts only when it begins with a capital."""

    owner: int
    proper: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a passage at `offset`, as it is written there."""

    name: Name
    key: Key
    passage: Passage
    offset: int
    text: str


def mentions(passages: Iterable[Passage], names: Mapping[Key, Name]) -> Iterator[Mention]:
    """Every mention in reading order, the longest name where several fit."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for key in names:
        lengths[key[0]].add(len(key))
    ideographs = {"".join(key): key for key in names if IDEOGRAPH.search("".join(key))}
    pattern = re.compile("|".join(re.escape(name) for name in sorted(ideographs, key=len, reverse=True)) or r"(?!)")
    for passage in passages:
        yield from _spaced(passage, names, lengths)
        for found in pattern.finditer(passage.text) if ideographs else ():
            key = ideographs[found.group()]
            yield Mention(names[key], key, passage, found.start(), found.group())


def _spaced(passage: Passage, names: Mapping[Key, Name], lengths: Mapping[str, set[int]]) -> Iterator[Mention]:
    words = tokens(passage.text)
    bare = [bare_word(word.text) for word in words]
    index = 0
    while index < len(words):
        key = next((key for key in _windows(bare, index, lengths) if _fits(names.get(key), words, index)), None)
        if key is None:
            index += 1
            continue
        last = words[index + len(key) - 1]
        yield Mention(names[key], key, passage, words[index].start, passage.text[words[index].start : last.end])
        index += len(key)


def _windows(bare: list[str], index: int, lengths: Mapping[str, set[int]]) -> Iterator[Key]:
    """Keys that may begin at a word, the longest first, with the last word as it is and in the singular."""
    starts = {bare[index], singular(bare[index])}
    for length in sorted({each for start in starts for each in lengths.get(start, ())}, reverse=True):
        window = tuple(bare[index : index + length])
        if len(window) == length:
            yield window
            yield (*window[:-1], singular(window[-1]))


def _fits(name: Name | None, words: list[Token], index: int) -> bool:
    return name is not None and (not name.proper or words[index].text[0].isupper())
