"""Who is who, where a story tells it: `his son, George`, `a man named Pell`, `"It's Mr. Pell!"`."""

import re
from collections.abc import Iterable, Iterator, Sequence

from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.narration import narration
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.words import is_person_noun, word_set

_NAME = (
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|St|Capt|Sgt|Rev)\.\s+|(?:Miss|Sir|Lady|Captain|Doctor|Aunt|Uncle|Madame)\s+)?"
    r"[^\W\d_a-z][\w\u2019'-]{0,30}[^\W\d_](?![\w-])(?:\s[^\W\d_a-z][\w-]{1,30}(?![\w-]))?)"
)
_WHOSE, _NOUN = (
    r"\b(?:[Hh]is|[Hh]er|[Mm]y|[Tt]heir|[Oo]ur|[Yy]our|[Tt]he|[Aa]n?)",
    r"(?P<what>(?:[a-z][a-z\u2019'-]{0,30},?\s){0,3}?[a-z][a-z-]{1,30})(?![\w-])",
)
_ENDS = r"(?=[,;.!?](?!\s(?:and|or)\b))"
EQUAL = (
    re.compile(rf"{_WHOSE}\s{_NOUN},\s{_NAME}{_ENDS}"),
    re.compile(rf"(?<![\w,] )\b{_NAME},\s{_WHOSE}\s{_NOUN}{_ENDS}"),
    re.compile(rf"{_WHOSE}\s{_NOUN},?\s(?:named|called|whose\sname\s(?:is|was))\s{_NAME}"),
    re.compile(rf"\b(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur)\s{_NOUN}\b.{{0,60}}?\b[Nn]ame(?:['\u2019]s|\sis|\swas)\s{_NAME}"),
)
NEWLY = re.compile(r"\b(?:an?|another)\s(?P<what>(?:[a-z][a-z-]{0,30},?\s){0,3}?[a-z][a-z-]{1,30})(?![\w-])")
GREETED = re.compile(
    rf"\b(?:[Ii]t['\u2019]s|[Ii]t\sis|[Hh]ere['\u2019]s|[Hh]ere\s(?:is|comes))\s(?:(?:my|the|old|dear|poor)\s)*{_NAME}(?=[,.;!?])"
)
ASKED = re.compile(
    r"\bname\sof\s(?:the|that|an?)\s(?P<what>(?:[a-z][a-z-]{0,30}\s){0,3}?[a-z][a-z-]{1,30})(?![\w-])"
    r"(?=\?|\s(?:who|that|with|in|at|on|by|over|there|we|you)\b[^.!?]{0,80}\?)"
)
ANSWER = re.compile(rf"[\"\u201c\u2018']{_NAME}[.!][\"\u201d\u2019']")
NO_NAME = word_set("i yes no oh he she it they we you the a an and but this that there here")


def equations(passages: Sequence[Passage]) -> dict[Key, Key]:
    """The names of those called by what they are, by the words they are called by; without those who have several."""
    found: dict[Key, set[Key]] = {}
    for what, name in _told(passages):
        key = name_key(name)
        if key and not set(key) & NO_NAME and not is_person_noun(key[-1]):
            words = name_key(what)
            for called in {words[-1:], words[-2:]}:
                found.setdefault(called, set()).add(key)
    return {called: names.pop() for called, names in found.items() if len({name[-1] for name in names}) == 1}


def _told(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    asked = ""
    for passage in passages:
        answer = ANSWER.fullmatch(passage.text.strip()) if asked else None
        if answer:
            yield asked, answer["name"]
        for each in _persons(pattern.finditer(passage.text) for pattern in EQUAL):
            yield each["what"], each["name"]
        if greeted := _greeted(passage):
            yield greeted
        question = next(_persons([ASKED.finditer(passage.text)]), None)
        asked = question["what"] if question else ""


def _persons(found: Iterable[Iterator[re.Match[str]]]) -> Iterator[re.Match[str]]:
    """The matches whose noun is one for people."""
    return (each for matches in found for each in matches if is_person_noun(each["what"].split()[-1]))


def _greeted(passage: Passage) -> tuple[str, str] | None:
    """Somebody who comes in as `a clergyman` and is called by name in the same paragraph, by another."""
    greeting = GREETED.search(passage.text)
    if greeting is None:
        return None
    told = narration(passage.text)
    if told[greeting.start()] != " ":
        return None
    new = list(_persons([NEWLY.finditer(told, 0, greeting.start())]))
    between = told[new[0].end() : greeting.start()] if len(new) == 1 else ""
    spoken = re.search(r"[^\W\d_a-z][a-z]+|\b(?:she|he)\b", between[2:])
    return (new[0]["what"], greeting["name"]) if spoken else None
