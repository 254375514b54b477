"""What a file is: by what is said about it, and by what it holds."""

import re
from collections.abc import Mapping

from extraction.domain.decode import known_binary
from extraction.domain.errors import FileEncrypted, FormatMismatch, ScriptEmpty, UnknownFormat
from extraction.domain.script import Format

KNOWN_NAMES: Mapping[str, Format] = {
    "fountain": Format.FOUNTAIN,
    "spmd": Format.FOUNTAIN,
    "fdx": Format.FDX,
    "final draft": Format.FDX,
    "txt": Format.TEXT,
    "text": Format.TEXT,
    "plain": Format.TEXT,
    "md": Format.MARKDOWN,
    "markdown": Format.MARKDOWN,
    "mdown": Format.MARKDOWN,
    "pdf": Format.PDF,
    "docx": Format.DOCX,
    "docm": Format.DOCX,
    "word": Format.DOCX,
}
"""Names and extensions of formats, in lower case."""
CALLED: Mapping[Format, str] = {
    Format.FOUNTAIN: "Fountain",
    Format.FDX: "Final Draft XML",
    Format.TEXT: "plain text",
    Format.MARKDOWN: "Markdown",
    Format.PDF: "a PDF document",
    Format.DOCX: "a Word document",
}
WRITTEN = frozenset({Format.FOUNTAIN, Format.TEXT, Format.MARKDOWN})
"""Formats that are plain text: any text may be one of them."""
EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,12})$")
HEAD = 4096
XML_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def choose_format(data: bytes, format: str | None = None, file_name: str | None = None) -> Format | None:
    """How a file is to be read; None for a text of which nothing is said.

    The format that is named wins over the extension of `file_name`; both must agree with what the file holds. Raises
    `UnknownFormat` for what is not known, `FormatMismatch`, `FileEncrypted` (a Word document with a password) and
    `ScriptEmpty`.
    """
    found = recognise(data)
    said = known_format(format, file_name, lenient=found is not None)
    if said is None or said is found:
        return found or said
    if found is not None:
        advice = f"name it .{found.value}, or send it with format '{found.value}'"
        raise FormatMismatch.of(CALLED[said], CALLED[found], advice)
    if said not in WRITTEN:
        _refuse(data, said)
    return said


def known_format(format: str | None, file_name: str | None, *, lenient: bool = False) -> Format | None:
    """The format that is named, else that of the file's extension; None when nothing is said.

    Raises `UnknownFormat` for a name that is not known, and for such an extension unless `lenient`.
    """
    extension = EXTENSION.search(file_name or "")
    named = (format or "").strip() or (extension[1] if extension else None)
    if named is None:
        return None
    known = KNOWN_NAMES.get(named.lstrip(".").casefold())
    if known is None and not (lenient and not format):
        raise UnknownFormat.of(named, [each.value for each in Format])
    return known


def recognise(data: bytes) -> Format | None:
    """The format that a file's own marks tell: PDF, DOCX or FDX; None for everything else."""
    head = data[:HEAD]
    if b"%PDF-" in head[:1024] and not head.startswith((b"PK\x03\x04", b"<")):
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return Format.DOCX if b"word/document" in data else None
    text = head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    return Format.FDX if text.startswith(b"<") and b"<FinalDraft" in text else None


def _refuse(data: bytes, said: Format) -> None:
    """Say what is in a file that should be FDX, PDF or DOCX and is not; XML goes on to the reader of FDX."""
    if not data.strip():
        raise ScriptEmpty
    if XML_ENCRYPTED in data:
        raise FileEncrypted
    if said is Format.FDX and data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return
    what = known_binary(data) or ("something else" if b"\x00" in data[:HEAD] else "a text")
    raise FormatMismatch.of(
        CALLED[said],
        what,
        f"export it as {said.value} once more, or name it after what it is, such as .txt or .fountain",
    )
