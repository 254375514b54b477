"""Identifiers and time: the only places where either comes from."""

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUIDv7: unique, and ordered by the time of its making."""
    return uuid7()


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)
