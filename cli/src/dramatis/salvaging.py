"""What is in one raw reply of a language model, with nobody to ask again."""

from pathlib import Path

from dramatis.inputs import content_of
from extraction.domain.salvage import Salvaged, salvage

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class ReplyMissing(Exception):
    """A file cannot be read; the message begins with its name."""


def salvage_file(path: Path) -> Salvaged:
    """Salvage the reply in a file, or on standard input for `-`; raises `ReplyMissing`."""
    try:
        raw = content_of(path)
    except OSError as error:
        raise ReplyMissing(f"{path}: {error.strerror or error}") from error
    return salvage(text_of(raw))


def text_of(raw: bytes) -> str:
    """A reply as text: UTF-8 unless a byte order mark says otherwise; what is no text at all is replaced, not refused."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    return raw.decode(encoding, errors="replace")
