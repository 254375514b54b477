"""Statements that answer lists: each one page, as the JSON that clients get.

The JSON is that of the models in `entrypoints.schemas`; a test compares the two for every list.
"""

from uuid import UUID

from assets.adapters.store_connection import Connected
from assets.app.store import AssetFilters, LibraryFilters
from assets.domain.names import search_pattern
from assets.domain.projects import Place
from chassis.paging import Items, Page

FIRST = UUID(int=0)

_ASSETS = """
SELECT found.json, found.next_after
  FROM branch
 CROSS JOIN LATERAL (
       SELECT coalesce(json_agg(item ORDER BY id) FILTER (WHERE place <= $8), '[]')::text AS json,
              CASE WHEN max(place) > $8 THEN (array_agg(id ORDER BY id))[$8::integer] END AS next_after
         FROM (SELECT asset.id, row_number() OVER (ORDER BY asset.id) AS place, json_build_object(
                      'id', asset.id, 'project_id', asset.project_id, 'branch_id', asset.branch_id,
                      'type', asset.asset_type, 'name', asset.name, 'aliases', asset.aliases,
                      'description', asset.description, 'attributes', asset.attributes,
                      'scene_numbers', asset.scene_numbers, 'status', asset.status,
                      'metadata', asset.metadata, 'same_as', asset.same_as, 'image', json_build_object(
                          'state', coalesce(image.state, request.state, 'none'),
                          'selected_image_id', image.id, 'object_key', image.object_key,
                          'localized_key', image.localized_key, 'thumbnail_key', image.thumbnail_key,
                          'localized_url', '/api/localizer/v1/objects/' || image.localized_key || '/url',
                          'width', image.width, 'height', image.height,
                          'sha256', coalesce(image.localized_sha256, image.sha256),
                          'error', CASE WHEN image.id IS NULL THEN request.error ELSE image.error END),
                      'version', asset.version,
                      'created_at',
                      to_char(asset.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                      'updated_at',
                      to_char(asset.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                      ) AS item
                 FROM project_asset AS asset
                 LEFT JOIN image_candidate AS image
                   ON image.asset_id = asset.id AND image.look = 'base' AND image.selected
                 LEFT JOIN LATERAL (
                      SELECT state, error FROM image_request
                       WHERE asset_id = asset.id AND look = 'base' AND image.id IS NULL
                       ORDER BY id DESC LIMIT 1) AS request ON true
                WHERE asset.branch_id = $2 AND asset.id > $3
                  AND ($4::text IS NULL OR asset.asset_type = $4)
                  AND ($5::text IS NULL OR asset.search LIKE $5)
                  AND ($6::text IS NULL OR asset.status = $6)
                  AND ($7::text IS NULL OR coalesce(image.state, request.state, 'none') = $7)
                ORDER BY asset.id
                LIMIT $8::bigint + 1) AS page) AS found
 WHERE branch.id = $2 AND branch.project_id = $1
"""


