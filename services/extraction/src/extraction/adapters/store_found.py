"""Statements on what runs found, as it was told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from contracts.extraction.v1 import AssetExtracted
from extraction.adapters.store_connection import Connected
from extraction.app.store import Told
from extraction.domain.runs import Run


class FoundAssets(Connected):
    """Rows of the table `extracted_asset`."""

    async def insert_assets(
        self, run_id: UUID, assets: Sequence[AssetExtracted], now: datetime, after: int = 0
    ) -> None:
        """Add what a run found, numbered in its order from `after` + 1."""
        await self._connection.execute(
            """
            INSERT INTO extracted_asset (
                   id, run_id, number, asset_type, name, aliases, description, attributes, scene_numbers, evidence,
                   confidence, created_at)
            SELECT extracted_asset_id, $1, $4 + number, asset_type, name, aliases, description, attributes,
                   scene_numbers, evidence, confidence, $3
              FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (
                       extracted_asset_id uuid, asset_type text, name text, aliases text[], description text,
                       attributes jsonb, scene_numbers integer[], evidence jsonb, confidence double precision
                   )) WITH ORDINALITY AS found (
                       extracted_asset_id, asset_type, name, aliases, description, attributes, scene_numbers, evidence,
                       confidence, number)
            """,
            run_id,
            [asset.model_dump(mode="json") for asset in assets],
            now,
            after,
        )

    async def update_assets(self, assets: Sequence[AssetExtracted]) -> None:
        """Keep findings as they are told again, each at its next version."""
        await self._connection.execute(
            """
            UPDATE extracted_asset
               SET aliases = found.aliases, description = found.description, attributes = found.attributes,
                   scene_numbers = found.scene_numbers, evidence = found.evidence, confidence = found.confidence,
                   version = version + 1
              FROM jsonb_to_recordset($1::jsonb) AS found (
                       extracted_asset_id uuid, aliases text[], description text, attributes jsonb,
                       scene_numbers integer[], evidence jsonb, confidence double precision)
             WHERE extracted_asset.id = found.extracted_asset_id
            """,
            [asset.model_dump(mode="json") for asset in assets],
        )

    async def merge_assets(self, merged: Mapping[UUID, UUID]) -> None:
        """Let each of these findings stand for another one of its run, at its next version."""
        await self._connection.execute(
            """
            UPDATE extracted_asset
               SET merged_into = merged.into_id, version = version + 1
              FROM unnest($1::uuid[], $2::uuid[]) AS merged (id, into_id)
             WHERE extracted_asset.id = merged.id
            """,
            list(merged),
            list(merged.values()),
        )

    async def list_told(self, run: Run) -> list[Told]:
        """Everything that a run has told, in its order."""
        rows = await self._connection.fetch(
            """
            SELECT id, version, merged_into, asset_type, name, aliases, description, attributes, scene_numbers,
                   evidence, confidence
              FROM extracted_asset
             WHERE run_id = $1
             ORDER BY number
            """,
            run.id,
        )
        return [
            Told(
                AssetExtracted(
                    extracted_asset_id=row["id"],
                    run_id=run.id,
                    script_id=run.script_id,
                    script_version=run.script_version,
                    project_id=run.project_id,
                    branch_id=run.branch_id,
                    asset_type=row["asset_type"],
                    name=row["name"],
                    aliases=tuple(row["aliases"]),
                    description=row["description"],
                    attributes=row["attributes"],
                    scene_numbers=tuple(row["scene_numbers"]),
                    evidence=tuple(row["evidence"]),
                    confidence=row["confidence"],
                ),
                row["version"],
                row["merged_into"] is not None,
            )
            for row in rows
        ]
