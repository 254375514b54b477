"""Statements on runs, as people ask for them and as workers read under a token."""

from datetime import datetime
from uuid import UUID

import asyncpg

from chassis.errors import plain
from extraction.adapters.found_json import json_of_find
from extraction.adapters.store_connection import Connected
from extraction.domain.run_chunk import Reader, Witness
from extraction.domain.runs import Counts, Run, RunState, Terms, Trouble
from extraction.domain.scripts import ScriptVersion


class Runs(Connected):
    """Rows of the table `run`."""

    async def insert_run(self, run_id: UUID, version: ScriptVersion, terms: Terms, now: datetime) -> UUID:
        """Add a queued run; its ticket."""
        ticket: UUID = await self._connection.fetchval(
            """
            INSERT INTO run (id, project_id, branch_id, script_id, script_version_id, script_version, engine, provider,
                             model, prompt_version, incremental, price_cap_micro_usd, state, scenes_total, version,
                             created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'queued', $13, 1, $14, $14)
            RETURNING ticket
            """,
            run_id,
            version.project_id,
            version.branch_id,
            version.script_id,
            version.id,
            version.version,
            terms.engine,
            terms.provider,
            terms.model,
            terms.prompt_version,
            terms.incremental,
            terms.price_cap_micro_usd,
            version.scene_count,
            now,
        )
        return ticket

    async def lock_run(self, run_id: UUID) -> Run | None:
        """One run, locked until the transaction ends."""
        row = await self._connection.fetchrow(
            """
            SELECT id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                   attempts, failures, version, started_at, claim_token, provider, model, prompt_version,
                   incremental, price_cap_micro_usd, input_tokens, output_tokens, cost_micro_usd,
                   planned_at, told_chunks
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
             WHERE ticket = $1 AND state IN ('queued', 'running') AND planned_at IS NULL
            RETURNING id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                      attempts, failures, version, started_at, claim_token, provider, model, prompt_version,
                      incremental, price_cap_micro_usd, input_tokens, output_tokens, cost_micro_usd,
                      planned_at, told_chunks
            """,
            ticket,
            token,
            now,
        )
        return None if row is None else _run(row)

    async def complete_run(
        self, run_id: UUID, token: UUID, counts: Counts, seconds: float, now: datetime
    ) -> int | None:
        """The version of the run, now completed; None when `token` no longer holds it."""
        version: int | None = await self._connection.fetchval(
            """
            UPDATE run
               SET state = 'completed', claim_token = NULL, scenes_read = scenes_total, characters = $3,
                   locations = $4, props = $5, seconds = $6, failure_stage = NULL, error_class = NULL, message = NULL,
                   version = version + 1, updated_at = $7, ended_at = $7
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            RETURNING version
            """,
            run_id,
            token,
            counts.characters,
            counts.locations,
            counts.props,
            seconds,
            now,
        )
        return version

    async def release_run(self, run_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> bool:
        """Whether the run now waits to be tried again; False when `token` no longer holds it."""
        status = await self._connection.execute(
            """
            UPDATE run
               SET state = 'queued', claim_token = NULL, failures = failures + 1, failure_stage = $3,
                   error_class = $4, message = $5, version = version + 1, updated_at = $6
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            """,
            run_id,
            token,
            trouble.stage,
            trouble.error_class,
            trouble.message,
            now,
        )
        return status == "UPDATE 1"

    async def fail_run(self, run_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> int | None:
        """The version of the run, now failed; None when `token` no longer holds it."""
        version: int | None = await self._connection.fetchval(
            """
            UPDATE run
               SET state = 'failed', claim_token = NULL, failures = failures + 1, failure_stage = $3,
                   error_class = $4, message = $5, version = version + 1, updated_at = $6, ended_at = $6
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            RETURNING version
            """,
            run_id,
            token,
            trouble.stage,
            trouble.error_class,
            trouble.message,
            now,
        )
        return version

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

    async def requeue_run(self, run_id: UUID, price_cap_micro_usd: int | None, now: datetime) -> UUID:
        """Queue a locked, ended run anew; its new ticket."""
        ticket: UUID = await self._connection.fetchval(
            """
            UPDATE run
               SET state = 'queued', ticket = gen_random_uuid(), failures = 0, told_chunks = 0,
                   price_cap_micro_usd = $3, failure_stage = NULL,
                   error_class = NULL, message = NULL, version = version + 1, updated_at = $2, started_at = NULL,
                   ended_at = NULL
             WHERE id = $1 AND state IN ('failed', 'cancelled')
            RETURNING ticket
            """,
            run_id,
            now,
            price_cap_micro_usd,
        )
        return ticket

    async def plan_run(self, run_id: UUID, token: UUID, reader: Reader, witness: Witness, now: datetime) -> bool:
        """Whether the chunks of the run are to be read now; False when `token` no longer holds it."""
        status = await self._connection.execute(
            """
            UPDATE run
               SET planned_at = $3, provider = $4, model = $5, prompt_version = $6, witness = $7,
                   cast_names = $8, version = version + 1, updated_at = $3
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            """,
            run_id,
            token,
            now,
            reader.provider,
            reader.model,
            reader.prompt_version,
            list(map(json_of_find, witness.finds)),
            list(map(plain, witness.cast)),
        )
        return status == "UPDATE 1"

    async def begin_run(self, run_id: UUID, token: UUID, reader: Reader | None, now: datetime) -> Run:
        """A locked run whose chunks are planned, now running; its first try began now unless it did before."""
        row = await self._connection.fetchrow(
            """
            UPDATE run
               SET state = 'running', claim_token = $2, attempts = attempts + 1,
                   provider = coalesce($3, provider), model = coalesce($4, model),
                   prompt_version = coalesce($5, prompt_version), started_at = coalesce(started_at, $6),
                   version = version + 1, updated_at = $6
             WHERE id = $1
            RETURNING id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                      attempts, failures, version, started_at, claim_token, provider, model, prompt_version,
                      incremental, price_cap_micro_usd, input_tokens, output_tokens, cost_micro_usd,
                      planned_at, told_chunks
            """,
            run_id,
            token,
            reader.provider if reader else None,
            reader.model if reader else None,
            reader.prompt_version if reader else None,
            now,
        )
        assert row is not None, "it is locked"
        return _run(row)

    async def lock_run_of_chunk(self, ticket: UUID) -> Run | None:
        """The run of the chunk queued under `ticket`, locked until the transaction ends."""
        row = await self._connection.fetchrow(
            """
            SELECT id, project_id, branch_id, script_id, script_version_id, script_version, engine, state, ticket,
                   attempts, failures, version, started_at, claim_token, provider, model, prompt_version,
                   incremental, price_cap_micro_usd, input_tokens, output_tokens, cost_micro_usd,
                   planned_at, told_chunks
              FROM run
             WHERE id = (SELECT run_id FROM chunk WHERE ticket = $1)
               FOR UPDATE
            """,
            ticket,
        )
        return None if row is None else _run(row)

    async def note_progress(
        self, run_id: UUID, scenes_read: int, told_chunks: int, counts: Counts, now: datetime
    ) -> None:
        """Keep how far a locked run has come."""
        await self._connection.execute(
            """
            UPDATE run
               SET scenes_read = $2, told_chunks = $3, characters = $4, locations = $5, props = $6, updated_at = $7
             WHERE id = $1
            """,
            run_id,
            scenes_read,
            told_chunks,
            counts.characters,
            counts.locations,
            counts.props,
            now,
        )


def _run(row: asyncpg.Record) -> Run:
    return Run(**{**row, "state": RunState(row["state"])})
