"""Stops the children of a process that died without stopping them.

One small helper process per parent holds the reading end of a pipe that only the parent writes to. The parent tells
it what it started and what it stopped; when the pipe closes, for whatever reason, the helper stops what is left.
"""

import atexit
import contextlib
import json
import subprocess
import sys
import threading
from typing import IO

from dramatis.servers.identity import Identity, stop_identities

_EXIT_TIMEOUT_S = 30.0


class Watchdog:
    """The parent's side: remembers the running children and keeps one helper process informed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watched: dict[int, Identity] = {}
        self._helper: subprocess.Popen[bytes] | None = None

    def watch(self, identity: Identity) -> None:
        """Stop this process, should its parent vanish."""
        with self._lock:
            self._watched[identity.pid] = identity
            self._tell({"watch": identity.as_dict()})

    def forget(self, identity: Identity) -> None:
        """The process was stopped."""
        with self._lock:
            if self._watched.pop(identity.pid, None) is not None:
                self._tell({"forget": identity.pid})

    def close(self) -> None:
        """Let the helper finish: it stops what is still watched, and ends."""
        with self._lock:
            helper, self._helper = self._helper, None
            self._watched.clear()
        if helper is not None:
            with contextlib.suppress(OSError):
                _pipe(helper).close()
            helper.wait(_EXIT_TIMEOUT_S)

    def _tell(self, message: dict[str, object]) -> None:
        if self._helper is None or self._helper.poll() is not None:
            self._start()
            return
        try:
            self._send(self._helper, message)
        except OSError:
            self._start()

    def _start(self) -> None:
        """Start a helper (again) and tell it everything that runs."""
        if self._helper is not None:
            with contextlib.suppress(OSError):
                _pipe(self._helper).close()
            self._helper.wait(_EXIT_TIMEOUT_S)
        self._helper = subprocess.Popen(
            [sys.executable, "-P", "-m", "dramatis.servers.watchdog"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )
        for identity in self._watched.values():
            self._send(self._helper, {"watch": identity.as_dict()})

    @staticmethod
    def _send(helper: subprocess.Popen[bytes], message: dict[str, object]) -> None:
        pipe = _pipe(helper)
        pipe.write(json.dumps(message).encode() + b"\n")
        pipe.flush()


def _pipe(helper: subprocess.Popen[bytes]) -> IO[bytes]:
    assert helper.stdin is not None
    return helper.stdin


WATCHDOG = Watchdog()
atexit.register(WATCHDOG.close)


def watch(messages: IO[bytes]) -> None:
    """The helper's side: follow the parent until its pipe closes, then stop what it left running."""
    watched: dict[int, Identity] = {}
    for line in messages:
        message = json.loads(line)
        if "watch" in message:
            identity = Identity.from_dict(message["watch"])
            watched[identity.pid] = identity
        else:
            watched.pop(message["forget"], None)
    stop_identities(list(watched.values()))


if __name__ == "__main__":
    watch(sys.stdin.buffer)
