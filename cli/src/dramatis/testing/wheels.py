"""The servers of the tests as processes of this machine."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dramatis.credentials import Credentials
from dramatis.servers.nats import NatsAddress, NatsServer
from dramatis.servers.postgres import PostgresAddress, PostgresServer
from dramatis.servers.seaweed import S3Address, SeaweedServer
from dramatis.testing.infrastructure import BUCKET

# The data is thrown away: a crash of the machine may lose it.
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Wheels:
    """Each server in a temporary folder; killed at the end, as nobody reads its data again."""

    @contextmanager
    def postgres(self, credentials: Credentials) -> Iterator[PostgresAddress]:
        """Postgres 18 with its superuser."""
        with _temporary_folder("postgres") as folder:
            server = PostgresServer(folder, credentials.postgres_superuser, settings=_CARELESS)
            try:
                server.start()
                yield server.address
            finally:
                server.kill()
                server.remove_data()

    @contextmanager
    def nats(self, credentials: Credentials) -> Iterator[NatsAddress]:
        """NATS with JetStream and one user per service."""
        with _temporary_folder("nats") as folder:
            server = NatsServer(folder, credentials.nats_users())
            try:
                server.start()
                yield server.address
            finally:
                server.kill()

    @contextmanager
    def s3(self, credentials: Credentials) -> Iterator[S3Address]:
        """SeaweedFS with one bucket."""
        with _temporary_folder("s3") as folder:
            server = SeaweedServer(
                folder, bucket=BUCKET, access_key=credentials.s3_access_key, secret_key=credentials.s3_secret_key
            )
            try:
                server.start()
                yield server.address
            finally:
                server.kill()


@contextmanager
def _temporary_folder(name: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f"dramatis-{name}-"))
    folder.chmod(0o711)  # Postgres may run as another user, who must get in
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
