"""Statements on projects, branches and style capsules, which belong to the assets service.

What an event does is one `execute`, given its workspace: such a unit of work is a single round trip.
"""

from uuid import UUID

from extraction.adapters.store_connection import Connected
from extraction.domain.places import Branch, Project


class Places(Connected):
    """Rows of the tables `project`, `branch` and `style_capsule`."""

    async def remember_project(
        self, workspace_id: UUID, project_id: UUID, name: str, style_capsule_id: UUID | None, version: int
    ) -> None:
        """Keep a project as it is at `version`; older news and news of a deleted project change nothing."""
        await self._connection.execute(
            """
            INSERT INTO project AS known (workspace_id, id, name, style_capsule_id, version)
            VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (workspace_id, id) DO UPDATE
               SET name = excluded.name, style_capsule_id = excluded.style_capsule_id, version = excluded.version,
                   updated_at = now()
             WHERE known.version < excluded.version AND NOT known.is_deleted
            """,
            workspace_id,
            project_id,
            name,
            style_capsule_id,
            version,
        )

    async def forget_project(self, workspace_id: UUID, project_id: UUID, name: str, version: int) -> None:
        """Mark a project as deleted, whether or not it was heard of before."""
        await self._connection.execute(
            """
            INSERT INTO project AS known (workspace_id, id, name, version, is_deleted)
            VALUES ($1, $2, $3, $4, true)
                ON CONFLICT (workspace_id, id) DO UPDATE
               SET version = greatest(known.version, excluded.version), is_deleted = true, updated_at = now()
             WHERE NOT known.is_deleted
            """,
            workspace_id,
            project_id,
            name,
            version,
        )

    async def remember_branch(
        self, workspace_id: UUID, branch_id: UUID, project_id: UUID, name: str, version: int
    ) -> None:
        """Keep a branch as it is at `version`; older news and news of a deleted branch change nothing."""
        await self._connection.execute(
            """
            INSERT INTO branch AS known (workspace_id, id, project_id, name, version)
            VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (workspace_id, id) DO UPDATE
               SET project_id = excluded.project_id, name = excluded.name, version = excluded.version,
                   updated_at = now()
             WHERE known.version < excluded.version AND NOT known.is_deleted
            """,
            workspace_id,
            branch_id,
            project_id,
            name,
            version,
        )

    async def forget_branch(
        self, workspace_id: UUID, branch_id: UUID, project_id: UUID, name: str, version: int
    ) -> None:
        """Mark a branch as deleted, whether or not it was heard of before."""
        await self._connection.execute(
            """
            INSERT INTO branch AS known (workspace_id, id, project_id, name, version, is_deleted)
            VALUES ($1, $2, $3, $4, $5, true)
                ON CONFLICT (workspace_id, id) DO UPDATE
               SET version = greatest(known.version, excluded.version), is_deleted = true, updated_at = now()
             WHERE NOT known.is_deleted
            """,
            workspace_id,
            branch_id,
            project_id,
            name,
            version,
        )

    async def remember_style_capsule(self, workspace_id: UUID, style_capsule_id: UUID, name: str, version: int) -> None:
        """Keep a style capsule as it is at `version`; older news and news of a deleted one change nothing."""
        await self._connection.execute(
            """
            INSERT INTO style_capsule AS known (workspace_id, id, name, version)
            VALUES ($1, $2, $3, $4)
                ON CONFLICT (workspace_id, id) DO UPDATE
               SET name = excluded.name, version = excluded.version, updated_at = now()
             WHERE known.version < excluded.version AND NOT known.is_deleted
            """,
            workspace_id,
            style_capsule_id,
            name,
            version,
        )

    async def forget_style_capsule(self, workspace_id: UUID, style_capsule_id: UUID, name: str, version: int) -> None:
        """Mark a style capsule as deleted, whether or not it was heard of before."""
        await self._connection.execute(
            """
            INSERT INTO style_capsule AS known (workspace_id, id, name, version, is_deleted)
            VALUES ($1, $2, $3, $4, true)
                ON CONFLICT (workspace_id, id) DO UPDATE
               SET version = greatest(known.version, excluded.version), is_deleted = true, updated_at = now()
             WHERE NOT known.is_deleted
            """,
            workspace_id,
            style_capsule_id,
            name,
            version,
        )

    async def find_project(self, project_id: UUID) -> Project | None:
        """One project; a style capsule counts until its deletion is known."""
        row = await self._connection.fetchrow(
            """
            SELECT id, is_deleted,
                   style_capsule_id IS NOT NULL AND NOT EXISTS (
                       SELECT 1 FROM style_capsule WHERE id = project.style_capsule_id AND is_deleted
                   ) AS has_style_capsule
              FROM project
             WHERE id = $1
            """,
            project_id,
        )
        return None if row is None else Project(**row)

    async def find_branch(self, branch_id: UUID) -> Branch | None:
        """One branch."""
        row = await self._connection.fetchrow("SELECT id, project_id, is_deleted FROM branch WHERE id = $1", branch_id)
        return None if row is None else Branch(**row)

    async def lock_branch(self, branch_id: UUID) -> Branch | None:
        """One branch, FOR UPDATE: whoever wants to add to it waits."""
        row = await self._connection.fetchrow(
            "SELECT id, project_id, is_deleted FROM branch WHERE id = $1 FOR UPDATE", branch_id
        )
        return None if row is None else Branch(**row)
