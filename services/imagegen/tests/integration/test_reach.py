"""What a list shows, and what is refused: all of it on one service, whose jobs have ended."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from services.imagegen.tests.conftest import Imagegen, jobs, problem, requested, running_imagegen, until_ended

from dramatis.testing.service import ServiceServers
from imagegen.entrypoints.schemas import JobList

PROJECT, BATCH, ASSET = uuid4(), uuid4(), uuid4()


@pytest.fixture(scope="module")
async def drawn(service_servers: ServiceServers) -> AsyncIterator[Imagegen]:
    """A service with three jobs that have ended, for tests that change nothing."""
    async with running_imagegen(service_servers, image_provider="sketch") as running:
        await running.deliver(
            requested(project_id=PROJECT, asset_id=ASSET),
            requested(batch_id=BATCH, batch_size=1),
            requested(width=1),
            times=1,
        )
        await until_ended(running, count=3)
        yield running


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"status": "failed"}, 1),
        ({"status": "completed"}, 2),
        ({"status": "queued"}, 0),
        ({"project_id": str(PROJECT)}, 1),
        ({"batch_id": str(BATCH)}, 1),
        ({"asset_id": str(ASSET)}, 1),
        ({"error_class": "size-unsupported"}, 1),
        ({"error_class": "size-unsupported", "status": "completed"}, 0),
        ({"project_id": str(PROJECT), "batch_id": str(BATCH)}, 0),
        ({}, 3),
    ],
)
async def test_a_list_shows_what_was_asked_for(drawn: Imagegen, wanted: dict[str, str], found: int) -> None:
    answer = await (await drawn.http("viewer")).get("v1/jobs", params=wanted)
    assert len(JobList.model_validate_json(answer.content).items) == found


@pytest.mark.parametrize("wanted", [{"status": "asleep"}, {"project_id": "7"}, {"cursor": "?"}, {"limit": "0"}])
async def test_a_filter_that_cannot_be_is_refused(drawn: Imagegen, wanted: dict[str, str]) -> None:
    assert (await (await drawn.http()).get("v1/jobs", params=wanted)).status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "v1/jobs/{id}", "job-not-found"),
        ("POST", "v1/jobs/{id}/retry", "job-not-found"),
        ("POST", "v1/jobs/{id}/cancel", "job-not-found"),
        ("GET", "v1/batches/{id}", "batch-not-found"),
        ("POST", "v1/batches/{id}/retry-failed", "batch-not-found"),
        ("POST", "v1/batches/{id}/cancel", "batch-not-found"),
    ],
)
async def test_nobody_reaches_what_does_not_exist_or_is_another_workspaces(
    drawn: Imagegen, method: str, path: str, code: str
) -> None:
    own, other = await drawn.http(), await drawn.http(workspace_id=uuid4())
    assert problem(await own.request(method, path.format(id=uuid4()))) == (404, code)
    theirs = BATCH if "batches" in path else (await jobs(drawn))[0]["id"]
    assert problem(await other.request(method, path.format(id=theirs))) == (404, code)


@pytest.mark.parametrize("path", ["jobs/{job}/retry", "jobs/{job}/cancel", "batches/{batch}/cancel"])
async def test_a_viewer_changes_nothing(drawn: Imagegen, path: str) -> None:
    client = await drawn.http("viewer")
    answer = await client.post("v1/" + path.format(job=(await jobs(drawn))[0]["id"], batch=BATCH))
    assert problem(answer) == (403, "role-forbidden")
