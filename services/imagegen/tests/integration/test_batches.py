import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from services.imagegen.tests.conftest import (
    PRICE,
    Imagegen,
    RunImagegen,
    Vendor,
    at_once,
    jobs,
    requested,
    told,
    until_ended,
    until_states,
)

from chassis.service import Process, RunRole
from contracts.imagegen.v1 import BatchCompleted
from dramatis.testing.service import eventually
from imagegen.bootstrap import build
from imagegen.domain.brief import Brief
from imagegen.settings import Settings

BATCH = UUID(int=5)


class Refused(Exception):
    """The vendor will not draw this."""

    code = "content-refused"
    kind = "invalid"


async def completions(running: Imagegen) -> list[Any]:
    """What was said of batches that are over."""
    return [one.data for one in await running.emitted(BatchCompleted)]


async def post(running: Imagegen, what: str) -> Any:
    answer = await (await running.http()).post(f"v1/batches/{BATCH}/{what}")
    assert answer.status_code in {200, 202}, answer.text
    return answer.json()


async def test_thirty_concurrent_jobs_complete_their_batch_exactly_once(run_imagegen: RunImagegen) -> None:
    async def mostly(brief: Brief) -> bytes:
        if brief.candidate == 3:
            raise Refused("no")
        return await at_once(brief)

    vendor = Vendor(mostly)
    async with run_imagegen(vendor) as running:
        requests = [requested(candidates=5, batch_id=BATCH, batch_size=30) for _ in range(6)]
        await running.deliver(*requests, times=2)
        await until_ended(running, count=30)
        assert len(vendor.briefs) == 30
        [told_once] = await completions(running)
        assert (told_once["total"], told_once["completed"], told_once["failed"]) == (30, 24, 6)
        assert told_once["cost_micro_usd"] == 24 * PRICE


async def test_two_workers_share_a_batch_and_complete_it_exactly_once(run_imagegen: RunImagegen) -> None:
    vendor = Vendor()
    async with run_imagegen(vendor, draw_concurrency=4) as running:
        settings = running.service.settings
        assert isinstance(settings, Settings)
        async with Process(build(settings, others=[vendor]), RunRole.WORKER):
            await running.deliver(*[requested(candidates=10, batch_id=BATCH, batch_size=30) for _ in range(3)])
            done = await until_ended(running, count=30)
        assert {job["attempts"] for job in done} == {1}
        assert len(vendor.briefs) == 30
        assert [batch["completed"] for batch in await completions(running)] == [30]


