"""Statements on how a try at a chunk ended, each under the token of its claim, and on what its reply cost."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from chassis.errors import plain
from extraction.adapters.found_json import json_of_find, json_of_item
from extraction.adapters.store_chunks import planned_columns
from extraction.adapters.store_connection import Connected
from extraction.domain.llm.chunks import Chunk
from extraction.domain.run_chunk import Answer, ChunkReading, ChunkState, Reader, RunChunk
from extraction.domain.runs import Trouble

MOST_WORDS = 200


class ChunkEnds(Connected):
    """Rows of the tables `chunk` and `reply`."""

    async def complete_chunk(self, chunk_id: UUID, token: UUID, reading: ChunkReading, now: datetime) -> bool:
        """Whether the chunk is now completed; False when `token` no longer holds it."""
        status = await self._connection.execute(
            """
            UPDATE chunk
               SET state = 'completed', claim_token = NULL, rounds = rounds + 1, reserved_micro_usd = 0, items = $3,
                   finds = $4, dropped = $5, tier = $6, repairs = $7, losses = $8, reused_from = $9,
                   saved_input_tokens = $10, saved_output_tokens = $11, saved_micro_usd = $12, failure_stage = NULL,
                   error_class = NULL, message = NULL, updated_at = $13, ended_at = $13
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            """,
            chunk_id,
            token,
            *_columns(reading),
            reading.reused_from,
            reading.saved.input_tokens,
            reading.saved.output_tokens,
            reading.saved.cost_micro_usd,
            now,
        )
        return status == "UPDATE 1"

    async def insert_taken_over(
        self, run_id: UUID, chunks: Iterable[tuple[UUID, Chunk, ChunkReading]], reader: Reader, now: datetime
    ) -> None:
        """Add completed chunks, each with its id and with what was read of it before."""
        await self._connection.executemany(
            """
            INSERT INTO chunk (id, run_id, number, first_scene, last_scene, scenes, scene_keys, scene_tokens,
                               scene_lines, part, content, tokens, provider, model, prompt_version, server, state, rounds,
                               items, finds, dropped, tier, repairs, losses, reused_from, saved_input_tokens,
                               saved_output_tokens, saved_micro_usd, created_at, updated_at, started_at, ended_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12, $13, $14, $15, 'completed', 1, $16, $17, $18,
                    $19, $20, $21, $22, $23, $24, $25, $26, $26, $26, $26)
            """,
            [
                (
                    *planned_columns(chunk_id, run_id, chunk, reader),
                    *_columns(reading),
                    reading.reused_from,
                    reading.saved.input_tokens,
                    reading.saved.output_tokens,
                    reading.saved.cost_micro_usd,
                    now,
                )
                for chunk_id, chunk, reading in chunks
            ],
        )

    async def remember_reading(self, chunk: Chunk, chunk_id: UUID, reader: Reader) -> None:
        """Let later runs take over what a chunk, just completed, was found to hold."""
        await self._connection.execute(
            """
            INSERT INTO reading (key, provider, model, prompt_version, server, chunk_id)
            SELECT key, $2, $3, $4, $5, $6 FROM unnest($1::text[]) AS read (key)
                ON CONFLICT (workspace_id, key, provider, model, prompt_version, server)
                DO UPDATE SET chunk_id = EXCLUDED.chunk_id
            """,
            sorted(set(chunk.keys)),  # in one order, so that two runs that end at once wait for each other
            reader.provider,
            reader.model,
            reader.prompt_version,
            reader.server,
            chunk_id,
        )

    async def continue_chunk(self, chunk_id: UUID, token: UUID, reading: ChunkReading, now: datetime) -> UUID | None:
        """The new ticket of the chunk, which keeps what is known and waits to be asked for the rest; None when lost."""
        ticket: UUID | None = await self._connection.fetchval(
            """
            UPDATE chunk
               SET state = 'queued', ticket = gen_random_uuid(), claim_token = NULL, rounds = rounds + 1, failures = 0,
                   reserved_micro_usd = 0, items = $3, finds = $4, dropped = $5, tier = $6, repairs = $7, losses = $8,
                   failure_stage = NULL, error_class = NULL, message = NULL, updated_at = $9
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            RETURNING ticket
            """,
            chunk_id,
            token,
            *_columns(reading),
            now,
        )
        return ticket

    async def settle_for_known(self, chunk_id: UUID, token: UUID, loss: str, now: datetime) -> bool:
        """Whether the chunk is now completed with what is known of it, and `loss` said; False when `token` is lost."""
        status = await self._connection.execute(
            """
            UPDATE chunk
               SET state = 'completed', claim_token = NULL, reserved_micro_usd = 0, losses = losses || $3::text,
                   failure_stage = NULL, error_class = NULL, message = NULL, updated_at = $4, ended_at = $4
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            """,
            chunk_id,
            token,
            plain(loss),
            now,
        )
        return status == "UPDATE 1"

    async def release_chunk(self, chunk_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> bool:
        """Whether the chunk now waits to be tried again; False when `token` no longer holds it."""
        return await self._note_trouble(ChunkState.QUEUED, chunk_id, token, trouble, now)

    async def fail_chunk(self, chunk_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> bool:
        """Whether the chunk is now failed; False when `token` no longer holds it."""
        return await self._note_trouble(ChunkState.FAILED, chunk_id, token, trouble, now)

    async def _note_trouble(
        self, state: ChunkState, chunk_id: UUID, token: UUID, trouble: Trouble, now: datetime
    ) -> bool:
        status = await self._connection.execute(
            """
            UPDATE chunk
               SET state = $3, claim_token = NULL, failures = failures + 1, reserved_micro_usd = 0,
                   failure_stage = $4, error_class = $5, message = $6, updated_at = $7,
                   ended_at = CASE WHEN $3 = 'failed' THEN $7::timestamptz END
             WHERE id = $1 AND state = 'running' AND claim_token = $2
            """,
            chunk_id,
            token,
            state,
            trouble.stage,
            trouble.error_class,
            trouble.message,
            now,
        )
        return status == "UPDATE 1"

    async def charge(self, chunk: RunChunk, token: UUID, reader: Reader, answer: Answer, now: datetime) -> None:
        """Record a reply once, and put its price on the bills of its chunk and its run."""
        await self._connection.execute(
            """
            WITH paid AS (
                INSERT INTO reply (id, run_id, chunk_id, attempt, object_key, provider, model, tier, is_finished,
                                   input_tokens, output_tokens, cost_micro_usd, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                    ON CONFLICT (id) DO NOTHING
                RETURNING run_id, chunk_id, input_tokens, output_tokens, cost_micro_usd
            ), charged AS (
                UPDATE chunk
                   SET input_tokens = chunk.input_tokens + paid.input_tokens,
                       output_tokens = chunk.output_tokens + paid.output_tokens,
                       cost_micro_usd = chunk.cost_micro_usd + paid.cost_micro_usd
                  FROM paid
                 WHERE chunk.id = paid.chunk_id
            )
            UPDATE run
               SET input_tokens = run.input_tokens + paid.input_tokens,
                   output_tokens = run.output_tokens + paid.output_tokens,
                   cost_micro_usd = run.cost_micro_usd + paid.cost_micro_usd, updated_at = $13
              FROM paid
             WHERE run.id = paid.run_id
            """,
            token,
            chunk.run_id,
            chunk.id,
            chunk.attempts,
            answer.object_key,
            reader.provider,
            plain(answer.model),
            answer.tier,
            answer.is_finished,
            answer.spent.input_tokens,
            answer.spent.output_tokens,
            answer.spent.cost_micro_usd,
            now,
        )


def _columns(reading: ChunkReading) -> tuple[object, ...]:
    return (
        list(map(json_of_item, reading.known.items)),
        list(map(json_of_find, reading.finds)),
        dict(reading.dropped),
        reading.known.tier,
        [plain(repair) for repair in reading.known.repairs[:MOST_WORDS]],
        [plain(loss) for loss in reading.known.losses[:MOST_WORDS]],
    )
