import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sandbox import Sandbox, WidgetChanged
from sandbox.running import RunSandbox
from sandbox.spans import Spans

from chassis.problems import MEDIA_TYPE
from chassis.service import Process, RunRole

ID = "01970000-0000-7000-8000-000000000000"


def json_body(content: bytes) -> dict[str, Any]:
    return {"content": content, "headers": {"content-type": "application/json"}}


def form_body(content_type: str) -> dict[str, Any]:
    return {"content": b"nonsense", "headers": {"content-type": content_type}}


@pytest.mark.parametrize(
    ("request_line", "sent", "expected"),
    [
        ("GET /v1/nothing", {}, "404 route-not-found"),
        ("GET http://testserver/", {}, "404 route-not-found"),
        ("GET /v1/widgets/%00%ff", {}, "422 request-invalid"),
        ("PUT /v1/widgets", {"json": {}}, "405 method-not-allowed"),
        ("POST /v1/widgets", {"content": b"{}", "headers": {"content-type": "text/plain"}}, "415 content-unsupported"),
        ("POST /v1/widgets", {"content": b"{}"}, "415 content-unsupported"),
        ("POST /v1/widgets", json_body(b'{"name": "a", "\\ud800": 1}'), "422 request-invalid"),
        ("POST /v1/widgets", json_body(b'{"name": "\\ud800"}'), "422 request-invalid"),
        ("POST /v1/widgets", json_body(b'{"name": "a\\u0000b"}'), "422 value-unstorable"),
        ("POST /v1/widgets", json_body(b"[" * 50_000), "400 body-malformed"),
        ("POST /v1/pictures", {"json": {}}, "422 request-invalid"),
        ("POST /v1/pictures", form_body("multipart/form-data; boundary=x"), "400 body-malformed"),
        ("POST /v1/pictures", form_body("multipart/form-data"), "400 body-malformed"),
    ],
)
async def test_every_refusal_is_a_problem_document(
    run_sandbox: RunSandbox, request_line: str, sent: dict[str, Any], expected: str
) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        method, path = request_line.split(" ")
        answer = await client.request(method, path, **sent)
        assert f"{answer.status_code} {answer.json()['code']}" == expected
        assert answer.headers["content-type"] == MEDIA_TYPE
        assert ("allow" in answer.headers) == (answer.status_code == 405)
        assert await running.fetch("SELECT 1 FROM widget") == []


