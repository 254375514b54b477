"""Statements on script versions and their scenes."""

from collections.abc import Sequence
from uuid import UUID

from extraction.adapters.store_connection import Connected
from extraction.app.store import StoredFile
from extraction.domain.scripts import ScriptVersion
from extraction.domain.uploads import ScriptFile


class Scripts(Connected):
    """Rows of the tables `script_version` and `scene`."""

    async def insert_script_version(self, version: ScriptVersion, data: bytes) -> None:
        """Add a version with the bytes of its file."""
        await self._connection.execute(
            """
            INSERT INTO script_version (
                   id, script_id, project_id, branch_id, version, title, format, file_name, encoding, sha256, bytes,
                   scene_count, created_at, original)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            version.id,
            version.script_id,
            version.project_id,
            version.branch_id,
            version.version,
            version.title,
            version.format,
            version.file_name,
            version.encoding,
            version.sha256,
            version.bytes,
            version.scene_count,
            version.created_at,
            data,
        )

    async def insert_scenes(self, script_version_id: UUID, scene_ids: Sequence[UUID], file: ScriptFile) -> None:
        """Add the scenes of a version, one id for each."""
        scenes = file.scenes
        await self._connection.execute(
            """
            INSERT INTO scene (id, script_version_id, number, label, heading, setting, place, time_of_day, line)
            SELECT id, $1, number, label, heading, setting, place, time_of_day, line
              FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                          $9::integer[]) AS new (id, number, label, heading, setting, place, time_of_day, line)
            """,
            script_version_id,
            scene_ids,
            [scene.number for scene in scenes],
            [scene.label for scene in scenes],
            [scene.heading for scene in scenes],
            [scene.setting for scene in scenes],
            [scene.place for scene in scenes],
            [scene.time_of_day for scene in scenes],
            [scene.line for scene in scenes],
        )

    async def find_script_version(self, branch_id: UUID, version: int | None) -> ScriptVersion | None:
        """One version of a branch's script; the highest when `version` is None."""
        row = await self._connection.fetchrow(
            """
            SELECT id, script_id, project_id, branch_id, version, title, format, file_name, encoding, sha256, bytes,
                   scene_count, created_at
              FROM script_version
             WHERE branch_id = $1 AND ($2::integer IS NULL OR version = $2)
             ORDER BY version DESC
             LIMIT 1
            """,
            branch_id,
            version,
        )
        return None if row is None else ScriptVersion(**row)

    async def find_file(self, script_version_id: UUID) -> StoredFile:
        """The file of a version that is there."""
        row = await self._connection.fetchrow(
            "SELECT original AS data, format, file_name FROM script_version WHERE id = $1", script_version_id
        )
        assert row is not None, "nobody removes a version"
        return StoredFile(**row)