class ListStore(Connected):
    """Pages, oldest first."""

    async def list_projects(self, page: Page) -> Items:
        """Projects of the workspace."""
        [row] = await self._connection.fetch(
            """
            SELECT coalesce(json_agg(item ORDER BY id) FILTER (WHERE place <= $2), '[]')::text AS json,
                   CASE WHEN max(place) > $2 THEN (array_agg(id ORDER BY id))[$2::integer] END AS next_after
              FROM (SELECT id, row_number() OVER (ORDER BY id) AS place, json_build_object(
                           'id', id, 'name', name, 'style_capsule_id', style_capsule_id, 'metadata', metadata,
                           'version', version,
                           'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                           'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                           ) AS item
                      FROM project
                     WHERE id > $1
                     ORDER BY id
                     LIMIT $2::bigint + 1) AS found
            """,
            page.after or FIRST,
            page.limit,
        )
        return Items(**row)

    async def list_branches(self, project_id: UUID, page: Page) -> Items | None:
        """Branches of a project; None when there is no such project."""
        row = await self._connection.fetchrow(
            """
            SELECT found.json, found.next_after
              FROM project
             CROSS JOIN LATERAL (
                   SELECT coalesce(json_agg(item ORDER BY id) FILTER (WHERE place <= $3), '[]')::text AS json,
                          CASE WHEN max(place) > $3 THEN (array_agg(id ORDER BY id))[$3::integer] END AS next_after
                     FROM (SELECT id, row_number() OVER (ORDER BY id) AS place, json_build_object(
                                  'id', id, 'project_id', project_id, 'name', name,
                                  'forked_from_branch_id', forked_from_branch_id, 'metadata', metadata,
                                  'version', version,
                                  'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                  'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                                  ) AS item
                             FROM branch
                            WHERE project_id = $1 AND id > $2
                            ORDER BY id
                            LIMIT $3::bigint + 1) AS page) AS found
             WHERE project.id = $1
            """,
            project_id,
            page.after or FIRST,
            page.limit,
        )
        return None if row is None else Items(**row)

    async def list_style_capsules(self, page: Page) -> Items:
        """Style capsules of the workspace."""
        [row] = await self._connection.fetch(
            """
            SELECT coalesce(json_agg(item ORDER BY id) FILTER (WHERE place <= $2), '[]')::text AS json,
                   CASE WHEN max(place) > $2 THEN (array_agg(id ORDER BY id))[$2::integer] END AS next_after
              FROM (SELECT id, row_number() OVER (ORDER BY id) AS place, json_build_object(
                           'id', id, 'name', name, 'prompt', prompt, 'negative_prompt', negative_prompt,
                           'palette', palette, 'reference_images', reference_images, 'metadata', metadata,
                           'version', version,
                           'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                           'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                           ) AS item
                      FROM style_capsule
                     WHERE id > $1
                     ORDER BY id
                     LIMIT $2::bigint + 1) AS found
            """,
            page.after or FIRST,
            page.limit,
        )
        return Items(**row)

    async def list_global_assets(self, filters: LibraryFilters, page: Page) -> Items:
        """Assets of the library that fit."""
        [row] = await self._connection.fetch(
            """
            SELECT coalesce(json_agg(item ORDER BY id) FILTER (WHERE place <= $5), '[]')::text AS json,
                   CASE WHEN max(place) > $5 THEN (array_agg(id ORDER BY id))[$5::integer] END AS next_after
              FROM (SELECT id, row_number() OVER (ORDER BY id) AS place, json_build_object(
                           'id', id, 'type', asset_type, 'name', name, 'aliases', aliases,
                           'description', description, 'attributes', attributes, 'tags', tags, 'metadata', metadata,
                           'version', version,
                           'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                           'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                           ) AS item
                      FROM global_asset_page($1, $2, $3, $4, $5::integer + 1)) AS found
            """,
            filters.asset_type,
            search_pattern(filters.q),
            filters.tag,
            page.after,
            page.limit,
        )
        return Items(**row)

    async def list_assets(self, place: Place, filters: AssetFilters, page: Page) -> Items | None:
        """Assets of a branch that fit; None when the project has no such branch."""
        row = await self._connection.fetchrow(
            _ASSETS,
            place.project_id,
            place.branch_id,
            page.after or FIRST,
            filters.asset_type,
            search_pattern(filters.q),
            filters.status,
            filters.image,
            page.limit,
        )
        return None if row is None else Items(**row)

    async def list_images(self, asset_id: UUID, page: Page) -> Items:
        """Images of an asset, of all its looks."""
        [row] = await self._connection.fetch(
            """
            SELECT coalesce(json_agg(item ORDER BY id) FILTER (WHERE place <= $3), '[]')::text AS json,
                   CASE WHEN max(place) > $3 THEN (array_agg(id ORDER BY id))[$3::integer] END AS next_after
              FROM (SELECT id, row_number() OVER (ORDER BY id) AS place, json_build_object(
                           'id', id, 'asset_id', asset_id, 'look', look, 'request_id', request_id, 'job_id', job_id,
                           'provider', provider, 'model', model, 'state', state, 'selected', selected,
                           'selected_at', to_char(selected_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                           'object_key', object_key, 'localized_key', localized_key, 'thumbnail_key', thumbnail_key,
                           'localized_url', '/api/localizer/v1/objects/' || localized_key || '/url',
                           'content_type', content_type, 'sha256', sha256, 'bytes', bytes,
                           'width', width, 'height', height, 'error', error,
                           'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                           'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                           ) AS item
                      FROM image_candidate
                     WHERE asset_id = $1 AND id > $2
                     ORDER BY id
                     LIMIT $3::bigint + 1) AS found
            """,
            asset_id,
            page.after or FIRST,
            page.limit,
        )
        return Items(**row)
