import asyncio
import hashlib
from dataclasses import replace
from uuid import UUID

import pytest
from services.imagegen.tests.conftest import (
    PRICE,
    Imagegen,
    RunImagegen,
    Vendor,
    at_once,
    object_keys,
    objects_of,
    png,
    requested,
    the_job,
    told,
    until_ended,
    until_states,
)

from chassis.errors import Unavailable
from chassis.objects import ObjectStoreRefused
from chassis.work import Cause
from dramatis.testing.service import eventually
from imagegen.adapters.pictures import inspect
from imagegen.domain.brief import Brief


class Refused(Exception):
    """The vendor will not draw this."""

    code = "content-refused"
    kind = "invalid"


async def test_a_requested_image_is_drawn_by_rules_stored_and_told(run_imagegen: RunImagegen) -> None:
    async with run_imagegen(image_provider="sketch") as running:
        await running.deliver(requested(width=96, height=64), times=1)
        [job] = await until_ended(running)
        stored = await objects_of(running).get(job["object_key"])
        facts = inspect(stored)
        assert (facts.width, facts.height, facts.sha256) == (96, 64, job["sha256"])
        assert job["object_key"].startswith(f"workspace_{running.workspace_id}/imagegen/{job['id']}/")
        facts_told = await told(running)
        assert [fact for fact, _ in facts_told] == ["job.queued", "job.started", "job.completed"]
        assert [data["attempt"] for _, data in facts_told] == [0, 1, 1]
        completed = facts_told[-1][1]
        assert (completed["object_key"], completed["sha256"]) == (job["object_key"], hashlib.sha256(stored).hexdigest())
        assert (completed["bytes"], completed["width"], completed["height"]) == (len(stored), 96, 64)
        assert (completed["provider"], completed["cost_micro_usd"]) == ("sketch", 0)


async def test_every_candidate_is_a_job_of_its_own(run_imagegen: RunImagegen) -> None:
    vendor = Vendor()
    async with run_imagegen(vendor) as running:
        await running.deliver(requested(candidates=3), times=1)
        done = await until_ended(running, count=3)
        assert [job["candidate"] for job in done] == [1, 2, 3]
        assert sorted(brief.candidate for brief in vendor.briefs) == [1, 2, 3]
        assert len({job["object_key"] for job in done}) == 3


async def test_the_vendor_is_told_everything_that_the_request_says(run_imagegen: RunImagegen) -> None:
    vendor = Vendor()
    capsule = {
        "style_capsule_id": str(UUID(int=1)),
        "name": "Gouache nocturne",
        "prompt": "Gouache on rough paper",
        "negative_prompt": "text",
        "palette": ["#0b1d3a", "bone white"],
        "reference_images": ["https://images.example.org/pier.jpg"],
    }
    async with run_imagegen(vendor) as running:
        await running.deliver(
            requested(name="吴子安", look="雨夜", description="瘦高", style_capsule=capsule, reference_image="a/b.png"),
            times=1,
        )
        await until_ended(running)
        [brief] = vendor.briefs
        assert (brief.name, brief.look, brief.description, brief.reference_image) == (
            "吴子安",
            "雨夜",
            "瘦高",
            "a/b.png",
        )
        assert (brief.style.prompt, brief.style.negative_prompt) == ("Gouache on rough paper", "text")
        assert brief.style.palette == ("#0b1d3a", "bone white")
        assert brief.style.reference_images == ("https://images.example.org/pier.jpg",)


async def test_a_vendor_that_stumbles_is_asked_again(run_imagegen: RunImagegen) -> None:
    async def stumbling(brief: Brief) -> bytes:
        if len(vendor.briefs) < 3:
            raise Unavailable("429: slow down")
        return png(brief.width, brief.height)

    vendor = Vendor(stumbling)
    async with run_imagegen(vendor) as running:
        await running.deliver(requested(), times=1)
        [job] = await until_ended(running)
        assert (job["state"], job["attempts"], job["failures"]) == ("completed", 3, 2)
        assert (job["error_class"], job["vendor_message"]) == (None, None)
        tries = await running.fetch("SELECT outcome, failure_stage, vendor_message FROM attempt ORDER BY number")
        assert [row["outcome"] for row in tries] == ["failed", "failed", "completed"]
        assert tuple(tries[0])[1:] == ("provider", "429: slow down")
        assert [fact for fact, _ in await told(running) if fact == "job.failed"] == []


