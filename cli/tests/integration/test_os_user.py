import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dramatis.servers import os_user
from dramatis.servers.postgres import PostgresServer, wheel_binaries
from dramatis.servers.process import OsUser

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs Postgres as another user")


@pytest.fixture
def safe_root(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in for /var/lib/dramatis, so that nothing of this test stays there."""
    monkeypatch.setattr(os_user, "SAFE_ROOT", folder.parent / "safe")
    return folder.parent / "safe"


@pytest.fixture
def private(folder: Path) -> Iterator[Path]:
    """A folder that only root gets into."""
    made = folder.parent / "private"
    made.mkdir(mode=0o700)
    yield made
    shutil.rmtree(made)


def user() -> OsUser:
    found = os_user.postgres_user()
    assert found is not None
    return found


def test_binaries_that_the_user_cannot_reach_are_copied_once(safe_root: Path, private: Path) -> None:
    shutil.copytree(wheel_binaries().parent, private / "pginstall", symlinks=True)
    copied = os_user.binaries(private / "pginstall" / "bin", user())
    assert copied.is_relative_to(safe_root)
    assert os_user.binaries(private / "pginstall" / "bin", user()) == copied
    shown = subprocess.run(
        [copied / "postgres", "--version"],
        user=user().uid,
        group=user().gid,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "PostgreSQL" in shown.stdout


def test_reachable_binaries_are_used_where_they_are(safe_root: Path) -> None:
    assert os_user.binaries(wheel_binaries(), user()) == wheel_binaries()
    assert not safe_root.exists()


def test_data_once_placed_elsewhere_stays_there(safe_root: Path, private: Path) -> None:
    chosen = os_user.data_folder(private, user())
    assert chosen.is_relative_to(safe_root)
    private.chmod(0o755)
    assert os_user.data_folder(private, user()) == chosen


def test_data_of_a_deleted_folder_is_not_taken_for_that_of_a_new_one(safe_root: Path, private: Path) -> None:
    stale = os_user.data_folder(private, user())
    stale.mkdir(parents=True)
    (private / "data-is-elsewhere").unlink()
    assert os_user.data_folder(private, user()) == stale
    assert not stale.exists()


def test_data_in_the_folder_is_never_moved(safe_root: Path, private: Path) -> None:
    (private / "data").mkdir()
    assert os_user.data_folder(private, user()) == private / "data"
    assert not safe_root.exists()


def test_postgres_does_not_run_as_root(folder: Path) -> None:
    with PostgresServer(folder, "secret") as server:
        assert server.identity is not None
        process = server.identity.process()
        assert process is not None
        assert process.username() == user().name
        assert server.data.stat().st_mode & 0o077 == 0
