"""Everything up, in order; and down again."""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Self

import psutil

from chassis.topology import ensure_topology
from contracts.consumers import SERVICES
from dramatis.credentials import Credentials
from dramatis.migrations import migrate
from dramatis.servers.caddy import Upstreams
from dramatis.servers.identity import Identity, stop_identities
from dramatis.servers.nats import OPERATOR
from dramatis.servers.ports import choose_ports, is_free
from dramatis.servers.provision import ServiceDatabase
from dramatis.servers.server import Server
from dramatis.stack.describe import describe
from dramatis.stack.folder import open_folder
from dramatis.stack.lock import FolderLock
from dramatis.stack.parts import Servers, log_of, make_databases, make_servers, service_environment
from dramatis.stack.service import SPLIT, WHOLE, ServiceProcess, ServiceSpec, process_name
from dramatis.stack.signals import Interrupted, first_signal_interrupts
from dramatis.stack.state import DEFAULT_DATA_DIR, StackState, read_state, write_state
from dramatis.stack.together import together

_WATCH_S = 0.5


class PortTaken(Exception):
    """The port that was asked for belongs to somebody else."""


class UnknownProcess(Exception):
    """The stack has no process of this name."""


@dataclass(frozen=True, slots=True)
class StackOptions:
    """How a stack differs from the usual one.

    `port` is the origin's; None takes 8000, or any other when that is taken. `split` runs the roles api, worker and
    relay of each service as processes of their own. `environment` is added to every service's.
    """

    port: int | None = None
    split: bool = False
    services: Sequence[str | ServiceSpec] = SERVICES
    environment: Mapping[str, str] = field(default_factory=dict)


