"""The smallest pieces of a damaged reply: blanks, comments, signs, keys, numbers, words, strings."""

import re

from extraction.domain.salvage.nodes import Atom, Node, Text
from extraction.domain.salvage.partial import is_left_open
from extraction.domain.salvage.quoting import COLON, KEY_AHEAD, QUOTE, QUOTES, UNSEEN, Place, read_quoted, unescape

BLANK = re.compile(rf"[\s{UNSEEN}]++")
COMMENT = re.compile(r"//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)|#[^\n]*+|<!--(?:[^-]++|-(?!->))*+(?:-->|\Z)")
SIGNS = {
    **dict.fromkeys("{\uff5b", "{"),
    **dict.fromkeys("}\uff5d", "}"),
    **dict.fromkeys("[\uff3b(\u3010", "["),
    **dict.fromkeys("]\uff3d)\u3011", "]"),
    **dict.fromkeys(",\uff0c\u3001;\uff1b", ","),
    **dict.fromkeys(":\uff1a=", ":"),
    **dict.fromkeys(QUOTES, '"'),
}
FULL_WIDTH = frozenset("\uff5b\uff5d\uff3b\uff3d\u3010\u3011\uff0c\u3001\uff1b\uff1a")
FOREIGN = {"(": "round brackets", ")": "round brackets", ";": "semicolons", "=": "equals signs"}
NUMBER = re.compile(r"[-+]?(?:\d[\d_]*+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?%?(?=[\s,;\uff0c\uff1b}\])\uff5d\uff3d/#]|\Z)")
JSON_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
CALL = re.compile(rf"(?P<name>[^\W\d][\w.]{{0,60}})\(\s*+(?=[{QUOTES}\[{{)\d-]|[^\W\d]\w{{0,60}}\s*+(?:=(?!=)|\())")
PAIRS = re.compile(rf".\s*+{QUOTE}[^{QUOTES}\n]{{1,60}}{QUOTE}\s*+=>", re.DOTALL)
BARE_KEY = re.compile(rf":?[^\W\d][\w$\- ]{{0,60}}?[\"'\u201d\u2019]?\s*(?={COLON})")
BARE_VALUE = re.compile(
    r"(?:[^,;\uff0c\uff1b\n{}\[\]()\uff5b\uff5d\uff3b\uff3d\"\u201c\u201d]|\([^,;\n{}\[\]()\"]{0,80}\))++"
)
ELLIPSIS = re.compile(r"(?:\.\.\.|\u2026)[^,}\]\n{\[\"]*+")
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "yes"), True),
    **dict.fromkeys(("false", "no"), False),
    **dict.fromkeys(("null", "none", "nil", "undefined", "nan", "infinity", "-infinity", "+infinity", "inf", "-inf")),
}
JSON_WORDS = frozenset({"true", "false", "null"})
LONGEST_WORDS = 200
LONGEST_STRAY = 8
STRAY_WORDS = "stray words"
"""The repair of a value that goes on over words; it may be that another one was meant."""
LONGEST_DIGITS = 300


