"""Tries at a job: claimed under a token, and ended only under the same token."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from imagegen.adapters.store_jobs import job_of
from imagegen.domain.job import ClaimedJob, Job, Stored, Trouble


class Tries:
    """Rows of the table `attempt`, and the job that each is about."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def claim_job(self, ticket: UUID, token: UUID, trace_id: str | None, now: datetime) -> ClaimedJob | None:
        """The job queued under `ticket`, now running under `token`; None when nothing is left to do."""
        row = await self._connection.fetchrow(
            """
            WITH claimed AS (
                UPDATE job
                   SET state = 'running', claim_token = $2, attempts = attempts + 1, version = version + 1,
                       started_at = $4, updated_at = $4
                 WHERE ticket = $1 AND state IN ('queued', 'running')
                RETURNING id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look,
                          provider, model, state, ticket, attempts, failures, cost_micro_usd, version, request
            ), lost AS (
                UPDATE attempt
                   SET outcome = 'lost', ended_at = $4
                  FROM claimed
                 WHERE attempt.job_id = claimed.id AND attempt.outcome IS NULL
                RETURNING attempt.id
            ), begun AS (
                INSERT INTO attempt (id, job_id, number, provider, model, trace_id, started_at)
                SELECT $2, id, attempts, provider, model, $3, $4 FROM claimed
            )
            SELECT id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look, provider,
                   model, state, ticket, attempts, failures, cost_micro_usd, version, request,
                   (SELECT id FROM lost) AS lost
              FROM claimed
            """,
            ticket,
            token,
            trace_id,
            now,
        )
        if row is None:
            return None
        columns = dict(row)
        request, lost = columns.pop("request"), columns.pop("lost")
        return ClaimedJob(job_of(columns), request, lost)

    async def complete_job(
        self, job_id: UUID, token: UUID, stored: Stored, *, seconds: float, cost: int, now: datetime
    ) -> Job | None:
        """The job, now completed; None when `token` no longer holds it."""
        row = await self._connection.fetchrow(
            """
            WITH completed AS (
                UPDATE job
                   SET state = 'completed', claim_token = NULL, object_key = $3, model = $4, content_type = $5,
                       sha256 = $6, bytes = $7, width = $8, height = $9, cost_micro_usd = cost_micro_usd + $10,
                       failure_stage = NULL, error_class = NULL, vendor_message = NULL,
                       seconds = $12, version = version + 1, updated_at = $11, ended_at = $11
                 WHERE id = $1 AND state = 'running' AND claim_token = $2
                RETURNING id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look,
                          provider, model, state, ticket, attempts, failures, cost_micro_usd, version
            ), ended AS (
                UPDATE attempt
                   SET outcome = 'completed', model = $4, cost_micro_usd = $10, ended_at = $11
                  FROM completed
                 WHERE attempt.id = $2
            )
            SELECT id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look, provider,
                   model, state, ticket, attempts, failures, cost_micro_usd, version
              FROM completed
            """,
            job_id,
            token,
            stored.object_key,
            stored.model,
            stored.facts.content_type,
            stored.facts.sha256,
            stored.facts.bytes,
            stored.facts.width,
            stored.facts.height,
            cost,
            now,
            seconds,
        )
        return None if row is None else job_of(row)

    async def release_job(self, job_id: UUID, token: UUID, trouble: Trouble, cost: int, now: datetime) -> Job | None:
        """The job, now waiting to be tried again; None when `token` no longer holds it."""
        row = await self._connection.fetchrow(
            """
            WITH released AS (
                UPDATE job
                   SET state = 'queued', claim_token = NULL, failures = failures + 1, failure_stage = $3,
                       error_class = $4, vendor_message = $5, cost_micro_usd = cost_micro_usd + $6,
                       version = version + 1, updated_at = $7
                 WHERE id = $1 AND state = 'running' AND claim_token = $2
                RETURNING id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look,
                          provider, model, state, ticket, attempts, failures, cost_micro_usd, version
            ), ended AS (
                UPDATE attempt
                   SET outcome = 'failed', failure_stage = $3, error_class = $4, vendor_message = $5,
                       cost_micro_usd = $6, ended_at = $7
                  FROM released
                 WHERE attempt.id = $2
            )
            SELECT id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look, provider,
                   model, state, ticket, attempts, failures, cost_micro_usd, version
              FROM released
            """,
            job_id,
            token,
            trouble.stage,
            trouble.error_class,
            trouble.message,
            cost,
            now,
        )
        return None if row is None else job_of(row)

    async def fail_job(self, job_id: UUID, token: UUID, trouble: Trouble, cost: int, now: datetime) -> Job | None:
        """The job, now failed; None when `token` no longer holds it."""
        row = await self._connection.fetchrow(
            """
            WITH given_up AS (
                UPDATE job
                   SET state = 'failed', claim_token = NULL, failures = failures + 1, failure_stage = $3,
                       error_class = $4, vendor_message = $5, cost_micro_usd = cost_micro_usd + $6,
                       version = version + 1, updated_at = $7, ended_at = $7
                 WHERE id = $1 AND state = 'running' AND claim_token = $2
                RETURNING id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look,
                          provider, model, state, ticket, attempts, failures, cost_micro_usd, version
            ), ended AS (
                UPDATE attempt
                   SET outcome = 'failed', failure_stage = $3, error_class = $4, vendor_message = $5,
                       cost_micro_usd = $6, ended_at = $7
                  FROM given_up
                 WHERE attempt.id = $2
            )
            SELECT id, request_id, candidate, batch_id, asset_id, asset_scope, project_id, branch_id, look, provider,
                   model, state, ticket, attempts, failures, cost_micro_usd, version
              FROM given_up
            """,
            job_id,
            token,
            trouble.stage,
            trouble.error_class,
            trouble.message,
            cost,
            now,
        )
        return None if row is None else job_of(row)

    async def charge_dropped(self, job_id: UUID, token: UUID, cost: int) -> None:
        """Record what a try cost that no longer holds its job."""
        await self._connection.execute(
            """
            WITH charged AS (
                UPDATE attempt SET cost_micro_usd = cost_micro_usd + $3 WHERE id = $2
            )
            UPDATE job SET cost_micro_usd = cost_micro_usd + $3 WHERE id = $1
            """,
            job_id,
            token,
            cost,
        )

    async def is_wanted(self, job_id: UUID, ticket: UUID) -> bool:
        """Whether the message of this ticket still has something to start."""
        wanted: bool = await self._connection.fetchval(
            "SELECT ticket = $2 AND state IN ('queued', 'running') FROM job WHERE id = $1", job_id, ticket
        )
        return wanted

    async def job_of_dropped(self, token: UUID) -> UUID | None:
        """The job of a try whose picture nobody will use; None when the try still counts."""
        job_id: UUID | None = await self._connection.fetchval(
            """
            SELECT job_id FROM attempt WHERE id = $1 AND outcome IN ('cancelled', 'lost')
            """,
            token,
        )
        return job_id