async def test_a_batch_is_not_over_before_its_last_request_has_come(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        await running.deliver(requested(batch_id=BATCH, batch_size=2), times=1)
        await until_ended(running)
        assert await completions(running) == []
        await running.deliver(requested(batch_id=BATCH, batch_size=2), times=1)
        await until_ended(running, count=2)
        assert [batch["completed"] for batch in await completions(running)] == [2]


async def test_a_batch_of_unknown_size_is_over_when_nothing_is_left_to_do(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        await running.deliver(requested(batch_id=BATCH, candidates=2), times=1)
        await until_ended(running, count=2)
        assert [batch["total"] for batch in await completions(running)] == [2]


async def test_a_cancelled_batch_stops_everything_that_has_not_ended(run_imagegen: RunImagegen) -> None:
    opened = asyncio.Event()

    async def first_at_once(brief: Brief) -> bytes:
        if brief.candidate > 1:
            await opened.wait()
        return await at_once(brief)

    vendor = Vendor(first_at_once)
    async with run_imagegen(vendor, draw_concurrency=2) as running:
        await running.deliver(requested(candidates=5, batch_id=BATCH, batch_size=5), times=1)

        async def one_done_two_running() -> bool:
            return Counter(job["state"] for job in await jobs(running)) == {"completed": 1, "running": 2, "queued": 2}

        await eventually(one_done_two_running, "one job is done, two run, two wait")
        shown = await post(running, "cancel")
        assert (shown["completed"], shown["cancelled"], shown["queued"], shown["running"]) == (1, 4, 0, 0)
        opened.set()
        await until_ended(running, count=5)
        assert [(batch["completed"], batch["cancelled"]) for batch in await completions(running)] == [(1, 4)]
        assert len(vendor.briefs) == 3


async def test_a_request_that_comes_after_its_batch_was_cancelled_is_not_drawn(run_imagegen: RunImagegen) -> None:
    opened = asyncio.Event()

    async def waiting(brief: Brief) -> bytes:
        await opened.wait()
        return await at_once(brief)

    vendor = Vendor(waiting)
    async with run_imagegen(vendor) as running:
        await running.deliver(requested(batch_id=BATCH, batch_size=3), times=1)
        await until_states(running, "running")
        await post(running, "cancel")
        assert await completions(running) == []
        await running.deliver(requested(batch_id=BATCH, batch_size=3, candidates=2), times=1)
        opened.set()
        done = await until_ended(running, count=3)
        assert {job["state"] for job in done} == {"cancelled"}
        assert len(vendor.briefs) == 1
        assert [batch["cancelled"] for batch in await completions(running)] == [3]
        assert Counter(fact for fact, _ in await told(running))["job.cancelled"] == 3


async def test_only_the_failed_jobs_of_a_batch_are_tried_again(run_imagegen: RunImagegen) -> None:
    refusing = True

    async def even_ones(brief: Brief) -> bytes:
        if refusing and brief.candidate % 2:
            raise Refused("no")
        return await at_once(brief)

    vendor = Vendor(even_ones)
    async with run_imagegen(vendor) as running:
        await running.deliver(requested(candidates=5, batch_id=BATCH, batch_size=5), times=1)
        await until_ended(running, count=5)
        refusing = False
        shown = await post(running, "retry-failed")
        assert (shown["completed"], shown["failed"], shown["completed_at"]) == (2, 0, None)
        done = await until_ended(running, count=5)
        assert [job["attempts"] for job in done] == [2, 1, 2, 1, 2]
        first, second = await completions(running)
        assert (first["completed"], first["failed"]) == (2, 3)
        assert (second["completed"], second["failed"]) == (5, 0)
        versions = [one.envelope.aggregate_version for one in await running.emitted(BatchCompleted)]
        assert versions[0] < versions[1]


async def test_a_batch_without_failures_has_nothing_to_try_again(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        await running.deliver(requested(batch_id=BATCH, batch_size=1), times=1)
        await until_ended(running)
        assert (await post(running, "retry-failed"))["completed"] == 1
        assert len(await completions(running)) == 1


@pytest.mark.parametrize("rounds", [4])
async def test_cancelling_and_retrying_a_batch_while_it_is_drawn_leaves_its_counts_true(
    run_imagegen: RunImagegen, rounds: int
) -> None:
    async def moody(brief: Brief) -> bytes:
        if len(vendor.briefs) % 3 == 0:
            raise Refused("not now")
        return await at_once(brief)

    vendor = Vendor(moody)
    async with run_imagegen(vendor) as running:
        client = await running.http()
        await running.deliver(requested(candidates=20, batch_id=BATCH, batch_size=20), times=1)
        for _ in range(rounds):
            answers = await asyncio.gather(
                client.post(f"v1/batches/{BATCH}/cancel"),
                client.post(f"v1/batches/{BATCH}/retry-failed"),
                *(client.post(f"v1/jobs/{job['id']}/retry") for job in await jobs(running)),
            )
            assert {answer.status_code for answer in answers} <= {200, 202, 409}
        done = await until_ended(running, count=20)
        states = Counter(job["state"] for job in done)
        [batch] = await running.fetch("SELECT jobs, completed, failed, cancelled, completed_at FROM batch")
        assert tuple(batch)[:4] == (20, states["completed"], states["failed"], states["cancelled"])
        assert batch["completed_at"] is not None
        last = (await completions(running))[-1]
        assert (last["completed"], last["failed"], last["cancelled"]) == tuple(batch)[1:4]
