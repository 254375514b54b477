"""Reads an uploaded script of any format; what is not plain text is unpacked here, within limits."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from extraction.adapters.documents.final_draft import read_final_draft
from extraction.adapters.documents.pdf import read_pdf
from extraction.adapters.documents.word import read_word
from extraction.domain.decode import MAX_SCRIPT_BYTES, decode
from extraction.domain.errors import ScriptTooLarge
from extraction.domain.formats.detection import choose_format
from extraction.domain.reading import read_script, title_of
from extraction.domain.script import Format, Script
from extraction.domain.uploads import ScriptFile, Upload, clean_file_name, given, script_file

BINARY = "binary"
READERS: Mapping[Format, Callable[[bytes, str], Script]] = {
    Format.FDX: read_final_draft,
    Format.PDF: read_pdf,
    Format.DOCX: read_word,
}
"""Readers of the formats that are no plain text: from the file and a title, for scripts without one, to the script."""


def read_document(upload: Upload) -> ScriptFile:
    """Read what was sent, in time that grows with its size; raises what `script_of` raises, and `TooManyScenes`."""
    script, encoding = _read(upload.data, given(upload.format), clean_file_name(upload.file_name))
    return script_file(upload, script, encoding)


def script_of(data: bytes, format: str | None = None, file_name: str | None = None) -> Script:
    """The script in a file.

    `format` is one of `Format` (or a usual name for it) and wins over the extension of `file_name`; with neither the
    content decides. Every error is an `ExtractionError` that says what to do.
    """
    return _read(data, format, file_name)[0]


def _read(data: bytes, format: str | None, file_name: str | None) -> tuple[Script, str]:
    """The script and the encoding of its file."""
    if len(data) > MAX_SCRIPT_BYTES:
        raise ScriptTooLarge.of(len(data), MAX_SCRIPT_BYTES)
    chosen = choose_format(data, format, file_name)
    if chosen is None or chosen not in READERS:
        decoded = decode(data)
        return read_script(decoded.text, chosen, file_name), decoded.encoding
    script = READERS[chosen](data, title_of("", file_name))
    return replace(script, title=title_of(script.title, None)), BINARY
