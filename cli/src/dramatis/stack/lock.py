"""One parent at a time per data folder."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import IO, Self


class FolderInUse(Exception):
    """Another process runs a stack in this folder."""


class FolderLock:
    """Held from `acquire` to `release`, and let go by the system when the process dies, however it dies."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take it, or raise `FolderInUse` with the holder's pid; once more by its holder changes nothing."""
        if self._file is not None:
            return
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().strip()
            file.close()
            raise FolderInUse(
                f"process {holder or '?'} runs a stack in {self._path.parent}; `dramatis down` ends it"
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let it go; the file stays, as another process may be waiting at it."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release()
