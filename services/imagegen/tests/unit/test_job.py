from contextlib import nullcontext
from uuid import UUID, uuid4

import pytest

from imagegen.domain.errors import JobEnded, JobNotRetryable
from imagegen.domain.job import Job, JobState, idempotency_key, picture_key, refuse_cancel, refuse_retry


def job(state: JobState) -> Job:
    ids = [uuid4() for _ in range(3)]
    return Job(
        *(ids[0], ids[1], 1, None, ids[2], "global", None, None, "base", "vendor", "vendor-1"),
        state=state,
        ticket=uuid4(),
        attempts=0,
        failures=0,
        cost_micro_usd=0,
        version=1,
    )


@pytest.mark.parametrize("state", JobState)
def test_only_what_has_not_come_to_an_end_of_its_own_can_be_cancelled(state: JobState) -> None:
    refused = state in {JobState.COMPLETED, JobState.FAILED}
    with pytest.raises(JobEnded, match=state) if refused else nullcontext():
        refuse_cancel(job(state))


@pytest.mark.parametrize("state", JobState)
def test_only_failed_and_cancelled_jobs_can_be_tried_again(state: JobState) -> None:
    refused = state not in {JobState.FAILED, JobState.CANCELLED}
    with pytest.raises(JobNotRetryable, match=state) if refused else nullcontext():
        refuse_retry(job(state))


def test_a_job_is_named_by_its_request_and_candidate() -> None:
    request = UUID(int=7)
    names = {idempotency_key(request, 1), idempotency_key(request, 2), idempotency_key(UUID(int=8), 1)}
    assert len(names) == 3
    assert idempotency_key(request, 1) in names


def test_every_try_has_a_key_of_its_own_below_its_job() -> None:
    workspace, a_job, token = uuid4(), uuid4(), uuid4()
    key = picture_key(workspace, a_job, token, "png")
    assert key == f"workspace_{workspace}/imagegen/{a_job}/{token}.png"
    assert key.startswith(picture_key(workspace, a_job, token, ""))
    assert not key.startswith(picture_key(workspace, a_job, uuid4(), ""))
