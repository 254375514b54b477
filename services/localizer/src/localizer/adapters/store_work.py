"""SQL of the tasks: claims, and what ends them under the claim's token."""

from uuid import UUID

from chassis.database import Connection
from chassis.tasks import Failure
from localizer.domain.keys import CopyKeys
from localizer.domain.localization import Copy


class WorkStore:
    """What the tasks `copy` and `remove` do to their row; nothing changes under another's token."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def claim_copy(self, localization_id: UUID, token: UUID) -> bool:
        """Take a queued row, or one whose worker has gone or is slow; False when there is nothing to copy."""
        status = await self._connection.execute(
            """
            UPDATE localization
               SET state = 'running', claim_token = $2, attempts = attempts + 1, updated_at = now()
             WHERE id = $1 AND state IN ('queued', 'running')
            """,
            localization_id,
            token,
        )
        return status == "UPDATE 1"

    async def settle_copy(self, localization_id: UUID, token: UUID, copy: Copy) -> int | None:
        """Record a stored copy; the new version."""
        version: int | None = await self._connection.fetchval(
            """
            UPDATE localization
               SET state = 'localized', claim_token = NULL, sha256 = $3, bytes = $4, width = $5, height = $6,
                   content_type = $7, failure_stage = NULL, error_class = NULL, message = NULL,
                   version = version + 1, updated_at = now()
             WHERE id = $1 AND claim_token = $2 AND state = 'running'
            RETURNING version
            """,
            localization_id,
            token,
            copy.sha256,
            copy.bytes,
            copy.width,
            copy.height,
            copy.content_type,
        )
        return version

    async def release_copy(self, localization_id: UUID, token: UUID, failure: Failure) -> bool:
        """Queue the row again after a failed try."""
        status = await self._connection.execute(
            """
            UPDATE localization
               SET state = 'queued', claim_token = NULL, failures = failures + 1, failure_stage = $3,
                   error_class = $4, message = $5, updated_at = now()
             WHERE id = $1 AND claim_token = $2 AND state = 'running'
            """,
            localization_id,
            token,
            failure.stage,
            failure.error_class,
            failure.message,
        )
        return status == "UPDATE 1"

    async def fail_copy(self, localization_id: UUID, token: UUID, failure: Failure) -> int | None:
        """Record the last failed try; the new version."""
        version: int | None = await self._connection.fetchval(
            """
            UPDATE localization
               SET state = 'failed', claim_token = NULL, failures = failures + 1, failure_stage = $3,
                   error_class = $4, message = $5, version = version + 1, updated_at = now()
             WHERE id = $1 AND claim_token = $2 AND state = 'running'
            RETURNING version
            """,
            localization_id,
            token,
            failure.stage,
            failure.error_class,
            failure.message,
        )
        return version

    async def requeue_overtaken(self, localization_id: UUID) -> bool:
        """Queue a row again whose object an overtaken worker took away; who holds it now loses it."""
        status = await self._connection.execute(
            """
            UPDATE localization
               SET state = 'queued', claim_token = NULL, sha256 = NULL, bytes = NULL, width = NULL, height = NULL,
                   content_type = NULL, version = version + 1, updated_at = now()
             WHERE id = $1 AND state IN ('queued', 'running', 'localized')
            """,
            localization_id,
        )
        return status == "UPDATE 1"

    async def is_removed(self, localization_id: UUID) -> bool:
        """Whether a row is marked as removed."""
        found: bool = await self._connection.fetchval(
            "SELECT EXISTS (SELECT 1 FROM localization WHERE id = $1 AND state = 'removed')", localization_id
        )
        return found

    async def claim_removal(self, localization_id: UUID, token: UUID) -> tuple[CopyKeys, int] | None:
        """Take a removed row, whether or not its objects were taken away before; its keys and failed tries."""
        row = await self._connection.fetchrow(
            """
            UPDATE localization
               SET claim_token = $2, updated_at = now()
             WHERE id = $1 AND state = 'removed'
            RETURNING key, thumbnail_key, failures
            """,
            localization_id,
            token,
        )
        return None if row is None else (CopyKeys(row["key"], row["thumbnail_key"]), row["failures"])

    async def settle_removal(self, localization_id: UUID, token: UUID) -> bool:
        """Record that the objects are gone."""
        status = await self._connection.execute(
            """
            UPDATE localization
               SET claim_token = NULL, objects_removed_at = now(), failures = 0, failure_stage = NULL,
                   error_class = NULL, message = NULL, version = version + 1, updated_at = now()
             WHERE id = $1 AND claim_token = $2 AND state = 'removed'
            """,
            localization_id,
            token,
        )
        return status == "UPDATE 1"

    async def fail_removal(self, localization_id: UUID, token: UUID, failure: Failure) -> bool:
        """Record a failed try."""
        status = await self._connection.execute(
            """
            UPDATE localization
               SET claim_token = NULL, failures = failures + 1, failure_stage = $3, error_class = $4, message = $5,
                   updated_at = now()
             WHERE id = $1 AND claim_token = $2 AND state = 'removed'
            """,
            localization_id,
            token,
            failure.stage,
            failure.error_class,
            failure.message,
        )
        return status == "UPDATE 1"
