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
from chassis.outcomes import backoff, describe
from chassis.work import Outgoing

BATCH = 500
POLL_SECONDS = 0.25
STOP_SECONDS = 5.0
SWEEP_SECONDS = 600.0
SWEEP_ROWS = 5000

log = structlog.get_logger()

_BECOME_RELAY = "SELECT set_config('role', $1, false), set_config('synchronous_commit', 'off', false)"
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
# Dead letters are kept, and can be replayed, for ninety days.
_FORGET_INBOX = """
DELETE FROM inbox WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM inbox WHERE received_at < now() - interval '100 days' LIMIT $1 FOR UPDATE SKIP LOCKED))
"""
_FORGET_IDEMPOTENCY = """
DELETE FROM idempotency WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM idempotency WHERE created_at < now() - interval '24 hours' LIMIT $1 FOR UPDATE SKIP LOCKED))
"""


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
        """Publish what is in the outbox now, then end; what takes too long is left to another process."""
        self._stopping = True
        self._wake.set()
        if self._task is None:
            return
        await asyncio.wait({self._task}, timeout=STOP_SECONDS)
        if not self._task.done():
            log.warning("outbox not flushed in time", seconds=STOP_SECONDS)
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            try:
                async with self._pool.acquire() as connection:
                    try:
                        await connection.execute(_BECOME_RELAY, self._role)
                        return await self._relay_until_stopped(connection)
                    finally:
                        with contextlib.suppress(asyncpg.InterfaceError):  # it broke, and is no longer ours
                            connection.terminate()  # it has the relay's rights: no unit of work may ever get it
            except Exception as error:  # noqa: BLE001 - whatever it was, the next try may succeed; `failure` says so
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
            claimed, stored = await self._relay_batch(connection)
            if self._stopping and (claimed < BATCH or not stored):
                return  # with a full batch there may be more of our own behind it
            if loop.time() >= sweep_at:
                sweep_at = loop.time() + (POLL_SECONDS if await _sweep(connection) else SWEEP_SECONDS)
            if stored:
                continue
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._wake.wait()

    async def _relay_batch(self, connection: Connection) -> tuple[int, int]:
        """Publish one batch; returns how many messages it had, and how many of them were stored and so deleted."""
        async with connection.transaction():
            rows = await connection.fetch(_CLAIM, BATCH)
            if not rows:
                self.failure = None
                return 0, 0
            answers = await self._publisher.publish(
                [Outgoing(row["message_id"], row["subject"], row["headers"], row["payload"]) for row in rows]
            )
            stored = [row["id"] for row, answer in zip(rows, answers, strict=True) if answer == ""]
            if stored:
                await connection.execute(_DELETE, stored)
            await self._postpone(connection, [(r, a) for r, a in zip(rows, answers, strict=True) if a])
            if None in answers:
                self.failure = "NATS did not acknowledge"
        return len(rows), len(stored)

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


async def _sweep(connection: Connection) -> bool:
    """Forget what can no longer be repeated, some rows at a time; whether there may be more."""
    statuses = [await connection.execute(forget, SWEEP_ROWS) for forget in (_FORGET_INBOX, _FORGET_IDEMPOTENCY)]
    return f"DELETE {SWEEP_ROWS}" in statuses
