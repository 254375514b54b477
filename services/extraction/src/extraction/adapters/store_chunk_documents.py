"""What is shown of the chunks of runs, and what else is known of a run that a language model reads."""

from uuid import UUID

from chassis.paging import Items, Page
from extraction.adapters.found_json import find_of_json
from extraction.adapters.store_connection import Connected
from extraction.domain.finds import Find


class ChunkDocuments(Connected):
    """Reading alone; the JSON is that of the models in `entrypoints.schemas`."""

    async def find_witness(self, run_id: UUID) -> list[Find]:
        """What the built-in engine found when the run was planned."""
        found = await self._connection.fetchval("SELECT coalesce(witness, '[]') FROM run WHERE id = $1", run_id)
        return list(map(find_of_json, found))

    async def list_cast(self, run_id: UUID, most: int) -> tuple[list[str], list[str]]:
        """Names of the built-in engine's characters and locations, and of those that only chunks found; most of each."""
        row = await self._connection.fetchrow(
            """
            SELECT cast_names[:$2] AS known,
                   ARRAY(SELECT name
                           FROM extracted_asset
                          WHERE run_id = run.id AND asset_type IN ('character', 'location') AND merged_into IS NULL
                            AND lower(name) NOT IN (SELECT lower(known) FROM unnest(cast_names) AS known)
                          ORDER BY asset_type <> 'character', cardinality(scene_numbers) DESC, number
                          LIMIT $2) AS found
              FROM run
             WHERE id = $1
            """,
            run_id,
            most,
        )
        return (row["known"], row["found"]) if row else ([], [])

    async def has_run(self, run_id: UUID) -> bool:
        """Whether there is such a run."""
        found: bool = await self._connection.fetchval("SELECT EXISTS (SELECT FROM run WHERE id = $1)", run_id)
        return found

    async def find_reply_key(self, run_id: UUID, number: int, attempt: int | None) -> str | None:
        """Key of the newest kept reply about a chunk, or of that of one attempt; None when there is none.

        Where the chunk has none of its own, those about the chunk that its reading was taken over from count.
        """
        key: str | None = await self._connection.fetchval(
            """
            SELECT kept.object_key
              FROM chunk, kept_replies(chunk.id) AS kept
             WHERE chunk.run_id = $1 AND chunk.number = $2 AND ($3::integer IS NULL OR kept.attempt = $3)
             ORDER BY kept.distance, kept.attempt DESC
             LIMIT 1
            """,
            run_id,
            number,
            attempt,
        )
        return key

    async def list_chunks(self, run_id: UUID, page: Page) -> Items | None:
        """One page of a run's chunks in reading order, as JSON; None when there is no such run."""
        row = await self._connection.fetchrow(
            """
            SELECT found.json, found.next_after
              FROM run
             CROSS JOIN LATERAL (
                   SELECT coalesce(json_agg(item ORDER BY number) FILTER (WHERE place <= $3), '[]')::text AS json,
                          CASE WHEN max(place) > $3 THEN (array_agg(id ORDER BY number))[$3::integer] END AS next_after
                     FROM (SELECT id, number, row_number() OVER (ORDER BY number) AS place,
                                  chunk_document(chunk) AS item
                             FROM chunk
                            WHERE run_id = run.id
                              AND ($2::uuid IS NULL OR number > (SELECT number FROM chunk WHERE id = $2))
                            ORDER BY number
                            LIMIT $3::bigint + 1) AS page) AS found
             WHERE run.id = $1
            """,
            run_id,
            page.after,
            page.limit,
        )
        return None if row is None else Items(**row)
