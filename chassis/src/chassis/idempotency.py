"""`Idempotency-Key`: the first answer again for the same request, and no other effect."""

import hashlib

from python_multipart.multipart import parse_options_header
from starlette.requests import Request
from starlette.responses import Response

from chassis.database import Connection
from chassis.errors import IdempotencyKeyInvalid, IdempotencyMismatch
from chassis.work import Cause

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"

_INSERT = """
INSERT INTO idempotency (workspace_id, key, request_hash) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING
RETURNING key
"""
_SELECT = "SELECT request_hash, status, headers, body FROM idempotency WHERE workspace_id = $1 AND key = $2"
_REMEMBER = "UPDATE idempotency SET status = $3, headers = $4, body = $5 WHERE workspace_id = $1 AND key = $2"


def key_of(request: Request) -> str | None:
    """The key of a POST; None when there is none. Raises `IdempotencyKeyInvalid`."""
    key = request.headers.get(HEADER) if request.method == "POST" else None
    if key is not None and not (0 < len(key) <= 200 and key.isprintable()):
        raise IdempotencyKeyInvalid
    return key


async def replay(connection: Connection, cause: Cause, key: str, request: Request) -> Response | None:
    """Claim the key in this transaction, or return the first answer given under it.

    A concurrent request with the same key waits here until the first has committed. Raises `IdempotencyMismatch`.
    """
    wanted = await request_hash(request)
    while await connection.fetchval(_INSERT, cause.workspace_id, key, wanted) is None:
        row = await connection.fetchrow(_SELECT, cause.workspace_id, key)
        if row is None:
            continue  # it was old, and forgotten in between
        if row["request_hash"] != wanted:
            raise IdempotencyMismatch("use a new key for a new request")
        return Response(row["body"], row["status"], {**row["headers"], REPLAYED: "true"})
    return None


async def remember(connection: Connection, cause: Cause, key: str, response: Response) -> None:
    """Keep an answer beside its effect, in the same transaction."""
    headers = dict(response.headers)
    await connection.execute(_REMEMBER, cause.workspace_id, key, response.status_code, headers, bytes(response.body))


async def request_hash(request: Request) -> bytes:
    """What tells two requests under one key apart: method, address and body."""
    digest = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    body = await request.body()
    content_type, options = parse_options_header(request.headers.get("content-type"))
    if content_type.startswith(b"multipart/") and options.get(b"boundary"):
        # The boundary is chosen anew for each request; the parts between them are what counts.
        body = body.replace(b"--" + options[b"boundary"], b"--")
    digest.update(body)
    return digest.digest()
