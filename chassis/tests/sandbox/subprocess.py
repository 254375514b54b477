"""The made-up service as a process of the operating system, and what it says."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
from pydantic import SecretStr

from chassis.service import RunRole
from chassis.settings import ServiceSettings
from dramatis.servers.ports import free_port
from dramatis.testing.service import WAIT_SECONDS


class SandboxProcess:
    """One process; `lines` are its log lines so far."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.port = port
        self.lines: list[dict[str, Any]] = []
        self._process = process
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def said(self, event: str) -> dict[str, Any]:
        """The first log line of this event, waited for."""

        def found() -> list[dict[str, Any]]:
            return [line for line in self.lines if line["event"] == event]

        async with asyncio.timeout(WAIT_SECONDS), self._news:
            await self._news.wait_for(found)
        return found()[0]

    def terminate(self) -> None:
        """Ask it to end, as an orchestrator does."""
        self._process.send_signal(signal.SIGTERM)

    async def ended(self, seconds: float) -> int:
        """Its exit code, once it has ended; fails when it does not within `seconds`."""
        async with asyncio.timeout(seconds):
            code = await self._process.wait()
        await self._reading
        return code

    async def kill(self) -> None:
        """End it at once, if it still runs."""
        if self._process.returncode is None:
            self._process.kill()
        await self.ended(WAIT_SECONDS)

    async def _read(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            async with self._news:
                self.lines.append(orjson.loads(line) if line.startswith(b"{") else {"event": line.decode()})
                self._news.notify_all()


@asynccontextmanager
async def sandbox_process(
    settings: ServiceSettings, role: RunRole, *, seconds: float = 0, **other: Any
) -> AsyncIterator[SandboxProcess]:
    """A process with some settings, on a free port; killed at the end of the block. Its work takes `seconds`."""
    port = other.get("port") or free_port()
    known = {name: _plain(value) for name, value in settings} | other | {"port": port}
    environment = {f"DRAMATIS_{name.upper()}": str(value) for name, value in known.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "sandbox", role.value),
        env={**os.environ, **environment, "SANDBOX_SECONDS": str(seconds)},
        cwd=Path(__file__).parents[1],
        stderr=asyncio.subprocess.PIPE,
    )
    running = SandboxProcess(process, port)
    try:
        yield running
    finally:
        await running.kill()


def _plain(value: object) -> object:
    return value.get_secret_value() if isinstance(value, SecretStr) else value
