"""One supervised child process: started with a log file, awaited until ready, stopped with its whole tree."""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

from dramatis.servers.identity import Identity, kill_all, tree_of
from dramatis.servers.watchdog import WATCHDOG

_POLL_S = 0.005
_POLL_SHARE = 0.04
_LOG_LIMIT_BYTES = 10_000_000
_TAIL_BYTES = 8_000
_PORT_TAKEN = re.compile(r"address already in use", re.IGNORECASE)


class OsUser(NamedTuple):
    """The operating-system user a child runs as."""

    name: str
    uid: int
    gid: int


class StartFailed(Exception):
    """A child ended, or did not become ready in time."""

    def __init__(self, name: str, reason: str, log: str) -> None:
        super().__init__(f"{name} {reason}\n{log}".rstrip())
        self.name = name
        self.port_taken = bool(_PORT_TAKEN.search(reason) or _PORT_TAKEN.search(log))


class Child:
    """A program under supervision. All methods block and may be called from any thread.

    `ready` is asked every few milliseconds; it answers at once and treats an unreachable server as False.
    `stop_signal` asks for an orderly end; what outlives `stop_timeout` seconds is killed with its descendants.
    `leftovers` are files elsewhere that it does not remove itself.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        ready: Callable[[], bool],
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: OsUser | None = None,
        stop_signal: int = signal.SIGTERM,
        stop_timeout: float = 10.0,
        stage: int = 0,
        leftovers: Sequence[Path] = (),
    ) -> None:
        self.name = name
        self._command = list(command)
        self._log = log
        self._ready = ready
        self._env = None if env is None else dict(env)
        self._cwd = cwd
        self._user = user
        self._stop_signal = stop_signal
        self._stop_timeout = stop_timeout
        self._stage = stage
        self._leftovers = tuple(str(path) for path in leftovers)
        self._popen: subprocess.Popen[bytes] | None = None
        self._identity: Identity | None = None
        self._log_start = 0
        self._stopping = threading.Lock()

    @property
    def identity(self) -> Identity | None:
        """Pid and start time while it runs or until it is stopped; None otherwise."""
        return self._identity

    @property
    def running(self) -> bool:
        """Whether the program itself has not ended."""
        return self._popen is not None and self._popen.poll() is None

    @property
    def returncode(self) -> int | None:
        """The exit code of a program that ended, negative for a signal."""
        return None if self._popen is None else self._popen.poll()

    def start(self, timeout: float = 60.0) -> None:
        """Start it and wait until it is ready; a `StartFailed` shows the end of its log."""
        assert not self.running, f"{self.name} already runs"
        self._spawn()
        try:
            self._wait_until_ready(timeout)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Ask it to end, wait, and kill what is left of its tree."""
        self._end(self._stop_signal, self._stop_timeout)

    def kill(self) -> None:
        """Kill it and its descendants at once."""
        self._end(signal.SIGKILL, 5.0)

    def log_tail(self) -> str:
        """The last lines that it wrote since it was started."""
        try:
            with self._log.open("rb") as log:
                size = log.seek(0, os.SEEK_END)
                log.seek(max(self._log_start, size - _TAIL_BYTES))
                return log.read().decode(errors="replace")
        except FileNotFoundError:
            return ""

    def _spawn(self) -> None:
        self._rotate_log()
        with self._log.open("ab") as log:
            self._log_start = log.tell()
            self._popen = subprocess.Popen(  # noqa: S603 - our own programs, an argument list, no shell
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._cwd or "/",
                env=self._env,
                # A terminal's Ctrl-C reaches only us; the children are stopped in order.
                start_new_session=True,
                user=None if self._user is None else self._user.uid,
                group=None if self._user is None else self._user.gid,
                extra_groups=None if self._user is None else [],
            )
        with contextlib.suppress(psutil.NoSuchProcess):
            created = psutil.Process(self._popen.pid).create_time()
            self._identity = Identity(
                self.name, self._popen.pid, created, self._stop_signal, self._stage, self._leftovers
            )
            WATCHDOG.watch(self._identity)

    def _rotate_log(self) -> None:
        self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._log.exists() and self._log.stat().st_size > _LOG_LIMIT_BYTES:
            self._log.replace(self._log.with_suffix(".old.log"))

    def _wait_until_ready(self, timeout: float) -> None:
        popen, started = self._popen, time.monotonic()
        assert popen is not None
        while not self._ready():
            waited = time.monotonic() - started
            if popen.poll() is not None:
                raise StartFailed(self.name, f"ended with code {popen.returncode}", self.log_tail())
            if waited > timeout:
                raise StartFailed(self.name, "did not become ready in time", self.log_tail())
            # Asking a slow starter often would only take the processor away from it.
            time.sleep(_POLL_S + _POLL_SHARE * waited)

    def _end(self, first_signal: int, timeout: float) -> None:
        with self._stopping:
            popen, identity = self._popen, self._identity
            if popen is None:
                return
            tree = self._tree(popen)
            if popen.poll() is None:
                popen.send_signal(first_signal)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    popen.wait(timeout)
            kill_all(tree)
            popen.wait()
            if identity is not None:
                WATCHDOG.forget(identity)
                identity.clean_up()
            self._popen = self._identity = None

    @staticmethod
    def _tree(popen: subprocess.Popen[bytes]) -> list[psutil.Process]:
        if popen.poll() is not None:
            return []
        try:
            return tree_of(psutil.Process(popen.pid))
        except psutil.NoSuchProcess:
            return []
