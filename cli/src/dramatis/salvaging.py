"""What is in one raw reply of a language model, with nobody to ask again."""

import sys
from pathlib import Path

from extraction.domain.salvage import Salvaged, salvage

STANDARD_INPUT = Path("-")
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class ReplyMissing(Exception):
    """There is no such file; the message begins with its name."""


def salvage_file(path: Path) -> Salvaged:
    """Salvage the reply in a file, or on standard input for `-`; raises `ReplyMissing`."""
    try:
        raw = sys.stdin.buffer.read() if path == STANDARD_INPUT else path.read_bytes()
    except OSError as error:
        raise ReplyMissing(f"{path}: {error.strerror or error}") from error
    return salvage(text_of(raw))


def text_of(raw: bytes) -> str:
    """A reply as text: UTF-8 unless a byte order mark says otherwise; what is no text at all is replaced, not refused."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    return raw.decode(encoding, errors="replace")
