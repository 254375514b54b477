import asyncio
from collections import Counter
from uuid import UUID

from services.imagegen.tests.conftest import RunImagegen, Vendor, at_once, jobs, requested, until_ended

from contracts.registry import EVENTS
from dramatis.testing.contract_suite import assert_frozen, owned_by
from dramatis.testing.service import eventually
from imagegen.domain.brief import Brief

BATCH = UUID(int=5)


class Refused(Exception):
    """The vendor will not draw this."""

    code = "content-refused"
    kind = "invalid"


async def test_every_event_of_the_service_is_told_as_its_frozen_schema_promises(run_imagegen: RunImagegen) -> None:
    opened = asyncio.Event()

    async def each_otherwise(brief: Brief) -> bytes:
        if brief.candidate == 1:
            raise Refused("no")
        if brief.candidate == 2:
            await opened.wait()
        return await at_once(brief)

    async with run_imagegen(Vendor(each_otherwise)) as running:

        async def one_of_each() -> bool:
            states = Counter(job["state"] for job in await jobs(running))
            return states == {"failed": 1, "running": 1, "completed": 1}

        await running.deliver(requested(candidates=3, batch_id=BATCH, batch_size=3), times=1)
        await eventually(one_of_each, "one job failed, one runs, one is done")
        [being_drawn] = [job for job in await jobs(running) if job["state"] == "running"]
        assert (await (await running.http()).post(f"v1/jobs/{being_drawn['id']}/cancel")).status_code == 200
        opened.set()
        await until_ended(running, count=3)
        published = await running.emitted()
        for event in published:
            assert_frozen(event)
        assert {EVENTS[event.type] for event in published} == owned_by("imagegen")
        assert len(owned_by("imagegen")) >= 6


async def test_a_job_about_a_library_asset_is_told_with_what_it_has(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        await running.deliver(requested(asset_scope="global", project_id=None, branch_id=None), times=1)
        await until_ended(running)
        for event in await running.emitted():
            assert_frozen(event)
            assert (event.data["asset_scope"], event.data["project_id"], event.data["batch_id"]) == (
                "global",
                None,
                None,
            )


async def test_versions_of_a_job_count_up_and_lead_back_to_the_request(run_imagegen: RunImagegen) -> None:
    message = requested()
    async with run_imagegen() as running:
        await running.deliver(message, times=1)
        await until_ended(running)
        envelopes = [event.envelope for event in await running.emitted()]
        assert [envelope.aggregate_version for envelope in envelopes] == [1, 2, 3]
        assert {str(envelope.causation_id) for envelope in envelopes} == {message.headers["ce-id"]}
        assert {str(envelope.correlation_id) for envelope in envelopes} == {message.headers["ce-correlationid"]}
