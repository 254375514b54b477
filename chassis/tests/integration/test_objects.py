import hashlib
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from botocore.exceptions import ClientError, ParamValidationError
from sandbox.spans import Spans

from chassis.errors import ObjectNotFound
from chassis.objects import ObjectStore, ObjectStoreRefused, ObjectStoreUnavailable, _problem
from chassis.outcomes import blame
from chassis.settings import ServiceSettings
from dramatis.servers.seaweed import S3Address

PICTURE = b"\x89PNG" + bytes(range(256)) * 64


def settings(s3: S3Address, **other: object) -> ServiceSettings:
    known: dict[str, object] = {
        "database_url": "postgres://",
        "nats_url": "nats://",
        "s3_endpoint": s3.endpoint,
        "s3_access_key": s3.access_key,
        "s3_secret_key": s3.secret_key,
        "s3_bucket": s3.bucket,
    }
    return ServiceSettings(**(known | other))  # type: ignore[arg-type] # its own fields


@pytest.fixture
async def objects(s3_server: S3Address) -> AsyncIterator[ObjectStore]:
    async with ObjectStore(settings(s3_server)) as store:
        yield store


@pytest.fixture
def key() -> str:
    return f"chassis/{uuid4()}/Ünïcode name+%.png"


async def test_an_object_comes_back_as_it_was_put(objects: ObjectStore, key: str) -> None:
    digest = hashlib.sha256(PICTURE).hexdigest()
    await objects.put(key, PICTURE, "image/png", digest)
    assert await objects.get(key) == PICTURE
    stored = await objects.head(key)
    assert (stored.key, stored.bytes, stored.content_type, stored.sha256) == (key, len(PICTURE), "image/png", digest)


async def test_a_copy_is_the_same_object_under_another_key(objects: ObjectStore, key: str) -> None:
    await objects.put(key, PICTURE, "image/png", "abc")
    await objects.copy(key, f"{key}.copy")
    copied = await objects.head(f"{key}.copy")
    assert (copied.bytes, copied.content_type, copied.sha256) == (len(PICTURE), "image/png", "abc")


async def test_a_deleted_object_is_gone_and_deleting_it_again_does_nothing(objects: ObjectStore, key: str) -> None:
    await objects.put(key, PICTURE, "image/png", "abc")
    for _ in range(2):
        await objects.delete(key)
        with pytest.raises(ObjectNotFound):
            await objects.head(key)


async def test_keys_are_listed_in_order_below_their_prefix(objects: ObjectStore, key: str) -> None:
    for name in ("b", "a", "c"):
        await objects.put(f"{key}/{name}", b"", "text/plain", "abc")
    assert await objects.list_keys(f"{key}/") == [f"{key}/{name}" for name in "abc"]
    assert await objects.list_keys(f"{key}/nothing") == []


async def test_anybody_can_read_a_presigned_address_for_a_while(objects: ObjectStore, key: str) -> None:
    await objects.put(key, PICTURE, "image/png", "abc")
    address = await objects.presign(key, seconds=60, file_name='a "quoted"\r\nname é.png')
    async with httpx.AsyncClient() as client:
        answer = await client.get(address)
        assert (answer.status_code, answer.content) == (200, PICTURE)
        assert answer.headers["content-disposition"].startswith("inline; filename*=UTF-8''a%20%22quoted%22%0D%0Aname")
        forged = await client.get(address.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"))
        assert forged.status_code == 403
    assert "X-Amz-Signature" in address


async def test_presigned_addresses_name_the_store_as_others_reach_it(s3_server: S3Address) -> None:
    async with ObjectStore(settings(s3_server, s3_public_url="https://files.example.org")) as store:
        assert (await store.presign("a")).startswith(f"https://files.example.org/{s3_server.bucket}/a?")


@pytest.mark.parametrize("operation", ["get", "head", "copy"])
async def test_what_is_not_there_is_not_found(objects: ObjectStore, key: str, operation: str) -> None:
    calls = {"get": objects.get(key), "head": objects.head(key), "copy": objects.copy(key, f"{key}.copy")}
    wanted = calls.pop(operation)
    for other in calls.values():
        other.close()
    with pytest.raises(ObjectNotFound) as missing:
        await wanted
    assert str(missing.value) == f"no object {key}"
    assert blame(missing.value) == "problem"


@pytest.mark.parametrize("operation", ["put", "get"])
async def test_a_store_that_is_away_is_an_outage(s3_server: S3Address, operation: str) -> None:
    async with ObjectStore(settings(s3_server, s3_endpoint="http://127.0.0.1:1")) as away:
        calls = {"put": away.put("a", b"", "text/plain", ""), "get": away.get("a")}
        wanted = calls.pop(operation)
        for other in calls.values():
            other.close()
        with pytest.raises(ObjectStoreUnavailable) as outage:
            await wanted
        assert blame(outage.value) == "outage"


@pytest.mark.parametrize(
    ("code", "status", "told"),
    [
        ("NoSuchKey", 404, ObjectNotFound),
        ("InternalError", 500, ObjectStoreUnavailable),
        ("503", 503, ObjectStoreUnavailable),
        ("TooManyRequests", 429, ObjectStoreUnavailable),
        ("SlowDown", 400, ObjectStoreUnavailable),
        ("AccessDenied", 403, ObjectStoreRefused),
        ("", 0, ObjectStoreRefused),
    ],
)
def test_what_the_store_answers_is_told_apart(code: str, status: int, told: type[Exception]) -> None:
    answer = ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "GetObject")  # type: ignore[typeddict-item] # as far as it is looked at
    assert type(_problem(answer, "a")) is told


@pytest.mark.parametrize("wrong", [{"s3_secret_key": "nonsense"}, {"s3_bucket": "no-such-bucket"}], ids=str)
async def test_a_store_that_is_set_up_wrongly_is_no_missing_object(s3_server: S3Address, wrong: dict[str, str]) -> None:
    async with ObjectStore(settings(s3_server, **wrong)) as store:
        with pytest.raises(ObjectStoreRefused) as refused:
            await store.get("a")
        assert blame(refused.value) == "problem"


async def test_a_call_that_makes_no_sense_is_a_bug_and_no_outage(objects: ObjectStore) -> None:
    with pytest.raises(ParamValidationError) as nonsense:
        await objects.get("")
    assert blame(nonsense.value) == "bug"


async def test_every_call_is_one_span_that_names_bucket_and_key(
    objects: ObjectStore, s3_server: S3Address, key: str, spans: Spans
) -> None:
    await objects.put(key, PICTURE, "image/png", "abc")
    with pytest.raises(ObjectNotFound):
        await objects.get(f"{key}.missing")
    put, get = spans.named("s3 put")[0], spans.named("s3 get")[0]
    assert put.attributes == {"aws.s3.bucket": s3_server.bucket, "aws.s3.key": key}
    assert (get.attributes or {})["error.type"] == "ObjectNotFound"
    assert (put.status.is_ok or put.status.is_unset, get.status.is_ok) == (True, False)
