"""Statements on style capsules."""

from uuid import UUID

import asyncpg

from assets.adapters.store_connection import Connected
from assets.domain.projects import StyleCapsule


class StyleStore(Connected):
    """Style capsules."""

    async def insert_style_capsule(self, capsule: StyleCapsule) -> None:
        """Add a style capsule."""
        await self._connection.execute(
            """
            INSERT INTO style_capsule (
                   id, name, prompt, negative_prompt, palette, reference_images, metadata, version, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            capsule.id,
            capsule.name,
            capsule.prompt,
            capsule.negative_prompt,
            capsule.palette,
            capsule.reference_images,
            capsule.metadata,
            capsule.version,
            capsule.created_at,
            capsule.updated_at,
        )

    async def find_style_capsule(self, style_capsule_id: UUID) -> StyleCapsule | None:
        """One style capsule."""
        row = await self._connection.fetchrow(
            """
            SELECT id, name, prompt, negative_prompt, palette, reference_images, metadata, version, created_at, updated_at
              FROM style_capsule
             WHERE id = $1
            """,
            style_capsule_id,
        )
        return None if row is None else _capsule(row)

    async def lock_style_capsule(self, style_capsule_id: UUID) -> StyleCapsule | None:
        """One style capsule, FOR UPDATE: whoever wants to use it waits."""
        row = await self._connection.fetchrow(
            """
            SELECT id, name, prompt, negative_prompt, palette, reference_images, metadata, version, created_at, updated_at
              FROM style_capsule
             WHERE id = $1
               FOR UPDATE
            """,
            style_capsule_id,
        )
        return None if row is None else _capsule(row)

    async def hold_style_capsule(self, style_capsule_id: UUID) -> bool:
        """Whether a style capsule is there, FOR KEY SHARE: nobody may delete it."""
        found: bool | None = await self._connection.fetchval(
            "SELECT true FROM style_capsule WHERE id = $1 FOR KEY SHARE", style_capsule_id
        )
        return found is not None

    async def update_style_capsule(self, capsule: StyleCapsule) -> None:
        """Write what a person may change, and the version."""
        await self._connection.execute(
            """
            UPDATE style_capsule
               SET name = $2, prompt = $3, negative_prompt = $4, palette = $5, reference_images = $6, metadata = $7,
                   version = $8, updated_at = $9
             WHERE id = $1
            """,
            capsule.id,
            capsule.name,
            capsule.prompt,
            capsule.negative_prompt,
            capsule.palette,
            capsule.reference_images,
            capsule.metadata,
            capsule.version,
            capsule.updated_at,
        )

    async def delete_style_capsule(self, style_capsule_id: UUID) -> None:
        """Remove a style capsule that no project uses."""
        await self._connection.execute("DELETE FROM style_capsule WHERE id = $1", style_capsule_id)

    async def users_of_style_capsule(self, style_capsule_id: UUID, most: int) -> list[tuple[UUID, str]]:
        """Id and name of projects that use it, oldest first."""
        rows = await self._connection.fetch(
            "SELECT id, name FROM project WHERE style_capsule_id = $1 ORDER BY id LIMIT $2", style_capsule_id, most
        )
        return [(row["id"], row["name"]) for row in rows]


def _capsule(row: asyncpg.Record) -> StyleCapsule:
    return StyleCapsule(**{**row, "palette": tuple(row["palette"]), "reference_images": tuple(row["reference_images"])})