async def test_what_exists_already_is_a_conflict(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        answers = [await client.post(f"/v1/widgets/{ID}", json={"name": "lantern"}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [204, 409]
        assert answers[1].json()["code"] == "conflict"
        assert "widget_pkey" not in answers[1].text


async def test_a_repeated_post_is_answered_with_the_same_headers_and_body(
    run_sandbox: RunSandbox, spans: Spans
) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        first, second = [
            await client.post("/v1/widgets", json={"name": "lantern"}, headers={"Idempotency-Key": "a"})
            for _ in range(2)
        ]
        assert second.content == first.content
        for name in ("content-type", "etag", "location", "content-length"):
            assert second.headers[name] == first.headers[name]
        assert second.headers.get_list("content-length") == [str(len(first.content))]
        assert second.headers["idempotency-replayed"] == "true"
        assert second.headers["x-trace-id"] != first.headers["x-trace-id"]


async def test_an_answer_without_a_body_is_repeated_too(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        for replayed in (None, "true"):
            answer = await client.post(f"/v1/widgets/{ID}", json={"name": "lantern"}, headers={"Idempotency-Key": "a"})
            assert (answer.status_code, answer.content) == (204, b"")
            assert answer.headers.get("idempotency-replayed") == replayed


async def test_a_repeated_upload_is_recognised(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()

        async def upload(content: bytes) -> httpx.Response:
            files = {"picture": ("a.png", content, "image/png")}
            return await client.post("/v1/pictures", files=files, headers={"Idempotency-Key": "a"})

        answers = [await upload(b"\x89PNG" * 1000), await upload(b"\x89PNG" * 1000), await upload(b"\x89JPG" * 1000)]
        assert [answer.status_code for answer in answers] == [200, 200, 422]
        assert answers[0].json() == answers[1].json()
        assert len(await running.fetch("SELECT 1 FROM widget")) == 1


async def test_a_key_is_free_again_after_a_failure(run_sandbox: RunSandbox) -> None:
    calls = 0

    async def fail_once(_where: str) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError

    async with run_sandbox(Sandbox(fail_once)) as running:
        client = await running.http()
        answers = [
            await client.post("/v1/widgets", json={"name": name}, headers={"Idempotency-Key": "a"})
            for name in ("lantern", "rope")
        ]
        assert [answer.status_code for answer in answers] == [500, 201]
        assert len(await running.emitted()) == 1


async def test_the_same_key_in_many_workspaces_at_once_is_as_many_requests(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        clients = [await running.http(workspace_id=uuid4()) for _ in range(6)]
        answers = await asyncio.gather(
            *(
                client.post("/v1/widgets", json={"name": "a"}, headers={"Idempotency-Key": "a"})
                for client in clients * 2
            )
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len(await running.fetch("SELECT 1 FROM widget")) == 6


async def test_a_key_is_forgotten_after_a_day(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        client.headers["Idempotency-Key"] = "a"
        await client.post("/v1/widgets", json={"name": "a"})
        await running.fetch("UPDATE idempotency SET created_at = now() - interval '25 hours' RETURNING key")
        await running.process._relay.stop()
        async with Process(running.service, RunRole.RELAY):  # it sweeps when it starts, while the key is asked for
            again = await client.post("/v1/widgets", json={"name": "a"})
            while "idempotency-replayed" in again.headers:
                again = await client.post("/v1/widgets", json={"name": "a"})
        assert again.status_code == 201


class Body:
    """A request body in chunks, counting those that were taken."""

    def __init__(self, chunks: int) -> None:
        self.taken = 0
        self._chunks = chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(self._chunks):
            self.taken += 1
            yield b" " * 1000


async def test_a_body_is_refused_while_it_arrives(run_sandbox: RunSandbox) -> None:
    async with run_sandbox(max_body_bytes=5_000) as running:
        client = await running.http()
        body = Body(1000)
        answer = await client.post("/v1/widgets", content=body, headers={"content-type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
        assert body.taken <= 7


async def test_the_body_of_a_stranger_is_not_read(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        body = Body(10)
        answer = await client.post("/v1/widgets", content=body, headers={"Authorization": "Bearer nonsense"})
        assert answer.status_code == 401
        assert body.taken == 0


TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize("flags", ["00", "01"])
async def test_a_request_goes_on_with_the_trace_of_its_caller(
    run_sandbox: RunSandbox, spans: Spans, flags: str
) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        headers = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-{flags}", "tracestate": "vendor=a"}
        answer = await client.post("/v1/widgets", json={"name": "a"}, headers=headers)
        assert answer.headers["x-trace-id"] == TRACE
        [event] = await running.emitted(WidgetChanged)
        assert (event.envelope.traceparent or "").startswith(f"00-{TRACE}-")
        assert event.envelope.tracestate == "vendor=a"
        [span] = spans.named("POST /api/sandbox/v1/widgets")
        assert span.parent is not None
        assert format(span.parent.span_id, "016x") == "b7ad6b7169203331"


@pytest.mark.parametrize(
    "headers",
    [
        {"traceparent": "nonsense"},
        {"traceparent": f"00-{'0' * 32}-{'0' * 16}-01"},
        {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01\t"},
        {"traceparent": "x" * 10_000, "tracestate": "a=" + "b" * 20_000},
        {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "tracestate": "=,;=" * 5_000},
        {"X-Correlation-Id": "nonsense"},
        {"X-Correlation-Id": "x" * 5_000},
    ],
)
async def test_headers_that_make_no_sense_change_nothing(run_sandbox: RunSandbox, headers: dict[str, str]) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        answer = await client.post("/v1/widgets", json={"name": "a"}, headers=headers)
        assert answer.status_code == 201
        [event] = await running.emitted(WidgetChanged)
        assert event.headers["ce-correlationid"] == str(UUID(event.headers["ce-correlationid"]))
        assert len(str(event.headers)) < 10_000


async def test_a_caller_may_name_the_user_action(run_sandbox: RunSandbox) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        correlation = str(uuid4())
        await client.post("/v1/widgets", json={"name": "a"}, headers={"X-Correlation-Id": correlation})
        [event] = await running.emitted(WidgetChanged)
        assert event.headers["ce-correlationid"] == correlation
