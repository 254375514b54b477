"""Statements on runs, as people ask for them and as workers read under a token, and on what they found."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from contracts.extraction.v1 import AssetExtracted
from extraction.adapters.store_connection import Connected
from extraction.domain.runs import Counts, Run, RunState, Trouble
from extraction.domain.scripts import ScriptVersion


class Runs(Connected):
    """Rows of the tables `run` and `extracted_asset`."""

    async def insert_run(self, run_id: UUID, version: ScriptVersion, engine: str, now: datetime) -> Run:
        """Add a queued run."""
        row = await self._connection.fetchrow(
            """
            INSERT INTO run (id, project_id, branch_id, script_id, script_version_id, script_version, engine, state,
                             scenes_total, version, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, 1, $9, $9)
            RETURNING id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                      attempts, failures, version, started_at
            """,
            run_id,
            version.project_id,
            version.branch_id,
            version.script_id,
            version.id,
            version.version,
            engine,
            version.scene_count,
            now,
        )
        assert row is not None
        return _run(row)

    async def lock_run(self, run_id: UUID) -> Run | None:
        """One run, locked until the transaction ends."""
        row = await self._connection.fetchrow(
            """
            SELECT id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                   attempts, failures, version, started_at
              FROM run
             WHERE id = $1
               FOR UPDATE
            """,
            run_id,
        )
        return None if row is None else _run(row)

    async def claim_run(self, ticket: UUID, token: UUID, now: datetime) -> Run | None:
        """The run queued under `ticket`, now running under `token`; None when nothing is left to do."""
        row = await self._connection.fetchrow(
            """
            UPDATE run
               SET state = 'running', claim_token = $2, attempts = attempts + 1,
                   started_at = coalesce(started_at, $3), version = version + 1, updated_at = $3
             WHERE ticket = $1 AND state IN ('queued', 'running')
            RETURNING id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                      attempts, failures, version, started_at
            """,
            ticket,
            token,
            now,
        )
        return None if row is None else _run(row)

    async def complete_run(
        self, run_id: UUID, token: UUID, counts: Counts, seconds: float, now: datetime
    ) -> Run | None:
        """The run, now completed; None when `token` no longer holds it."""
        row = await self._connection.fetchrow(
            """
            UPDATE run
               SET state = 'completed', claim_token = NULL, scenes_read = scenes_total, characters = $3,
                   locations = $4, props = $5, seconds = $6, failure_stage = NULL, error_class = NULL, message = NULL,
                   version = version + 1, updated_at = $7, ended_at = $7
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            RETURNING id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                      attempts, failures, version, started_at
            """,
            run_id,
            token,
            counts.characters,
            counts.locations,
            counts.props,
            seconds,
            now,
        )
        return None if row is None else _run(row)

    async def release_run(self, run_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> Run | None:
        """The run, now waiting to be tried again; None when `token` no longer holds it."""
        row = await self._connection.fetchrow(
            """
            UPDATE run
               SET state = 'queued', claim_token = NULL, failures = failures + 1, failure_stage = $3,
                   error_class = $4, message = $5, version = version + 1, updated_at = $6
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            RETURNING id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                      attempts, failures, version, started_at
            """,
            run_id,
            token,
            trouble.stage,
            trouble.error_class,
            trouble.message,
            now,
        )
        return None if row is None else _run(row)

    async def fail_run(self, run_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> Run | None:
        """The run, now failed; None when `token` no longer holds it."""
        row = await self._connection.fetchrow(
            """
            UPDATE run
               SET state = 'failed', claim_token = NULL, failures = failures + 1, failure_stage = $3,
                   error_class = $4, message = $5, version = version + 1, updated_at = $6, ended_at = $6
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            RETURNING id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                      attempts, failures, version, started_at
            """,
            run_id,
            token,
            trouble.stage,
            trouble.error_class,
            trouble.message,
            now,
        )
        return None if row is None else _run(row)

    async def cancel_run(self, run_id: UUID, now: datetime) -> None:
        """Cancel a locked, unfinished run."""
        await self._connection.execute(
            """
            UPDATE run
               SET state = 'cancelled', claim_token = NULL, version = version + 1, updated_at = $2, ended_at = $2
             WHERE id = $1 AND state IN ('queued', 'running')
            """,
            run_id,
            now,
        )

    async def requeue_run(self, run_id: UUID, now: datetime) -> Run:
        """A locked, ended run, now queued under a new ticket."""
        row = await self._connection.fetchrow(
            """
            UPDATE run
               SET state = 'queued', ticket = gen_random_uuid(), failures = 0, failure_stage = NULL,
                   error_class = NULL, message = NULL, version = version + 1, updated_at = $2, started_at = NULL,
                   ended_at = NULL
             WHERE id = $1 AND state IN ('failed', 'cancelled')
            RETURNING id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                      attempts, failures, version, started_at
            """,
            run_id,
            now,
        )
        assert row is not None, "it is locked, and has failed or was cancelled"
        return _run(row)

    async def insert_assets(self, run_id: UUID, assets: Sequence[AssetExtracted], now: datetime) -> None:
        """Add what a run found, numbered in its order."""
        await self._connection.execute(
            """
            INSERT INTO extracted_asset (
                   id, run_id, number, asset_type, name, aliases, description, attributes, scene_numbers, evidence,
                   confidence, created_at)
            SELECT extracted_asset_id, $1, number, asset_type, name, aliases, description, attributes, scene_numbers,
                   evidence, confidence, $3
              FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (
                       extracted_asset_id uuid, asset_type text, name text, aliases text[], description text,
                       attributes jsonb, scene_numbers integer[], evidence jsonb, confidence double precision
                   )) WITH ORDINALITY AS found (
                       extracted_asset_id, asset_type, name, aliases, description, attributes, scene_numbers, evidence,
                       confidence, number)
            """,
            run_id,
            [asset.model_dump(mode="json") for asset in assets],
            now,
        )


def _run(row: asyncpg.Record) -> Run:
    return Run(**{**row, "state": RunState(row["state"])})
