"""Where the servers of the tests come from: PyPI wheels, or containers."""

import os
from contextlib import AbstractContextManager
from typing import Protocol

from dramatis.credentials import Credentials
from dramatis.servers.nats import NatsAddress
from dramatis.servers.postgres import PostgresAddress
from dramatis.servers.seaweed import S3Address

VARIABLE = "DRAMATIS_INFRA"
BUCKET = "dramatis"


class UnknownInfrastructure(Exception):
    """`DRAMATIS_INFRA` names something else than `wheels` or `containers`."""


class Infrastructure(Protocol):
    """Starts one server for the length of a block."""

    def postgres(self, credentials: Credentials) -> AbstractContextManager[PostgresAddress]:
        """Postgres 18 with its superuser."""
        ...

    def nats(self, credentials: Credentials) -> AbstractContextManager[NatsAddress]:
        """NATS with JetStream and one user per service."""
        ...

    def s3(self, credentials: Credentials) -> AbstractContextManager[S3Address]:
        """SeaweedFS with one bucket."""
        ...


def chosen_infrastructure() -> Infrastructure:
    """As `DRAMATIS_INFRA` says; wheels unless told otherwise."""
    choice = os.environ.get(VARIABLE, "wheels")
    if choice == "wheels":
        from dramatis.testing.wheels import Wheels  # noqa: PLC0415 - only one of the two is installed everywhere

        return Wheels()
    if choice == "containers":
        from dramatis.testing.containers import Containers  # noqa: PLC0415 - as above

        return Containers()
    raise UnknownInfrastructure(f"{VARIABLE}={choice!r}: use 'wheels' or 'containers'")
