"""Statements on what extraction runs say: findings that are others, and change sets."""

from datetime import datetime
from uuid import UUID

from assets.adapters.store_connection import Connected
from assets.domain.projects import Place


class FindingStore(Connected):
    """Findings that have turned out to be others, and the change sets of extraction runs."""

    async def note_merged_finding(
        self, finding_id: UUID, branch_id: UUID, into: tuple[UUID, str], now: datetime
    ) -> None:
        """Remember that a finding is another one, given as its id and name."""
        await self._connection.execute(
            """
            INSERT INTO merged_finding (id, branch_id, into_id, into_name, created_at)
            VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT DO NOTHING
            """,
            finding_id,
            branch_id,
            *into,
            now,
        )

    async def find_merged_into(self, finding_id: UUID) -> tuple[UUID, str] | None:
        """Id and name of the finding that this one is; None when it is no other one that is known."""
        row = await self._connection.fetchrow(
            "SELECT into_id, into_name FROM merged_finding WHERE id = $1 AND into_id IS NOT NULL", finding_id
        )
        return None if row is None else (row["into_id"], row["into_name"])

    async def is_merged_finding(self, finding_id: UUID) -> bool:
        """Whether a finding is known to be another one."""
        found: bool = await self._connection.fetchval(
            "SELECT EXISTS (SELECT FROM merged_finding WHERE id = $1)", finding_id
        )
        return found

    async def open_change_set(self, run_id: UUID, place: Place, now: datetime) -> None:
        """Begin the change set of a run, unless it has one."""
        await self._connection.execute(
            """
            INSERT INTO change_set (id, project_id, branch_id, state, created_at)
            VALUES ($1, $2, $3, 'open', $4)
                ON CONFLICT DO NOTHING
            """,
            run_id,
            place.project_id,
            place.branch_id,
            now,
        )

    async def close_change_set(self, run_id: UUID, place: Place, now: datetime) -> None:
        """End the change set of a run; it may be the first that is heard of the run."""
        await self._connection.execute(
            """
            INSERT INTO change_set (id, project_id, branch_id, state, created_at, closed_at)
            VALUES ($1, $2, $3, 'closed', $4, $4)
                ON CONFLICT (workspace_id, id) DO UPDATE
               SET state = 'closed', closed_at = excluded.closed_at
             WHERE change_set.state = 'open'
            """,
            run_id,
            place.project_id,
            place.branch_id,
            now,
        )
