"""Every password and key of one data folder, made from a single random secret in it."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from uuid import UUID

from contracts.consumers import SERVICES
from dramatis.servers.nats import OPERATOR, NatsUser
from dramatis.servers.permissions import nats_permissions
from dramatis.servers.provision import RolePasswords

_FILE = "secret"
_KEY_CHARS = 32
_ACCESS_KEY_CHARS = 20


@dataclass(frozen=True, slots=True)
class Credentials:
    """Derives each credential from the folder's secret and the credential's own name."""

    secret: str = field(repr=False)

    @classmethod
    def random(cls) -> Self:
        """For servers that live as long as a test run."""
        return cls(secrets.token_hex(32))

    @classmethod
    def of_folder(cls, folder: Path) -> Self:
        """Those of a data folder; made on first use, readable by its owner alone, the same ever after."""
        path = folder / _FILE
        if not path.exists():
            fresh = path.with_name(f".{_FILE}.{os.getpid()}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_hex(32))
            fresh.replace(path)
        return cls(path.read_text().strip())

    def derive(self, name: str) -> str:
        """A password for `name`: hexadecimal, unrelated to every other one."""
        return hmac.new(self.secret.encode(), name.encode(), hashlib.sha256).hexdigest()[:_KEY_CHARS]

    @property
    def postgres_superuser(self) -> str:
        """The password of the Postgres superuser."""
        return self.derive("postgres/superuser")

    def postgres_roles(self, service: str) -> RolePasswords:
        """The passwords of a service's owner and app role."""
        return RolePasswords(self.derive(f"postgres/{service}_owner"), self.derive(f"postgres/{service}_app"))

    def nats_users(self) -> dict[str, NatsUser]:
        """One user per service, and the operator who may do everything."""
        users = [NatsUser(service, self.derive(f"nats/{service}"), nats_permissions(service)) for service in SERVICES]
        return {user.name: user for user in [*users, NatsUser(OPERATOR, self.derive(f"nats/{OPERATOR}"))]}

    @property
    def s3_access_key(self) -> str:
        """Names the one S3 identity."""
        return self.derive("s3/access-key")[:_ACCESS_KEY_CHARS].upper()

    @property
    def s3_secret_key(self) -> str:
        """Signs its requests."""
        return self.derive("s3/secret-key")

    @property
    def jwt_secret(self) -> str:
        """Signs the tokens of the HTTP API (HS256)."""
        return self.derive("jwt")

    @property
    def workspace_id(self) -> UUID:
        """The workspace of the local stack's own token."""
        return UUID(self.derive("workspace"), version=4)
