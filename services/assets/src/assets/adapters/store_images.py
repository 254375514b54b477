"""Statements on image requests and images."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from assets.adapters.store_connection import Connected
from assets.domain.images import ImageCandidate, ImageRequest, ImageState, Localized, ShownImage


class ImageStore(Connected):
    """Image requests and what came of them."""

    async def insert_image_requests(self, requests: Sequence[ImageRequest]) -> None:
        """Add the requests of one batch, which ask for the same look and as many candidates."""
        await self._connection.execute(
            """
            INSERT INTO image_request (id, asset_id, look, batch_id, candidates, state, created_at, updated_at)
            SELECT id, asset_id, $3, $4, $5, $6, $7, $7
              FROM unnest($1::uuid[], $2::uuid[]) AS request (id, asset_id)
            """,
            [request.id for request in requests],
            [request.asset_id for request in requests],
            requests[0].look,
            requests[0].batch_id,
            requests[0].candidates,
            requests[0].state,
            requests[0].created_at,
        )

    async def lock_image_request(self, request_id: UUID) -> ImageRequest | None:
        """One request, FOR UPDATE."""
        row = await self._connection.fetchrow(
            """
            SELECT id, asset_id, look, batch_id, candidates, drawn, failed, error, created_at, updated_at
              FROM image_request
             WHERE id = $1
               FOR UPDATE
            """,
            request_id,
        )
        return (
            None
            if row is None
            else ImageRequest(**{**row, "drawn": tuple(row["drawn"]), "failed": tuple(row["failed"])})
        )

    async def update_image_request(self, request: ImageRequest) -> None:
        """Write what became of a request."""
        await self._connection.execute(
            """
            UPDATE image_request
               SET drawn = $2, failed = $3, state = $4, error = $5, updated_at = $6
             WHERE id = $1
            """,
            request.id,
            request.drawn,
            request.failed,
            request.state,
            request.error,
            request.updated_at,
        )

    async def insert_image(self, image: ImageCandidate) -> bool:
        """Add a drawn image that is not selected; False when its job's image is there."""
        status = await self._connection.execute(
            """
            INSERT INTO image_candidate (
                   id, asset_id, look, request_id, job_id, provider, model, object_key, content_type, sha256, bytes,
                   width, height, state, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
                ON CONFLICT (asset_id, job_id) DO NOTHING
            """,
            image.id,
            image.asset_id,
            image.look,
            image.request_id,
            image.job_id,
            image.provider,
            image.model,
            image.object_key,
            image.content_type,
            image.sha256,
            image.bytes,
            image.width,
            image.height,
            image.state,
            image.created_at,
            image.updated_at,
        )
        return status == "INSERT 0 1"

    async def find_image(self, asset_id: UUID, image_id: UUID) -> ImageCandidate | None:
        """One image of an asset."""
        row = await self._connection.fetchrow(
            """
            SELECT id, asset_id, look, request_id, job_id, provider, model, object_key, content_type, sha256, bytes,
                   width, height, state, selected, selected_at, localized_key, thumbnail_key, error, created_at, updated_at
              FROM image_candidate
             WHERE asset_id = $1 AND id = $2
            """,
            asset_id,
            image_id,
        )
        return None if row is None else _image(row)

    async def find_selected_image(self, asset_id: UUID, look: str) -> ImageCandidate | None:
        """The selected image of a look."""
        row = await self._connection.fetchrow(
            """
            SELECT id, asset_id, look, request_id, job_id, provider, model, object_key, content_type, sha256, bytes,
                   width, height, state, selected, selected_at, localized_key, thumbnail_key, error, created_at, updated_at
              FROM image_candidate
             WHERE asset_id = $1 AND look = $2 AND selected
            """,
            asset_id,
            look,
        )
        return None if row is None else _image(row)

    async def find_image_selected_before(self, asset_id: UUID, look: str) -> ImageCandidate | None:
        """Of the images that were selected before the present one, the latest."""
        row = await self._connection.fetchrow(
            """
            SELECT id, asset_id, look, request_id, job_id, provider, model, object_key, content_type, sha256, bytes,
                   width, height, state, selected, selected_at, localized_key, thumbnail_key, error, created_at, updated_at
              FROM image_candidate
             WHERE asset_id = $1 AND look = $2 AND NOT selected AND selected_at IS NOT NULL
             ORDER BY selected_at DESC, id DESC
             LIMIT 1
            """,
            asset_id,
            look,
        )
        return None if row is None else _image(row)

    async def unselect_image(self, image_id: UUID, *, forget: bool) -> None:
        """Take the selection from an image; forgotten, an undo will not come back to it."""
        await self._connection.execute(
            """
            UPDATE image_candidate
               SET selected = false, selected_at = CASE WHEN $2 THEN NULL ELSE selected_at END
             WHERE id = $1
            """,
            image_id,
            forget,
        )

    async def select_image(self, image_id: UUID, selected_at: datetime) -> None:
        """Make an image, while its look has none selected, the selected one."""
        await self._connection.execute(
            "UPDATE image_candidate SET selected = true, selected_at = $2 WHERE id = $1", image_id, selected_at
        )

    async def shown_image(self, asset_id: UUID, look: str) -> ShownImage:
        """What an asset shows as the image of a look."""
        [row] = await self._connection.fetch(
            """
            SELECT coalesce(image.state, request.state, 'none') AS state, image.id AS selected_image_id,
                   image.object_key, image.localized_key, image.thumbnail_key, image.width, image.height,
                   coalesce(image.localized_sha256, image.sha256) AS sha256,
                   CASE WHEN image.id IS NULL THEN request.error ELSE image.error END AS error
              FROM (VALUES ($1::uuid)) AS asset (id)
              LEFT JOIN image_candidate AS image
                ON image.asset_id = asset.id AND image.look = $2 AND image.selected
              LEFT JOIN LATERAL (
                   SELECT state, error FROM image_request
                    WHERE asset_id = asset.id AND look = $2 ORDER BY id DESC LIMIT 1) AS request ON true
            """,
            asset_id,
            look,
        )
        return ShownImage(**{**row, "state": ImageState(row["state"])})

    async def image_ids(self, asset_ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
        """`(asset, image)` ids of all images of assets, oldest first."""
        rows = await self._connection.fetch(
            "SELECT asset_id, id FROM image_candidate WHERE asset_id = ANY ($1::uuid[]) ORDER BY id", asset_ids
        )
        return [(row["asset_id"], row["id"]) for row in rows]

    async def copy_images(self, copies: Sequence[tuple[UUID, UUID, UUID]], now: datetime) -> list[ImageCandidate]:
        """Copy images, given as `(original, new id, new asset)`, selections included, as not yet localized."""
        rows = await self._connection.fetch(
            """
            INSERT INTO image_candidate (
                   id, asset_id, look, request_id, job_id, provider, model, object_key, content_type, sha256, bytes,
                   width, height, state, selected, selected_at, created_at, updated_at)
            SELECT copy.id, copy.asset_id, look, request_id, job_id, provider, model, object_key, content_type, sha256,
                   bytes, width, height, 'drawn', selected, selected_at, $4, $4
              FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS copy (original_id, id, asset_id)
              JOIN image_candidate AS original ON original.id = copy.original_id
            RETURNING id, asset_id, look, request_id, job_id, provider, model, object_key, content_type, sha256, bytes,
                   width, height, state, selected, selected_at, localized_key, thumbnail_key, error, created_at, updated_at
            """,
            [original for original, _, _ in copies],
            [new for _, new, _ in copies],
            [asset for _, _, asset in copies],
            now,
        )
        return [_image(row) for row in rows]

    async def note_localizations(self, news: Sequence[Localized], now: datetime) -> int:
        """Write what became of images' copies, of each image only what is newer than before; how many were."""
        status = await self._connection.execute(
            """
            UPDATE image_candidate AS image
               SET state = CASE WHEN news.error IS NULL THEN 'localized' ELSE 'failed' END,
                   localized_key = coalesce(news.key, image.localized_key),
                   thumbnail_key = coalesce(news.thumbnail_key, image.thumbnail_key),
                   localized_sha256 = coalesce(news.sha256, image.localized_sha256),
                   error = news.error, localization_id = news.localization_id,
                   localization_version = news.version, updated_at = $8
              FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
                AS news (image_id, localization_id, version, key, thumbnail_key, sha256, error)
             WHERE image.id = news.image_id
               AND (image.localization_id IS NULL
                    OR (news.localization_id, news.version) > (image.localization_id, image.localization_version))
            """,
            [one.image_id for one in news],
            [one.localization_id for one in news],
            [one.version for one in news],
            [one.key for one in news],
            [one.thumbnail_key for one in news],
            [one.sha256 for one in news],
            [one.error for one in news],
            now,
        )
        return int(status.rpartition(" ")[2])


def _image(row: asyncpg.Record) -> ImageCandidate:
    return ImageCandidate(**{**row, "state": ImageState(row["state"])})
