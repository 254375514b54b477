"""The relay: publishes what the outbox holds, and deletes only what JetStream acknowledged.

Woken in process after each commit, with a poll behind it for what another process left. Any number of relays may run:
rows are locked with SKIP LOCKED, and the stream drops repeats by `Nats-Msg-Id`.
"""

import asyncio
import contextlib
from collections.abc import Sequence

import asyncpg
import structlog

from chassis.bus import BatchPublisher
from chassis.database import Connection, Pool
from chassis.outcomes import OUTAGES, backoff, describe
from chassis.work import Outgoing

BATCH = 500
POLL_SECONDS = 0.25
SWEEP_SECONDS = 600.0
INTERRUPTIONS: tuple[type[Exception], ...] = (*OUTAGES, asyncpg.PostgresError)

log = structlog.get_logger()

_CLAIM = """
SELECT id, message_id, subject, headers, payload, attempts
  FROM outbox
 WHERE available_at <= clock_timestamp()
 ORDER BY id
 LIMIT $1
   FOR UPDATE SKIP LOCKED
"""
_DELETE = "DELETE FROM outbox WHERE id = ANY($1::bigint[])"
_POSTPONE = """
UPDATE outbox
   SET attempts = attempts + 1, last_error = failure.error,
       available_at = clock_timestamp() + make_interval(secs => failure.delay)
  FROM unnest($1::bigint[], $2::text[], $3::float8[]) AS failure (id, error, delay)
 WHERE outbox.id = failure.id
"""
# The stream keeps a message for seven days and a replay may come later; after thirty nothing can be delivered again.
_FORGET_INBOX = "DELETE FROM inbox WHERE received_at < now() - interval '30 days'"
_FORGET_IDEMPOTENCY = "DELETE FROM idempotency WHERE created_at < now() - interval '24 hours'"


class Relay:
    """One relay task of one process."""

    def __init__(self, pool: Pool, service: str, publisher: BatchPublisher) -> None:
        self._pool = pool
        self._role = f"{service}_relay"
        self._publisher = publisher
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self.failure: str | None = None

    def wake(self) -> None:
        """Something was committed to the outbox."""
        self._wake.set()

    def start(self) -> None:
        """Start relaying in the background."""
        self._task = asyncio.create_task(self._run(), name="relay")

    async def stop(self) -> None:
        """Publish what is in the outbox now, then end."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while True:
            try:
                async with self._pool.acquire() as connection:
                    await connection.execute(f"SET ROLE {self._role}; SET synchronous_commit = off")
                    try:
                        return await self._relay_until_stopped(connection)
                    finally:
                        await _restore(connection)
            except INTERRUPTIONS as error:
                self.failure = describe(error)
                log.warning("relay interrupted", error=self.failure)
                if self._stopping:
                    return None
                await asyncio.sleep(POLL_SECONDS)

    async def _relay_until_stopped(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        sweep_at = loop.time()
        while True:
            self._wake.clear()
            if await self._relay_batch(connection):
                continue
            if self._stopping:
                return
            if loop.time() >= sweep_at:
                await connection.execute(_FORGET_INBOX)
                await connection.execute(_FORGET_IDEMPOTENCY)
                sweep_at = loop.time() + SWEEP_SECONDS
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._wake.wait()

    async def _relay_batch(self, connection: Connection) -> int:
        """Publish one batch; returns how many messages were stored and so deleted."""
        async with connection.transaction():
            rows = await connection.fetch(_CLAIM, BATCH)
            if not rows:
                self.failure = None
                return 0
            answers = await self._publisher.publish(
                [Outgoing(row["message_id"], row["subject"], row["headers"], row["payload"]) for row in rows]
            )
            stored = [row["id"] for row, answer in zip(rows, answers, strict=True) if answer == ""]
            if stored:
                await connection.execute(_DELETE, stored)
            await self._postpone(connection, [(r, a) for r, a in zip(rows, answers, strict=True) if a])
            if None in answers:
                self.failure = "NATS did not acknowledge"
        return len(stored)

    async def _postpone(self, connection: Connection, refused: Sequence[tuple[asyncpg.Record, str]]) -> None:
        """One message that the server refuses must not hold up the others: it is tried again later, and logged."""
        self.failure = refused[0][1] if refused else None
        if not refused:
            return
        log.error("outbox message refused", count=len(refused), subject=refused[0][0]["subject"], error=self.failure)
        await connection.execute(
            _POSTPONE,
            [row["id"] for row, _ in refused],
            [error for _, error in refused],
            [backoff(row["attempts"] + 1) for row, _ in refused],
        )


async def _restore(connection: Connection) -> None:
    """Give the connection back as it was; one that cannot be restored is closed."""
    try:
        await connection.execute("RESET ROLE; RESET synchronous_commit")
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        connection.terminate()
