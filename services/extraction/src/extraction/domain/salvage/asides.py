"""What stands beside an answer in a reply and is none: other turns of a talk, comments, struck words, folded drafts.

All of it is replaced by blanks, so that every place in the text stays what it was.
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]

STRING = re.compile(r"(?<=[:\[,{])(\s*+)(\"(?:[^\"\\\n]++|\\.)*+\"|'(?:[^'\\\n]++|\\.)*+')(?=\s*+(?:[,}\]:]|\Z))")
TURN = re.compile(
    r"<\|(?:im_start|start|start_header_id)\|>\s*(?P<role>\w+)(?:\s*<\|end_header_id\|>)?|<start_of_turn>\s*(?P<turn>\w+)"
    r"|<\|(?P<mark>user|system|assistant)\|>|\[(?P<inst>/?INST)\]|(?:\A|(?<=\n\n))(?P<said>Human|User|Assistant|AI) ?:(?=\s)"
)
OTHERS = frozenset({"user", "system", "human", "inst", "tool", "developer"})
STRUCK = re.compile(r"(?<!~)~~(?!~)[^~]++~~(?!~)")
DRAFT_SUMMARY = re.compile(
    r"\s*<summary[^<>]{0,100}>[^<]{0,200}?\b(?:draft|reject\w*|exclud\w*|discard\w*|thought|thinking|reasoning|scratch|old|previous|earlier|first|example|notes?)\b",
    re.IGNORECASE,
)
VALUE = re.compile(r"[{\[]\s*\"")
WORDS = re.compile(r"\w")


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
    echoed = bool(marks) and _is_others(marks[0]) and not WORDS.search(text, 0, marks[0].start())
    said_from = 0
    for place, mark in enumerate(marks):
        if _is_others(mark):
            if not echoed and WORDS.search(text, said_from, mark.start()):
                yield mark.start(), len(text)
                return
            yield mark.start(), marks[place + 1].start() if place + 1 < len(marks) else len(text)
        said_from = mark.end()


def _is_others(mark: re.Match[str]) -> bool:
    return next(said for said in mark.groups() if said).casefold() in OTHERS


def _comments(text: str) -> Iterator[Span]:
    return _between(text, "<!--", "-->")


def _struck(text: str) -> Iterator[Span]:
    return (found.span() for found in STRUCK.finditer(text))


def _folded(text: str) -> Iterator[Span]:
    """Folded parts, when their summary calls them none of the answer or a value stands outside of them."""
    spans = list(_between(text, "<details", "</details>"))
    open_value = VALUE.search(_blanked(text, spans)) is not None
    return (
        span
        for span in spans
        if open_value or DRAFT_SUMMARY.match(text, text.find(">", *span) + 1, span[1]) is not None
    )


def _between(text: str, opening: str, closing: str) -> Iterator[Span]:
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start)
        if end < 0:
            return
        yield start, end + len(closing)
        start = text.find(opening, end)
