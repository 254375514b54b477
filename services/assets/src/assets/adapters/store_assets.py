"""Statements on project assets."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from assets.adapters.store_connection import Connected
from assets.app.store import AssetFilters
from assets.domain.assets import AssetStatus, AssetType, ProjectAsset
from assets.domain.errors import AssetNameTaken
from assets.domain.names import name_key, search_pattern, search_text


class AssetStore(Connected):
    """Assets of branches."""

    async def insert_asset(self, asset: ProjectAsset) -> bool:
        """Add an asset; False when the branch has one of this type and name. Waits for whoever is adding the same."""
        status = await self._connection.execute(
            """
            INSERT INTO project_asset (
                   id, project_id, branch_id, asset_type, name, name_key, first_name_key, aliases, description, attributes,
                   scene_numbers, status, edited_fields, search, metadata, version, created_at, updated_at,
                   made_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
                ON CONFLICT (branch_id, asset_type, name_key) DO NOTHING
            """,
            asset.id,
            asset.project_id,
            asset.branch_id,
            asset.asset_type,
            asset.name,
            name_key(asset.name),
            asset.first_name_key,
            asset.aliases,
            asset.description,
            asset.attributes,
            asset.scene_numbers,
            asset.status,
            asset.edited_fields,
            _search(asset),
            asset.metadata,
            asset.version,
            asset.created_at,
            asset.updated_at,
            asset.made_by,
        )
        return status == "INSERT 0 1"

    async def copy_assets(
        self, copies: Sequence[tuple[UUID, UUID]], branch_id: UUID, now: datetime
    ) -> list[ProjectAsset]:
        """Copy assets, given as `(original, new id)`, into a branch of the same project, at version 1.

        A copy's `same_as` is the copy of the asset that the original's says, None when that is not copied.
        """
        rows = await self._connection.fetch(
            """
            INSERT INTO project_asset (
                   id, project_id, branch_id, asset_type, name, name_key, first_name_key, aliases, description, attributes,
                   scene_numbers, status, edited_fields, search, metadata, version, created_at, updated_at,
                   same_as)
            SELECT copy.id, project_id, $3, asset_type, name, name_key, first_name_key, aliases, description, attributes,
                   scene_numbers, status, edited_fields, search, metadata, 1, $4, $4,
                   other.id
              FROM unnest($1::uuid[], $2::uuid[]) AS copy (original_id, id)
              JOIN project_asset AS original ON original.id = copy.original_id
              LEFT JOIN unnest($1::uuid[], $2::uuid[]) AS other (original_id, id) ON other.original_id = original.same_as
            RETURNING id, project_id, branch_id, asset_type, name, first_name_key, aliases, description, attributes,
                   scene_numbers, status, edited_fields, metadata, version, created_at, updated_at, made_by, same_as
            """,
            [original for original, _ in copies],
            [new for _, new in copies],
            branch_id,
            now,
        )
        return [_asset(row) for row in rows]

    async def asset_ids(self, branch_id: UUID) -> list[UUID]:
        """Ids of all assets of a branch, oldest first."""
        rows = await self._connection.fetch("SELECT id FROM project_asset WHERE branch_id = $1 ORDER BY id", branch_id)
        return [row["id"] for row in rows]

    async def find_asset(self, asset_id: UUID) -> ProjectAsset | None:
        """One asset."""
        row = await self._connection.fetchrow(
            """
            SELECT id, project_id, branch_id, asset_type, name, first_name_key, aliases, description, attributes,
                   scene_numbers, status, edited_fields, metadata, version, created_at, updated_at, made_by, same_as
              FROM project_asset
             WHERE id = $1
            """,
            asset_id,
        )
        return None if row is None else _asset(row)

    async def lock_asset(self, asset_id: UUID) -> ProjectAsset | None:
        """One asset, FOR NO KEY UPDATE: images may be asked for meanwhile."""
        row = await self._connection.fetchrow(
            """
            SELECT id, project_id, branch_id, asset_type, name, first_name_key, aliases, description, attributes,
                   scene_numbers, status, edited_fields, metadata, version, created_at, updated_at, made_by, same_as
              FROM project_asset
             WHERE id = $1
               FOR NO KEY UPDATE
            """,
            asset_id,
        )
        return None if row is None else _asset(row)

    async def lock_asset_known_as(self, branch_id: UUID, asset_type: AssetType, key: str) -> ProjectAsset | None:
        """The asset that bears this name, else the one that bore it first; FOR NO KEY UPDATE."""
        row = await self._connection.fetchrow(
            """
            SELECT id, project_id, branch_id, asset_type, name, first_name_key, aliases, description, attributes,
                   scene_numbers, status, edited_fields, metadata, version, created_at, updated_at, made_by, same_as
              FROM project_asset
             WHERE branch_id = $1 AND asset_type = $2 AND (name_key = $3 OR first_name_key = $3)
             ORDER BY name_key = $3 DESC, id
             LIMIT 1
               FOR NO KEY UPDATE
            """,
            branch_id,
            asset_type,
            key,
        )
        return None if row is None else _asset(row)

    async def lock_assets_same_as(self, branch_id: UUID, asset_id: UUID) -> list[ProjectAsset]:
        """Assets of a branch that are said to be this one, oldest first; FOR NO KEY UPDATE."""
        rows = await self._connection.fetch(
            """
            SELECT id, project_id, branch_id, asset_type, name, first_name_key, aliases, description, attributes,
                   scene_numbers, status, edited_fields, metadata, version, created_at, updated_at, made_by, same_as
              FROM project_asset
             WHERE branch_id = $1 AND same_as = $2
             ORDER BY id
               FOR NO KEY UPDATE
            """,
            branch_id,
            asset_id,
        )
        return [_asset(row) for row in rows]

    async def update_asset(self, asset: ProjectAsset) -> None:
        """Write what may change, and the version; raises `AssetNameTaken`."""
        try:
            await self._connection.execute(
                """
                UPDATE project_asset
                   SET name = $2, name_key = $3, aliases = $4, description = $5, attributes = $6, scene_numbers = $7,
                       status = $8, edited_fields = $9, search = $10, metadata = $11, version = $12, updated_at = $13,
                       same_as = $14
                 WHERE id = $1
                """,
                asset.id,
                asset.name,
                name_key(asset.name),
                asset.aliases,
                asset.description,
                asset.attributes,
                asset.scene_numbers,
                asset.status,
                asset.edited_fields,
                _search(asset),
                asset.metadata,
                asset.version,
                asset.updated_at,
                asset.same_as,
            )
        except asyncpg.UniqueViolationError as error:
            raise AssetNameTaken(f"another {asset.asset_type} of this branch is named {asset.name}") from error

    async def delete_asset(self, asset_id: UUID) -> None:
        """Remove an asset; its image requests and images go with it."""
        await self._connection.execute("DELETE FROM project_asset WHERE id = $1", asset_id)

    async def choose_assets(
        self, branch_id: UUID, filters: AssetFilters, asset_ids: Sequence[UUID] | None, most: int
    ) -> list[ProjectAsset]:
        """Assets of a branch that fit, FOR KEY SHARE; archived ones only when their status or id is asked for."""
        rows = await self._connection.fetch(
            """
            SELECT asset.id, asset.project_id, asset.branch_id, asset.asset_type, asset.name, asset.first_name_key,
                   asset.aliases, asset.description, asset.attributes, asset.scene_numbers, asset.status,
                   asset.edited_fields, asset.metadata, asset.version, asset.created_at, asset.updated_at,
                   asset.made_by, asset.same_as
              FROM project_asset AS asset
              LEFT JOIN image_candidate AS image
                ON image.asset_id = asset.id AND image.look = 'base' AND image.selected
              LEFT JOIN LATERAL (
                   SELECT state FROM image_request
                    WHERE asset_id = asset.id AND look = 'base' ORDER BY id DESC LIMIT 1) AS request ON true
             WHERE asset.branch_id = $1
               AND ($2::text IS NULL OR asset.asset_type = $2)
               AND ($3::text IS NULL OR asset.search LIKE $3)
               AND ($4::text IS NULL AND (asset.status <> 'archived' OR $6::uuid[] IS NOT NULL) OR asset.status = $4)
               AND ($5::text IS NULL OR coalesce(image.state, request.state, 'none') = $5)
               AND ($6::uuid[] IS NULL OR asset.id = ANY ($6))
             ORDER BY asset.id
             LIMIT $7
               FOR KEY SHARE OF asset
            """,
            branch_id,
            filters.asset_type,
            search_pattern(filters.q),
            filters.status,
            filters.image,
            asset_ids,
            most,
        )
        return [_asset(row) for row in rows]

    async def has_images(self, asset_id: UUID) -> bool:
        """Whether images of it are there or were asked for."""
        found: bool = await self._connection.fetchval(
            """
            SELECT EXISTS (SELECT FROM image_request WHERE asset_id = $1)
                OR EXISTS (SELECT FROM image_candidate WHERE asset_id = $1)
            """,
            asset_id,
        )
        return found


def _search(asset: ProjectAsset) -> str:
    return search_text([asset.name, *asset.aliases])


def _asset(row: asyncpg.Record) -> ProjectAsset:
    return ProjectAsset(
        **{
            **row,
            "asset_type": AssetType(row["asset_type"]),
            "status": AssetStatus(row["status"]),
            "aliases": tuple(row["aliases"]),
            "scene_numbers": tuple(row["scene_numbers"]),
            "edited_fields": tuple(row["edited_fields"]),
        }
    )
