"""Spans in one SQLite file, the newest traces only."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from dramatis.traces.span import Span, TraceSummary

MAX_TRACES = 2_000
MAX_BYTES = 200 * 1024 * 1024
_PRUNE_EVERY = 20

# A trace is no record: after a crash of the machine the last ones may be missing.
_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
PRAGMA foreign_keys = ON;
CREATE TABLE IF NOT EXISTS trace (
    trace_id text PRIMARY KEY,
    started_ns integer NOT NULL,
    bytes integer NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS trace_started ON trace (started_ns);
CREATE TABLE IF NOT EXISTS span (
    trace_id text NOT NULL REFERENCES trace ON DELETE CASCADE,
    span_id text NOT NULL,
    parent_id text NOT NULL,
    service text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    start_ns integer NOT NULL,
    end_ns integer NOT NULL,
    status text NOT NULL,
    message text NOT NULL,
    attributes text NOT NULL,
    events text NOT NULL,
    links text NOT NULL,
    PRIMARY KEY (trace_id, span_id)
) WITHOUT ROWID;
"""

_ADD_TRACE = """
INSERT INTO trace (trace_id, started_ns, bytes) VALUES (?, ?, ?)
ON CONFLICT (trace_id) DO UPDATE
   SET started_ns = min(started_ns, excluded.started_ns), bytes = bytes + excluded.bytes
"""

_ADD_SPAN = """
INSERT OR REPLACE INTO span (trace_id, span_id, parent_id, service, name, kind, start_ns, end_ns, status, message,
                             attributes, events, links)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_PRUNE = """
DELETE FROM trace WHERE trace_id IN (
    SELECT trace_id FROM (
        SELECT trace_id,
               row_number() OVER (ORDER BY started_ns DESC) AS place,
               sum(bytes) OVER (ORDER BY started_ns DESC) AS total
          FROM trace)
     WHERE place > ? OR (total > ? AND place > 1))
"""

_SPANS = """
SELECT trace_id, span_id, parent_id, service, name, kind, start_ns, end_ns, status, message, attributes, events, links
  FROM span WHERE trace_id = ? ORDER BY start_ns, end_ns DESC
"""

_RECENT = """
SELECT t.trace_id, root.name, root.service, json_group_array(DISTINCT s.service),
       min(s.start_ns), max(s.end_ns) - min(s.start_ns), count(*), sum(s.status = 'error')
  FROM (SELECT trace_id, started_ns FROM trace
         WHERE ?1 = '' OR EXISTS (SELECT 1 FROM span
                                   WHERE span.trace_id = trace.trace_id AND span.service = ?1)
         ORDER BY started_ns DESC LIMIT ?2) t
  JOIN span s ON s.trace_id = t.trace_id
  JOIN span root ON root.trace_id = t.trace_id AND root.span_id = (
       SELECT first.span_id FROM span first
        WHERE first.trace_id = t.trace_id
        ORDER BY EXISTS (SELECT 1 FROM span parent
                          WHERE parent.trace_id = first.trace_id AND parent.span_id = first.parent_id),
                 first.start_ns
        LIMIT 1)
 GROUP BY t.trace_id
 ORDER BY t.started_ns DESC
"""

Row = tuple[str, str, str, str, str, str, int, int, str, str, str, str, str]
SummaryRow = tuple[str, str, str, str, int, int, int, int]


class TraceStore:
    """Keeps the newest traces, by number and by size; safe to call from any thread."""

    def __init__(self, path: Path, *, max_traces: int = MAX_TRACES, max_bytes: int = MAX_BYTES) -> None:
        self._limits = (max_traces, max_bytes)
        self._lock = threading.Lock()
        self._added = 0
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.executescript(_SCHEMA)

    def add(self, spans: Sequence[Span]) -> None:
        """Keep these spans; one that was delivered before is kept once."""
        if not spans:
            return
        rows = [_row(span) for span in spans]
        with self._lock:
            self._db.execute("BEGIN")
            try:
                self._db.executemany(_ADD_TRACE, _traces(spans, rows))
                self._db.executemany(_ADD_SPAN, rows)
                self._prune_sometimes()
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def spans(self, trace_id: str) -> list[Span]:
        """All spans of a trace, earliest first; none for an unknown one."""
        with self._lock:
            rows: list[Row] = self._db.execute(_SPANS, (trace_id,)).fetchall()
        return [Span(*row[:10], *(json.loads(column) for column in row[10:])) for row in rows]

    def recent(self, service: str = "", limit: int = 50) -> list[TraceSummary]:
        """The newest traces, newest first; those that touch `service` only, when it is given."""
        with self._lock:
            rows: list[SummaryRow] = self._db.execute(_RECENT, (service, limit)).fetchall()
        return [TraceSummary(*row[:3], sorted(json.loads(row[3])), *row[4:]) for row in rows]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _prune_sometimes(self) -> None:
        self._added += 1
        if self._added % _PRUNE_EVERY == 0:
            self._db.execute(_PRUNE, self._limits)


def _row(span: Span) -> Row:
    return (
        *(span.trace_id, span.span_id, span.parent_id, span.service, span.name, span.kind),
        *(span.start_ns, span.end_ns, span.status, span.message),
        *(json.dumps(span.attributes), json.dumps(span.events), json.dumps(span.links)),
    )


def _traces(spans: Sequence[Span], rows: Sequence[Row]) -> Iterable[tuple[str, int, int]]:
    for span, row in zip(spans, rows, strict=True):
        yield span.trace_id, span.start_ns, sum(len(value) if isinstance(value, str) else 8 for value in row)
