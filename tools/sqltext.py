"""SQL files taken apart far enough to ask which tables they make and how those are protected."""

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    r"""--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|;|[^-/'"$;]+|.""", re.DOTALL
)
CREATE_TABLE = re.compile(
    r"CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?P<name>[\w.\"]+)\s*(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)


class Statement(NamedTuple):
    """One statement without its comments; `line` is where it begins, counted from 1."""

    line: int
    text: str


class Table(NamedTuple):
    """A table that a file creates; `body` is everything after its name."""

    line: int
    name: str
    body: str


def statements(text: str) -> Iterator[Statement]:
    """Statements of a file, split at the semicolons that are not inside quotes."""
    line, begun, parts = 1, 0, ""
    for token in TOKEN.finditer(text):
        piece = token.group()
        if piece == ";":
            yield Statement(begun, parts.strip())
            begun, parts = 0, ""
        elif not piece.startswith(("--", "/*")):
            if not begun and piece.strip():
                begun = line + _leading_lines(piece)
            parts += piece
        line += piece.count("\n")
    if parts.strip():
        yield Statement(begun, parts.strip())


def _leading_lines(piece: str) -> int:
    return piece[: len(piece) - len(piece.lstrip())].count("\n")


def tables(found: list[Statement]) -> Iterator[Table]:
    """Tables created; a partition belongs to its parent and is left out."""
    for statement in found:
        match = CREATE_TABLE.match(statement.text)
        if match is not None and not match["rest"].upper().startswith("PARTITION OF"):
            yield Table(statement.line, match["name"].replace('"', ""), match["rest"])


def says(found: list[Statement], table: str, phrase: str, direct: str) -> bool:
    """Whether a statement matches `direct`, or an anonymous block that lists the table contains `phrase`."""
    written = re.compile(direct, re.DOTALL | re.IGNORECASE)
    looped = re.compile(phrase, re.DOTALL | re.IGNORECASE)
    for statement in found:
        if written.match(statement.text):
            return True
        block = statement.text.replace("''", "'")
        if block.upper().startswith("DO") and f"'{table}'" in block and looped.search(block):
            return True
    return False
