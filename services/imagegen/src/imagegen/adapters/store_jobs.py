"""Jobs as people ask for them, stop them and ask again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from chassis.database import Connection
from imagegen.domain.job import Job, JobState, Order, idempotency_key


class Jobs:
    """Rows of the table `job`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add_jobs(
        self, order: Order, new: Sequence[tuple[UUID, int]], state: JobState, now: datetime
    ) -> list[Job]:
        """Record jobs given by (id, candidate) in `state`; returns those that were not recorded before."""
        rows = await self._connection.fetch(
            """
            INSERT INTO job (id, candidate, idempotency_key, request_id, batch_id, asset_id, asset_scope, project_id,
                             branch_id, look, request, provider, model, trace_id, state, version, created_at,
                             updated_at, ended_at)
            SELECT new.id, new.candidate, new.key, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, $16, $16,
                   CASE WHEN $15 = 'cancelled' THEN $16::timestamptz END
              FROM unnest($1::uuid[], $2::integer[], $3::text[]) AS new (id, candidate, key)
                ON CONFLICT (workspace_id, idempotency_key) DO NOTHING
            RETURNING id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look, provider,
                      model, state, ticket, attempts, failures, cost_micro_usd, version
            """,
            [job_id for job_id, _ in new],
            [candidate for _, candidate in new],
            [idempotency_key(order.request_id, candidate) for _, candidate in new],
            order.request_id,
            order.batch_id,
            order.asset_id,
            order.asset_scope,
            order.project_id,
            order.branch_id,
            order.look,
            order.request,
            order.provider,
            order.model,
            order.trace_id,
            state,
            now,
        )
        return [job_of(row) for row in rows]

    async def find_job(self, job_id: UUID) -> Job | None:
        """One job as it is."""
        row = await self._connection.fetchrow(
            """
            SELECT id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look, provider,
                   model, state, ticket, attempts, failures, cost_micro_usd, version
              FROM job
             WHERE id = $1
            """,
            job_id,
        )
        return None if row is None else job_of(row)

    async def lock_job(self, job_id: UUID) -> Job | None:
        """One job, locked until the transaction ends."""
        row = await self._connection.fetchrow(
            """
            SELECT id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look, provider,
                   model, state, ticket, attempts, failures, cost_micro_usd, version
              FROM job
             WHERE id = $1
               FOR UPDATE
            """,
            job_id,
        )
        return None if row is None else job_of(row)

    async def lock_jobs_of(self, batch_id: UUID, states: Collection[JobState]) -> list[Job]:
        """Jobs of a batch that are in one of `states`, locked until the transaction ends."""
        rows = await self._connection.fetch(
            """
            SELECT id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look, provider,
                   model, state, ticket, attempts, failures, cost_micro_usd, version
              FROM job
             WHERE batch_id = $1 AND state = ANY($2::text[])
             ORDER BY id
               FOR UPDATE
            """,
            batch_id,
            list(states),
        )
        return [job_of(row) for row in rows]

    async def cancel_jobs(self, job_ids: Collection[UUID], now: datetime) -> list[Job]:
        """These locked jobs, now cancelled; whoever held one holds it no longer."""
        rows = await self._connection.fetch(
            """
            WITH cancelled AS (
                UPDATE job
                   SET state = 'cancelled', claim_token = NULL, version = version + 1, updated_at = $2, ended_at = $2
                 WHERE id = ANY($1::uuid[]) AND state IN ('queued', 'running')
                RETURNING id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look,
                          provider, model, state, ticket, attempts, failures, cost_micro_usd, version
            ), ended AS (
                UPDATE attempt
                   SET outcome = 'cancelled', ended_at = $2
                  FROM cancelled
                 WHERE attempt.job_id = cancelled.id AND attempt.outcome IS NULL
            )
            SELECT id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look, provider,
                   model, state, ticket, attempts, failures, cost_micro_usd, version
              FROM cancelled
             ORDER BY id
            """,
            list(job_ids),
            now,
        )
        return [job_of(row) for row in rows]

    async def requeue_jobs(self, job_ids: Collection[UUID], trace_id: str | None, now: datetime) -> list[Job]:
        """These locked jobs, now queued under new tickets, with no failures held against them."""
        rows = await self._connection.fetch(
            """
            UPDATE job
               SET state = 'queued', ticket = gen_random_uuid(), failures = 0, failure_stage = NULL, error_class = NULL,
                   vendor_message = NULL, trace_id = $2, version = version + 1, updated_at = $3, started_at = NULL,
                   ended_at = NULL
             WHERE id = ANY($1::uuid[]) AND state IN ('failed', 'cancelled')
            RETURNING id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look, provider,
                      model, state, ticket, attempts, failures, cost_micro_usd, version
            """,
            list(job_ids),
            trace_id,
            now,
        )
        return [job_of(row) for row in rows]


def job_of(row: asyncpg.Record | dict[str, Any]) -> Job:
    """A job from the columns that every statement about jobs returns."""
    columns = dict(row.items())
    return Job(**{**columns, "state": JobState(columns["state"])})
