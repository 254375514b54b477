import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Any
from uuid import uuid4

import pytest
from sandbox import Sandbox, WidgetChanged
from sandbox.running import RunSandbox

from chassis.work import Cause
from dramatis.testing.service import eventually


async def fail_once_called(_where: str) -> None:
    message = "a bug in the handler"
    raise RuntimeError(message)


async def test_a_post_commits_the_row_and_publishes_its_event(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        answer = await client.post("/v1/widgets", json={"name": "lantern"})
        assert answer.status_code == 201
        [event] = await running.emitted(WidgetChanged)
        assert event.data == {"widget_id": answer.json()["id"], "name": "lantern"}
        assert event.envelope.aggregate_version == 1
        assert event.envelope.workspace_id == running.workspace_id
        assert event.subject == f"sandbox.widget.changed.v1.{running.workspace_id}"


async def test_an_unexpected_error_rolls_everything_back_and_tells_no_stack(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(Sandbox(crash=fail_once_called)) as running:
        client = await running.http()
        answer = await client.post("/v1/widgets", json={"name": "lantern"})
        assert answer.status_code == 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "internal-error"
        assert "RuntimeError" not in answer.text
        assert "a bug in the handler" not in answer.text
        assert await running.fetch("SELECT 1 FROM widget") == []
        assert await running.emitted() == []


async def test_the_same_idempotency_key_gives_the_first_answer_and_one_effect(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        headers = {"Idempotency-Key": "once"}
        answers = await asyncio.gather(
            *(client.post("/v1/widgets", json={"name": "lantern"}, headers=headers) for _ in range(8))
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert sum("Idempotency-Replayed" in answer.headers for answer in answers) == 7
        assert len(await running.fetch("SELECT 1 FROM widget")) == 1
        assert len(await running.emitted()) == 1


async def test_the_same_idempotency_key_with_another_body_is_refused(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        headers = {"Idempotency-Key": "once"}
        await client.post("/v1/widgets", json={"name": "lantern"}, headers=headers)
        answer = await client.post("/v1/widgets", json={"name": "rope"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-mismatch")
        assert len(await running.fetch("SELECT 1 FROM widget")) == 1


async def test_an_idempotency_key_belongs_to_its_workspace(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        headers = {"Idempotency-Key": "once"}
        for workspace_id in (uuid4(), uuid4()):
            client = await running.http(workspace_id=workspace_id)
            answer = await client.post("/v1/widgets", json={"name": "lantern"}, headers=headers)
            assert "Idempotency-Replayed" not in answer.headers
        assert len(await running.fetch("SELECT 1 FROM widget")) == 2


async def test_a_failed_request_does_not_use_up_its_idempotency_key(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        headers = {"Idempotency-Key": "once"}
        refused = await client.post("/v1/widgets", json={"name": ""}, headers=headers)
        assert refused.status_code == 422
        accepted = await client.post("/v1/widgets", json={"name": "lantern"}, headers=headers)
        assert accepted.status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201, "tab\there"])
async def test_an_unusable_idempotency_key_is_refused(run_sandbox: RunSandbox, key: str) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        answer = await client.post("/v1/widgets", json={"name": "lantern"}, headers={"Idempotency-Key": key})
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-invalid")


async def test_a_change_needs_the_etag_of_what_was_read(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        widget = (await client.post("/v1/widgets", json={"name": "lantern"})).json()["id"]
        etag = (await client.get(f"/v1/widgets/{widget}")).headers["ETag"]
        body = {"name": "oil lantern"}
        without = await client.patch(f"/v1/widgets/{widget}", json=body)
        assert (without.status_code, without.json()["code"]) == (428, "if-match-required")
        first = await client.patch(f"/v1/widgets/{widget}", json=body, headers={"If-Match": etag})
        assert first.status_code == 200
        second = await client.patch(f"/v1/widgets/{widget}", json=body, headers={"If-Match": etag})
        assert second.status_code == 412


async def test_another_workspace_finds_nothing(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        widget = (await (await running.http()).post("/v1/widgets", json={"name": "lantern"})).json()["id"]
        stranger = await running.http(workspace_id=uuid4())
        answer = await stranger.get(f"/v1/widgets/{widget}")
        assert (answer.status_code, answer.json()["code"]) == (404, "widget-not-found")


@pytest.mark.parametrize("header", [None, "Basic x", "Bearer ", "Bearer nonsense"])
async def test_a_request_without_a_good_token_is_refused(run_sandbox: RunSandbox, header: str | None) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        del client.headers["Authorization"]
        headers = {} if header is None else {"Authorization": header}
        answer = await client.get(f"/v1/widgets/{uuid4()}", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_a_viewer_reads_and_changes_nothing(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        viewer = await running.http(role="viewer")
        answer = await viewer.post("/v1/widgets", json={"name": "lantern"})
        assert (answer.status_code, answer.json()["code"]) == (403, "role-forbidden")
        assert (await viewer.get(f"/v1/widgets/{uuid4()}")).status_code == 404


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b'{"name": "lantern"', 400, "body-malformed"),
        (b'{"name": 5}', 422, "request-invalid"),
        (b'{"name": "lantern", "colour": "red"}', 422, "request-invalid"),
        (b"[]", 422, "request-invalid"),
        (b"", 422, "request-invalid"),
        (b"\xff\xfe\x00", 400, "body-malformed"),
        (b'{"name": "' + b"x" * 200_000 + b'"}', 413, "body-too-large"),
    ],
)
async def test_a_bad_body_is_told_clearly(run_sandbox: RunSandbox, content: bytes, status: int, code: str) -> None:
    async with run_sandbox(max_body_bytes=100_000) as running:
        client = await running.http()
        answer = await client.post("/v1/widgets", content=content, headers={"content-type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["content-type"] == "application/problem+json"
        assert await running.fetch("SELECT 1 FROM widget") == []


async def test_unknown_addresses_and_methods_are_problems_too(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        assert (await client.get("/v1/gadgets")).json()["code"] == "route-not-found"
        assert (await client.put("/v1/widgets", json={})).json()["code"] == "method-not-allowed"


async def test_ready_tells_what_is_not_well(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()

        async def ready() -> bool:
            return (await client.get("http://testserver/health/ready")).status_code == 200

        await eventually(ready, "ready")
        running.process.stopping = True
        answer = await client.get("http://testserver/health/ready")
        assert (answer.status_code, answer.json()["checks"]["lifecycle"]) == (503, "shutting down")


async def test_what_a_route_prepares_is_done_before_its_transaction(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run_sandbox() as running:
        begun: list[Cause] = []
        begin = running.process.db.changing

        def changing(cause: Cause) -> AbstractAsyncContextManager[Any]:
            begun.append(cause)
            return begin(cause)

        monkeypatch.setattr(running.process.db, "changing", changing)
        client = await running.http()
        refused = await client.post("/v1/prepared", content=b"")
        assert (refused.status_code, refused.json()["code"], begun) == (422, "request-invalid", [])
        answer = await client.post("/v1/prepared", content=b"lantern")
        assert (answer.json(), len(begun)) == ({"prepared": "lantern", "transaction": True}, 1)
