"""Statements on projects and branches."""

from uuid import UUID

from assets.adapters.store_connection import Connected
from assets.domain.names import name_key
from assets.domain.projects import Branch, Project


class ProjectStore(Connected):
    """Projects and their branches."""

    async def insert_project(self, project: Project) -> None:
        """Add a project."""
        await self._connection.execute(
            """
            INSERT INTO project (id, name, style_capsule_id, metadata, version, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            project.id,
            project.name,
            project.style_capsule_id,
            project.metadata,
            project.version,
            project.created_at,
            project.updated_at,
        )

    async def find_project(self, project_id: UUID) -> Project | None:
        """One project."""
        row = await self._connection.fetchrow(
            """
            SELECT id, name, style_capsule_id, metadata, version, created_at, updated_at
              FROM project
             WHERE id = $1
            """,
            project_id,
        )
        return None if row is None else Project(**row)

    async def lock_project(self, project_id: UUID) -> Project | None:
        """One project, FOR UPDATE."""
        row = await self._connection.fetchrow(
            """
            SELECT id, name, style_capsule_id, metadata, version, created_at, updated_at
              FROM project
             WHERE id = $1
               FOR UPDATE
            """,
            project_id,
        )
        return None if row is None else Project(**row)

    async def hold_project(self, project_id: UUID) -> bool:
        """Whether a project is there, FOR KEY SHARE: others may hold it too, nobody may delete it."""
        found: bool | None = await self._connection.fetchval(
            "SELECT true FROM project WHERE id = $1 FOR KEY SHARE", project_id
        )
        return found is not None

    async def update_project(self, project: Project) -> None:
        """Write what a person may change, and the version."""
        await self._connection.execute(
            """
            UPDATE project
               SET name = $2, style_capsule_id = $3, metadata = $4, version = $5, updated_at = $6
             WHERE id = $1
            """,
            project.id,
            project.name,
            project.style_capsule_id,
            project.metadata,
            project.version,
            project.updated_at,
        )

    async def delete_project(self, project_id: UUID) -> None:
        """Remove a project; its branches, their assets, requests, images and change sets go with it."""
        await self._connection.execute("DELETE FROM project WHERE id = $1", project_id)

    async def insert_branch(self, branch: Branch) -> bool:
        """Add a branch; False when the project has one of this name. Waits for whoever is adding the same."""
        status = await self._connection.execute(
            """
            INSERT INTO branch (
                   id, project_id, name, name_key, forked_from_branch_id, metadata, version, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT (project_id, name_key) DO NOTHING
            """,
            branch.id,
            branch.project_id,
            branch.name,
            name_key(branch.name),
            branch.forked_from_branch_id,
            branch.metadata,
            branch.version,
            branch.created_at,
            branch.updated_at,
        )
        return status == "INSERT 0 1"

    async def find_branch(self, branch_id: UUID) -> Branch | None:
        """One branch."""
        row = await self._connection.fetchrow(
            """
            SELECT id, project_id, name, forked_from_branch_id, metadata, version, created_at, updated_at
              FROM branch
             WHERE id = $1
            """,
            branch_id,
        )
        return None if row is None else Branch(**row)

    async def lock_branch(self, branch_id: UUID) -> Branch | None:
        """One branch, FOR UPDATE: whoever wants to add to it waits."""
        row = await self._connection.fetchrow(
            """
            SELECT id, project_id, name, forked_from_branch_id, metadata, version, created_at, updated_at
              FROM branch
             WHERE id = $1
               FOR UPDATE
            """,
            branch_id,
        )
        return None if row is None else Branch(**row)

    async def hold_branch(self, branch_id: UUID) -> Branch | None:
        """One branch, FOR KEY SHARE: others may hold it too, nobody may delete it."""
        row = await self._connection.fetchrow(
            """
            SELECT id, project_id, name, forked_from_branch_id, metadata, version, created_at, updated_at
              FROM branch
             WHERE id = $1
               FOR KEY SHARE
            """,
            branch_id,
        )
        return None if row is None else Branch(**row)

    async def branches_of(self, project_id: UUID) -> list[Branch]:
        """All branches of a project, oldest first."""
        rows = await self._connection.fetch(
            """
            SELECT id, project_id, name, forked_from_branch_id, metadata, version, created_at, updated_at
              FROM branch
             WHERE project_id = $1
             ORDER BY id
            """,
            project_id,
        )
        return [Branch(**row) for row in rows]

    async def delete_branch(self, branch_id: UUID) -> None:
        """Remove a branch; its assets, requests, images and change sets go with it."""
        await self._connection.execute("DELETE FROM branch WHERE id = $1", branch_id)
