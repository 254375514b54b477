"""A reader of JSON that goes on where JSON ends: linear, without recursion, and it names every liberty it takes."""

from collections.abc import Callable

from extraction.domain.salvage.frames import Frame, Parsed
from extraction.domain.salvage.lookahead import element_behind, follows_key, goes_on_behind, list_ends_behind
from extraction.domain.salvage.nodes import Atom, Branch, Listing, Node, Record, Text
from extraction.domain.salvage.quoting import QUOTES, Place
from extraction.domain.salvage.scanner import Scanner
from extraction.domain.salvage.strictness import right_until

MAX_DEPTH = 60
MAX_STRAY = 80
TOO_DEEP = "nesting too deep"


def parse(source: str, start: int, end: int, is_list_key: Callable[[str], bool]) -> Parsed | None:
    """The value that begins at `start`, or None when none does; nothing from `end` on is looked at.

    `is_list_key` knows keys that hold lists, which tells a missing `]` from a missing `{`.
    """
    right = right_until(source, start) <= end
    return Parser(Scanner(source, start, end, right=right), is_list_key).parse()


class Parser:
    """One value being read."""

    def __init__(self, scanner: Scanner, is_list_key: Callable[[str], bool]) -> None:
        self._scan = scanner
        self._is_list_key = is_list_key
        self._stack: list[Frame] = []
        self._root: Node | None = None
        self._stopped = False

    def parse(self) -> Parsed | None:
        """The value, or None."""
        if not self._scan.ended():
            self._value(None)
        while self._stack and not self._stopped and not self._scan.ended():
            self._step(self._stack[-1])
            if self._scan.strayed > MAX_STRAY:
                self._stopped = True
            if not self._stack:
                self._reopen()
        if self._root is None:
            return None
        for frame in self._stack:
            frame.node.whole = False
        return Parsed(self._root, self._scan.at, tuple(self._scan.repairs), bool(self._stack) or not self._root.whole)

    def _step(self, frame: Frame) -> None:
        sign = self._scan.sign()
        if frame.key is not None and isinstance(frame.node, Record):
            self._member_value(frame, sign)
        elif sign == ",":
            self._comma(frame)
        elif sign in {"}", "]"}:
            self._close(frame, sign)
        elif isinstance(frame.node, Listing):
            self._element(frame, frame.node)
        else:
            self._member(frame, frame.node, sign)

    def _comma(self, frame: Frame) -> None:
        if frame.comma or not _filled(frame.node):
            self._scan.mend("extra commas")
        frame.comma = True
        self._scan.take_sign()

    def _element(self, frame: Frame, listing: Listing) -> None:
        key = self._scan.stray_key()
        if key is None:
            self._value(frame)
        elif self._ends_before(key, listing):
            self._scan.mend("missing brackets")
            self._stack.pop()
        elif not self._taken_back(frame, listing, key):
            self._scan.mend("missing brackets")
            self._push(frame, Record(doubtful=True))

    def _ends_before(self, key: str, listing: Listing) -> bool:
        """Whether a key in a list belongs to the object around it: a list key, or any in a list of no objects."""
        outer = self._stack[-2].node if len(self._stack) > 1 else None
        if not isinstance(outer, Record) or self._is_list_key(key):
            return isinstance(outer, Record)
        of_records = any(isinstance(value, Record) for value in listing.values)
        return not of_records and not self._is_list_key(outer.members[-1][0])

    def _taken_back(self, frame: Frame, listing: Listing, key: str) -> bool:
        """Open the last object again when a key that it lacks follows it: its brace came too early."""
        last = listing.values[-1] if listing.values else None
        if not isinstance(last, Record) or key in {name for name, _ in last.members}:
            return False
        self._scan.mend("stray brackets")
        frame.comma = False
        last.doubtful = True
        self._stack.append(Frame(last, comma=True))
        return True

    def _member(self, frame: Frame, record: Record, sign: str) -> None:
        if sign == "{":
            self._brace_for_key(frame, record)
        elif sign == '"':
            self._quoted_key(frame, record)
        elif not self._scan.ellipsis():
            bare = self._scan.bare_key()
            if bare is not None:
                self._key(frame, record, bare)
            elif record.members:
                self._scan.stray(self._scan.at + 1)
            elif not self._became_list(frame, []):
                self._stopped = True

    def _quoted_key(self, frame: Frame, record: Record) -> None:
        text = self._scan.quoted(Place.KEY)
        record.doubtful = text.doubtful = record.doubtful or text.doubtful
        sign = self._scan.sign_after(0)
        if text.whole and (
            record.members
            or sign not in {",", "}", "]"}
            or not self._became_list(frame, [Text(text.value, doubtful=True)])
        ):
            self._key(frame, record, text.value.strip(QUOTES) if text.doubtful else text.value)

    def _became_list(self, frame: Frame, values: list[Node]) -> bool:
        """What began as an object goes on as a list: a set of Python, or the wrong bracket."""
        if len(self._stack) < 2:
            return False
        self._scan.mend("brackets that do not match")
        outer, frame.node, frame.loose = self._stack[-2].node, Listing(values), True
        if isinstance(outer, Listing):
            outer.values[-1] = frame.node
        else:
            outer.members[-1] = (outer.members[-1][0], frame.node)
        return True

    def _key(self, frame: Frame, record: Record, key: str) -> None:
        if record.members and not frame.comma and not (frame.loose and len(record.members) == 1):
            self._scan.mend("missing commas")
        frame.key, frame.comma = key, False
        if self._scan.ended():
            return
        if self._scan.sign() != ":":
            self._scan.mend("missing colons")
            record.doubtful = True
            return
        self._scan.take_sign()
        if self._scan.source.startswith(">", self._scan.at, self._scan.end):
            self._scan.at += 1

    def _member_value(self, frame: Frame, sign: str) -> None:
        if sign == ":" or (sign == "," and self._scan.sign_after() == ":"):
            self._scan.mend("stray punctuation")
            self._scan.take_sign()
        elif sign in {",", "}", "]"} or self._is_list_key(self._scan.stray_key() or ""):
            self._scan.mend("missing values")
            self._attach(frame, Atom(None, whole=False))
        else:
            self._value(frame)

    def _brace_for_key(self, frame: Frame, record: Record) -> None:
        """An object where a key should be: the one before was not closed, or the list they are in was not opened."""
        last = record.members[-1] if record.members else None
        if last is None:
            self._scan.mend("doubled brackets")
            self._scan.take_sign()
        elif isinstance(last[1], Record | Listing) and frame.comma and self._is_list_key(last[0]):
            self._scan.mend("missing brackets")
            listing = last[1] if isinstance(last[1], Listing) else Listing([last[1]])
            record.members[-1] = (last[0], listing)
            self._stack.append(Frame(listing, comma=True))
        elif len(self._stack) > 1 and isinstance(self._stack[-2].node, Listing):
            self._scan.mend("missing brackets")
            self._stack.pop()
            self._stack[-1].comma = frame.comma
        else:
            self._stopped = True

    def _value(self, frame: Frame | None) -> None:
        """One value, into `frame` or as the root; of arrays and objects only the bracket."""
        sign = self._scan.sign()
        listing = frame is not None and isinstance(frame.node, Listing)
        if frame is not None and listing and _filled(frame.node) and not frame.comma:
            self._scan.mend("missing commas")
        call = self._scan.call()
        if call is not None:
            record = Record([("type", Text(call))] if self._is_list_key(call) else [])
            self._push(frame, record if self._scan.key_ahead() else Listing(), loose=True)
        elif sign in {"{", "["}:
            pairs = sign == "[" and self._scan.pairs()
            self._scan.take_sign()
            self._push(frame, Record() if pairs or sign == "{" else Listing(), loose=pairs)
        elif sign == '"':
            text = self._scan.quoted(Place.ELEMENT if listing else Place.VALUE)
            text.doubtful = text.doubtful or (text.whole and frame is not None and self._scan.ended())
            self._attach(frame, text)
        elif frame is not None and not self._scan.ellipsis():
            value = self._scan.bare_value(in_record=not listing)
            if value is not None:
                self._attach(frame, value)

    def _push(self, frame: Frame | None, node: Branch, *, loose: bool = False) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._scan.mend(TOO_DEEP)
            self._stopped = True
            return
        self._attach(frame, node)
        self._stack.append(Frame(node, loose=loose))

    def _attach(self, frame: Frame | None, node: Node) -> None:
        if frame is None:
            self._root = node
        elif isinstance(frame.node, Listing):
            if isinstance(node, Text) and self._scan.repairs and _is_out_of_place(frame.node):
                node.doubtful = True
            frame.node.values.append(node)
            frame.comma = False
        else:
            frame.node.members.append((frame.key or "", node))
            frame.key, frame.comma = None, False

    def _close(self, frame: Frame, sign: str) -> None:
        if frame.loose or isinstance(frame.node, Record) == (sign == "}"):
            if frame.comma:
                self._scan.mend("trailing commas")
            self._scan.take_sign()
            self._stack.pop()
        elif isinstance(frame.node, Record):
            self._bracket_in_record()
        else:
            self._brace_in_listing(frame.node)

    def _bracket_in_record(self) -> None:
        """`]` in an object: it ends the list around it, or stands for `}`, or is one too many."""
        self._scan.mend("brackets that do not match")
        follows = self._scan.sign_after()
        in_listing = len(self._stack) > 1 and isinstance(self._stack[-2].node, Listing)
        if not in_listing:
            self._scan.take_sign()
            if len(self._stack) > 1:
                self._stack.pop()
        elif (follows == "}" and goes_on_behind(self._scan) and self._of_assets(-2)) or (
            follows == "," and self._follows_key(1, False)
        ):
            self._scan.take_sign()
        elif follows == "]" or (follows == "," and not self._follows_key(1, True)):
            self._scan.take_sign()
            self._stack.pop()
        else:
            self._stack.pop()

    def _brace_in_listing(self, listing: Listing) -> None:
        """`}` in a list: it ends the object around it, or stands for `]`, or is one too many."""
        self._scan.mend("brackets that do not match")
        follows = self._scan.sign_after()
        outer = self._stack[-2].node if len(self._stack) > 1 else None
        in_record = isinstance(outer, Record)
        of_records = any(isinstance(value, Record) for value in listing.values) and self._of_assets(-1)
        if follows == "," and self._follows_key(1, None if of_records else False):
            self._scan.take_sign()
            self._stack.pop()
        elif (
            not in_record
            or (not listing.values and follows == '"' and self._scan.key_ahead(1) is None)
            or (of_records and follows in {",", "]", "{"})
            or list_ends_behind(self._scan)
            or element_behind(self._scan)
        ):
            self._scan.take_sign()
        else:
            self._stack.pop()

    def _of_assets(self, at: int) -> bool:
        """Whether the list at a place of the stack is one of assets, not a field of one."""
        outer = self._stack[at - 1].node if len(self._stack) > -at else None
        return not isinstance(outer, Record) or len(self._stack) + at < 2 or self._is_list_key(outer.members[-1][0])

    def _follows_key(self, offset: int, of_list: bool | None) -> bool:
        """Whether behind `offset` characters come a comma and a key, and whether lists stand under it, if that matters."""
        key = follows_key(self._scan, offset)
        return key is not None and of_list in {None, self._is_list_key(key)}

    def _reopen(self) -> None:
        """Go on in an object that closed too early: a comma and a key follow it."""
        if not isinstance(self._root, Record) or not self._root.members or self._scan.sign_after(0) != ",":
            return
        if self._follows_key(0, None):
            self._scan.mend("stray brackets")
            self._stack.append(Frame(self._root))


def _is_out_of_place(listing: Listing) -> bool:
    """Whether a text that follows in a damaged list comes behind an object, or behind another such text."""
    return any(isinstance(last, Record) or (isinstance(last, Text) and last.doubtful) for last in listing.values[-1:])


def _filled(node: Branch) -> bool:
    return bool(node.values if isinstance(node, Listing) else node.members)
