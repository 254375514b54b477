"""Bytes of an uploaded script to text."""

import re
from dataclasses import dataclass

from extraction.domain.encodings import guess_chinese, guess_utf16, guess_western
from extraction.domain.errors import EncodingUnknown, ScriptEmpty, ScriptIsBinary, ScriptTooLarge

MAX_SCRIPT_BYTES = 16 * 1024 * 1024

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a rich text document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
# A title may well begin with RIFF: only with what follows it is it a file's mark.
RIFF = re.compile(rb"RIFF.{4}(?:WEBP|WAVE|AVI )", re.DOTALL)
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
HARMLESS_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a\x1c\x1d\x1e\x1f\x85")
MAX_CONTROL_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Decoded:
    """A script's text and the encoding it was read with (a Python codec name)."""

    text: str
    encoding: str


def decode(data: bytes, *, limit: int = MAX_SCRIPT_BYTES) -> Decoded:
    """Text of an uploaded file.

    Tried in this order: a byte order mark, UTF-16 without one, UTF-8, GB18030, Big5, Windows-1252. Text that reads as
    another language in the last three is not garbled but refused. Raises `ScriptEmpty`,
    `ScriptTooLarge` (more than `limit` bytes), `ScriptIsBinary` and `EncodingUnknown`.
    """
    if len(data) > limit:
        raise ScriptTooLarge.of(len(data), limit)
    _refuse_known_binaries(data)
    decoded = _decode_marked(data) or _decode_unmarked(data)
    return Decoded(clean_text(decoded.text), decoded.encoding)


def clean_text(text: str) -> str:
    """The text without a leading byte order mark.

    Raises `ScriptEmpty` when nothing can be read in it, `ScriptIsBinary` when it holds NUL or is full of control
    characters, `EncodingUnknown` when it holds half a surrogate pair, which no encoding can store.
    """
    text = text.removeprefix("\ufeff")
    if not text or text.isspace():
        raise ScriptEmpty
    controls = sum(1 for char in text if _is_control(char))
    if "\x00" in text or controls > len(text) * MAX_CONTROL_SHARE:
        raise ScriptIsBinary
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise EncodingUnknown
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise ScriptEmpty
    return text


def known_binary(data: bytes) -> str | None:
    """What a file is that is no text, by its first bytes; None when they say nothing."""
    if RIFF.match(data):
        return "a RIFF file, such as a WebP image or a sound"
    return next((what for signature, what in SIGNATURES if data.startswith(signature)), None)


def _refuse_known_binaries(data: bytes) -> None:
    found = known_binary(data)
    if found is not None:
        raise ScriptIsBinary(f"the file is {found}: export the script as Fountain, FDX, PDF, DOCX or plain text")


def _decode_marked(data: bytes) -> Decoded | None:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise EncodingUnknown(
                    f"the file is marked as {encoding} but breaks off or is damaged at byte {error.start}: "
                    "save it as UTF-8 and upload it again",
                ) from error
    return None


def _decode_unmarked(data: bytes) -> Decoded:
    if b"\x00" in data:
        wide = guess_utf16(data)
        if wide is None:
            raise ScriptIsBinary
        return Decoded(data.decode(wide), wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        encoding = guess_chinese(data) or guess_western(data)
    if encoding is None:
        raise EncodingUnknown
    return Decoded(data.decode(encoding), encoding)


def _is_control(char: str) -> bool:
    return (char < " " or "\x7f" <= char < "\xa0") and char not in HARMLESS_CONTROLS
