"""Keyset pagination: opaque cursors over ids that are ordered by the time of their making."""

import base64
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel
from starlette.responses import Response

from chassis.errors import CursorInvalid


@dataclass(frozen=True, slots=True)
class Page:
    """What a list is asked for: at most `limit` items with ids beyond `after`."""

    limit: int
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Items:
    """One page as Postgres made it: a JSON array, and the last id when there is more."""

    json: str
    next_after: UUID | None


class ListOf(BaseModel):
    """Base of the documented list answers; a subclass types `items`."""

    next_cursor: str | None = None


async def page_query(
    limit: Annotated[int, Query(ge=1, le=200, description="Most items to return.")] = 50,
    cursor: Annotated[str | None, Query(max_length=100, description="`next_cursor` of the page before.")] = None,
) -> Page:
    """Dependency of every list route; raises `CursorInvalid`. Like all dependencies asynchronous, or a thread runs it."""
    return Page(limit, None if cursor is None else _decode(cursor))


def list_response(items: Items) -> Response:
    """`{"items": […], "next_cursor": …}`; the items pass through as the bytes that Postgres made."""
    cursor = "null" if items.next_after is None else f'"{_encode(items.next_after)}"'
    return Response(f'{{"items":{items.json},"next_cursor":{cursor}}}', media_type="application/json")


def _encode(after: UUID) -> str:
    return base64.urlsafe_b64encode(after.bytes).decode().rstrip("=")


def _decode(cursor: str) -> UUID:
    try:
        return UUID(bytes=base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except ValueError as error:
        raise CursorInvalid("pass `next_cursor` of the page before, unchanged") from error