async def test_a_job_that_fails_too_often_is_told_as_failed_once(run_imagegen: RunImagegen) -> None:
    async def away(_brief: Brief) -> bytes:
        raise Unavailable("503: overloaded")

    async with run_imagegen(Vendor(away), draw_tries=3) as running:
        await running.deliver(requested(), times=1)
        [job] = await until_ended(running)
        assert (job["state"], job["attempts"], job["failures"]) == ("failed", 3, 3)
        [failed] = [data for fact, data in await told(running) if fact == "job.failed"]
        assert (failed["failure_stage"], failed["error_class"]) == ("provider", "service-unavailable")
        assert (failed["vendor_message"], failed["attempt"]) == ("503: overloaded", 3)
        assert await running.dead_letters() == []


async def test_what_the_vendor_will_never_draw_is_asked_for_once(run_imagegen: RunImagegen) -> None:
    async def refusing(_brief: Brief) -> bytes:
        raise Refused("finishReason=IMAGE_SAFETY: \0\ud83d no")

    vendor = Vendor(refusing)
    async with run_imagegen(vendor) as running:
        await running.deliver(requested(), times=1)
        [job] = await until_ended(running)
        assert (job["state"], job["error_class"], len(vendor.briefs)) == ("failed", "content-refused", 1)
        assert job["vendor_message"] == "finishReason=IMAGE_SAFETY: ? no"


async def test_a_picture_of_another_size_is_not_kept(run_imagegen: RunImagegen) -> None:
    async def small(_brief: Brief) -> bytes:
        return png(8, 8)

    async with run_imagegen(Vendor(small)) as running:
        await running.deliver(requested(), times=1)
        [job] = await until_ended(running)
        assert (job["failure_stage"], job["error_class"]) == ("validate", "picture-size-wrong")
        assert job["cost_micro_usd"] == PRICE
        assert await object_keys(running) == []


async def test_each_paid_try_is_on_the_bill(run_imagegen: RunImagegen) -> None:
    async def half(brief: Brief) -> bytes:
        whole = png(brief.width, brief.height)
        return whole if len(vendor.briefs) == 3 else whole[:-30]

    vendor = Vendor(half)
    async with run_imagegen(vendor) as running:
        await running.deliver(requested(batch_id=UUID(int=5), batch_size=1), times=1)
        [job] = await until_ended(running)
        assert (job["state"], job["cost_micro_usd"]) == ("completed", 3 * PRICE)
        costs = {fact: data["cost_micro_usd"] for fact, data in await told(running) if "cost_micro_usd" in data}
        assert costs == {"job.completed": 3 * PRICE, "batch.completed": 3 * PRICE}
        assert [row["cost_micro_usd"] for row in await running.fetch("SELECT cost_micro_usd FROM attempt")] == [
            PRICE
        ] * 3


