"""Postgres of one service: the pool, and units of work under row-level security."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Generic, TypeAlias, TypeVar, cast
from uuid import UUID

import asyncpg
import orjson
import stamina

from chassis import one_statement
from chassis.errors import Unavailable
from chassis.settings import ServiceSettings
from chassis.tenant_reads import TenantReads
from chassis.work import INSERT_OUTBOX, Cause, Work, outbox_row

S = TypeVar("S")

Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"

ROLLBACK_SECONDS = 5.0
ACQUIRE_SECONDS = 30.0

_INSERT_INBOX = """
INSERT INTO inbox (consumer, event_id, workspace_id)
SELECT $1, event_id, $2 FROM unnest($3::uuid[]) AS received (event_id)
    ON CONFLICT DO NOTHING
RETURNING event_id
"""


class Duplicate(Exception):
    """The event was consumed before; the transaction is rolled back and the message acknowledged."""


class TransactionLost(Exception):
    """A statement failed and its error was swallowed: nothing of this unit of work was committed."""


class Database(Generic[S]):
    """Transactions for one service; `wake` is called after every commit that put something into the outbox."""

    def __init__(
        self,
        service: str,
        pool: Pool,
        bind: Callable[[Connection], S],
        wake: Callable[[], None],
    ) -> None:
        self.service = service
        self.pool = pool
        self._bind = bind
        self._wake = wake

    @asynccontextmanager
    async def work(self, cause: Cause) -> AsyncIterator[Work[S]]:
        """A unit of work: committed when the block ends, rolled back when it raises."""
        async with self.changing(cause) as (work, _):
            yield work

    @asynccontextmanager
    async def changing(self, cause: Cause) -> AsyncIterator[tuple[Work[S], Connection]]:
        """A unit of work with its connection, for the chassis' own rows beside the service's."""
        begin = f"BEGIN; {_tenant(cause.workspace_id)}"
        async with self._transaction(begin) as (connection, _), self._unit(connection, cause) as work:
            yield work, connection

    @asynccontextmanager
    async def reading(self, cause: Cause) -> AsyncIterator[Work[S]]:
        """A unit of work that only reads; Postgres refuses a write inside it."""
        connection = await self._acquire()
        try:
            reads = cast("Connection", TenantReads(connection, cause.workspace_id))
            yield Work(self.service, self._bind(reads), cause)
        finally:
            await self.pool.release(connection)

    @asynccontextmanager
    async def consuming(self, cause: Cause, consumer: str, event_id: UUID) -> AsyncIterator[Work[S]]:
        """A unit of work with the inbox row of one event; raises `Duplicate` when the event was consumed before."""
        # A simple query takes no parameters: a durable's name and UUIDs have closed alphabets, and a round trip is saved.
        row = f"('{consumer}', '{event_id}', '{cause.workspace_id}')"
        insert = f"INSERT INTO inbox (consumer, event_id, workspace_id) VALUES {row} ON CONFLICT DO NOTHING"  # noqa: S608 - as above
        begin = f"BEGIN; {_tenant(cause.workspace_id)}; {insert}"
        async with self._transaction(begin) as (connection, status):
            if status != "INSERT 0 1":
                raise Duplicate
            async with self._unit(connection, cause) as work:
                yield work

    @asynccontextmanager
    async def consuming_batch(
        self, cause: Cause, consumer: str, event_ids: Sequence[UUID]
    ) -> AsyncIterator[tuple[Work[S], frozenset[UUID]]]:
        """A unit of work for many events of one workspace, with the ids of those that were not consumed before."""
        async with self._transaction(f"BEGIN; {_tenant(cause.workspace_id)}") as (connection, _):
            rows = await connection.fetch(_INSERT_INBOX, consumer, cause.workspace_id, event_ids)
            async with self._unit(connection, cause) as work:
                yield work, frozenset(row["event_id"] for row in rows)

    @asynccontextmanager
    async def one_statement(self, cause: Cause, inbox: tuple[str, UUID] | None = None) -> AsyncIterator[Work[S]]:
        """A unit of work of exactly one `execute` and its events, in one round trip at the end of the block.

        `inbox` is the consumer and event id to record with it; raises `Duplicate` when the event was consumed before.
        """
        recorder = one_statement.Recorder()
        work = Work(self.service, self._bind(cast("Connection", recorder)), cause)
        yield work
        connection = await self._acquire()
        try:
            await one_statement.run(connection, recorder, work, inbox)
        except asyncpg.UniqueViolationError as error:
            if one_statement.is_duplicate(error):
                raise Duplicate from error
            raise
        finally:
            await self.pool.release(connection)
        if work.outgoing:
            self._wake()

    @asynccontextmanager
    async def _unit(self, connection: Connection, cause: Cause) -> AsyncIterator[Work[S]]:
        work = Work(self.service, self._bind(connection), cause)
        yield work
        if work.outgoing:
            rows = [(cause.workspace_id, *outbox_row(message)) for message in work.outgoing]
            await connection.executemany(INSERT_OUTBOX, rows)
        # Postgres answers COMMIT of a failed transaction with ROLLBACK and no error.
        if await connection.execute("COMMIT") != "COMMIT":
            raise TransactionLost
        if work.outgoing:
            self._wake()

    @asynccontextmanager
    async def _transaction(self, begin: str) -> AsyncIterator[tuple[Connection, str]]:
        connection = await self._acquire()
        try:
            status = await connection.execute(begin)
            yield connection, status
        finally:
            try:
                await _end(connection)
            finally:
                await self.pool.release(connection)

    async def _acquire(self) -> Connection:
        try:
            if self.pool.get_idle_size():  # there is nothing to wait for, and a time-out is not free
                return await self.pool.acquire()
            async with asyncio.timeout(ACQUIRE_SECONDS):  # the pool's own costs a task each time
                return await self.pool.acquire()
        except OSError as error:  # not every OSError is an outage, but this one is; a time-out is one, too
            raise Unavailable("the database cannot be reached just now") from error


async def _end(connection: Connection) -> None:
    """Roll back what is still open; after a commit there is nothing to do and no round trip."""
    with suppress(asyncpg.InterfaceError):  # it broke, and is no longer ours
        if connection.is_closed() or not connection.is_in_transaction():
            return
        try:
            await connection.execute("ROLLBACK", timeout=ROLLBACK_SECONDS)
        except Exception:  # noqa: BLE001 - whatever it was, nobody may get a connection that is inside a transaction
            connection.terminate()


def _tenant(workspace_id: UUID) -> str:
    # A simple query takes no parameters; str(UUID) has a closed alphabet.
    return f"SELECT set_config('app.workspace_id', '{UUID(str(workspace_id))}', true)"


async def open_pool(settings: ServiceSettings, service: str) -> Pool:
    """Pool of the service's own database; waits up to a minute for a server that is still starting."""
    async for attempt in stamina.retry_context(on=(OSError, asyncpg.PostgresError), timeout=60, attempts=None):
        with attempt:
            return await asyncpg.create_pool(
                settings.database_url.get_secret_value(),
                min_size=1,
                max_size=settings.database_pool,
                init=_prepare_connection,
                reset=_keep_session,
                command_timeout=60,
                server_settings={"application_name": f"dramatis-{service}"},
            )
    raise AssertionError("the retry above returns or raises")


async def _prepare_connection(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: b"\x01" + orjson.dumps(value),
        decoder=lambda value: orjson.loads(value[1:]),
        format="binary",
    )


async def _keep_session(_connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Spare the round trip of a session reset: everything here is local to a transaction, and asyncpg ends an open one."""
