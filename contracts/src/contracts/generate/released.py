"""The schemas that are out: what the folder holds, and what the last commit holds."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from contracts.schemas import Schema


class RevisionUnknown(LookupError):
    """Git does not know the revision to compare with."""

    code = "revision-unknown"
    kind = "invalid"


def released(root: Path, path: Path, revision: str | None) -> Iterator[tuple[str, Schema]]:
    """Yield every released form of the schema file `path` below `root`, with where it is from.

    The folder's own file always counts; the one committed at `revision` counts too, so that deleting or editing the
    file does not open the gate.
    """
    if path.is_file():
        yield "the file", json.loads(path.read_text(encoding="utf-8"))
    if revision is not None:
        committed = _git(root, "show", f"{revision}:./{path.relative_to(root).as_posix()}")
        if committed is not None:
            yield revision, json.loads(committed)


def baseline(root: Path, asked: str | None) -> str | None:
    """Return the revision to compare with: the one asked for, else HEAD, else None outside a git checkout.

    Raises RevisionUnknown when the one asked for does not exist.
    """
    if _git(root, "rev-parse", "--verify", "--quiet", f"{asked or 'HEAD'}^{{commit}}") is not None:
        return asked or "HEAD"
    if asked is not None:
        raise RevisionUnknown(f"git knows no revision {asked!r} here")
    return None


def _git(root: Path, *arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None or not root.is_dir():
        return None
    command = [git, *arguments]
    result = subprocess.run(command, cwd=root, capture_output=True, check=False)  # noqa: S603 - our own arguments
    return result.stdout.decode() if result.returncode == 0 else None
