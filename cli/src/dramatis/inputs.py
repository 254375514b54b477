"""Bytes of the files that a command line names."""

import errno
import sys
from pathlib import Path
from typing import BinaryIO

STANDARD_INPUT = Path("-")
MOST_MIB = 64
"""More than any script or reply has; a film that is named by mistake must not fill the memory."""


def content_of(path: Path) -> bytes:
    """All of a file, or of standard input for `-`; raises `OSError`, whose `strerror` says what to do where we know."""
    if path == STANDARD_INPUT:
        return _all_of(sys.stdin.buffer, path)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "this is a folder; name the files in it", str(path))
    with path.open("rb") as file:
        return _all_of(file, path)


def _all_of(file: BinaryIO, path: Path) -> bytes:
    most = MOST_MIB * 1024 * 1024
    content = file.read(most + 1)
    if len(content) > most:
        reason = f"this has more than {MOST_MIB} MiB, which no script and no reply has; name another file"
        raise OSError(errno.EFBIG, reason, str(path))
    return content
