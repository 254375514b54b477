"""One process of a service, supervised like the servers."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dramatis.migrations import migration_folders
from dramatis.servers.ports import LOOPBACK
from dramatis.servers.probes import http_status, listens
from dramatis.servers.process import Child
from dramatis.servers.server import Server

# A service finishes the work in flight within 20 s; then it has had its time.
_STOP_TIMEOUT_S = 25.0
WHOLE = ("all",)
SPLIT = ("api", "worker", "relay")


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """A service to run: `python -m <module> <role>` on a database made by these migrations."""

    name: str
    module: str
    migrations: Sequence[Path]

    @classmethod
    def of(cls, name: str) -> "ServiceSpec":
        """One of our services, as installed. Raises `MigrationsMissing`."""
        return cls(name=name, module=name, migrations=migration_folders(name))


class ServiceProcess(Server):
    """One role of one service. In the role `all` it bears the service's name, otherwise `<service>-<role>`."""

    stage = 2
    start_timeout = 120.0  # importing takes seconds of processor time, on a busy machine much longer

    def __init__(
        self,
        spec: ServiceSpec,
        role: str,
        environment: Mapping[str, str],
        *,
        home: Path,
        preferred_ports: Mapping[str, int],
        log: Path,
    ) -> None:
        self.name = process_name(spec.name, role)
        super().__init__(home, preferred_ports=preferred_ports, log=log)
        self.service = spec.name
        self.role = role
        self._module = spec.module
        self._environment = dict(environment)

    def _make_child(self) -> Child:
        port = self.ports["port"]
        return Child(
            self.name,
            [sys.executable, "-P", "-m", self._module, self.role],
            log=self.log,
            ready=self._ready,
            env={**os.environ, **self._environment, "DRAMATIS_HOST": LOOPBACK, "DRAMATIS_PORT": str(port)},
            cwd=self.home,
            stop_timeout=_STOP_TIMEOUT_S,
            stage=self.stage,
        )

    def _ready(self) -> bool:
        identity, port = self.child.identity, self.ports["port"]
        return http_status(port, "/health/ready") == 200 and identity is not None and listens(identity.pid, port)


def process_name(service: str, role: str) -> str:
    """How the process is called in `stack.json` and to `restart`."""
    return service if role == "all" else f"{service}-{role}"
