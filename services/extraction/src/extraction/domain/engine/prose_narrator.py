"""The one who tells a story: whether somebody says I, and by what name others call them."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from extraction.domain.engine.capitals import tokens
from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.narration import narration
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.place_words import is_place_noun
from extraction.domain.engine.words import PLACES, TITLES, UNHELD, is_person_noun, word_set

FIRST_PERSON = word_set("i my me myself i'd i've i'm i'll mine")
SAID, PER_WORDS, PER_CHINESE_WORD = 12, 80, 2
CHINESE_I = re.compile("我(?!们|國|国)")
CHINESE_NAME = re.compile(
    "(?:^|[^\u3400-\u9fff])我(?:的名字)?(?:名?叫|是叫)(?P<name>[\u3400-\u9fff]{2,3})(?![\u3400-\u9fff])"
)
IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_NAME = r"(?P<name>[^\W\d_a-z][\w\u2019-]+(?: [^\W\d_a-z][\w\u2019-]+){0,2})"
TOLD_NAME = re.compile(rf"\b(?:[Cc]all me|[Mm]y name (?:is|was)|I (?:am|was) (?:called|named|christened)) {_NAME}")
PAPERS = re.compile(
    rf"^\W*{_NAME}['\u2019][sS] (?i:journal|diary|narrative|story|account|statement|memorandum|letters?|notebook|log)\b"
)
CALLED = re.compile(r"[,\u201c\u2018\"] ?(?P<name>(?:(?:Mr|Mrs|Miss|Dr|Sir)\.? )?[A-Z][a-z]+)(?=[,.!?])")
CALLED_OFTEN = 2
NO_NAMES = (
    PLACES
    | UNHELD
    | word_set("yes well oh ah sir madam come why what good indeed certainly now then hello nonsense listen look dear")
)


def narrator(passages: Sequence[Passage]) -> list[tuple[Passage, int]]:
    """Where the one who tells the story says I, first in each scene; nothing when the story has no such one."""
    said, length = 0, 0
    first: dict[int, tuple[Passage, int]] = {}
    for passage in passages:
        told = narration(passage.text)
        words = tokens(told)
        for found in CHINESE_I.finditer(told):
            said += 1
            first.setdefault(passage.scene, (passage, found.start()))
        length += len(words) + len(IDEOGRAPH.findall(told)) // PER_CHINESE_WORD
        for word in words:
            if word.text.casefold() in FIRST_PERSON:
                said += 1
                first.setdefault(passage.scene, (passage, word.start))
    return list(first.values()) if said >= SAID and said * PER_WORDS >= length else []


def narrator_name(passages: Iterable[Passage], headings: Iterable[str], known: Collection[Key]) -> str | None:
    """The name of the one who tells: told (`Call me Ishmael`), over the papers, or what others call nobody else.

    `known` are the names of those who act in the story.
    """
    for heading in headings:
        if found := PAPERS.match(heading):
            return found["name"].title()
    called: Counter[str] = Counter()
    parts = {part for key in known for part in key}
    for passage in passages:
        told = narration(passage.text)
        if chinese := CHINESE_NAME.search(told):
            return chinese["name"]
        found = PAPERS.match(passage.text) or TOLD_NAME.search(told)
        if found:
            return found["name"].title()
        for each in CALLED.finditer(_spoken(passage.text, told)):
            key = name_key(each["name"])
            if key and not parts & set(key[-1:]) and _can_be_name(key[-1]):
                called[each["name"]] += 1
    common = called.most_common(1)
    return common[0][0] if common and common[0][1] >= CALLED_OFTEN else None


def _can_be_name(word: str) -> bool:
    return not (word in NO_NAMES or word in TITLES or is_person_noun(word) or is_place_noun(word))


def _spoken(text: str, told: str) -> str:
    """The speeches of a paragraph alone."""
    return "".join(said if kept == " " or not said.isalnum() else " " for said, kept in zip(text, told, strict=True))
