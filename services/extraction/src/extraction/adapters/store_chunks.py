"""Statements on the chunks of runs: planning, claiming, and what is known of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from chassis.errors import plain
from extraction.adapters.found_json import find_of_json, item_of_json
from extraction.adapters.store_connection import Connected
from extraction.domain.finds import Find
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.reuse import EarlierReading
from extraction.domain.llm.rounds import UNREAD, Known
from extraction.domain.run_chunk import ChunkOutcome, ChunkState, Reader, RunChunk
from extraction.domain.runs import Spent, Trouble


class Chunks(Connected):
    """Rows of the table `chunk`."""

    async def insert_chunks(
        self, run_id: UUID, chunks: Sequence[tuple[UUID, Chunk]], reader: Reader, now: datetime
    ) -> list[UUID]:
        """Add queued chunks, each with its id; their tickets in reading order."""
        await self._connection.executemany(
            """
            INSERT INTO chunk (id, run_id, number, first_scene, last_scene, scenes, scene_keys, scene_tokens,
                               scene_lines, part, tokens, provider, model, prompt_version, server, content, state,
                               created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'queued', $17, $17)
            """,
            [(*planned_columns(chunk_id, run_id, chunk, reader), plain(chunk.text), now) for chunk_id, chunk in chunks],
        )
        rows = await self._connection.fetch(
            "SELECT ticket FROM chunk WHERE run_id = $1 AND state = 'queued' ORDER BY number", run_id
        )
        return [row["ticket"] for row in rows]

    async def claim_chunk(self, ticket: UUID, token: UUID, reader: Reader | None, now: datetime) -> RunChunk | None:
        """The chunk queued under `ticket`, now running under `token`; None when nothing is left to do."""
        row = await self._connection.fetchrow(
            """
            UPDATE chunk
               SET state = 'running', claim_token = $2, attempts = attempts + 1, provider = coalesce($3, provider),
                   model = coalesce($4, model), prompt_version = coalesce($5, prompt_version),
                   server = coalesce($6, server), reserved_micro_usd = 0, is_parked = false,
                   started_at = coalesce(started_at, $7), updated_at = $7
             WHERE ticket = $1 AND state IN ('queued', 'running')
            RETURNING id, run_id, number, scenes_of(chunk) AS scenes, scene_keys, scene_tokens, scene_lines, part,
                      content, attempts, failures, rounds, items, repairs, losses, tier
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

    async def find_readings(self, keys: Sequence[str], reader: Reader) -> dict[str, UUID]:
        """For excerpts with these keys, the chunk of any run of the workspace that the same reader read them in last."""
        rows = await self._connection.fetch(
            """
            SELECT reading.key, reading.chunk_id
              FROM unnest($1::text[]) AS wanted (key)
              JOIN reading ON reading.key = wanted.key
             WHERE reading.provider = $2 AND reading.model = $3 AND reading.prompt_version = $4 AND reading.server = $5
            """,
            keys,
            reader.provider,
            reader.model,
            reader.prompt_version,
            reader.server,
        )
        return {row["key"]: row["chunk_id"] for row in rows}

    async def list_earlier(self, chunk_ids: Iterable[UUID]) -> dict[UUID, EarlierReading]:
        """What completed chunks hold, by their ids, to be taken over."""
        rows = await self._connection.fetch(
            """
            SELECT id, number, scenes_of(chunk) AS scenes, scene_keys, scene_tokens, scene_lines, part, content, finds,
                   tier, repairs, losses, input_tokens, output_tokens, cost_micro_usd
              FROM chunk
             WHERE id = ANY($1::uuid[])
            """,
            list(chunk_ids),
        )
        return {row["id"]: _earlier(row) for row in rows}

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
            SELECT number, scenes_of(chunk) AS scenes, state, failure_stage, error_class, message,
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


def planned_columns(chunk_id: UUID, run_id: UUID, chunk: Chunk, reader: Reader) -> tuple[object, ...]:
    """What every new row of `chunk` begins with: which scenes it is about, and who reads them."""
    return (
        chunk_id,
        run_id,
        chunk.number,
        chunk.scenes[0],
        chunk.scenes[-1],
        chunk.scenes,
        chunk.keys,
        chunk.tokens,
        chunk.lines,
        chunk.part,
        sum(chunk.tokens),
        reader.provider,
        reader.model,
        reader.prompt_version,
        reader.server,
    )


def _chunk(row: asyncpg.Record) -> RunChunk:
    return RunChunk(
        id=row["id"],
        run_id=row["run_id"],
        chunk=_excerpts(row),
        attempts=row["attempts"],
        failures=row["failures"],
        known=_known(row),
    )


def _excerpts(row: asyncpg.Record) -> Chunk:
    return Chunk(
        number=row["number"],
        scenes=tuple(row["scenes"]),
        part=row["part"],
        text=row["content"],
        keys=tuple(row["scene_keys"]),
        tokens=tuple(row["scene_tokens"]),
        lines=tuple(map(tuple, row["scene_lines"])),
    )


def _earlier(row: asyncpg.Record) -> EarlierReading:
    return EarlierReading(
        id=row["id"],
        chunk=_excerpts(row),
        known=Known(tier=row["tier"], repairs=tuple(row["repairs"]), losses=tuple(row["losses"])),
        finds=list(map(find_of_json, row["finds"])),
        spent=Spent(row["input_tokens"], row["output_tokens"], row["cost_micro_usd"]),
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
        row["scenes"],
        ChunkState(row["state"]),
        trouble,
        row["is_reused"],
        row["saved_micro_usd"],
    )
