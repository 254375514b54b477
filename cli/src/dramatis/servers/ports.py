"""Free ports on loopback."""

import secrets
import socket
import threading
from collections.abc import Iterable, Mapping

LOOPBACK = "127.0.0.1"
# Below the range from which Linux and macOS take the local ports of outgoing connections.
_RANGE = range(20_000, 32_000)
_TRIES = 200

_issued: set[int] = set()
_lock = threading.Lock()


class NoFreePort(Exception):
    """No free port was found on loopback."""


def is_free(port: int) -> bool:
    """True when nothing listens on `port` of loopback at this moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that is free now and was not handed out before by this process.

    Another process may still take it before it is bound: whoever binds it tries again with another one.
    """
    with _lock:
        for _ in range(_TRIES):
            port = secrets.choice(_RANGE)  # not `random`, whose seed tests set alike in every process
            if port not in _issued and is_free(port):
                _issued.add(port)
                return port
    raise NoFreePort(f"none of {_TRIES} ports tried between {_RANGE.start} and {_RANGE.stop} is free")


def choose_ports(names: Iterable[str], preferred: Mapping[str, int]) -> dict[str, int]:
    """One port per name: the preferred one when it is free, any other otherwise."""
    return {name: _preferred_or_free(preferred.get(name)) for name in names}


def _preferred_or_free(port: int | None) -> int:
    if port is not None and is_free(port):
        with _lock:
            _issued.add(port)
        return port
    return free_port()
