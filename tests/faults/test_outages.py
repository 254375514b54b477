"""A server goes away in the middle of a run and comes back; the run ends as if nothing had happened."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.system import STYLE, System, assert_whole, write_script

from dramatis.production import Outcome, Production
from dramatis.stack import LocalStack

SCENES = 8
AWAY_SECONDS = 10.0


def _produce(system: System, script: Path, project: str, begun: threading.Event) -> Outcome:
    def report(stage: str, done: int, _total: int) -> None:
        if stage == "images drawn" and done:
            begun.set()

    with system.api() as api:
        return Production(api, report).produce(script, project, STYLE)


async def _during_a_run(stack: LocalStack, folder: Path, project: str, harm: Callable[[], None]) -> None:
    system = System(stack.state)
    begun = threading.Event()
    script = write_script(folder, SCENES)
    run = asyncio.create_task(asyncio.to_thread(_produce, system, script, project, begun))
    drawing = asyncio.create_task(asyncio.to_thread(begun.wait, 60))
    await asyncio.wait({run, drawing}, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.to_thread(harm)
    await assert_whole(system, (await run).place, 3 * SCENES)


@pytest.mark.timeout(240)
async def test_nats_restarted_in_the_middle(stack: LocalStack, tmp_path: Path) -> None:
    await _during_a_run(stack, tmp_path, "NATS restarted", lambda: stack.restart("nats"))


@pytest.mark.timeout(240)
async def test_nats_killed_in_the_middle(stack: LocalStack, tmp_path: Path) -> None:
    def harm() -> None:
        stack.kill("nats")
        stack.start("nats")

    await _during_a_run(stack, tmp_path, "NATS killed", harm)


@pytest.mark.timeout(240)
async def test_postgres_restarted_in_the_middle(stack: LocalStack, tmp_path: Path) -> None:
    await _during_a_run(stack, tmp_path, "Postgres restarted", lambda: stack.restart("postgres"))


@pytest.mark.timeout(240)
async def test_s3_away_for_ten_seconds(stack: LocalStack, tmp_path: Path) -> None:
    def harm() -> None:
        stack.kill("s3")
        threading.Event().wait(AWAY_SECONDS)
        stack.start("s3")

    await _during_a_run(stack, tmp_path, "S3 away", harm)
