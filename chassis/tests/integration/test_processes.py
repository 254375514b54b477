import asyncio
import contextlib
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sandbox import Store, WidgetChanged
from sandbox.collector import collector
from sandbox.events import widget_changed
from sandbox.running import Lines, RunSandbox
from sandbox.subprocess import SandboxProcess, sandbox_process

from chassis.service import Process, RunRole
from chassis.settings import ServiceSettings
from chassis.work import Cause
from contracts.subjects import event_subject
from dramatis.testing.service import ServiceUnderTest, eventually

ENDS_WITHIN = 15.0
TESTS = Path(__file__).parents[1]


@asynccontextmanager
async def only_outside(run: RunSandbox, **settings: object) -> AsyncIterator[ServiceUnderTest[Store]]:
    """The sandbox's database and streams, with no process of it in here."""
    async with run(role=RunRole.RELAY, **settings) as running:
        await running.process.__aexit__()
        yield running


async def publish(running: ServiceUnderTest[Store], widget: UUID) -> None:
    """One event for the sandbox, without waiting for what becomes of it."""
    message = widget_changed(widget, "lantern", 1)
    headers = {**message.headers, "ce-workspaceid": str(running.workspace_id)}
    subject = event_subject(WidgetChanged.TYPE, running.workspace_id)
    await running.js.publish(subject, message.data_bytes, headers=headers)


async def effects(running: ServiceUnderTest[Store]) -> dict[UUID, int]:
    return {row["id"]: row["effects"] for row in await running.fetch("SELECT id, effects FROM widget")}


async def test_a_terminated_process_finishes_its_work_and_leaves_nothing_unsaid(run_sandbox: RunSandbox) -> None:
    async with only_outside(run_sandbox) as running:
        widget = uuid4()
        with collector() as traces:
            async with sandbox_process(
                running.service.settings, RunRole.ALL, seconds=0.5, otlp_endpoint=traces.url
            ) as process:
                await publish(running, widget)
                await process.said("at work")
                process.terminate()
                assert await process.ended(ENDS_WITHIN) == 0
        assert process.lines[-1]["event"] == "stopped"
        assert await effects(running) == {widget: 1}
        assert await running.fetch("SELECT 1 FROM outbox") == []
        assert [event.data["name"] for event in await running.emitted(WidgetChanged)] == ["lantern", "an echo"]
        assert "sandbox.widget.changed.v1 process" in traces.names


async def test_a_terminated_process_hands_back_what_takes_too_long(run_sandbox: RunSandbox) -> None:
    async with only_outside(run_sandbox, ack_wait_seconds=3600) as running:
        settings, widget = running.service.settings, uuid4()
        async with sandbox_process(settings, RunRole.WORKER, seconds=3600, shutdown_seconds=0.3) as process:
            await publish(running, widget)
            await process.said("at work")
            process.terminate()
            assert await process.ended(ENDS_WITHIN) == 0
        assert await effects(running) == {}
        async with sandbox_process(settings, RunRole.WORKER) as process:
            await process.said("at work")

            async def done() -> bool:
                return await effects(running) == {widget: 1}

            await eventually(done, "the next process does it, once")


async def test_a_killed_process_loses_nothing(run_sandbox: RunSandbox) -> None:
    async with only_outside(run_sandbox, ack_wait_seconds=1) as running:
        settings, widget = running.service.settings, uuid4()
        cause = Cause(running.workspace_id, uuid4())
        async with Process(running.service, RunRole.API) as writer, writer.db.work(cause) as work:
            await work.store.insert(running.workspace_id, widget, "lantern")
            work.enqueue("paint", widget)
        async with sandbox_process(settings, RunRole.ALL, seconds=3600) as process:
            await process.said("at work")
        async with sandbox_process(settings, RunRole.ALL) as process:

            async def painted() -> bool:
                return [row["state"] for row in await running.fetch("SELECT state FROM widget")] == ["painted"]

            await eventually(painted, "the next process does it")
            assert [event.data["name"] for event in await running.emitted(WidgetChanged)].count("painted") == 1


@pytest.mark.parametrize("answers", ["refuses", "is silent"])
async def test_a_collector_that_is_away_holds_up_nothing(run_sandbox: RunSandbox, answers: str) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if answers == "is silent":
            silent.listen()
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}/v1/traces"
        async with only_outside(run_sandbox) as running:
            settings = running.service.settings
            async with sandbox_process(settings, RunRole.ALL, otlp_endpoint=endpoint) as process:
                for _ in range(20):
                    await publish(running, uuid4())
                await process.said("at work")
                process.terminate()
                assert await process.ended(ENDS_WITHIN) == 0
            assert process.lines[-1]["event"] != "started"


@pytest.mark.parametrize("away", ["database_url", "nats_url"])
async def test_a_process_that_still_waits_for_a_server_can_be_terminated(run_sandbox: RunSandbox, away: str) -> None:
    nowhere: dict[str, Any] = {
        "database_url": "postgresql://sandbox_app:x@127.0.0.1:1/sandbox",
        "nats_url": "nats://127.0.0.1:1",
    }
    async with only_outside(run_sandbox) as running:
        settings = running.service.settings
        async with sandbox_process(settings, RunRole.ALL, **{away: nowhere[away]}) as process:
            if away == "nats_url":
                await process.said("nats error")
            else:
                await process.said("starting")
            process.terminate()
            assert await process.ended(ENDS_WITHIN) == 0
        assert process.lines[-1]["event"] == "stopped while starting"


async def test_a_process_that_nats_throws_out_ends_for_its_orchestrator_to_notice(lines: Lines) -> None:
    async with only_outside(lines.run) as running:
        async with sandbox_process(running.service.settings, RunRole.ALL) as process:
            await process.said("started")
            lines.nats.say(b"-ERR 'User Authentication Expired'\r\n")
            assert await process.ended(ENDS_WITHIN) == 1
        assert process.lines[-1]["event"] == "nats closed the connection for good"


