"""Statements on global assets."""

from uuid import UUID

import asyncpg

from assets.adapters.store_connection import Connected
from assets.domain.assets import AssetType, GlobalAsset
from assets.domain.names import search_text


class LibraryStore(Connected):
    """Global assets."""

    async def insert_global_asset(self, asset: GlobalAsset) -> None:
        """Add an asset to the library."""
        await self._connection.execute(
            """
            INSERT INTO global_asset (
                   id, asset_type, name, aliases, description, attributes, tags, search, metadata, version,
                   created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            asset.id,
            asset.asset_type,
            asset.name,
            asset.aliases,
            asset.description,
            asset.attributes,
            asset.tags,
            _search(asset),
            asset.metadata,
            asset.version,
            asset.created_at,
            asset.updated_at,
        )

    async def find_global_asset(self, global_asset_id: UUID) -> GlobalAsset | None:
        """One library asset."""
        row = await self._connection.fetchrow(
            """
            SELECT id, asset_type, name, aliases, description, attributes, tags, metadata, version, created_at, updated_at
              FROM global_asset
             WHERE id = $1
            """,
            global_asset_id,
        )
        return None if row is None else _global_asset(row)

    async def lock_global_asset(self, global_asset_id: UUID) -> GlobalAsset | None:
        """One library asset, FOR UPDATE."""
        row = await self._connection.fetchrow(
            """
            SELECT id, asset_type, name, aliases, description, attributes, tags, metadata, version, created_at, updated_at
              FROM global_asset
             WHERE id = $1
               FOR UPDATE
            """,
            global_asset_id,
        )
        return None if row is None else _global_asset(row)

    async def update_global_asset(self, asset: GlobalAsset) -> None:
        """Write what a person may change, and the version."""
        await self._connection.execute(
            """
            UPDATE global_asset
               SET name = $2, aliases = $3, description = $4, attributes = $5, tags = $6, search = $7, metadata = $8,
                   version = $9, updated_at = $10
             WHERE id = $1
            """,
            asset.id,
            asset.name,
            asset.aliases,
            asset.description,
            asset.attributes,
            asset.tags,
            _search(asset),
            asset.metadata,
            asset.version,
            asset.updated_at,
        )

    async def delete_global_asset(self, global_asset_id: UUID) -> None:
        """Remove a library asset."""
        await self._connection.execute("DELETE FROM global_asset WHERE id = $1", global_asset_id)


def _search(asset: GlobalAsset) -> str:
    return search_text([asset.name, *asset.aliases, *asset.tags])


def _global_asset(row: asyncpg.Record) -> GlobalAsset:
    return GlobalAsset(
        **{
            **row,
            "asset_type": AssetType(row["asset_type"]),
            "aliases": tuple(row["aliases"]),
            "tags": tuple(row["tags"]),
        }
    )
