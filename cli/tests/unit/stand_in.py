"""A stand-in for a Dramatis server, for what real services do too rarely or too slowly to be waited for."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Call:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    """What is answered: JSON, or other bytes with their type."""

    content: object
    status: int = 200
    media_type: str = "application/json"

    @property
    def payload(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else json.dumps(self.content).encode()


Route = Callable[[Call], Answer]


@dataclass
class StandIn:
    """Answers what a test says it answers; `calls` are all requests so far."""

    origin: str
    routes: dict[tuple[str, str], Route] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def on(self, method: str, path: str, *answers: Answer | object) -> None:
        """Answer these one after the other, and the last one for ever; what is no `Answer` is JSON."""
        waiting = [each if isinstance(each, Answer) else Answer(each) for each in answers]
        self.routes[method, path] = lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def to(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path == path]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stand_in = StandIn(f"http://127.0.0.1:{self.server_port}")


@contextmanager
def serving() -> Iterator[StandIn]:
    """One on a port of its own, for the length of the block."""
    server = _Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        assert isinstance(self.server, _Server)
        stand_in = self.server.stand_in
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        call = Call(self.command, parts.path, query, dict(self.headers.items()), body)
        stand_in.calls.append(call)
        route = stand_in.routes.get((call.method, call.path))
        answer = route(call) if route else problem(404, "not-found")
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.payload)))
        self.end_headers()
        self.wfile.write(answer.payload)

    do_GET = do_POST = do_PATCH = _answer  # noqa: N815 - http.server calls them so

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def problem(status: int, code: str, detail: str = "", title: str = "It cannot be done") -> Answer:
    """A problem document."""
    return Answer({"title": title, "status": status, "code": code, "detail": detail, "trace_id": "abc"}, status)
