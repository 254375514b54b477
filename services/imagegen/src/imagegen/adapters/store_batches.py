"""Rows of the table `batch`."""

from datetime import datetime
from uuid import UUID

import asyncpg

from chassis.database import Connection
from imagegen.domain.batch import Batch


class Batches:
    """Batches of one workspace."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def open_batch(
        self, batch_id: UUID, project_id: UUID | None, branch_id: UUID | None, promised: int | None, now: datetime
    ) -> Batch:
        """The batch, locked; made when this is the first of its requests, never promising fewer jobs than before."""
        row = await self._connection.fetchrow(
            """
            INSERT INTO batch (id, project_id, branch_id, promised, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $5)
                ON CONFLICT (workspace_id, id) DO UPDATE SET promised = greatest(batch.promised, excluded.promised)
            RETURNING id, project_id, branch_id, promised, jobs, completed, failed, cancelled, cost_micro_usd, version,
                      cancelled_at, completed_at
            """,
            batch_id,
            project_id,
            branch_id,
            promised,
            now,
        )
        assert row is not None
        return _batch(row)

    async def lock_batch(self, batch_id: UUID) -> Batch | None:
        """One batch, locked until the transaction ends."""
        row = await self._connection.fetchrow(
            """
            SELECT id, project_id, branch_id, promised, jobs, completed, failed, cancelled, cost_micro_usd, version,
                   cancelled_at, completed_at
              FROM batch
             WHERE id = $1
               FOR UPDATE
            """,
            batch_id,
        )
        return None if row is None else _batch(row)

    async def save_batch(self, batch: Batch, now: datetime) -> None:
        """Keep a locked batch as it has become."""
        await self._connection.execute(
            """
            UPDATE batch
               SET jobs = $2, completed = $3, failed = $4, cancelled = $5, cost_micro_usd = $6, version = $7,
                   cancelled_at = $8, completed_at = $9, updated_at = $10
             WHERE id = $1
            """,
            batch.id,
            batch.jobs,
            batch.completed,
            batch.failed,
            batch.cancelled,
            batch.cost_micro_usd,
            batch.version,
            batch.cancelled_at,
            batch.completed_at,
            now,
        )


def _batch(row: asyncpg.Record) -> Batch:
    return Batch(**row)
