"""Reads of one workspace without a transaction around them: each statement sets its own tenant, in one round trip.

Every statement of a READ COMMITTED transaction has a snapshot of its own anyway, so a transaction would add nothing to
reads but its two round trips.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Never
from uuid import UUID

if TYPE_CHECKING:
    import asyncpg

    from chassis.database import Connection


class OnlyReads(Exception):
    """A unit of work that only reads asked its connection for something else than rows."""


class TenantReads:
    """Stands for the connection while the store reads. Postgres refuses whatever would write."""

    def __init__(self, connection: "Connection", workspace_id: UUID) -> None:
        self._connection = connection
        self._tenant = str(workspace_id)

    async def fetch(self, sql: str, *arguments: object) -> "Sequence[asyncpg.Record]":
        """All rows."""
        return await self._connection.fetch(_as_tenant(sql, len(arguments)), *arguments, self._tenant)

    async def fetchrow(self, sql: str, *arguments: object) -> "asyncpg.Record | None":
        """The first row."""
        return await self._connection.fetchrow(_as_tenant(sql, len(arguments)), *arguments, self._tenant)

    async def fetchval(self, sql: str, *arguments: object) -> Any:
        """The first value of the first row."""
        return await self._connection.fetchval(_as_tenant(sql, len(arguments)), *arguments, self._tenant)

    def __getattr__(self, name: str) -> Never:
        """Anything else than asking for rows is for units of work that change something."""
        raise OnlyReads(f"{name} has no place in a unit of work that only reads")


@lru_cache(maxsize=512)
def _as_tenant(sql: str, used: int) -> str:
    """The statement `sql`, whose own parameters are $1 to $`used`, below one that sets tenant and read-only.

    The two OFFSETs keep the planner from merging the parts, and the reference to `tenant` makes it run that one first;
    were it otherwise, row-level security would find no tenant and fail.
    """
    return f"""
SELECT found.*
  FROM (SELECT set_config('app.workspace_id', ${used + 1}, true),
               set_config('transaction_read_only', 'on', true) AS read_only
        OFFSET 0) AS tenant,
       LATERAL (SELECT asked.* FROM (
{sql}
       ) AS asked WHERE tenant.read_only = 'on' OFFSET 0) AS found
"""  # noqa: S608 - statements of the stores
