"""Reads an uploaded script of any format; what is not plain text is unpacked here, within limits."""

from extraction.domain.decode import decode
from extraction.domain.reading import read_script
from extraction.domain.script import Script
from extraction.domain.uploads import ScriptFile, Upload, read_upload


def read_document(upload: Upload) -> ScriptFile:
    """Read what was sent, in time that grows with its size; raises what `script_of` raises, and `TooManyScenes`."""
    return read_upload(upload)


def script_of(data: bytes, format: str | None = None, file_name: str | None = None) -> Script:
    """The script in a file.

    `format` is one of `Format` (or a usual name for it) and wins over the extension of `file_name`; with neither the
    content decides. Every error is an `ExtractionError` that says what to do.
    """
    return read_script(decode(data).text, format, file_name)