class Scanner:
    """Moves over `source` up to `end` and remembers what it mended; in a `right` source quotes mean what they say."""

    def __init__(self, source: str, start: int, end: int, *, right: bool = False) -> None:
        self._right = right
        self.source, self.at, self.end = source, start, end
        self.repairs: dict[str, None] = {}
        self.strayed = 0

    def mend(self, label: str) -> None:
        """Remember a liberty that was taken."""
        self.repairs.setdefault(label)

    def ended(self) -> bool:
        """Whether nothing but blanks and comments is left; they are passed over."""
        while self.at < self.end:
            blank = BLANK.match(self.source, self.at, self.end)
            if blank:
                if blank[0].strip(" \t\r\n"):
                    self.mend("odd blanks")
                self.at = blank.end()
                continue
            comment = COMMENT.match(self.source, self.at, self.end)
            if comment is None:
                return False
            self.mend("ellipsis" if is_left_open(comment[0][:LONGEST_WORDS]) else "comments")
            self.at = comment.end()
        return True

    def sign(self) -> str:
        """What the next character stands for: a sign of JSON, or itself."""
        char = self.source[self.at]
        return SIGNS.get(char, char)

    def take_sign(self) -> None:
        """Pass over one sign."""
        char = self.source[self.at]
        if char in FULL_WIDTH:
            self.mend("full-width punctuation")
        elif char in FOREIGN:
            self.mend(FOREIGN[char])
        self.at += 1

    def sign_after(self, offset: int = 1) -> str:
        """The sign that follows the next `offset` characters and blanks; empty at the end."""
        blank = BLANK.match(self.source, self.at + offset, self.end)
        at = blank.end() if blank else self.at + offset
        return SIGNS.get(self.source[at], self.source[at]) if at < self.end else ""

    def key_ahead(self, offset: int = 0) -> str | None:
        """The key that begins here, colon and all, or after `offset` characters and blanks."""
        blank = BLANK.match(self.source, self.at + offset, self.end) if offset else None
        ahead = KEY_AHEAD.match(self.source, blank.end() if blank else self.at + offset, self.end)
        return ahead[0].strip(":\uff1a= ").strip().strip(QUOTES) if ahead else None

    def stray_key(self) -> str | None:
        """The key that begins here, where a value should be."""
        return None if self._right else self.key_ahead()

    def quoted(self, place: Place) -> Text:
        """The string that begins here."""
        found = read_quoted(self.source, self.at, self.end, place, right=self._right)
        self.at = found.end
        for label in found.repairs:
            self.mend(label)
        return found.text

    def bare_key(self) -> str | None:
        """A key without quotes; its colon is next."""
        bare = BARE_KEY.match(self.source, self.at, self.end)
        if bare is None:
            return None
        self.mend("unquoted keys")
        self.at = bare.end()
        return bare[0].lstrip(":").strip().strip(QUOTES)

    def call(self) -> str | None:
        """The name of the call that begins here, whose bracket is passed over; None when none does."""
        call = None if self._right else CALL.match(self.source, self.at, self.end)
        if call is None:
            return None
        self.mend("calls of other languages")
        self.at = call.end()
        return call["name"]

    def pairs(self) -> bool:
        """Whether the bracket that is next opens keys with arrows and values, as PHP writes objects."""
        return not self._right and PAIRS.match(self.source, self.at, self.end) is not None

    def ellipsis(self) -> bool:
        """Pass over the dots that stand for what a model did not write."""
        dots = ELLIPSIS.match(self.source, self.at, self.end)
        if dots is None:
            return False
        self.mend("ellipsis")
        self.at = dots.end()
        return True

    def bare_value(self, in_record: bool) -> Node | None:
        """A number, a word of JSON or another language, or a string without quotes; None when it is none of them."""
        number = NUMBER.match(self.source, self.at, self.end)
        if number:
            self.at = number.end()
            if not JSON_NUMBER.fullmatch(number[0]):
                self.mend("numbers of other languages")
            return Atom(number_of(number[0]), whole=self.at < self.end)
        bare = BARE_VALUE.match(self.source, self.at, self.end)
        if bare is None:
            self.stray(self.at + 1)
            return None
        text = bare[0].strip()
        self.at = bare.end()
        if text.casefold() in WORDS:
            if text not in JSON_WORDS:
                self.mend("literals of other languages")
            return Atom(WORDS[text.casefold()], whole=self.at < self.end)
        if len(text) > LONGEST_WORDS or not self._ends_value(in_record):
            self.stray(self.at, len(bare[0]))
            return None
        self.mend("missing quotes")
        return Text(unescape(text), whole=self.at < self.end, doubtful=True)

    def _ends_value(self, in_record: bool) -> bool:
        """Whether words without quotes end as a value does; a quote that only closes is passed over."""
        if self.source.startswith(('"', "\u201d"), self.at, self.end):
            self.at += 1
            return True
        return in_record or self.at >= self.end or self.sign() in {",", "]", "\n"}

    def stray(self, until: int, length: int = 1) -> None:
        """Pass over what fits nowhere."""
        self.mend("stray text" if length < LONGEST_STRAY else STRAY_WORDS)
        self.strayed += length
        self.at = until


def number_of(text: str) -> int | float | None:
    """The number a text writes, with its percent sign; None when nobody means one so long."""
    digits = text.rstrip("%").replace("_", "")
    if len(digits) > LONGEST_DIGITS:
        return None
    value = float(digits)
    if text.endswith("%"):
        return value / 100
    if value in {float("inf"), float("-inf")}:
        return None
    return int(digits) if re.fullmatch(r"[-+]?\d+", digits) else value
