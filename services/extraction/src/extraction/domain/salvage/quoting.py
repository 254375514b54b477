"""Strings of a damaged reply: where one ends when its quotes do not say."""

import re
from dataclasses import dataclass
from enum import Enum

from extraction.domain.salvage.nodes import Text

DOUBLE, SINGLE, BACKTICK, CORNER = (
    '"\u201c\u201d\u201e\u201f\uff02\u00ab\u00bb',
    "'\u2018\u2019\u201b",
    "`",
    "\u300c\u300d\u300e\u300f",
)
QUOTES = DOUBLE + SINGLE + BACKTICK + CORNER
QUOTE = f"[{QUOTES}]"
COLON = "[:\uff1a=]"
COMMA = "[,\uff0c\u3001;\uff1b]"

PLAIN = re.compile(r'"((?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+)"')
UNSEEN = r"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Signs of no width, as they stand in a class of a pattern."""
SPACE = re.compile(rf"[\s{UNSEEN}]*+")
KEY_AHEAD = re.compile(
    rf"(?:{QUOTE}{{1,2}}[^{QUOTES}\n{{}}\[\]]{{1,60}}{QUOTE}{{1,2}}|:?[^\W\d][\w-]{{0,40}}[\"'\u201d]?)\s*{COLON}"
)
UNCLOSED_KEY = re.compile(rf"{QUOTE}([\w \-]{{1,40}}){COLON}\s*(?=[{QUOTES}\[{{\d-]|true|false|null)")
VALUE_AHEAD = re.compile(
    rf"{QUOTE}|[{{\[(\uff5b\uff3b\-\d]|(?:true|false|null|none|nan|undefined)\b|\.\.\.|\u2026", re.IGNORECASE
)
KEY_WITHOUT_COLON = re.compile(rf"{QUOTE}[\w \-]{{1,60}}{QUOTE}(?:\s*[{{\[]|\s+{QUOTE})")
CUT_AHEAD = re.compile(rf"{QUOTE}[^{QUOTES}\n]{{0,60}}\Z")
CLOSER_AHEAD = re.compile(r"[}\])\uff5d\uff3d]|//|/\*|#|\Z")
LOST_QUOTE = re.compile(rf"[\s}}\]]*{COMMA}?[\s{{\[]*\Z")
CLOSED_TAIL = re.compile(r"[\s}\]]+\Z")
KEY_TEXT = re.compile(r"[\w \-]{1,60}")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|(.)|\Z)", re.DOTALL)
TRAILING = re.compile(r"[\"\u201d][^\w\"\u201d]*\Z")
CONTROL = re.compile(r"[\x00-\x1f]")
BAD_ESCAPE = re.compile(r"(?:[^\\]|\A)(?:\\\\)*+\\(?![\"\\/bfnrt]|u[0-9a-fA-F]{4})")
SWALLOWED = re.compile(
    rf"(?<!\\){QUOTE}\s*{COLON}\s*[\[{{\d{QUOTES}]|[{{\[]\s*{QUOTE}|\n\s*{QUOTE}[\w ]{{1,40}}{QUOTE}\s*{COLON}|[}}\]]\s*,\s*[{{\[{QUOTES}]"
)
ONLY_SIGNS = re.compile(r"[\s\[\]{},:]*[\[\]{}][\s\[\]{},:]*")
ADDED_UP = re.compile(r"\"\s*\+\s*\"")
RUNS_OVER = "a string that may run over others"
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}
UNESCAPED = frozenset("\"'/\\`*_[]{}()#&<>$~-.!+")


class Place(Enum):
    """Where a string stands."""

    KEY = 1
    VALUE = 2
    ELEMENT = 3


@dataclass(slots=True)
class Quoted:
    """A string as read: its text, where reading goes on, what was mended."""

    text: Text
    end: int
    repairs: tuple[str, ...] = ()


def read_quoted(source: str, start: int, end: int, place: Place, *, right: bool = False) -> Quoted:
    """The string whose opening quote is at `start`; nothing from `end` on is looked at.

    In a `right` source the next quote that is not escaped ends it, whatever follows.
    """
    plain = PLAIN.match(source, start, end)
    if plain and (right or _closes(source, plain.end(), end, place)):
        return Quoted(Text(unescape(plain[1])), plain.end())
    if source.startswith('"""', start):
        close = source.find('"""', start + 3, end)
        if close > 0:
            return Quoted(Text(source[start + 3 : close]), close + 3, ("triple quotes",))
    return _search(source, start, end, place)


