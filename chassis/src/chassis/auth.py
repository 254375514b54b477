"""Who is calling: a verified JWT with `sub`, `workspace_id` and `role`."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum
from time import time
from typing import Any
from uuid import UUID

import jwt

from chassis.errors import Unauthorized, Unavailable
from chassis.settings import ServiceSettings

REMEMBERED_TOKENS = 1024
SHORTEST_SECRET = 32
ASYMMETRIC = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "EdDSA"]


class Role(StrEnum):
    """What a person may do in a workspace; viewers only read."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Identity:
    """A verified caller."""

    subject: str
    workspace_id: UUID
    role: Role
    expires_at: float


class Authenticator:
    """Verifies bearer tokens against a shared secret or a JWKS, and remembers those it has verified until they expire."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._secret = settings.jwt_secret.get_secret_value()
        self._jwks = jwt.PyJWKClient(settings.jwks_url, timeout=5) if settings.jwks_url else None
        self._audience = settings.jwt_audience or None
        self._known: OrderedDict[str, Identity] = OrderedDict()
        if not self._secret and self._jwks is None:
            message = "set DRAMATIS_JWT_SECRET or DRAMATIS_JWKS_URL: without one no token can be verified"
            raise ValueError(message)
        if self._jwks is None and len(self._secret.encode()) < SHORTEST_SECRET:
            message = (
                f"DRAMATIS_JWT_SECRET must have {SHORTEST_SECRET} bytes or more (RFC 7518, 3.2), or it can be guessed"
            )
            raise ValueError(message)

    async def identify(self, authorization: str | None) -> Identity:
        """Identity behind an Authorization header; raises `Unauthorized`."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthorized("send `Authorization: Bearer <token>`; `dramatis token` prints one for the local stack")
        known = self._known.get(token)
        if known is not None and known.expires_at > time():
            return known
        identity = await self._verify(token)
        self._known[token] = identity
        if len(self._known) > REMEMBERED_TOKENS:
            self._known.popitem(last=False)
        return identity

    async def _verify(self, token: str) -> Identity:
        try:
            key, algorithms = await self._key_for(token)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=algorithms,
                audience=self._audience,
                options={"require": ["exp", "sub"]},
                leeway=5,
            )
            return Identity(
                subject=str(claims["sub"]),
                workspace_id=UUID(str(claims["workspace_id"])),
                role=Role(claims["role"]),
                expires_at=float(claims["exp"]),
            )
        except jwt.ExpiredSignatureError as error:
            raise Unauthorized("the token has expired; get a new one") from error
        except jwt.PyJWTError as error:
            raise Unauthorized("the token cannot be verified") from error
        except (KeyError, ValueError, OverflowError) as error:
            raise Unauthorized(
                "the token lacks a valid workspace_id, role (owner, editor or viewer) or time of expiry"
            ) from error

    async def _key_for(self, token: str) -> tuple[Any, list[str]]:
        if self._jwks is None:
            return self._secret, ["HS256"]
        name = jwt.get_unverified_header(token).get("kid")
        try:
            signing_key = await asyncio.to_thread(self._jwks.get_signing_key, str(name))
        except (jwt.PyJWTError, ValueError) as error:
            cached = self._jwks.jwk_set_cache
            if isinstance(error, jwt.PyJWKClientConnectionError) or cached is None or cached.get() is None:
                raise Unavailable("the keys of the identity provider cannot be fetched just now") from error
            raise
        return signing_key.key, ASYMMETRIC
