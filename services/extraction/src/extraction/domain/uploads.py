"""An uploaded script: what was sent, and what it says once it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from extraction.domain.decode import decode
from extraction.domain.errors import TooManyScenes
from extraction.domain.reading import read_script
from extraction.domain.script import Scene, Script

MAX_SCENES = 100_000
MAX_FILE_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A script as somebody sent it, with what they said about it."""

    data: bytes
    title: str | None = None
    format: str | None = None
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """A script that can be read: its bytes, the SHA-256 of these in lower-case hex, and how to read them.

    `encoding` is a Python codec name; `binary` for formats that say of each part of the file how it is encoded.
    """

    data: bytes
    sha256: str
    encoding: str
    title: str
    format: str
    file_name: str | None
    scenes: Sequence[Scene]


def read_upload(upload: Upload) -> ScriptFile:
    """Read a text that was sent, in time that grows with its size: seconds for many megabytes.

    The title is the one that was given, else the script's own. Raises `ScriptEmpty`, `ScriptIsBinary`,
    `EncodingUnknown`, `ScriptTooLarge`, `UnknownFormat`, `FormatMismatch`, `NoScenes` and `TooManyScenes`.
    """
    decoded = decode(upload.data)
    script = read_script(decoded.text, given(upload.format), clean_file_name(upload.file_name))
    return script_file(upload, script, decoded.encoding)


def script_file(upload: Upload, script: Script, encoding: str) -> ScriptFile:
    """What was sent, read as `script`; raises `TooManyScenes`."""
    if len(script.scenes) > MAX_SCENES:
        raise TooManyScenes.of(len(script.scenes), MAX_SCENES)
    return ScriptFile(
        data=upload.data,
        sha256=sha256(upload.data).hexdigest(),
        encoding=encoding,
        title=given(upload.title) or script.title,
        format=script.format.value,
        file_name=clean_file_name(upload.file_name),
        scenes=script.scenes,
    )


def given(word: str | None) -> str | None:
    """What somebody said without white space around it; None when they said nothing."""
    return (word or "").strip() or None


def clean_file_name(name: str | None) -> str | None:
    """A file's name without folders and without what cannot be shown; its end is kept when it is very long."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in last if char.isprintable()).strip()
    return shown[-MAX_FILE_NAME:] or None