def unescape(text: str) -> str:
    """A string's content with its escapes resolved and halves of characters made whole or replaced."""
    if "\\" in text:
        text = ESCAPE.sub(_escaped, text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits:
        return chr(int(digits, 16)) if int(digits, 16) < 0x110000 else "\ufffd"
    char = match[4] or ""
    if char in ESCAPED:
        return ESCAPED[char]
    return char if char in UNESCAPED else match[0]


def _family(quote: str) -> str:
    if quote == '"':
        return '"'
    return next(family for family in (DOUBLE, SINGLE, BACKTICK, CORNER) if quote in family)


def _search(source: str, start: int, end: int, place: Place) -> Quoted:
    """The first quote after which the reply goes on as it would after a string."""
    opening, begin, inside, doubtful = source[start], start + 1, -1, False
    family = _family(opening)
    unclosed = UNCLOSED_KEY.match(source, start, end) if place is Place.KEY else None
    if unclosed:
        return Quoted(Text(unclosed[1].strip(), doubtful=True), unclosed.end(1), ("missing quote",))
    for stop in re.compile(rf"\\.|\n[ \t]*```|[{family}]", re.DOTALL).finditer(source, begin, end):
        if stop[0][0] == "\\":
            continue
        if stop[0][0] == "\n":
            return Quoted(Text(unescape(source[begin : stop.start()]), whole=False), stop.start())
        at = stop.start()
        if _closes(source, at + 1, end, place) and not _doubled(source, at, begin):
            return _quoted(source, begin, at, opening, doubtful)
        missed = _missed(source, begin, inside, at, end) if place is not Place.KEY else None
        if missed is not None:
            return Quoted(
                Text(TRAILING.sub("", unescape(source[begin:missed])).rstrip(), doubtful=True),
                missed,
                ("missing quote",),
            )
        inside = at
        doubtful = doubtful or opening not in SINGLE or not source[at - 1].isalnum()
    return _unclosed(source, begin, end)


def _quoted(source: str, begin: int, at: int, opening: str, inner: bool) -> Quoted:
    content = ADDED_UP.sub("", _without_doubled(source[begin:at], opening))
    repairs = ["unescaped quotes"] if inner else []
    if SWALLOWED.search(content) or ONLY_SIGNS.fullmatch(content):
        repairs.append(RUNS_OVER)
    if opening in SINGLE:
        repairs.append("single quotes")
    elif opening != '"':
        repairs.append("other quotes")
    if CONTROL.search(content):
        repairs.append("line breaks in strings")
    if opening == '"' and BAD_ESCAPE.search(content):
        repairs.append("bad escapes")
    return Quoted(Text(unescape(content), doubtful=inner), at + 1, tuple(repairs))


def _without_doubled(content: str, quote: str) -> str:
    """A text without the second of two quotes at its begin or end."""
    if content.count(quote) % 2 == 0:
        return content
    return content[1:] if content.startswith(quote) else content.removesuffix(quote)


def _unclosed(source: str, begin: int, end: int) -> Quoted:
    """A string that nothing closes: cut off, or only its quote is missing before the last brackets."""
    tail = CLOSED_TAIL.search(source, max(begin, end - 200), end)
    if tail and tail[0].strip() and tail.start() > begin and "\n" not in source[begin : tail.start()].strip():
        return Quoted(Text(unescape(source[begin : tail.start()]), doubtful=True), tail.start(), ("missing quote",))
    return Quoted(Text(unescape(source[begin:end]), whole=False), end)


def _doubled(source: str, at: int, begin: int) -> bool:
    """Whether the quote is written twice for one, as tables do."""
    return at > begin and source[at + 1 : at + 2] == source[at] and source[at] in "\"'"


def _missed(source: str, begin: int, inside: int, at: int, end: int) -> int | None:
    """Where the string ended if the quotes at `inside` and `at` are those of the next key."""
    if (
        inside < 0
        or not KEY_TEXT.fullmatch(source, inside + 1, at)
        or not re.compile(rf"\s*{COLON}").match(source, at + 1, end)
    ):
        return None
    tail = LOST_QUOTE.search(source, max(begin, inside - 64), inside)
    return tail.start() if tail and tail[0].strip() else None


def _closes(source: str, after: int, end: int, place: Place) -> bool:
    """Whether what follows a quote is what follows a string."""
    at = _skip(source, after, end)
    if CLOSER_AHEAD.match(source, at, end):
        return True
    char = source[at]
    if re.match(COLON, char):
        return place is not Place.VALUE
    if place is Place.KEY:
        return char in "{[" or bool(re.match(COMMA, char)) or (char in QUOTES and at > after)
    if re.match(COMMA, char):
        return _goes_on(source, _skip(source, at + 1, end), end, place)
    return _begins(source, after, at, end, place)


def _begins(source: str, after: int, at: int, end: int, place: Place) -> bool:
    """Whether without a comma something new begins at `at`."""
    if source[at] in QUOTES and at > after:
        return place is Place.ELEMENT or KEY_AHEAD.match(source, at, end) is not None
    if "\n" in source[after:at]:
        return source[at] in "{[" or KEY_AHEAD.match(source, at, end) is not None
    return source[at] == "{" and place is Place.ELEMENT


def _goes_on(source: str, at: int, end: int, place: Place) -> bool:
    """Whether another member or element begins after a comma."""
    if CLOSER_AHEAD.match(source, at, end) or source[at] in "{\uff5b,":
        return True
    if any(ahead.match(source, at, end) for ahead in (KEY_AHEAD, UNCLOSED_KEY, KEY_WITHOUT_COLON, CUT_AHEAD)):
        return True
    return place is Place.ELEMENT and VALUE_AHEAD.match(source, at, end) is not None


def _skip(source: str, at: int, end: int) -> int:
    found = SPACE.match(source, at, end)
    return found.end() if found else at
