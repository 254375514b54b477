"""Image jobs: their states, and what may be done in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from imagegen.domain.errors import JobEnded, JobNotRetryable
from imagegen.domain.picture import Facts


class JobState(StrEnum):
    """Where a job is on its way; the last three are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNFINISHED = frozenset({JobState.QUEUED, JobState.RUNNING})
RETRYABLE = frozenset({JobState.FAILED, JobState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Job:
    """One image to draw.

    `ticket` names the one queued message that may start it; `attempts` counts tries begun, `failures` those that failed
    since a person last asked for it; `cost_micro_usd` is what all tries cost.
    """

    id: UUID
    request_id: UUID
    candidate: int
    batch_id: UUID | None
    asset_id: UUID
    asset_scope: str
    project_id: UUID | None
    branch_id: UUID | None
    look: str
    provider: str
    model: str
    state: JobState
    ticket: UUID
    attempts: int
    failures: int
    cost_micro_usd: int
    version: int


@dataclass(frozen=True, slots=True)
class Order:
    """What all jobs of one image request share; `request` is the request as it came."""

    request_id: UUID
    batch_id: UUID | None
    asset_id: UUID
    asset_scope: str
    project_id: UUID | None
    branch_id: UUID | None
    look: str
    request: Mapping[str, Any]
    provider: str
    model: str
    trace_id: str | None


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job that a worker has just taken, with the request behind it and the token of the try that was lost to it."""

    job: Job
    request: Mapping[str, Any]
    lost: UUID | None


@dataclass(frozen=True, slots=True)
class Stored:
    """The picture of a completed job, and where it lies."""

    object_key: str
    model: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a try failed: at which stage, of which class, in whose words."""

    stage: str
    error_class: str
    message: str


def idempotency_key(request_id: UUID, candidate: int) -> str:
    """Name a job by what asked for it; a workspace has one job of a name."""
    return f"{request_id}:{candidate}"


def picture_key(workspace_id: UUID, job_id: UUID, token: UUID, extension: str) -> str:
    """Where the try that holds `token` stores its picture; a prefix of it when the extension is empty."""
    return f"workspace_{workspace_id}/imagegen/{job_id}/{token}.{extension}"


def refuse_cancel(job: Job) -> None:
    """Raise `JobEnded` when there is nothing left to stop."""
    if job.state in {JobState.COMPLETED, JobState.FAILED}:
        raise JobEnded(f"job {job.id} is {job.state} already; there is nothing left to cancel")


def refuse_retry(job: Job) -> None:
    """Raise `JobNotRetryable` unless the job has failed or was cancelled."""
    if job.state not in RETRYABLE:
        raise JobNotRetryable(f"job {job.id} is {job.state}; only a failed or cancelled job can be tried again")
