"""All SQL of the localizer, one statement per method; row-level security keeps every statement to one workspace."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chassis.paging import Items, Page
from localizer.adapters.store_work import WorkStore
from localizer.app.store import Filters
from localizer.domain.keys import CopyKeys
from localizer.domain.localization import Copy, Localization, Selection, State

_PAGE = """
SELECT coalesce(json_agg(item ORDER BY id) FILTER (WHERE place <= $6), '[]')::text AS items,
       CASE WHEN max(place) > $6 THEN (array_agg(id ORDER BY id))[$6::integer] END AS next_after
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS place, json_build_object(
               'id', id, 'status', state, 'image_id', image_id, 'asset_id', asset_id, 'asset_scope', asset_scope,
               'project_id', project_id, 'branch_id', branch_id, 'asset_type', asset_type, 'asset_name', asset_name,
               'look', look, 'source', source,
               'key', CASE WHEN state = 'localized' THEN key END,
               'thumbnail_key', CASE WHEN state = 'localized' THEN thumbnail_key END,
               'sha256', sha256, 'bytes', bytes, 'width', width, 'height', height, 'content_type', content_type,
               'attempts', attempts, 'failures', failures, 'failure_stage', failure_stage,
               'error_class', error_class, 'message', message, 'version', version,
               'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) AS item
          FROM localization
         WHERE ($1::uuid IS NULL OR project_id = $1) AND ($2::uuid IS NULL OR branch_id = $2)
           AND ($3::uuid IS NULL OR asset_id = $3) AND ($4::text IS NULL OR state = $4)
           AND ($5::uuid IS NULL OR id > $5)
         ORDER BY id
         LIMIT $6::bigint + 1) AS found
