"""`python -m bench [part …]`: run all parts or some, print the table, write bench/results/latest.json."""

import sys
from pathlib import Path

import uvloop

from bench import chunks, consumers, engine, images, lists, outbox, startup
from bench.ground import ground
from bench.row import Row, print_rows, write_rows

PARTS = {
    "startup": startup.rows,
    "outbox": outbox.rows,
    "consumers": consumers.rows,
    "lists": lists.rows,
    "images": images.rows,
    "engine": engine.rows,
    "chunks": chunks.rows,
}
RESULTS = Path(__file__).parent / "results" / "latest.json"


async def main(names: list[str]) -> int:
    """Run the named parts, or all; returns 1 when a target was missed."""
    rows: list[Row] = []
    async with ground() as servers:
        for name in names or list(PARTS):
            rows += await PARTS[name](servers)
    print_rows(rows)
    write_rows(rows, RESULTS, keep=bool(names))
    return 0 if all(one.ok for one in rows) else 1


if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - set(PARTS)
    if unknown:
        sys.exit(f"unknown part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    sys.exit(uvloop.run(main(sys.argv[1:])))
