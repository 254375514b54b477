import re
from uuid import UUID, uuid4

from services.imagegen.tests.conftest import RunImagegen, Vendor, problem, requested, until_ended

from chassis.errors import Unavailable
from imagegen.domain.brief import Brief
from imagegen.entrypoints.schemas import BatchOut, JobDetail, JobList, ProviderList

BATCH = uuid4()


async def test_a_job_shows_its_request_its_tries_and_its_picture(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        await running.deliver(requested(name="Mira Okafor", look="storm coat", batch_id=BATCH, batch_size=1), times=1)
        [row] = await until_ended(running)
        client = await running.http()
        answer = await client.get(f"v1/jobs/{row['id']}")
        shown = JobDetail.model_validate_json(answer.content)
        assert (shown.status, shown.asset_name, shown.look) == ("completed", "Mira Okafor", "storm coat")
        assert (shown.width, shown.height, shown.object_key) == (48, 32, row["object_key"])
        assert [(attempt.number, attempt.outcome) for attempt in shown.attempts] == [(1, "completed")]
        assert shown.request["style_capsule"]["name"]


async def test_a_failed_job_shows_stage_class_and_the_vendors_words(run_imagegen: RunImagegen) -> None:
    async def away(_brief: Brief) -> bytes:
        raise Unavailable("503: overloaded")

    async with run_imagegen(Vendor(away), draw_tries=2) as running:
        await running.deliver(requested(), times=1)
        [row] = await until_ended(running)
        shown = JobDetail.model_validate_json((await (await running.http()).get(f"v1/jobs/{row['id']}")).content)
        assert (shown.failure_stage, shown.error_class, shown.vendor_message) == (
            *("provider", "service-unavailable", "503: overloaded"),
        )
        assert [attempt.vendor_message for attempt in shown.attempts] == ["503: overloaded"] * 2


async def test_every_time_is_told_in_utc_to_the_microsecond(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        await running.deliver(requested(batch_id=BATCH, batch_size=1), times=1)
        [row] = await until_ended(running)
        client = await running.http()
        paths = ("v1/jobs", f"v1/jobs/{row['id']}", f"v1/batches/{BATCH}")
        told = "".join([(await client.get(path)).text for path in paths])
        times = re.findall(r'"\w+_at":\s*"([^"]*)"', told)
        assert len(times) == 4 + 6 + 3
        assert [time for time in times if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", time)] == []


async def test_jobs_are_listed_newest_first_page_by_page(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        await running.deliver(requested(candidates=5), times=1)
        rows = await until_ended(running, count=5)
        client = await running.http()
        seen: list[UUID] = []
        cursor: dict[str, str] = {}
        for expected in (2, 2, 1):
            page = JobList.model_validate_json((await client.get("v1/jobs", params={"limit": "2"} | cursor)).content)
            assert len(page.items) == expected
            seen += [item.id for item in page.items]
            cursor = {"cursor": page.next_cursor or ""}
        assert seen == [row["id"] for row in reversed(rows)]
        assert cursor == {"cursor": ""}


async def test_a_list_is_empty_before_anything_was_asked_for(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        assert (await (await running.http()).get("v1/jobs")).json() == {"items": [], "next_cursor": None}


async def test_a_completed_job_can_be_neither_cancelled_nor_tried_again(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        await running.deliver(requested(batch_id=BATCH, batch_size=1), times=1)
        [row] = await until_ended(running)
        client = await running.http()
        assert problem(await client.post(f"v1/jobs/{row['id']}/cancel")) == (409, "job-ended")
        assert problem(await client.post(f"v1/jobs/{row['id']}/retry")) == (409, "job-not-retryable")
        assert problem(await client.post(f"v1/batches/{BATCH}/cancel")) == (409, "batch-ended")


async def test_a_batch_shows_its_progress_and_the_outcome_of_each_job(run_imagegen: RunImagegen) -> None:
    async with run_imagegen(image_provider="sketch") as running:
        await running.deliver(
            requested(batch_id=BATCH, batch_size=4, candidates=2, name="Lantern"),
            requested(batch_id=BATCH, batch_size=4, width=1, name="Whistle"),
            times=1,
        )
        await until_ended(running, count=3)
        shown = BatchOut.model_validate_json((await (await running.http()).get(f"v1/batches/{BATCH}")).content)
        assert (shown.total, shown.expected, shown.completed, shown.failed) == (4, 1, 2, 1)
        assert shown.completed_at is None
        outcomes = {(item.asset_name, item.candidate): (item.status, item.error_class) for item in shown.items}
        assert outcomes == {
            ("Lantern", 1): ("completed", None),
            ("Lantern", 2): ("completed", None),
            ("Whistle", 1): ("failed", "size-unsupported"),
        }


async def test_providers_are_shown_with_their_limits_and_recent_luck(run_imagegen: RunImagegen) -> None:
    async def away(_brief: Brief) -> bytes:
        raise Unavailable("503: overloaded")

    async with run_imagegen(Vendor(away, max_concurrency=7), draw_tries=2) as running:
        client = await running.http()
        before = ProviderList.model_validate_json((await client.get("v1/providers")).content)
        assert [(item.name, item.is_default, item.health) for item in before.items] == [
            ("sketch", False, "unknown"),
            ("vendor", True, "unknown"),
        ]
        await running.deliver(requested(), times=1)
        await until_ended(running)
        [sketch, vendor] = ProviderList.model_validate_json((await client.get("v1/providers")).content).items
        assert (vendor.health, vendor.recent_tries, vendor.recent_failures) == ("failing", 2, 2)
        assert (vendor.error_class, vendor.vendor_message) == ("service-unavailable", "503: overloaded")
        assert (vendor.max_concurrency, sketch.health, sketch.failed_at) == (7, "unknown", None)


async def test_the_api_describes_itself(run_imagegen: RunImagegen) -> None:
    async with run_imagegen() as running:
        document = (await (await running.http()).get("openapi.json")).json()
        assert sorted(document["paths"]) == [
            "/api/imagegen/v1/batches/{batch}",
            "/api/imagegen/v1/batches/{batch}/cancel",
            "/api/imagegen/v1/batches/{batch}/retry-failed",
            "/api/imagegen/v1/jobs",
            "/api/imagegen/v1/jobs/{job}",
            "/api/imagegen/v1/jobs/{job}/cancel",
            "/api/imagegen/v1/jobs/{job}/retry",
            "/api/imagegen/v1/providers",
            "/health/live",
            "/health/ready",
        ]
        listed = document["paths"]["/api/imagegen/v1/jobs"]["get"]["responses"]["200"]
        assert listed["content"]["application/json"]["schema"]["$ref"].endswith("/JobList")
