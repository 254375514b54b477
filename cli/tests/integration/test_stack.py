from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aioboto3
import asyncpg
import httpx
import nats
import pytest
from aiobotocore.config import AioConfig

from chassis.auth import Authenticator, Role
from chassis.settings import ServiceSettings
from dramatis.stack import FolderInUse, LocalStack, StackOptions, read_state
from dramatis.stack.local import UnknownProcess

if TYPE_CHECKING:
    from types_aiobotocore_s3.type_defs import CopySourceTypeDef

StubOptions = Callable[..., StackOptions]


def test_the_state_is_complete_and_readable_by_its_owner_alone(stack: LocalStack) -> None:
    state = read_state(stack.folder)
    assert state == stack.state
    assert state.ready
    assert set(state.running()) == {"postgres", "nats", "s3", "traces", "caddy", "assets", "imagegen"}
    assert all(state.running().values())
    for name in ("stack.json", "secret", "nats/nats.json", "s3/identities.json"):
        assert (stack.folder / name).stat().st_mode & 0o077 == 0, name


def test_everything_is_behind_one_origin(stack: LocalStack) -> None:
    with httpx.Client(base_url=stack.state.origin) as client:
        assert client.get("/").json()["services"]["assets"]["docs"] == "/api/assets/docs"
        assert "Dramatis" in client.get("/", headers={"accept": "text/html"}).text
        assert client.get("/api/assets/v1/projects?limit=2").json()["path"] == "/api/assets/v1/projects?limit=2"
        assert client.get("/traces").status_code == 200
        missing = client.get("/nothing")
        assert (missing.status_code, missing.json()["code"]) == (404, "not-found")


def test_a_service_is_told_everything_it_needs(stack: LocalStack) -> None:
    state = stack.state
    assert state.postgres is not None
    assert state.nats is not None
    assert state.s3 is not None
    told = httpx.get(f"{state.services['imagegen']}/x").json()["settings"]
    assert told["DRAMATIS_DATABASE_URL"] == state.postgres.databases["imagegen"].app_url
    assert (told["DRAMATIS_NATS_USER"], told["DRAMATIS_NATS_URL"]) == ("imagegen", state.nats.url)
    assert told["DRAMATIS_NATS_PASSWORD"] == state.nats.passwords["imagegen"]
    assert told["DRAMATIS_S3_PUBLIC_URL"] == state.origin
    assert told["DRAMATIS_OTLP_ENDPOINT"] == state.otlp_endpoint
    known = {f"DRAMATIS_{name.upper()}" for name in ServiceSettings.model_fields}
    assert set(told) - {"DRAMATIS_INFRA"} <= known


async def test_the_token_is_an_owners(stack: LocalStack) -> None:
    settings = ServiceSettings(database_url="-", nats_url="-", jwt_secret=stack.state.jwt_secret)
    identity = await Authenticator(settings).identify(f"Bearer {stack.state.token}")
    assert (identity.workspace_id, identity.role) == (stack.state.workspace_id, Role.OWNER)


async def test_databases_are_migrated_and_streams_made(stack: LocalStack) -> None:
    assert stack.state.postgres is not None
    connection = await asyncpg.connect(stack.state.postgres.databases["assets"].app_url)
    try:
        assert await connection.fetchval("SELECT count(*) FROM thing") == 0
    finally:
        await connection.close()
    assert stack.state.nats is not None
    client = await nats.connect(stack.state.nats.url, user="operator", password=stack.state.nats.passwords["operator"])
    try:
        names = {info.config.name for info in await client.jetstream().streams_info()}
        assert {"ASSETS", "WORK_ASSETS", "DEAD"} <= names
    finally:
        await client.close()


async def test_a_presigned_url_works_at_the_origin(stack: LocalStack) -> None:
    s3 = stack.state.s3
    assert s3 is not None
    config = AioConfig(signature_version="s3v4", s3={"addressing_style": "path"})
    session = aioboto3.Session(s3.access_key, s3.secret_key, region_name=s3.region)
    target: CopySourceTypeDef = {"Bucket": s3.bucket, "Key": "w/master-assets/a b.txt"}
    async with session.client("s3", endpoint_url=s3.public_url, config=config) as public:
        put = await public.generate_presigned_url("put_object", Params=target)
        get = await public.generate_presigned_url("get_object", Params=target)
    async with httpx.AsyncClient() as client:
        assert urlsplit(get).netloc == urlsplit(stack.state.origin).netloc
        assert (await client.put(put, content=b"drawn")).status_code == 200
        assert (await client.get(get)).content == b"drawn"
        assert (await client.get(get.replace("X-Amz-Signature=", "X-Amz-Signature=0"))).status_code == 403
    async with session.client("s3", endpoint_url=s3.endpoint, config=config) as inside:
        listed = await inside.list_objects_v2(Bucket=s3.bucket, Prefix="w/")
        assert [each["Key"] for each in listed["Contents"]] == [target["Key"]]
        await inside.copy_object(Bucket=s3.bucket, Key="copy", CopySource=target)
        await inside.delete_object(Bucket=s3.bucket, Key="copy")
        with pytest.raises(inside.exceptions.ClientError, match="AccessDenied"):
            await inside.create_bucket(Bucket="another")


def test_a_killed_service_is_a_clear_502_and_comes_back_where_it_was(stack: LocalStack) -> None:
    url = f"{stack.state.services['assets']}/x"
    before = httpx.get(url).json()
    stack.kill("assets")
    broken = httpx.get(url)
    assert (broken.status_code, broken.json()["code"]) == (502, "service-unavailable")
    assert broken.headers["content-type"] == "application/problem+json"
    assert stack.state.running()["assets"] is False
    stack.start("assets")
    after = httpx.get(url).json()
    assert after["pid"] != before["pid"]
    assert after["settings"] == before["settings"]
    assert stack.state.running()["assets"] is True


def test_one_process_restarts_without_the_others(stack: LocalStack) -> None:
    before = {identity.name: identity.pid for identity in stack.state.processes}
    stack.restart("nats")
    after = {identity.name: identity.pid for identity in stack.state.processes}
    assert {name for name in after if after[name] != before[name]} == {"nats"}
    with pytest.raises(UnknownProcess, match="postgres"):
        stack.restart("nobody")


def test_a_second_parent_is_refused_and_disturbs_nothing(stack: LocalStack) -> None:
    with pytest.raises(FolderInUse, match="dramatis down"):
        LocalStack(stack.folder, StackOptions(services=())).up()
    assert all(stack.state.running().values())
    assert read_state(stack.folder) == stack.state


def test_two_stacks_run_side_by_side(stack: LocalStack, folder: Path, stub_options: StubOptions) -> None:
    with LocalStack(folder, stub_options("assets", split=True)) as second:
        assert second.state.origin != stack.state.origin
        assert second.state.jwt_secret != stack.state.jwt_secret
        assert {"assets-api", "assets-worker", "assets-relay"} <= set(second.state.running())
        assert httpx.get(f"{second.state.services['assets']}/x").json()["role"] == "api"
        second.restart("assets-worker")
        second.restart("assets")
        assert all(second.state.running().values())
    assert not any(identity.process() for identity in second.state.processes)
    assert all(stack.state.running().values())
