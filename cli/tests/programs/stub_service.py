"""A service of no substance: ready at once, it tells its settings and names whoever asks; it ends at SIGTERM."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        settings = {name: value for name, value in os.environ.items() if name.startswith("DRAMATIS_")}
        told = {"path": self.path, "role": sys.argv[1], "pid": os.getpid(), "settings": settings}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    if os.environ.get("STUB_FAILS") == sys.argv[1]:
        sys.exit("the stub was told to fail")
    ThreadingHTTPServer((os.environ["DRAMATIS_HOST"], int(os.environ["DRAMATIS_PORT"])), Answer).serve_forever()
