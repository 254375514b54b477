"""What stands beside an answer in a reply and is none: other turns of a talk, comments, struck words, folded drafts.

All of it is replaced by blanks, so that every place in the text stays what it was.
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]

STRING = re.compile(r"(?<=[:\[,{])(\s*+)(\"(?:[^\"\\\n]++|\\.)*+\"|'(?:[^'\\\n]++|\\.)*+')(?=\s*+(?:[,}\]:]|\Z))")
TURN = re.compile(
    r"<\|(?:im_start|start|start_header_id)\|>\s*(?P<role>\w+)(?:\s*<\|end_header_id\|>)?|<start_of_turn>\s*(?P<turn>\w+)"
    r"|<\|(?P<mark>user|system|assistant)\|>|\[(?P<inst>/?INST)\]|(?:\A|(?<=\n\n)|(?<=[}\]`]\n))(?P<said>Human|User|Assistant|AI) ?:(?=\s)"
    r"|(?:\A|(?<=\n))\#{2,3} ?(?P<part>Instruction|Input|Response)\b|(?P<end><\|endoftext\|>|\[END\])"
)
OTHERS = frozenset(
    {"user", "system", "human", "inst", "tool", "developer", "instruction", "input", "<|endoftext|>", "[end]"}
)
STRUCK = re.compile(r"(?<!~)~~(?!~)[^~]++~~(?!~)")
DRAFT_SUMMARY = re.compile(
    r"\s*<summary[^<>]{0,100}>[^<]{0,200}?\b(?:draft|reject\w*|exclud\w*|discard\w*|thought|thinking|reasoning|scratch|old|previous|earlier|first|example|notes?)\b",
    re.IGNORECASE,
)
BESIDE = r"examples?|schema|format|input|prompt|instructions?|draft|notes?|explanation|rationale|rejected|context|s|del|strike"
ELEMENT = re.compile(rf"</?(?:{BESIDE})>|\[/?(?:{BESIDE})\]", re.IGNORECASE)
REMARK = re.compile(r"^[ \t]*(?://|\#)[^\n{\[]*[{\[]\s*\"[^\n]*", re.MULTILINE)
VALUE = re.compile(r"[{\[]\s*\"")
ANY_VALUE = re.compile(r"[{\[(]\s*(?:[\"']|:?\w+\s*=)")
TOKEN = re.compile(r"<[^<>\n]{1,40}>")
CITATION = re.compile(r"(?<=\")\s{0,3}(?:\[\d{1,3}\]|\u3010[^\u3010\u3011\n]{1,40}\u3011)(?=\s*+[,}\]])")
SAID = re.compile(r"[\w{\[]")


def without_strings(text: str) -> str:
    """The text with blanks for what its strings hold, wherever a string is plainly one of JSON; as long as before."""
    return STRING.sub(lambda found: f'{found[1]}"{" " * (len(found[2]) - 2)}"', text)


def without_asides(text: str) -> tuple[str, list[str]]:
    """The text with blanks for what is no part of the answer, and what that was."""
    told: list[str] = []
    for label, finder in (
        ("other turns", _turns),
        ("comments", _comments),
        ("struck words", _struck),
        ("folded parts", _folded),
        ("parts beside the answer", _elements),
        ("citations", _citations),
    ):
        spans = list(finder(without_strings(text)))
        if spans:
            told.append(label)
            text = _blanked(text, spans)
    return text, told


def _blanked(text: str, spans: list[Span]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _turns(text: str) -> Iterator[Span]:
    """What others say. When the model spoke first, it made up all that follows its words."""
    marks = list(TURN.finditer(text))
    echoed = bool(marks) and _is_others(marks[0]) and not _is_said(text, 0, marks[0].start())
    said_from = 0
    for place, mark in enumerate(marks):
        if _is_others(mark):
            if not echoed and _is_said(text, said_from, mark.start()):
                yield mark.start(), len(text)
                return
            yield mark.start(), marks[place + 1].start() if place + 1 < len(marks) else len(text)
        said_from = mark.end()


def _is_said(text: str, start: int, end: int) -> bool:
    """Whether there are words or values in a stretch, besides marks."""
    return SAID.search(TOKEN.sub(" ", text[start:end])) is not None


def _is_others(mark: re.Match[str]) -> bool:
    return next(said for said in mark.groups() if said).casefold() in OTHERS


def _comments(text: str) -> Iterator[Span]:
    """Comments of pages, and those of programs that hold a value: the parser reads the others."""
    starred = (span for span in _between(text, "/*", "*/") if VALUE.search(text, *span))
    spans = sorted([*_between(text, "<!--", "-->"), *starred, *(found.span() for found in REMARK.finditer(text))])
    end = 0
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]


def _citations(text: str) -> Iterator[Span]:
    return (found.span() for found in CITATION.finditer(text))


def _struck(text: str) -> Iterator[Span]:
    return (found.span() for found in STRUCK.finditer(text))


def _folded(text: str) -> Iterator[Span]:
    """Folded parts, when their summary calls them none of the answer or a value stands outside of them."""
    spans = list(_between(text, "<details", "</details>"))
    open_value = ANY_VALUE.search(_blanked(text, spans)) is not None
    return (
        span
        for span in spans
        if open_value or DRAFT_SUMMARY.match(text, text.find(">", *span) + 1, span[1]) is not None
    )


def _elements(text: str) -> Iterator[Span]:
    """What stands in tags such as `<example>`, when a value stands outside of them."""
    spans: list[Span] = []
    opened: dict[str, int] = {}
    for mark in ELEMENT.finditer(text):
        name = mark[0].casefold().replace("/", "")
        if "/" not in mark[0]:
            opened.setdefault(name, mark.start())
        elif name in opened:
            start = opened[name]
            opened = {other: at for other, at in opened.items() if at < start}
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, mark.end()))
    return iter(spans if ANY_VALUE.search(_blanked(text, spans)) else [])


def _between(text: str, opening: str, closing: str) -> Iterator[Span]:
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start)
        if end < 0:
            return
        yield start, end + len(closing)
        start = text.find(opening, end)
