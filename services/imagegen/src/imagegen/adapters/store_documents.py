"""Documents that Postgres makes for the routes."""

from collections.abc import Sequence
from uuid import UUID

from chassis.database import Connection
from chassis.paging import Items, Page
from imagegen.app.store import JobFilter
from imagegen.domain.health import RECENT_TRIES, Experience


class Documents:
    """Reading, in the shape in which it is answered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def list_jobs(self, wanted: JobFilter, page: Page) -> Items:
        """One page of jobs, newest first, as JSON."""
        row = await self._connection.fetchrow(
            """
            WITH found AS (
                SELECT id, request_id, candidate, batch_id, asset_id, asset_scope, request->>'asset_type' AS asset_type,
                       request->>'name' AS asset_name, project_id, branch_id, look, (request->>'width')::integer AS width,
                       (request->>'height')::integer AS height, provider, model, state AS status, attempts AS attempt,
                       failure_stage, error_class, vendor_message, object_key, content_type, sha256, bytes,
                       cost_micro_usd, seconds, trace_id, version,
                       to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
                       to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at,
                       to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
                       to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS ended_at
                  FROM job
                 WHERE ($1::uuid IS NULL OR id < $1)
                   AND ($3::text IS NULL OR state = $3)
                   AND ($4::uuid IS NULL OR project_id = $4)
                   AND ($5::uuid IS NULL OR batch_id = $5)
                   AND ($6::text IS NULL OR error_class = $6)
                   AND ($7::uuid IS NULL OR asset_id = $7)
                 ORDER BY id DESC
                 LIMIT $2::integer + 1
            ), shown AS (
                SELECT found.id, row_to_json(found) AS document FROM found ORDER BY found.id DESC LIMIT $2::integer
            )
            SELECT coalesce(json_agg(document ORDER BY id DESC), '[]')::text AS json,
                   CASE WHEN (SELECT count(*) FROM found) > $2::integer
                        THEN (SELECT id FROM shown ORDER BY id LIMIT 1) END AS next_after
              FROM shown
            """,
            page.after,
            page.limit,
            wanted.state,
            wanted.project_id,
            wanted.batch_id,
            wanted.error_class,
            wanted.asset_id,
        )
        assert row is not None
        return Items(row["json"], row["next_after"])

    async def job_document(self, job_id: UUID) -> str | None:
        """One job with its attempts, as JSON."""
        document: str | None = await self._connection.fetchval(
            """
            SELECT row_to_json(shown)::text
              FROM (SELECT id, request_id, candidate, batch_id, asset_id, asset_scope,
                           request->>'asset_type' AS asset_type, request->>'name' AS asset_name, project_id, branch_id,
                           look, (request->>'width')::integer AS width, (request->>'height')::integer AS height,
                           provider, model, state AS status, attempts AS attempt, failure_stage, error_class,
                           vendor_message, object_key, content_type, sha256, bytes, cost_micro_usd, seconds, trace_id,
                           version,
                           to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
                           to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at,
                           to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
                           to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS ended_at,
                           request,
                           (SELECT coalesce(json_agg(try ORDER BY number), '[]')
                              FROM (SELECT number, provider, model, coalesce(outcome, 'running') AS outcome,
                                           failure_stage, error_class, vendor_message, cost_micro_usd, trace_id,
                                           to_char(started_at AT TIME ZONE 'UTC',
                                                   'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
                                           to_char(ended_at AT TIME ZONE 'UTC',
                                                   'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS ended_at
                                      FROM attempt
                                     WHERE attempt.job_id = job.id) try) AS attempts
                      FROM job
                     WHERE id = $1) shown
            """,
            job_id,
        )
        return document

    async def batch_document(self, batch_id: UUID) -> str | None:
        """One batch with its progress and the outcome of each job, as JSON."""
        document: str | None = await self._connection.fetchval(
            """
            SELECT row_to_json(shown)::text
              FROM (SELECT id, project_id, branch_id, greatest(promised, jobs) AS total,
                           greatest(promised, jobs) - jobs AS expected, item.queued, item.running, completed, failed,
                           cancelled, cost_micro_usd, version,
                           to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
                           to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at,
                           to_char(cancelled_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS cancelled_at,
                           to_char(completed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS completed_at,
                           item.items
                      FROM batch,
                           LATERAL (SELECT count(*) FILTER (WHERE status = 'queued') AS queued,
                                           count(*) FILTER (WHERE status = 'running') AS running,
                                           coalesce(json_agg(each ORDER BY id), '[]') AS items
                                      FROM (SELECT id, asset_id, request->>'name' AS asset_name, look, candidate,
                                                   state AS status, failure_stage, error_class, vendor_message,
                                                   object_key, cost_micro_usd
                                              FROM job
                                             WHERE batch_id = batch.id) each) item
                     WHERE id = $1) shown
            """,
            batch_id,
        )
        return document

    async def experiences(self, providers: Sequence[str]) -> list[Experience]:
        """How the recent tries at each of these providers went, in the same order."""
        rows = await self._connection.fetch(
            """
            SELECT named.provider, recent.tries, recent.failed, failure.ended_at AS failed_at, failure.error_class,
                   failure.vendor_message
              FROM unnest($1::text[]) WITH ORDINALITY AS named (provider, position),
                   LATERAL (SELECT count(*)::integer AS tries,
                                   (count(*) FILTER (WHERE failure_stage = 'provider'))::integer AS failed,
                                   min(ended_at) AS since
                              FROM (SELECT failure_stage, ended_at
                                      FROM attempt
                                     WHERE provider = named.provider AND outcome IN ('completed', 'failed')
                                     ORDER BY ended_at DESC
                                     LIMIT $2) try) recent
                   LEFT JOIN LATERAL (SELECT ended_at, error_class, vendor_message
                                        FROM attempt
                                       WHERE provider = named.provider AND outcome IN ('completed', 'failed')
                                         AND failure_stage = 'provider' AND ended_at >= recent.since
                                       ORDER BY ended_at DESC
                                       LIMIT 1) failure ON true
             ORDER BY named.position
            """,
            providers,
            RECENT_TRIES,
        )
        return [Experience(**row) for row in rows]