"""


class Store(WorkStore):
    """The rows of one workspace in one open transaction."""

    async def share(self, thing_ids: Sequence[UUID]) -> None:
        """Hold off `seize` of any of these until the transaction ends; others may share them meanwhile."""
        await self._connection.execute(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended(id::text, 0)) FROM unnest($1::uuid[]) AS thing (id)",
            thing_ids,
        )

    async def seize(self, thing_id: UUID) -> None:
        """Wait for every `share` of this, and hold off new ones, until the transaction ends."""
        await self._connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))", thing_id)

    async def is_deleted(self, thing_ids: Sequence[UUID]) -> bool:
        """Whether at least one of these has a tombstone."""
        found: bool = await self._connection.fetchval(
            "SELECT EXISTS (SELECT 1 FROM tombstone WHERE id = ANY ($1::uuid[]))", thing_ids
        )
        return found

    async def record_deletion(self, workspace_id: UUID, thing_id: UUID) -> None:
        """Keep a tombstone; one that stands already is left alone."""
        await self._connection.execute(
            "INSERT INTO tombstone (workspace_id, id) VALUES ($1, $2) ON CONFLICT DO NOTHING", workspace_id, thing_id
        )

    async def mark_removed(self, thing_id: UUID) -> list[UUID]:
        """Take the localizations of an asset, branch or project away from their workers; the ids of those changed."""
        rows = await self._connection.fetch(
            """
            UPDATE localization
               SET state = 'removed', claim_token = NULL, failures = 0, failure_stage = NULL, error_class = NULL,
                   message = NULL, sha256 = NULL, bytes = NULL, width = NULL, height = NULL, content_type = NULL,
                   version = version + 1, updated_at = now()
             WHERE state <> 'removed' AND (asset_id = $1 OR branch_id = $1 OR project_id = $1)
            RETURNING id
            """,
            thing_id,
        )
        return [row["id"] for row in rows]

    async def insert_localization(
        self, workspace_id: UUID, localization_id: UUID, selection: Selection, keys: CopyKeys
    ) -> bool:
        """Add a queued row; False when image, asset and look have one. Waits for whoever is adding the same."""
        status = await self._connection.execute(
            """
            INSERT INTO localization (
                   id, workspace_id, image_id, asset_id, asset_scope, project_id, branch_id, asset_type, asset_name,
                   asset_version, look, source, source_sha256, key, thumbnail_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
                ON CONFLICT (workspace_id, image_id, asset_id, look) DO NOTHING
            """,
            localization_id,
            workspace_id,
            selection.image_id,
            selection.asset_id,
            selection.asset_scope,
            selection.project_id,
            selection.branch_id,
            selection.asset_type,
            selection.asset_name,
            selection.asset_version,
            selection.look,
            selection.source,
            selection.source_sha256,
            keys.key,
            keys.thumbnail_key,
        )
        return status == "INSERT 0 1"

    async def lock_selected(self, image_id: UUID, asset_id: UUID, look: str) -> UUID:
        """Id of the row of an image, asset and look, which has one; locked until the transaction ends."""
        found: UUID = await self._connection.fetchval(
            "SELECT id FROM localization WHERE image_id = $1 AND asset_id = $2 AND look = $3 FOR UPDATE",
            image_id,
            asset_id,
            look,
        )
        return found

    async def find_localization(self, localization_id: UUID) -> Localization | None:
        """One row, with its copy when it is localized."""
        row = await self._connection.fetchrow(
            """
            SELECT id, state, image_id, asset_id, asset_scope, project_id, branch_id, asset_type, asset_name,
                   asset_version, look, source, source_sha256, key, thumbnail_key, attempts, failures, failure_stage,
                   error_class, message, version, created_at, updated_at, sha256, bytes, width, height, content_type
              FROM localization
             WHERE id = $1
            """,
            localization_id,
        )
        return None if row is None else _localization(dict(row))

    async def list_localizations(self, filters: Filters, page: Page) -> Items:
        """One page by id, which is the order of first selection; the JSON is that of `LocalizationOut`."""
        row = await self._connection.fetchrow(
            _PAGE,
            filters.project_id,
            filters.branch_id,
            filters.asset_id,
            filters.state,
            page.after,
            page.limit,
        )
        assert row is not None, "an aggregate has a row"
        return Items(row["items"], row["next_after"])

    async def is_copy(self, key: str) -> bool:
        """Whether a localized row has its copy or its thumbnail under this key."""
        found: bool = await self._connection.fetchval(
            "SELECT EXISTS (SELECT 1 FROM localization WHERE state = 'localized' AND (key = $1 OR thumbnail_key = $1))",
            key,
        )
        return found

    async def note_selection(self, localization_id: UUID, selection: Selection) -> int:
        """Record a newer selection of a row that stays as it is; the new version."""
        version: int = await self._connection.fetchval(
            """
            UPDATE localization
               SET asset_name = $2, asset_version = $3, source_sha256 = coalesce($4, source_sha256),
                   version = version + 1, updated_at = now()
             WHERE id = $1
            RETURNING version
            """,
            localization_id,
            selection.asset_name,
            selection.asset_version,
            selection.source_sha256,
        )
        return version

    async def requeue(
        self, localization_id: UUID, selection: Selection, source: str, source_sha256: str | None, keys: CopyKeys
    ) -> None:
        """Record a newer selection and start over; a worker that holds the row loses it."""
        await self._connection.execute(
            """
            UPDATE localization
               SET state = 'queued', claim_token = NULL, failures = 0, failure_stage = NULL, error_class = NULL,
                   message = NULL, sha256 = NULL, bytes = NULL, width = NULL, height = NULL, content_type = NULL,
                   asset_name = $2, asset_version = $3, source = $4, source_sha256 = $5, key = $6, thumbnail_key = $7,
                   version = version + 1, updated_at = now()
             WHERE id = $1
            """,
            localization_id,
            selection.asset_name,
            selection.asset_version,
            source,
            source_sha256,
            keys.key,
            keys.thumbnail_key,
        )

    async def requeue_failed(self, localization_id: UUID) -> bool:
        """Queue a failed row again; False when it has not failed."""
        status = await self._connection.execute(
            """
            UPDATE localization
               SET state = 'queued', failures = 0, version = version + 1, updated_at = now()
             WHERE id = $1 AND state = 'failed'
            """,
            localization_id,
        )
        return status == "UPDATE 1"


def _localization(row: dict[str, Any]) -> Localization:
    copy = Copy(
        sha256=row.pop("sha256"),
        bytes=row.pop("bytes"),
        width=row.pop("width"),
        height=row.pop("height"),
        content_type=row.pop("content_type"),
    )
    state = State(row.pop("state"))
    return Localization(**row, state=state, copy=copy if state is State.LOCALIZED else None)
