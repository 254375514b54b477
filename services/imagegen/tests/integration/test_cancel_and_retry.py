import asyncio
from collections import Counter
from uuid import UUID, uuid4

import httpx
import pytest
from services.imagegen.tests.conftest import (
    PRICE,
    Imagegen,
    RunImagegen,
    Vendor,
    at_once,
    jobs,
    object_keys,
    requested,
    the_job,
    told,
    until_ended,
    until_states,
)

from chassis.errors import Unavailable
from dramatis.testing.service import eventually
from imagegen.domain.brief import Brief

BATCH = UUID(int=5)
ENDS = {"job.completed", "job.failed", "job.cancelled"}


class Gate:
    """A vendor that answers when it is told to; `refusing` makes it fail instead, `garbling` makes it send no picture."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.refusing = self.garbling = False
        self.vendor = Vendor(self.answer)

    async def answer(self, brief: Brief) -> bytes:
        await self.open.wait()
        if self.refusing:
            raise Unavailable("503: overloaded")
        return b"no picture" if self.garbling else await at_once(brief)


async def post(running: Imagegen, job_id: UUID, what: str) -> int:
    return await send(await running.http(), job_id, what)


async def send(client: httpx.AsyncClient, job_id: UUID, what: str) -> int:
    return (await client.post(f"v1/jobs/{job_id}/{what}")).status_code


async def no_images(running: Imagegen) -> None:
    async def none() -> bool:
        return await object_keys(running) == []

    await eventually(none, "what nobody wants is removed")


async def until_charged(running: Imagegen) -> None:
    async def charged() -> bool:
        return bool((await the_job(running))["cost_micro_usd"] == PRICE)

    await eventually(charged, "the try is on the bill")


async def test_a_job_cancelled_in_the_queue_is_never_drawn(run_imagegen: RunImagegen) -> None:
    gate = Gate()
    async with run_imagegen(gate.vendor, draw_concurrency=1) as running:
        await running.deliver(requested(candidates=2), times=1)
        await until_one_runs(running)
        [waiting] = [job for job in await jobs(running) if job["state"] == "queued"]
        assert await post(running, waiting["id"], "cancel") == 200
        gate.open.set()
        await until_ended(running, count=2)
        assert len(gate.vendor.briefs) == 1
        facts = Counter(fact for fact, _ in await told(running))
        assert facts == {"job.queued": 2, "job.started": 1, "job.completed": 1, "job.cancelled": 1}


async def until_one_runs(running: Imagegen) -> None:
    async def one() -> bool:
        return Counter(job["state"] for job in await jobs(running)) == {"queued": 1, "running": 1}

    await eventually(one, "one job runs, one waits")


async def test_what_is_drawn_for_a_cancelled_job_is_dropped_but_paid(run_imagegen: RunImagegen) -> None:
    gate = Gate()
    async with run_imagegen(gate.vendor) as running:
        await running.deliver(requested(batch_id=BATCH, batch_size=1), times=1)
        [job] = await until_states(running, "running")
        assert await post(running, job["id"], "cancel") == 200
        assert (await the_job(running))["state"] == "cancelled"
        gate.open.set()
        await until_ended(running)
        await until_charged(running)
        [batch] = await running.fetch("SELECT cancelled, cost_micro_usd FROM batch")
        assert tuple(batch) == (1, PRICE)
        assert [fact for fact, _ in await told(running)] == [
            *("job.queued", "job.started", "job.cancelled", "batch.completed"),
        ]
        await no_images(running)


async def test_a_cancelled_job_whose_worker_then_fails_stays_cancelled(run_imagegen: RunImagegen) -> None:
    gate = Gate()
    gate.refusing = True
    async with run_imagegen(gate.vendor) as running:
        await running.deliver(requested(), times=1)
        [job] = await until_states(running, "running")
        assert await post(running, job["id"], "cancel") == 200
        gate.open.set()
        [job] = await until_ended(running)
        assert (job["state"], job["failures"]) == ("cancelled", 0)


async def test_what_is_no_picture_is_paid_for_though_the_job_was_cancelled(run_imagegen: RunImagegen) -> None:
    gate = Gate()
    gate.garbling = True
    async with run_imagegen(gate.vendor) as running:
        await running.deliver(requested(batch_id=BATCH, batch_size=1), times=1)
        [job] = await until_states(running, "running")
        assert await post(running, job["id"], "cancel") == 200
        gate.open.set()
        await until_charged(running)
        [batch] = await running.fetch("SELECT cancelled, failed, cost_micro_usd FROM batch")
        assert tuple(batch) == (1, 0, PRICE)


async def test_cancelling_twice_is_cancelling_once(run_imagegen: RunImagegen) -> None:
    gate = Gate()
    async with run_imagegen(gate.vendor) as running:
        await running.deliver(requested(), times=1)
        [job] = await until_states(running, "running")
        assert [await post(running, job["id"], "cancel") for _ in range(2)] == [200, 200]
        assert [fact for fact, _ in await told(running) if fact == "job.cancelled"] == ["job.cancelled"]
        gate.open.set()


async def test_a_job_cancelled_and_tried_again_while_it_is_drawn_gets_the_second_image(
    run_imagegen: RunImagegen,
) -> None:
    gate = Gate()
    async with run_imagegen(gate.vendor) as running:
        await running.deliver(requested(), times=1)
        [job] = await until_states(running, "running")
        assert await post(running, job["id"], "cancel") == 200
        assert await post(running, job["id"], "retry") == 202
        await until_states(running, "running")

        async def both_at_work() -> bool:
            return len(gate.vendor.briefs) == 2

        await eventually(both_at_work, "the second try is under way beside the first")
        gate.open.set()
        [done] = await until_ended(running)
        tries = await running.fetch("SELECT outcome FROM attempt ORDER BY number")
        assert [row["outcome"] for row in tries] == ["cancelled", "completed"]

        async def one_image() -> bool:
            return await object_keys(running) == [done["object_key"]]

        await eventually(one_image, "only the recorded image is left")
        assert [fact for fact, _ in await told(running)] == [
            *("job.queued", "job.started", "job.cancelled", "job.queued", "job.started", "job.completed"),
        ]


async def test_messages_left_over_from_before_a_retry_start_nothing(run_imagegen: RunImagegen) -> None:
    others, last = asyncio.Event(), asyncio.Event()

    async def in_turn(brief: Brief) -> bytes:
        await (last if brief.candidate == 4 else others).wait()
        return await at_once(brief)

    vendor = Vendor(in_turn)
    async with run_imagegen(vendor, draw_concurrency=3) as running:
        await running.deliver(requested(candidates=4), times=1)

        async def all_at_work() -> bool:
            return len(vendor.briefs) == 3

        async def nothing_pends() -> bool:
            info = await running.js.consumer_info("WORK_IMAGEGEN", "imagegen-work-draw")
            return (info.num_pending, info.num_ack_pending) == (0, 1)

        await eventually(all_at_work, "every worker has a job")
        [waiting] = [job for job in await jobs(running) if job["state"] == "queued"]
        for _ in range(3):
            assert await post(running, waiting["id"], "cancel") == 200
            assert await post(running, waiting["id"], "retry") == 202
        others.set()
        await eventually(nothing_pends, "the messages left over are settled while the job is drawn")
        last.set()
        done = await until_ended(running, count=4)
        assert [(job["state"], job["attempts"]) for job in done] == [("completed", 1)] * 4
        assert len(vendor.briefs) == 4


async def test_a_failed_job_is_tried_again_with_a_clean_slate(run_imagegen: RunImagegen) -> None:
    gate = Gate()
    gate.open.set()
    gate.refusing = True
    async with run_imagegen(gate.vendor, draw_tries=2) as running:
        await running.deliver(requested(), times=1)
        [failed] = await until_ended(running)
        gate.refusing = False
        assert await post(running, failed["id"], "retry") == 202
        [job] = await until_ended(running)
        assert (job["state"], job["attempts"], job["failures"], job["error_class"]) == ("completed", 3, 0, None)
        queued = [data["attempt"] for fact, data in await told(running) if fact == "job.queued"]
        assert queued == [0, 2]
        versions = [one.envelope.aggregate_version for one in await running.emitted()]
        assert versions == sorted(set(versions))


async def test_of_two_retries_at_once_one_queues_the_job(run_imagegen: RunImagegen) -> None:
    gate = Gate()
    gate.open.set()
    gate.refusing = True
    async with run_imagegen(gate.vendor, draw_tries=1) as running:
        await running.deliver(requested(batch_id=BATCH, batch_size=1), times=1)
        [failed] = await until_ended(running)
        gate.refusing = False
        client = await running.http()
        answers = await asyncio.gather(*(send(client, failed["id"], "retry") for _ in range(5)))
        assert sorted(answers) == [202, 409, 409, 409, 409]
        [job] = await until_ended(running)
        assert (job["state"], job["attempts"]) == ("completed", 2)


async def test_a_repeated_retry_with_one_idempotency_key_queues_once(run_imagegen: RunImagegen) -> None:
    gate = Gate()
    gate.open.set()
    gate.refusing = True
    async with run_imagegen(gate.vendor, draw_tries=1) as running:
        await running.deliver(requested(), times=1)
        [failed] = await until_ended(running)
        client = await running.http()
        key = {"Idempotency-Key": "once"}
        first, second = [await client.post(f"v1/jobs/{failed['id']}/retry", headers=key) for _ in range(2)]
        assert (first.status_code, second.status_code, first.content) == (202, 202, second.content)
        await until_ended(running)
        assert [fact for fact, _ in await told(running)].count("job.queued") == 2


@pytest.mark.parametrize("seed", range(3))
async def test_each_job_ends_once_however_cancels_race_with_completions(run_imagegen: RunImagegen, seed: int) -> None:
    async def varied(brief: Brief) -> bytes:
        for _ in range((brief.candidate * 7 + seed) % 40):
            await asyncio.sleep(0)
        return await at_once(brief)

    async with run_imagegen(Vendor(varied)) as running:
        await running.deliver(requested(candidates=24, batch_id=BATCH, batch_size=24), times=1)
        queued = await jobs(running)
        client = await running.http()
        answers = await asyncio.gather(*(send(client, job["id"], "cancel") for job in queued))
        assert set(answers) <= {200, 409}
        done = await until_ended(running, count=24)
        ends = Counter(data["job_id"] for fact, data in await told(running) if fact in ENDS)
        assert set(ends.values()) == {1}
        states = Counter(job["state"] for job in done)
        assert states["cancelled"] == answers.count(200)
        [counts] = [data for fact, data in await told(running) if fact == "batch.completed"]
        assert (counts["completed"], counts["cancelled"]) == (states["completed"], states["cancelled"])
        kept = sorted(job["object_key"] for job in done if job["state"] == "completed")

        async def nothing_else() -> bool:
            return await object_keys(running) == kept

        await eventually(nothing_else, "only recorded images are left")


async def test_a_request_told_again_queues_nothing_more(run_imagegen: RunImagegen) -> None:
    message = requested(candidates=2, batch_id=BATCH, batch_size=2)
    async with run_imagegen() as running:
        await running.deliver(message, times=2)
        again = type(message)(message.name, {**message.headers, "ce-id": str(uuid4())}, message.data_bytes)
        await running.deliver(again, times=2)
        done = await until_ended(running, count=2)
        assert {job["attempts"] for job in done} == {1}
        assert [fact for fact, _ in await told(running)].count("batch.completed") == 1
