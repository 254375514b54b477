"""Documents that Postgres makes for the routes.

The JSON is that of the models in `entrypoints.schemas`; tests compare the two.
"""

from uuid import UUID

from chassis.paging import Items, Page
from extraction.adapters.store_connection import Connected

BRIEF_ASSETS = 200
BRIEF_EVIDENCE = 3


class Documents(Connected):
    """Reading, in the shape in which it is answered."""

    async def script_document(self, branch_id: UUID, version: int | None) -> str | None:
        """One version as JSON; the highest when `version` is None."""
        document: str | None = await self._connection.fetchval(
            """
            SELECT script_document(script_version)::text
              FROM script_version
             WHERE branch_id = $1 AND ($2::integer IS NULL OR version = $2)
             ORDER BY version DESC
             LIMIT 1
            """,
            branch_id,
            version,
        )
        return document

    async def list_scripts(self, branch_id: UUID, page: Page) -> Items:
        """One page of versions, newest first, as JSON."""
        row = await self._connection.fetchrow(
            """
            SELECT coalesce(json_agg(item ORDER BY place) FILTER (WHERE place <= $3), '[]')::text AS json,
                   CASE WHEN max(place) > $3 THEN (array_agg(id ORDER BY place))[$3::integer] END AS next_after
              FROM (SELECT id, row_number() OVER (ORDER BY version DESC) AS place,
                           script_document(script_version) AS item
                      FROM script_version
                     WHERE branch_id = $1
                       AND ($2::uuid IS NULL OR version < (SELECT version FROM script_version WHERE id = $2))
                     ORDER BY version DESC
                     LIMIT $3::bigint + 1) AS found
            """,
            branch_id,
            page.after,
            page.limit,
        )
        assert row is not None
        return Items(**row)

    async def list_scenes(self, script_version_id: UUID, page: Page) -> Items:
        """One page of scenes in reading order, as JSON."""
        row = await self._connection.fetchrow(
            """
            SELECT coalesce(json_agg(item ORDER BY place) FILTER (WHERE place <= $3), '[]')::text AS json,
                   CASE WHEN max(place) > $3 THEN (array_agg(id ORDER BY place))[$3::integer] END AS next_after
              FROM (SELECT id, row_number() OVER (ORDER BY number) AS place, json_build_object(
                           'number', number, 'label', label, 'heading', heading, 'setting', setting, 'place', place,
                           'time_of_day', time_of_day, 'line', line) AS item
                      FROM scene
                     WHERE script_version_id = $1
                       AND ($2::uuid IS NULL OR number > (SELECT number FROM scene WHERE id = $2))
                     ORDER BY number
                     LIMIT $3::bigint + 1) AS found
            """,
            script_version_id,
            page.after,
            page.limit,
        )
        assert row is not None
        return Items(**row)

    async def run_document(self, run_id: UUID) -> str | None:
        """One run with its first assets, each with its first evidence, as JSON."""
        document: str | None = await self._connection.fetchval(
            """
            SELECT (run_document(run) || jsonb_build_object(
                   'report', run_report(run.id),
                   'assets', (
                       SELECT coalesce(jsonb_agg(brief ORDER BY number), '[]')
                         FROM (SELECT id, number, asset_type, name, aliases, description, attributes,
                                      confidence, cardinality(scene_numbers) AS scene_count,
                                      (SELECT coalesce(jsonb_agg(seen ORDER BY place), '[]')
                                         FROM jsonb_array_elements(evidence) WITH ORDINALITY AS each (seen, place)
                                        WHERE place <= $3) AS evidence
                                 FROM extracted_asset
                                WHERE run_id = run.id AND number <= $2 AND merged_into IS NULL) AS brief)))::text
              FROM run
             WHERE id = $1
            """,
            run_id,
            BRIEF_ASSETS,
            BRIEF_EVIDENCE,
        )
        return document

    async def list_runs(self, branch_id: UUID, page: Page) -> Items:
        """One page of runs, newest first, as JSON."""
        row = await self._connection.fetchrow(
            """
            SELECT coalesce(json_agg(item ORDER BY place) FILTER (WHERE place <= $3), '[]')::text AS json,
                   CASE WHEN max(place) > $3 THEN (array_agg(id ORDER BY place))[$3::integer] END AS next_after
              FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS place, run_document(run) AS item
                      FROM run
                     WHERE branch_id = $1 AND ($2::uuid IS NULL OR id < $2)
                     ORDER BY id DESC
                     LIMIT $3::bigint + 1) AS found
            """,
            branch_id,
            page.after,
            page.limit,
        )
        assert row is not None
        return Items(**row)

    async def list_assets(self, run_id: UUID, page: Page) -> Items | None:
        """One page of what a run found, in its order, as JSON; None when there is no such run."""
        row = await self._connection.fetchrow(
            """
            SELECT found.json, found.next_after
              FROM run
             CROSS JOIN LATERAL (
                   SELECT coalesce(json_agg(item ORDER BY number) FILTER (WHERE place <= $3), '[]')::text AS json,
                          CASE WHEN max(place) > $3 THEN (array_agg(id ORDER BY number))[$3::integer] END AS next_after
                     FROM (SELECT id, number, row_number() OVER (ORDER BY number) AS place, json_build_object(
                                  'id', id, 'number', number, 'asset_type', asset_type, 'name', name,
                                  'aliases', aliases, 'description', description, 'attributes', attributes,
                                  'scene_numbers', scene_numbers, 'confidence', confidence,
                                  'evidence', evidence) AS item
                             FROM extracted_asset
                            WHERE run_id = run.id AND merged_into IS NULL
                              AND ($2::uuid IS NULL
                                   OR number > (SELECT number FROM extracted_asset WHERE id = $2))
                            ORDER BY number
                            LIMIT $3::bigint + 1) AS page) AS found
             WHERE run.id = $1
            """,
            run_id,
            page.after,
            page.limit,
        )
        return None if row is None else Items(**row)
