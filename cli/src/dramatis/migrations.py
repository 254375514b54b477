"""Apply a service's migrations with dbmate: the chassis' tables and its own, in one run."""

import os
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from dramatis.servers.executables import program

_TIMEOUT_S = 120.0


class MigrationsMissing(Exception):
    """A package that should have migrations has none."""


class MigrationFailed(Exception):
    """dbmate could not bring a database up to date."""


def migration_folders(service: str) -> list[Path]:
    """The folders whose migrations make the service's database. Raises `MigrationsMissing`; skips nothing."""
    return [_folder_of("chassis"), _folder_of(service)]


def migrate(database_url: str, folders: Sequence[Path]) -> None:
    """Bring a database up to date as the role of the URL; blocks. Raises `MigrationFailed` with dbmate's words."""
    options = [part for folder in folders for part in ("--migrations-dir", str(folder))]
    # The URL carries a password, so it goes by the environment; a stray .env of the current folder stays unread.
    done = subprocess.run(  # noqa: S603 - the wheel's program, an argument list, no shell
        [program("dbmate"), "--env-file", os.devnull, "--no-dump-schema", "--migration-lock", *options, "migrate"],
        env={**os.environ, "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
        timeout=_TIMEOUT_S,
    )
    if done.returncode:
        raise MigrationFailed(f"dbmate ended with code {done.returncode}\n{done.stdout}{done.stderr}".rstrip())


def _folder_of(package: str) -> Path:
    """`migrations` inside the package, or beside `src` in a checkout."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise MigrationsMissing(f"the package {package!r} is not installed")
    inside = Path(spec.origin).parent
    for folder in (inside / "migrations", inside.parents[1] / "migrations"):
        if any(folder.glob("*.sql")):
            return folder
    raise MigrationsMissing(
        f"{package} has no migration in {inside / 'migrations'} or {inside.parents[1] / 'migrations'}"
    )
