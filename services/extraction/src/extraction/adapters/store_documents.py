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
            SELECT row_to_json(shown)::text
              FROM (SELECT script_id, project_id, branch_id, version, title, format, file_name, encoding, sha256, bytes,
                           scene_count,
                           to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
                      FROM script_version
                     WHERE branch_id = $1 AND ($2::integer IS NULL OR version = $2)
                     ORDER BY script_version.version DESC
                     LIMIT 1) AS shown
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
              FROM (SELECT id, row_number() OVER (ORDER BY version DESC) AS place, json_build_object(
                           'script_id', script_id, 'project_id', project_id, 'branch_id', branch_id,
                           'version', version, 'title', title, 'format', format, 'file_name', file_name,
                           'encoding', encoding, 'sha256', sha256, 'bytes', bytes, 'scene_count', scene_count,
                           'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                           ) AS item
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
            SELECT row_to_json(shown)::text
              FROM (SELECT id, project_id, branch_id, script_id, script_version, engine, provider, model,
                           prompt_version, incremental, price_cap_micro_usd, state AS status, attempts, failures,
                           scenes_read, scenes_total, characters, locations, props, input_tokens, output_tokens,
                           cost_micro_usd, seconds, failure_stage, error_class, message, version,
                           to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
                           to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at,
                           to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started_at,
                           to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS ended_at,
                           (SELECT coalesce(json_agg(brief ORDER BY number), '[]')
                              FROM (SELECT id, number, asset_type, name, aliases, description, attributes,
                                           confidence, cardinality(scene_numbers) AS scene_count,
                                           (SELECT coalesce(jsonb_agg(seen ORDER BY place), '[]')
                                              FROM jsonb_array_elements(evidence) WITH ORDINALITY AS each (seen, place)
                                             WHERE place <= $3) AS evidence
                                      FROM extracted_asset
                                     WHERE run_id = run.id AND number <= $2 AND merged_into IS NULL) AS brief
                           ) AS assets, run_report(id) AS report
                      FROM run
                     WHERE id = $1) AS shown
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
              FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS place, json_build_object(
                           'id', id, 'project_id', project_id, 'branch_id', branch_id, 'script_id', script_id,
                           'script_version', script_version, 'engine', engine, 'provider', provider, 'model', model,
                           'prompt_version', prompt_version, 'incremental', incremental,
                           'price_cap_micro_usd', price_cap_micro_usd, 'status', state, 'attempts', attempts,
                           'failures', failures, 'scenes_read', scenes_read, 'scenes_total', scenes_total,
                           'characters', characters, 'locations', locations, 'props', props,
                           'input_tokens', input_tokens, 'output_tokens', output_tokens,
                           'cost_micro_usd', cost_micro_usd, 'seconds', seconds, 'failure_stage', failure_stage,
                           'error_class', error_class, 'message', message, 'version', version,
                           'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                           'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                           'started_at', to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                           'ended_at', to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) AS item
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
