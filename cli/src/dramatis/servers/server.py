"""What the four servers have in common: ports, one child process, retries when a port was taken in between."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Self

from dramatis.servers.identity import Identity
from dramatis.servers.ports import choose_ports
from dramatis.servers.process import Child, StartFailed

_PORT_ATTEMPTS = 5


class Server(ABC):
    """A server with its data in one folder. Use it as a context manager, or call `start` and `stop`.

    It has `start_timeout` seconds to become ready. When many stop, those of a higher `stage` stop first.
    `preferred_ports` (by port name) are taken when they are free; what was taken in the end stands in `ports`.
    """

    name: str
    port_names: ClassVar[tuple[str, ...]] = ("port",)
    stage: ClassVar[int] = 0
    start_timeout: ClassVar[float] = 60.0

    def __init__(
        self, home: Path, *, preferred_ports: Mapping[str, int] | None = None, log: Path | None = None
    ) -> None:
        self.home = home
        self.log = log or home / f"{self.name}.log"
        self.ports: dict[str, int] = {}
        self._preferred = dict(preferred_ports or {})
        self._child: Child | None = None

    @property
    def child(self) -> Child:
        """The running process; only between `start` and `stop`."""
        assert self._child is not None, f"{self.name} was not started"
        return self._child

    @property
    def identity(self) -> Identity | None:
        """Pid and start time of its process; None when it was not started or was stopped."""
        return None if self._child is None else self._child.identity

    @property
    def running(self) -> bool:
        """Whether its program runs; a server that crashed does not."""
        return self._child is not None and self._child.running

    def start(self) -> None:
        """Block until it is ready. Raises `StartFailed` with the end of its log."""
        self._prepare()
        for attempt in range(1, _PORT_ATTEMPTS + 1):
            self.ports = choose_ports(self.port_names, self._preferred if attempt == 1 else {})
            try:
                self._launch()
            except StartFailed as failure:
                if not failure.port_taken or attempt == _PORT_ATTEMPTS:
                    raise
            else:
                return

    def stop(self) -> None:
        """End it in order; its data stays."""
        if self._child is not None:
            self._child.stop()

    def kill(self) -> None:
        """End it at once, as a crash would; its data stays."""
        if self._child is not None:
            self._child.kill()

    def restart(self) -> None:
        """Stop it when it runs, and start it on the same ports with the same data."""
        self.stop()
        self._launch()

    def _launch(self) -> None:
        self._child = self._make_child()
        self._child.start(self.start_timeout)

    def _prepare(self) -> None:
        """Make what must exist before the first start."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)

    @abstractmethod
    def _make_child(self) -> Child:
        """Write the configuration for `self.ports` and describe the process."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
