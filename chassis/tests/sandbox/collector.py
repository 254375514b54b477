"""A collector of traces that keeps the names of the spans it was sent."""

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass
class Collector:
    """Where to send spans, and the names of those that came."""

    url: str = ""
    names: list[str] = field(default_factory=list)


@contextmanager
def collector() -> Iterator[Collector]:
    """A collector on loopback for the length of a block."""
    kept = Collector()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sent = ExportTraceServiceRequest.FromString(body)
            kept.names += [
                span.name for each in sent.resource_spans for scope in each.scope_spans for span in scope.spans
            ]
            self.send_response(200)
            self.end_headers()

        log_message: Callable[..., None] = lambda *_: None

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        kept.url = f"http://127.0.0.1:{server.server_port}/v1/traces"
        yield kept
        server.shutdown()
