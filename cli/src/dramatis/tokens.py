"""Tokens of the local stack: JWTs signed with its shared secret."""

from datetime import timedelta
from uuid import UUID

import jwt

from chassis.ids import now

DAY = timedelta(days=1)


def make_token(
    secret: str, workspace_id: UUID, *, role: str = "owner", subject: str = "me", ttl: timedelta = DAY
) -> str:
    """A token for `subject` in one workspace as owner, editor or viewer."""
    issued = now()
    claims = {"sub": subject, "workspace_id": str(workspace_id), "role": role, "iat": issued, "exp": issued + ttl}
    return jwt.encode(claims, secret, algorithm="HS256")