async def test_every_role_answers_for_its_health_and_only_an_api_for_more(run_sandbox: RunSandbox) -> None:
    async with only_outside(run_sandbox) as running:
        await asyncio.gather(*(answers_as(role, running.service.settings) for role in RunRole))


async def answers_as(role: RunRole, settings: ServiceSettings) -> None:
    async with sandbox_process(settings, role) as process:
        await process.said("started")
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{process.port}") as client:
            await listening(client)

            async def ready() -> bool:
                return (await client.get("/health/ready")).status_code == 200

            await eventually(ready, f"{role} is ready")
            assert (await client.get("/health/live")).json() == {"status": "live"}
            answer = await client.get(f"/api/sandbox/v1/widgets/{uuid4()}")
            assert answer.status_code == (401 if role in (RunRole.API, RunRole.ALL) else 404)
            assert answer.headers["content-type"] == "application/problem+json"
        process.terminate()
        assert await process.ended(ENDS_WITHIN) == 0


async def test_a_request_in_flight_is_answered_before_the_process_ends(run_sandbox: RunSandbox) -> None:
    async with only_outside(run_sandbox) as running:
        token = (await running.http()).headers["Authorization"]
        async with sandbox_process(running.service.settings, RunRole.API, seconds=0.5) as process:
            await process.said("started")
            async with api(process, token) as client:
                await listening(client)
                posting = asyncio.create_task(client.post("/v1/widgets", json={"name": "lantern"}))
                await process.said("at work")
                process.terminate()
                assert (await posting).status_code == 201
            assert await process.ended(ENDS_WITHIN) == 0
        assert len(await running.emitted(WidgetChanged)) == 1


async def test_a_process_whose_port_is_taken_ends_and_says_so(run_sandbox: RunSandbox) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        async with only_outside(run_sandbox) as running:
            port = taken.getsockname()[1]
            async with sandbox_process(running.service.settings, RunRole.ALL, port=port) as process:
                assert await process.ended(ENDS_WITHIN) > 0
        assert "address already in use" in str(process.lines)


async def test_a_body_that_is_too_large_is_refused_over_a_socket(run_sandbox: RunSandbox) -> None:
    async with only_outside(run_sandbox) as running:
        token = (await running.http()).headers["Authorization"]
        async with sandbox_process(running.service.settings, RunRole.API, max_body_bytes=100_000) as process:
            await process.said("started")
            async with api(process, token) as client:
                await listening(client)
                headers = {"content-type": "application/json"}
                for content in (b" " * 150_000, chunks(150)):
                    answer = await client.post("/v1/widgets", content=content, headers=headers)
                    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
                good = await client.post("/v1/widgets", json={"name": "lantern"})
                assert good.status_code == 201


async def test_a_head_without_an_end_is_refused_over_a_socket(run_sandbox: RunSandbox) -> None:
    async with only_outside(run_sandbox) as running:
        token = (await running.http()).headers["Authorization"]
        async with sandbox_process(running.service.settings, RunRole.API) as process, api(process, token) as client:
            await listening(client)
            with pytest.raises(ConnectionError):
                await send_without_an_end(process.port, b"GET / HTTP/1.1\r\n")
            with pytest.raises(ConnectionError):  # headers may follow a body in chunks, too
                await send_without_an_end(
                    process.port, b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                )
            large = await client.get("/v1/nothing", headers={"X-Large": "a" * 60_000})
            assert large.json()["code"] == "route-not-found"
            assert await answers_to_many_requests_at_once(process.port) == 4_000


async def send_without_an_end(port: int, start: bytes) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(start)
    try:
        for _ in range(1_000):
            writer.write(b"X-A: a\r\n" * 1_000)
            await writer.drain()
    finally:
        writer.close()


async def answers_to_many_requests_at_once(port: int) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    last = b"GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    writer.write(b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n" * 3_999 + last)
    answers = await reader.read()
    writer.close()
    return answers.count(b"HTTP/1.1 200 ")


async def chunks(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b" " * 1000


def api(process: SandboxProcess, token: str) -> httpx.AsyncClient:
    address = f"http://127.0.0.1:{process.port}/api/sandbox"
    return httpx.AsyncClient(base_url=address, headers={"Authorization": token}, timeout=20)


async def listening(client: httpx.AsyncClient) -> None:
    async def answers() -> bool:
        with contextlib.suppress(httpx.TransportError):
            return (await client.get("/v1/nothing")).status_code == 404
        return False

    await eventually(answers, "the process listens")


async def test_two_versions_of_a_service_share_their_consumers(run_sandbox: RunSandbox) -> None:
    async with only_outside(run_sandbox) as running:
        settings = running.service.settings
        async with (
            sandbox_process(settings, RunRole.ALL) as old,
            sandbox_process(settings, RunRole.ALL, ack_wait_seconds=7) as new,
        ):
            await asyncio.gather(old.said("started"), new.said("started"))
            widgets = [uuid4() for _ in range(200)]
            for widget in widgets:
                await publish(running, widget)

            async def done() -> bool:
                return await effects(running) == dict.fromkeys(widgets, 1)

            await eventually(done, "every effect is there once")
            for process in (old, new):
                process.terminate()
            assert [await process.ended(ENDS_WITHIN) for process in (old, new)] == [0, 0]
        assert len(await running.emitted(WidgetChanged)) == 2 * len(widgets)


def test_a_process_without_a_role_says_how_to_call_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", "everything"], cwd=TESTS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "api|worker|relay|all" in done.stderr
