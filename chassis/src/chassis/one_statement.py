"""A unit of work that is one statement: tenant, inbox row, change and outbox rows in a single round trip.

Round trips cost more than the work they carry: a transaction of four statements is three times as slow as one.
"""

from functools import lru_cache
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Never
from uuid import UUID

import asyncpg

from chassis.work import OUTBOX_COLUMNS, OUTBOX_ROW, Work, outbox_row

if TYPE_CHECKING:
    from chassis.database import Connection


class MoreThanOneStatement(Exception):
    """A unit of work declared as one statement executed a second one, or asked for a result."""


class Recorder:
    """Stands for the connection while the store speaks: takes exactly one `execute`, and runs nothing."""

    def __init__(self) -> None:
        self.sql: str | None = None
        self.arguments: tuple[object, ...] = ()

    # lint: allow async-without-await it stands for the connection's own execute
    async def execute(self, sql: str, *arguments: object) -> str:
        """Keep the statement for the end of the unit of work; its status is not known yet."""
        if self.sql is not None:
            raise MoreThanOneStatement(f"after {self.sql.split(maxsplit=4)[:4]} came {sql.split(maxsplit=4)[:4]}")
        self.sql, self.arguments = sql, arguments
        return ""

    def __getattr__(self, name: str) -> Never:
        """Anything but `execute` would need a round trip of its own."""
        raise MoreThanOneStatement(f"{name} has no place in a unit of work of one statement")


async def run(connection: "Connection", recorder: Recorder, work: Work[Any], inbox: tuple[str, UUID] | None) -> None:
    """Execute what was recorded together with its inbox row and the outgoing messages, all or nothing.

    The inbox row has no ON CONFLICT: a duplicate fails the whole statement with a unique violation of `inbox_pkey`.
    """
    values = [value for message in work.outgoing for value in outbox_row(message)]
    sql = _merged(recorder.sql, len(recorder.arguments), received=inbox is not None, sent=len(work.outgoing))
    await connection.execute(sql, *recorder.arguments, work.workspace_id, *(inbox or ()), *values)


def is_duplicate(error: asyncpg.UniqueViolationError) -> bool:
    """Whether a unique violation says that the event was consumed before."""
    return bool(error.constraint_name == "inbox_pkey")


@lru_cache(maxsize=512)
def _merged(sql: str | None, used: int, *, received: bool, sent: int) -> str:
    """The statement around `sql`, whose own parameters are $1 to $`used`, with `sent` outbox rows.

    The main query sets the tenant: Postgres runs it before the data-modifying parts that nothing refers to, and were
    it otherwise, row-level security would find no tenant and fail.
    """
    placeholders = (f"${number}" for number in count(used + 1))
    workspace = next(placeholders)
    parts = []
    if sql is not None:
        parts.append(f"change AS ({sql})")
    if received:
        row = f"{next(placeholders)}, {next(placeholders)}, {workspace}::uuid"
        parts.append(f"received AS (INSERT INTO inbox (consumer, event_id, workspace_id) VALUES ({row}))")  # noqa: S608 - placeholders only
    if sent:
        rows = ", ".join(OUTBOX_ROW.format(workspace, *islice(placeholders, 4)) for _ in range(sent))
        parts.append(f"sent AS (INSERT INTO outbox ({OUTBOX_COLUMNS}) VALUES {rows})")  # noqa: S608 - placeholders only
    tenant = f"SELECT set_config('app.workspace_id', {workspace}::uuid::text, true)"
    return f"WITH {', '.join(parts)} {tenant}" if parts else tenant
