"""Bytes of the files that a command line names."""

import errno
import sys
from pathlib import Path

STANDARD_INPUT = Path("-")


def content_of(path: Path) -> bytes:
    """All of a file, or of standard input for `-`; raises `OSError`, whose `strerror` says what to do about a folder."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "this is a folder; name the files in it", str(path))
    return path.read_bytes()
