"""The servers of the tests as containers, for machines with Docker."""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from botocore.credentials import Credentials as Keys

from dramatis.credentials import Credentials
from dramatis.servers.nats import NatsAddress, nats_config
from dramatis.servers.postgres import SUPERUSER, PostgresAddress
from dramatis.servers.probes import http_status
from dramatis.servers.seaweed import S3Address, is_ready, s3_identities
from dramatis.testing.infrastructure import BUCKET, VARIABLE

if TYPE_CHECKING:
    from testcontainers.core.container import DockerContainer

_POSTGRES = ("postgres:18", 5432)
_NATS = ("nats:2.15", 4222, 8222)
_S3 = ("chrislusf/seaweedfs:4.48", 8333)
_EVERYWHERE = "0.0.0.0"  # noqa: S104 - inside the container; Docker publishes it
_READY_S = 60.0
_POLL_S = 0.1


class ContainersUnavailable(Exception):
    """Containers were asked for, but there is no Docker engine or no testcontainers package."""


class Containers:
    """Each server in a container of its own, removed at the end."""

    @contextmanager
    def postgres(self, credentials: Credentials) -> Iterator[PostgresAddress]:
        """Postgres 18 with its superuser."""
        image, port = _POSTGRES
        password = credentials.postgres_superuser
        container = _container(image, port).with_env("POSTGRES_PASSWORD", password)
        container.with_command("-c max_connections=200 -c fsync=off")
        with _running(container) as host:
            # While the image prepares itself, it answers on its socket only.
            _until(lambda: container.exec(["pg_isready", "-h", "127.0.0.1", "-U", SUPERUSER]).exit_code == 0, image)
            yield PostgresAddress(host=host, port=int(container.get_exposed_port(port)), password=password)

    @contextmanager
    def nats(self, credentials: Credentials) -> Iterator[NatsAddress]:
        """NATS with JetStream and one user per service."""
        image, port, monitor = _NATS
        users = credentials.nats_users()
        config = nats_config(users.values(), host=_EVERYWHERE, port=port, monitor=monitor, store="/data")
        container = _container(image, port, monitor).with_command("-c /dramatis.json")
        container.with_copy_into_container(json.dumps(config).encode(), "/dramatis.json")
        with _running(container) as host:
            health = int(container.get_exposed_port(monitor))
            _until(lambda: http_status(health, "/healthz?js-enabled-only=true", host=host) == 200, image)
            passwords = {user.name: user.password for user in users.values()}
            yield NatsAddress(host=host, port=int(container.get_exposed_port(port)), passwords=passwords)

    @contextmanager
    def s3(self, credentials: Credentials) -> Iterator[S3Address]:
        """SeaweedFS with one bucket."""
        image, port = _S3
        services = Keys(credentials.s3_access_key, credentials.s3_secret_key)
        operator = Keys(secrets.token_hex(10), secrets.token_hex(20))
        identities = s3_identities(BUCKET, services=services, operator=operator)
        container = _container(image, port).with_command(
            "mini -dir=/data -master.telemetry=false -webdav=false -admin.ui=false -s3.config=/identities.json"
        )
        container.with_copy_into_container(json.dumps(identities).encode(), "/identities.json")
        with _running(container) as host:
            endpoint = f"http://{host}:{container.get_exposed_port(port)}"
            address = S3Address(endpoint, BUCKET, services.access_key, services.secret_key)
            _until(lambda: is_ready(address, operator), image)
            yield address


def _container(image: str, *ports: int) -> "DockerContainer":
    """A container that was not started; the first use of Docker, hence the place where its absence shows."""
    try:
        from testcontainers.core.container import DockerContainer  # noqa: PLC0415 - not installed everywhere

        return DockerContainer(image).with_exposed_ports(*ports)
    except Exception as reason:
        raise ContainersUnavailable(
            f"{VARIABLE}=containers needs testcontainers and a running Docker engine; "
            f"unset {VARIABLE} to run the same servers from wheels ({reason})"
        ) from reason


@contextmanager
def _running(container: "DockerContainer") -> Iterator[str]:
    """Yields the host on which the published ports are reached."""
    with container:
        yield container.get_container_host_ip()


def _until(ready: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _READY_S
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"the container of {what} is not ready after {_READY_S} s")
        time.sleep(_POLL_S)
