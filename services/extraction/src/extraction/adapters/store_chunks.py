"""Statements on the chunks of runs: planning, claiming, and what is known of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from chassis.errors import plain
from extraction.adapters.found_json import find_of_json, item_of_json
from extraction.adapters.store_connection import Connected
from extraction.domain.finds import Find
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.rounds import PUT_ASIDE, UNREAD, Known
from extraction.domain.run_chunk import CachedReading, ChunkOutcome, ChunkState, Reader, RunChunk
from extraction.domain.runs import Spent, Trouble


class Chunks(Connected):
    """Rows of the table `chunk`."""

    async def insert_chunks(
        self, run_id: UUID, chunks: Sequence[tuple[UUID, Chunk]], reader: Reader, now: datetime
    ) -> list[UUID]:
        """Add queued chunks, each with its id; their tickets in reading order."""
        rows = await self._connection.fetch(
            """
            INSERT INTO chunk (id, run_id, number, first_scene, last_scene, part, key, content, tokens, provider, model,
                               prompt_version, server, state, created_at, updated_at)
            SELECT id, $1, number, first_scene, last_scene, part, key, content, tokens, $2, $3, $4, $5, 'queued', $6, $6
              FROM unnest($7::uuid[], $8::integer[], $9::integer[], $10::integer[], $11::integer[], $12::text[],
                          $13::text[], $14::integer[])
                   AS new (id, number, first_scene, last_scene, part, key, content, tokens)
            RETURNING number, ticket
            """,
            run_id,
            reader.provider,
            reader.model,
            reader.prompt_version,
            reader.server,
            now,
            [chunk_id for chunk_id, _ in chunks],
            [chunk.number for _, chunk in chunks],
            [chunk.first_scene for _, chunk in chunks],
            [chunk.last_scene for _, chunk in chunks],
            [chunk.part for _, chunk in chunks],
            [chunk.key for _, chunk in chunks],
            [plain(chunk.text) for _, chunk in chunks],
            [chunk.tokens for _, chunk in chunks],
        )
        return [row["ticket"] for row in sorted(rows, key=lambda row: row["number"])]

    async def claim_chunk(self, ticket: UUID, token: UUID, reader: Reader | None, now: datetime) -> RunChunk | None:
        """The chunk queued under `ticket`, now running under `token`; None when nothing is left to do."""
        row = await self._connection.fetchrow(
            """
            UPDATE chunk
               SET state = 'running', claim_token = $2, attempts = attempts + 1, provider = coalesce($3, provider),
                   model = coalesce($4, model), prompt_version = coalesce($5, prompt_version),
                   server = coalesce($6, server), reserved_micro_usd = 0, is_parked = false,
                   started_at = coalesce(started_at, $7),
                   updated_at = $7
             WHERE ticket = $1 AND state IN ('queued', 'running')
            RETURNING id, run_id, number, first_scene, last_scene, part, key, content, tokens, attempts, failures,
                      rounds, items, repairs, losses, tier
            """,
            ticket,
            token,
            reader.provider if reader else None,
            reader.model if reader else None,
            reader.prompt_version if reader else None,
            reader.server if reader else None,
            now,
        )
        return None if row is None else _chunk(row)

    async def find_cached(self, chunk_id: UUID, key: str, reader: Reader) -> CachedReading | None:
        """The newest whole reading of the same text by the same reader, in any run of the workspace."""
        row = await self._connection.fetchrow(
            """
            SELECT id, rounds, items, tier, repairs, losses, input_tokens + saved_input_tokens AS input_tokens,
                   output_tokens + saved_output_tokens AS output_tokens,
                   cost_micro_usd + saved_micro_usd AS cost_micro_usd
              FROM chunk
             WHERE key = $1 AND state = 'completed' AND id <> $2
               AND NOT EXISTS (SELECT FROM unnest(losses) AS loss WHERE NOT starts_with(loss, $7))
               AND provider = $3 AND model = $4 AND prompt_version = $5 AND server = $6
             ORDER BY ended_at DESC, id DESC
             LIMIT 1
            """,
            key,
            chunk_id,
            reader.provider,
            reader.model,
            reader.prompt_version,
            reader.server,
            PUT_ASIDE,
        )
        if row is None:
            return None
        worth = Spent(row["input_tokens"], row["output_tokens"], row["cost_micro_usd"])
        return CachedReading(row["id"], _known(row), worth)

    async def reserved_elsewhere(self, run_id: UUID, chunk_id: UUID) -> tuple[int, int]:
        """What the other chunks that are being read may cost, and calls that a cancelling has cut off, in micro-USD."""
        row = await self._connection.fetchrow(
            """
            SELECT coalesce(sum(reserved_micro_usd) FILTER (WHERE id <> $2 AND state = 'running'), 0)::bigint AS reserved,
                   coalesce(sum(unbilled_micro_usd), 0)::bigint AS unbilled
              FROM chunk
             WHERE run_id = $1
            """,
            run_id,
            chunk_id,
        )
        assert row is not None, "sums always have a row"
        return row["reserved"], row["unbilled"]

    async def reserve(self, chunk_id: UUID, micro_usd: int) -> None:
        """Note what the call that is about to be made may cost."""
        await self._connection.execute("UPDATE chunk SET reserved_micro_usd = $2 WHERE id = $1", chunk_id, micro_usd)

    async def note_billed(self, chunk_id: UUID, micro_usd: int) -> None:
        """A call that a cancelling has cut off, and that might have cost so much, has ended."""
        await self._connection.execute(
            "UPDATE chunk SET unbilled_micro_usd = greatest(0, unbilled_micro_usd - $2) WHERE id = $1",
            chunk_id,
            micro_usd,
        )

    async def park_chunk(self, chunk_id: UUID, token: UUID, now: datetime) -> None:
        """Let a chunk that was just claimed wait for room under the price cap, as if it had not been."""
        await self._connection.execute(
            """
            UPDATE chunk
               SET state = 'queued', is_parked = true, claim_token = NULL, attempts = attempts - 1, updated_at = $3
             WHERE id = $1 AND claim_token = $2
            """,
            chunk_id,
            token,
            now,
        )

    async def wake_chunk(self, run_id: UUID, now: datetime) -> UUID | None:
        """The new ticket of the first parked chunk of a locked run, now queued; None when none is parked."""
        ticket: UUID | None = await self._connection.fetchval(
            """
            UPDATE chunk
               SET ticket = gen_random_uuid(), is_parked = false, updated_at = $2
             WHERE id = (SELECT id FROM chunk
                          WHERE run_id = $1 AND is_parked AND state = 'queued' ORDER BY number LIMIT 1)
            RETURNING ticket
            """,
            run_id,
            now,
        )
        return ticket

    async def cancel_chunks(self, run_id: UUID, now: datetime) -> None:
        """Cancel the unfinished chunks of a locked run; whoever held one holds it no longer."""
        await self._connection.execute(
            """
            UPDATE chunk
               SET state = 'cancelled', claim_token = NULL, is_parked = false,
                   unbilled_micro_usd = unbilled_micro_usd + reserved_micro_usd, reserved_micro_usd = 0,
                   updated_at = $2, ended_at = $2
             WHERE run_id = $1 AND state IN ('queued', 'running')
            """,
            run_id,
            now,
        )

    async def requeue_chunks(self, run_id: UUID, now: datetime) -> list[UUID]:
        """Queue the failed and cancelled chunks of a locked run anew; their tickets in reading order."""
        rows = await self._connection.fetch(
            """
            UPDATE chunk
               SET state = 'queued', ticket = gen_random_uuid(), failures = 0,
                   rounds = CASE WHEN items = '[]'::jsonb THEN 0 ELSE least(rounds, 1) END, failure_stage = NULL,
                   error_class = NULL, message = NULL, updated_at = $2, ended_at = NULL
             WHERE run_id = $1 AND state IN ('failed', 'cancelled')
            RETURNING number, ticket
            """,
            run_id,
            now,
        )
        return [row["ticket"] for row in sorted(rows, key=lambda row: row["number"])]

    async def is_wanted(self, chunk_id: UUID, ticket: UUID) -> bool:
        """Whether the message of this ticket still has something to start."""
        wanted: bool = await self._connection.fetchval(
            "SELECT ticket = $2 AND state IN ('queued', 'running') FROM chunk WHERE id = $1", chunk_id, ticket
        )
        return wanted

    async def chunk_outcomes(self, run_id: UUID) -> list[ChunkOutcome]:
        """How far each chunk of a run has come, in reading order."""
        rows = await self._connection.fetch(
            """
            SELECT number, first_scene, last_scene, state, failure_stage, error_class, message,
                   reused_from IS NOT NULL AS is_reused, saved_micro_usd
              FROM chunk
             WHERE run_id = $1
             ORDER BY number
            """,
            run_id,
        )
        return [_outcome(row) for row in rows]

    async def chunk_finds(self, run_id: UUID) -> tuple[list[list[Find]], frozenset[int]]:
        """What the chunks of a run have found so far, in reading order, and the places of those that no model read."""
        rows = await self._connection.fetch(
            """
            SELECT finds, EXISTS (SELECT FROM unnest(losses) AS loss WHERE starts_with(loss, $2)) AS is_unread
              FROM chunk
             WHERE run_id = $1 AND finds <> '[]'::jsonb
             ORDER BY number
            """,
            run_id,
            UNREAD,
        )
        unread = frozenset(place for place, row in enumerate(rows) if row["is_unread"])
        return [list(map(find_of_json, row["finds"])) for row in rows], unread


def _chunk(row: asyncpg.Record) -> RunChunk:
    return RunChunk(
        id=row["id"],
        run_id=row["run_id"],
        chunk=Chunk(
            number=row["number"],
            first_scene=row["first_scene"],
            last_scene=row["last_scene"],
            part=row["part"],
            text=row["content"],
            key=row["key"],
            tokens=row["tokens"],
        ),
        attempts=row["attempts"],
        failures=row["failures"],
        known=_known(row),
    )


def _known(row: asyncpg.Record) -> Known:
    return Known(
        rounds=row["rounds"],
        items=tuple(map(item_of_json, row["items"])),
        tier=row["tier"],
        repairs=tuple(row["repairs"]),
        losses=tuple(row["losses"]),
    )


def _outcome(row: asyncpg.Record) -> ChunkOutcome:
    trouble = Trouble(row["failure_stage"], row["error_class"], row["message"]) if row["error_class"] else None
    return ChunkOutcome(
        row["number"],
        row["first_scene"],
        row["last_scene"],
        ChunkState(row["state"]),
        trouble,
        row["is_reused"],
        row["saved_micro_usd"],
    )