async def test_a_store_that_refuses_fails_the_job_at_its_own_stage(
    run_imagegen: RunImagegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run_imagegen() as running:

        async def refuse(*_: object) -> None:
            raise ObjectStoreRefused("AccessDenied")

        monkeypatch.setattr(objects_of(running), "put", refuse)
        await running.deliver(requested(), times=1)
        [job] = await until_ended(running)
        assert (job["failure_stage"], job["error_class"]) == ("store", "object-store-refused")


async def test_a_bug_in_a_provider_fails_the_job_and_is_kept_as_a_dead_letter(run_imagegen: RunImagegen) -> None:
    async def broken(_brief: Brief) -> bytes:
        raise ZeroDivisionError("a bug")

    async with run_imagegen(Vendor(broken), draw_tries=2) as running:
        await running.deliver(requested(), times=1)
        [job] = await until_ended(running)
        assert (job["state"], job["error_class"]) == ("failed", "unexpected-error")
        [letter] = await running.dead_letters()
        assert letter.consumer == "imagegen-work-draw"


async def test_a_job_of_a_provider_that_is_no_longer_configured_fails_with_the_reason(
    run_imagegen: RunImagegen,
) -> None:
    async with run_imagegen() as running:
        await running.fetch(
            """
            CREATE FUNCTION rename() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN NEW.provider = 'atelier'; RETURN NEW; END $$
            """
        )
        await running.fetch("CREATE TRIGGER rename BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION rename()")
        await running.deliver(requested(), times=1)
        [job] = await until_ended(running)
        assert (job["state"], job["error_class"]) == ("failed", "provider-unknown")
        assert "atelier" in job["vendor_message"]


async def test_a_message_for_a_job_that_has_ended_starts_nothing(run_imagegen: RunImagegen) -> None:
    vendor = Vendor()
    async with run_imagegen(vendor) as running:
        await running.deliver(requested(), times=1)
        [job] = await until_ended(running)
        await deliver_again(running, job["ticket"])
        await running.settled("WORK_IMAGEGEN", "imagegen-work-draw")
        assert len(vendor.briefs) == 1
        assert await the_job(running) == job


async def deliver_again(running: Imagegen, ticket: UUID) -> None:
    """What JetStream does when it believes that a worker has died."""
    async with running.process.db.work(Cause(running.workspace_id, UUID(int=3))) as work:
        work.enqueue("draw", ticket)


async def test_of_two_workers_at_one_job_the_later_claim_wins_and_one_image_stays(run_imagegen: RunImagegen) -> None:
    released = asyncio.Event()

    async def first_is_slow(brief: Brief) -> bytes:
        if len(vendor.briefs) == 1:
            await released.wait()
        return await at_once(brief)

    vendor = Vendor(first_is_slow)
    async with run_imagegen(vendor) as running:
        await running.deliver(requested(batch_id=UUID(int=5), batch_size=1), times=1)
        [job] = await until_states(running, "running")
        await deliver_again(running, job["ticket"])
        [done] = await until_states(running, "completed")
        released.set()
        await running.settled("WORK_IMAGEGEN", "imagegen-work-draw")
        assert (await the_job(running))["object_key"] == done["object_key"]
        tries = await running.fetch("SELECT id, outcome, cost_micro_usd FROM attempt ORDER BY number")
        assert [tuple(row)[1:] for row in tries] == [("lost", PRICE), ("completed", PRICE)]
        facts = [fact for fact, _ in await told(running)]
        assert facts == ["job.queued", "job.started", "job.started", "job.completed", "batch.completed"]

        async def one_image() -> bool:
            return await object_keys(running) == [done["object_key"]]

        await eventually(one_image, "only the recorded image is left")


async def test_an_overtaken_worker_leaves_the_message_to_the_one_who_has_the_job(run_imagegen: RunImagegen) -> None:
    tries = [asyncio.Event() for _ in range(3)]

    async def when_let(brief: Brief) -> bytes:
        await tries[len(vendor.briefs) - 1].wait()
        return await at_once(brief)

    async def under_way(count: int) -> None:
        async def so_many() -> bool:
            return len(vendor.briefs) == count

        await eventually(so_many, f"{count} tries are under way")

    vendor = Vendor(when_let)
    async with run_imagegen(vendor) as running:
        await running.deliver(requested(), times=1)
        [job] = await until_states(running, "running")
        await deliver_again(running, job["ticket"])
        await under_way(2)
        tries[0].set()
        await under_way(3)  # the first one's message has come again: had it been acknowledged, nobody would take over
        tries[1].set()
        tries[2].set()
        [done] = await until_states(running, "completed")
        await running.settled("WORK_IMAGEGEN", "imagegen-work-draw")
        assert (await the_job(running))["object_key"] == done["object_key"]


async def test_one_trace_leads_from_the_request_to_the_picture(run_imagegen: RunImagegen) -> None:
    trace = "cac65c2fc3aa4169b8e1bd68b2448cb2"
    async with run_imagegen() as running:
        message = requested()
        headers = {**message.headers, "traceparent": f"00-{trace}-5a0d1f3372cc4fa6-01"}
        await running.deliver(replace(message, headers=headers), times=1)
        [job] = await until_ended(running)
        [attempt] = await running.fetch("SELECT trace_id FROM attempt")
        assert (job["trace_id"], attempt["trace_id"]) == (trace, trace)
        assert {one.headers["traceparent"].split("-")[1] for one in await running.emitted()} == {trace}
