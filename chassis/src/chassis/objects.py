"""Objects in any S3 store, asynchronously, with one client per process."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

import aioboto3
import aiohttp
from aiobotocore.config import AioConfig
from botocore.exceptions import ClientError, ConnectionError, HTTPClientError, IncompleteReadError
from opentelemetry.trace import SpanKind

from chassis.errors import ObjectNotFound, Problem
from chassis.settings import ServiceSettings
from chassis.telemetry import OBJECT_BUCKET, OBJECT_KEY, span

if TYPE_CHECKING:
    from types_aiobotocore_s3 import S3Client

CONNECTIONS = 50
_AWAY = (ConnectionError, HTTPClientError, IncompleteReadError, aiohttp.ClientError, OSError)


class ObjectStoreUnavailable(Problem):
    """The object store does not answer just now."""

    code = "object-store-unavailable"
    kind = "unavailable"


class ObjectStoreRefused(Problem):
    """The object store refused the request."""

    code = "object-store-refused"
    kind = "bug"


@cache
def _session() -> aioboto3.Session:
    """One per process: it reads megabytes of JSON about Amazon's services, and keeps no connection."""
    return aioboto3.Session()


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What the store says of one object; `sha256` is what the writer recorded, None when it recorded none."""

    key: str
    bytes: int
    content_type: str
    sha256: str | None


class ObjectStore:
    """One bucket. `async with` opens the client; every call to the store is one span.

    Raises `ObjectNotFound`, `ObjectStoreUnavailable` (worth retrying) or `ObjectStoreRefused`.
    """

    def __init__(self, settings: ServiceSettings) -> None:
        self._settings = settings
        self._bucket = settings.s3_bucket
        self._stack = AsyncExitStack()
        self._client: S3Client
        self._public: S3Client

    async def __aenter__(self) -> Self:
        """Open the clients: one for the store as we reach it, one that signs URLs as others reach it."""
        session = _session()
        self._client = await self._stack.enter_async_context(self._open(session, self._settings.s3_endpoint))
        public = self._settings.s3_public_url or self._settings.s3_endpoint
        self._public = await self._stack.enter_async_context(self._open(session, public))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the clients."""
        await self._stack.aclose()

    def _open(self, session: aioboto3.Session, endpoint: str) -> AbstractAsyncContextManager["S3Client"]:
        return session.client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=self._settings.s3_region,
            aws_access_key_id=self._settings.s3_access_key or None,
            aws_secret_access_key=self._settings.s3_secret_key.get_secret_value() or None,
            config=AioConfig(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                max_pool_connections=CONNECTIONS,
                connect_timeout=3,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
            ),
        )

    async def put(self, key: str, body: bytes, content_type: str, sha256: str) -> None:
        """Store an object with its checksum (hex) beside it."""
        async with self._call("put", key):
            await self._client.put_object(
                Bucket=self._bucket, Key=key, Body=body, ContentType=content_type, Metadata={"sha256": sha256}
            )

    async def get(self, key: str) -> bytes:
        """The bytes of an object."""
        async with self._call("get", key):
            answer = await self._client.get_object(Bucket=self._bucket, Key=key)
            async with answer["Body"]:  # gives the connection back, however reading ends
                body: bytes = await answer["Body"].read()
            return body

    async def head(self, key: str) -> StoredObject:
        """Size, type and recorded checksum of an object."""
        async with self._call("head", key):
            answer = await self._client.head_object(Bucket=self._bucket, Key=key)
            metadata = answer.get("Metadata", {})
            return StoredObject(key, answer["ContentLength"], answer.get("ContentType", ""), metadata.get("sha256"))

    async def copy(self, source: str, key: str) -> None:
        """Copy an object within the bucket, on the server."""
        async with self._call("copy", key, needed=source):
            await self._client.copy_object(
                Bucket=self._bucket, Key=key, CopySource={"Bucket": self._bucket, "Key": source}
            )

    async def delete(self, key: str) -> None:
        """Remove an object; nothing happens when it is gone already."""
        async with self._call("delete", key):
            await self._client.delete_object(Bucket=self._bucket, Key=key)

    async def list_keys(self, prefix: str) -> list[str]:
        """Keys below a prefix, in order."""
        async with self._call("list", prefix):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            return [item["Key"] async for page in pages for item in page.get("Contents", [])]

    async def presign(self, key: str, seconds: int = 900, file_name: str | None = None) -> str:
        """URL under which anybody can read the object for `seconds`."""
        parameters = {"Bucket": self._bucket, "Key": key}
        if file_name is not None:
            parameters["ResponseContentDisposition"] = f"inline; filename*=UTF-8''{quote(file_name)}"
        url: str = await self._public.generate_presigned_url("get_object", Params=parameters, ExpiresIn=seconds)
        return url

    @asynccontextmanager
    async def _call(self, operation: str, key: str, needed: str | None = None) -> AsyncIterator[None]:
        """A span around one call; `needed` is the key that must exist when it is not `key`."""
        with span(f"s3 {operation}", {OBJECT_BUCKET: self._bucket, OBJECT_KEY: key}, SpanKind.CLIENT):
            try:
                yield
            except ClientError as error:
                raise _problem(error, needed or key) from error
            except _AWAY as error:
                raise ObjectStoreUnavailable(f"{operation} {key}: {error}") from error


def _problem(error: ClientError, key: str) -> Problem:
    code = str(error.response.get("Error", {}).get("Code", ""))
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    if code in {"404", "NoSuchKey"}:
        return ObjectNotFound(f"no object {key}")
    if status >= 500 or status == 429 or code in {"SlowDown", "RequestTimeout", "RequestTimeTooSkewed"}:
        return ObjectStoreUnavailable(f"{code}: {key}")
    return ObjectStoreRefused(f"{code or status}: {key}")
