"""Our own OTLP receiver as a server of the stack."""

import sys

from dramatis.servers.ports import LOOPBACK
from dramatis.servers.probes import http_status, listens
from dramatis.servers.process import Child
from dramatis.servers.server import Server


class TracesServer(Server):
    """Takes spans at `endpoint`, shows them below `url`."""

    name = "traces"
    stage = 1

    @property
    def url(self) -> str:
        """Where the pages are; valid once started."""
        return f"http://{LOOPBACK}:{self.ports['port']}"

    @property
    def endpoint(self) -> str:
        """Where OTLP exports go; valid once started."""
        return f"{self.url}/v1/traces"

    def _make_child(self) -> Child:
        database = self.home / "traces.sqlite"
        port = self.ports["port"]
        command = [sys.executable, "-P", "-m", "dramatis.traces", "--port", str(port), "--db", str(database)]
        return Child(self.name, command, log=self.log, ready=self._ready, stage=self.stage)

    def _ready(self) -> bool:
        identity, port = self.child.identity, self.ports["port"]
        return http_status(port, "/health/ready") == 200 and identity is not None and listens(identity.pid, port)
