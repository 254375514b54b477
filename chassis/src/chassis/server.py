"""The HTTP server of a process: uvicorn, with bounds that it leaves to a proxy."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from chassis.settings import ServiceSettings

MAX_HEAD_BYTES = 65_536


class BoundedHead(HttpToolsProtocol):
    """Refuses a request whose head is not complete after `MAX_HEAD_BYTES` more than it came with at first.

    Anybody may send one, token or none.
    """

    _is_in_head = False
    _has_begun_now = False
    _head_bytes = 0

    def on_message_begin(self) -> None:
        """A request begins."""
        self._is_in_head = self._has_begun_now = True
        self._head_bytes = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its body follows."""
        self._is_in_head = False
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Parse what has come."""
        self._has_begun_now = False
        super().data_received(data)
        if self._is_in_head and not self._has_begun_now:  # what came before the head is not of its length
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self.send_400_response(f"At most {MAX_HEAD_BYTES} bytes of headers are read.")


class Server(uvicorn.Server):
    """uvicorn without its own signal handling: the process decides the order in which things stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def make_server(app: ASGIApp, settings: ServiceSettings) -> Server:
    """A server for `app` on the host and port of the settings, not yet listening."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=BoundedHead,
        ws="none",
        access_log=False,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=math.ceil(settings.shutdown_seconds),
    )
    return Server(config)
