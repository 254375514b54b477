"""`python -m dramatis.traces --port PORT --db FILE` until SIGTERM."""

import argparse
from pathlib import Path

import uvicorn

from dramatis.traces.receiver import build_app
from dramatis.traces.store import TraceStore


def main() -> None:
    """Serve on loopback."""
    parser = argparse.ArgumentParser(prog="python -m dramatis.traces")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--db", type=Path, required=True)
    arguments = parser.parse_args()
    app = build_app(TraceStore(arguments.db))
    uvicorn.run(app, host="127.0.0.1", port=arguments.port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
