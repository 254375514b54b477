"""Questions to a server that is starting; each answers at once, False meaning "not yet"."""

import http.client
from collections.abc import Mapping

import psutil

from dramatis.servers.ports import LOOPBACK


def http_status(
    port: int,
    path: str,
    *,
    host: str = LOOPBACK,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    timeout: float = 1.0,
) -> int | None:
    """The status of a request without a body, None while nobody answers."""
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request(method, path, body=b"" if method == "PUT" else None, headers=dict(headers or {}))
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def listens(pid: int, port: int) -> bool:
    """Whether this very process listens on the port, so that a stranger's server is not taken for ours."""
    try:
        connections = psutil.Process(pid).net_connections(kind="tcp4")
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    return any(each.status == psutil.CONN_LISTEN and each.laddr.port == port for each in connections)


def listeners(port: int) -> int:
    """How many sockets listen on the port, as far as the operating system tells."""
    try:
        connections = psutil.net_connections(kind="tcp4")
    except psutil.AccessDenied:  # macOS tells only root
        return 1
    return sum(each.status == psutil.CONN_LISTEN and each.laddr[1:] == (port,) for each in connections)