class LocalStack:
    """A stack in one data folder, from `up` to `down`; also a context manager.

    `report` is told each step in a few words, from any thread.
    """

    def __init__(
        self,
        folder: Path = DEFAULT_DATA_DIR,
        options: StackOptions | None = None,
        report: Callable[[str], object] = lambda _: None,
    ) -> None:
        self.folder = folder.absolute()
        self._options = options or StackOptions()
        self._report = report
        self._lock = FolderLock(self.folder)
        self._recording = threading.Lock()
        self._processes: dict[str, Server] = {}
        self._databases: dict[str, ServiceDatabase] = {}
        self._servers: Servers
        self._credentials: Credentials
        self._specs: list[ServiceSpec] = []
        self._ports: dict[str, int] = {}
        self._state: StackState | None = None
        self._serving = False

    @property
    def state(self) -> StackState:
        """What `stack.json` says; once started."""
        assert self._state is not None, "the stack was not started"
        return self._state

    def up(self) -> None:
        """Start everything; all is stopped again when a part fails or a signal interrupts.

        Raises `FolderInUse`, `PortTaken`, `StartFailed`, `MigrationFailed`, `MigrationsMissing`.
        """
        started = time.monotonic()
        try:
            self.start_servers()
            together([self.migrate, self.make_topology])
            self.start_services()
        except BaseException:
            self.down()
            raise
        self._report(f"everything is ready at {self.state.origin} after {time.monotonic() - started:.1f} s")

    def down(self) -> None:
        """Stop everything that this object started, the services before the servers they need."""
        for stage in (3, 2, 1, 0):
            together(part.stop for part in self._processes.values() if part.stage == stage)
        if self._processes:
            self._record()
        self._processes.clear()
        self._serving = False
        self._lock.release()

    def run(self) -> None:
        """Up, and down at Ctrl-C, SIGTERM or a closed terminal. Only in the main thread."""
        with first_signal_interrupts():
            try:
                with self:
                    self.wait()
            except Interrupted as signal:
                self._report(f"stopped by {signal}")

    def wait(self) -> None:
        """Report processes that end by themselves, until interrupted."""
        told: set[str] = set()
        while True:
            time.sleep(_WATCH_S)
            for name, part in self._processes.items():
                if not part.running and name not in told:
                    told.add(name)
                    self._report(f"{name} ended by itself; {part.log} tells why")

    def start_servers(self) -> None:
        """Postgres with its databases, NATS, S3, the trace receiver and the origin; takes the folder."""
        self._take_folder()
        servers = self._servers
        self._together([self._start_postgres, *(partial(self._start, part) for part in servers.behind_the_origin())])
        servers.caddy.upstreams = self._upstreams()
        self._start(servers.caddy)
        if self._options.port not in (None, servers.caddy.ports["port"]):
            raise PortTaken(f"port {self._options.port} is taken by another program")
        self._serving = True
        self._record()

    def migrate(self) -> None:
        """Bring each service's database up to date, as its owner."""
        started = time.monotonic()
        together(partial(migrate, self._databases[spec.name].owner_url, spec.migrations) for spec in self._specs)
        self._report(f"{len(self._specs)} databases migrated in {time.monotonic() - started:.1f} s")

    def make_topology(self) -> None:
        """Create or update every stream, as the operator."""
        nats = self._servers.nats.address
        asyncio.run(ensure_topology(nats.url, OPERATOR, nats.passwords[OPERATOR]))

    def start_services(self) -> None:
        """Every process of every service, and the origin in front of them."""
        self._together(partial(self._start, self._service(spec, role)) for spec in self._specs for role in self._roles)
        if self._servers.caddy.upstreams != (upstreams := self._upstreams()):
            self._servers.caddy.upstreams = upstreams
            self._servers.caddy.restart()
        self._record(ready=True)

    def start(self, name: str) -> None:
        """Start a process, or all processes of a service, that `kill` or a crash ended; on the same ports."""
        together(part.restart for part in self._named(name) if not part.running)
        self._record(ready=True)

    def kill(self, name: str) -> None:
        """End a process, or all processes of a service, at once, as a crash would."""
        together(part.kill for part in self._named(name))

    def restart(self, name: str) -> None:
        """Stop a process in order, or all processes of a service, and start it again on the same ports."""
        together(part.restart for part in self._named(name))
        self._record(ready=True)

    def _take_folder(self) -> None:
        self._specs = [ServiceSpec.of(each) if isinstance(each, str) else each for each in self._options.services]
        open_folder(self.folder)
        self._lock.acquire()
        previous = read_state(self.folder)
        if previous is not None and (orphans := stop_identities(previous.processes)):
            self._report(f"stopped what an earlier run left: {', '.join(orphan.name for orphan in orphans)}")
        if self._options.port is not None and not is_free(self._options.port):
            raise PortTaken(f"port {self._options.port} is taken by another program")
        ports = {} if previous is None else previous.ports
        self._credentials = Credentials.of_folder(self.folder)
        self._servers = make_servers(self.folder, self._credentials, ports, self._options.port)
        names = [process_name(spec.name, role) for spec in self._specs for role in self._roles]
        self._ports = choose_ports(names, {name: ports[name]["port"] for name in names if name in ports})
        self._record()

    @property
    def _roles(self) -> Sequence[str]:
        return SPLIT if self._options.split else WHOLE

    def _start_postgres(self) -> None:
        postgres = self._servers.postgres
        self._start(postgres)
        if not postgres.data.is_relative_to(self.folder):
            self._report(f"Postgres keeps its data in {postgres.data}: its user cannot get to {self.folder}")
        self._databases = make_databases(self._servers, self._credentials, [spec.name for spec in self._specs])

    def _service(self, spec: ServiceSpec, role: str) -> ServiceProcess:
        environment = service_environment(self._databases[spec.name], self._servers, self._credentials)
        name = process_name(spec.name, role)
        return ServiceProcess(
            spec,
            role,
            {**environment, **self._options.environment},
            home=self.folder / "services",
            preferred_ports={"port": self._ports[name]},
            log=log_of(self.folder, name),
        )

    def _upstreams(self) -> Upstreams:
        """Where the origin leads: to the APIs as they run, or will run."""
        api = "api" if self._options.split else "all"
        ports = {spec.name: self._ports[process_name(spec.name, api)] for spec in self._specs}
        for part in self._processes.values():
            if isinstance(part, ServiceProcess) and part.role == api:
                ports[part.service] = part.ports["port"]
        servers = self._servers
        return Upstreams(ports, servers.traces.ports["port"], servers.s3.ports["s3"], servers.s3.address.bucket)

    def _start(self, part: Server) -> None:
        started = time.monotonic()
        self._processes[part.name] = part
        part.start()
        self._record()
        self._report(f"{part.name} ready after {time.monotonic() - started:.1f} s")

    def _together(self, jobs: Iterable[Callable[[], None]]) -> None:
        together(jobs, on_failure=self._kill_all)

    def _kill_all(self) -> None:
        for part in list(self._processes.values()):
            part.kill()

    def _named(self, name: str) -> list[Server]:
        parts = [
            part
            for part in self._processes.values()
            if part.name == name or (isinstance(part, ServiceProcess) and part.service == name)
        ]
        if not parts:
            raise UnknownProcess(f"{name!r} is none of {', '.join(self._processes)}")
        return parts

    def _record(self, *, ready: bool = False) -> None:
        with self._recording:
            parts = list(self._processes.values())
            self._state = StackState(
                version=version("dramatis-cli"),
                ready=ready,
                parent=Identity("dramatis", os.getpid(), psutil.Process().create_time()),
                processes=[identity for part in parts if (identity := part.identity) is not None],
                ports={part.name: part.ports for part in parts},
                logs=self.folder / "logs",
                **(describe(self._servers, self._credentials, self._databases) if self._serving else {}),
            )
            write_state(self.folder, self._state)

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(self, *_: object) -> None:
        self.down()
