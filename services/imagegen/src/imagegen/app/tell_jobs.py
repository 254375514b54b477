"""Tell the world what has become of a job or a batch."""

from typing import TypedDict
from uuid import UUID

from chassis.work import Work
from contracts.imagegen.v1 import BatchCompleted, JobCancelled, JobCompleted, JobFailed, JobQueued, JobStarted
from contracts.values import AssetScope
from imagegen.app.store import Store
from imagegen.domain.batch import Batch
from imagegen.domain.job import Job, Stored, Trouble


class JobFields(TypedDict):
    """What every event of a job says."""

    job_id: UUID
    request_id: UUID
    batch_id: UUID | None
    asset_id: UUID
    asset_scope: AssetScope
    project_id: UUID | None
    branch_id: UUID | None
    look: str
    candidate: int
    attempt: int
    provider: str
    model: str


def _fields(job: Job) -> JobFields:
    return JobFields(
        job_id=job.id,
        request_id=job.request_id,
        batch_id=job.batch_id,
        asset_id=job.asset_id,
        asset_scope=AssetScope(job.asset_scope),
        project_id=job.project_id,
        branch_id=job.branch_id,
        look=job.look,
        candidate=job.candidate,
        attempt=job.attempts,
        provider=job.provider,
        model=job.model,
    )


def enqueue(job: Job, work: Work[Store]) -> None:
    """Say that the job waits, and put it into the work queue under its ticket."""
    work.emit(JobQueued(**_fields(job)), job.version)
    work.enqueue("draw", job.ticket)


def discard(token: UUID, work: Work[Store]) -> None:
    """Have the picture removed that a try with this token may have stored."""
    work.enqueue("discard", token)


def tell_started(job: Job, work: Work[Store]) -> None:
    """Say that a worker took the job."""
    work.emit(JobStarted(**_fields(job)), job.version)


def tell_completed(job: Job, stored: Stored, seconds: float, work: Work[Store]) -> None:
    """Say that the picture is drawn and stored."""
    work.emit(
        JobCompleted(
            **_fields(job),
            object_key=stored.object_key,
            content_type=stored.facts.content_type,
            sha256=stored.facts.sha256,
            bytes=stored.facts.bytes,
            width=stored.facts.width,
            height=stored.facts.height,
            cost_micro_usd=job.cost_micro_usd,
            seconds=seconds,
        ),
        job.version,
    )


def tell_failed(job: Job, trouble: Trouble, work: Work[Store]) -> None:
    """Say that the job gave up."""
    work.emit(
        JobFailed(
            **_fields(job),
            failure_stage=trouble.stage,
            error_class=trouble.error_class,
            vendor_message=trouble.message,
            cost_micro_usd=job.cost_micro_usd,
        ),
        job.version,
    )


def tell_cancelled(job: Job, work: Work[Store]) -> None:
    """Say that a person stopped the job."""
    work.emit(JobCancelled(**_fields(job)), job.version)


def tell_batch_completed(batch: Batch, work: Work[Store]) -> None:
    """Say that every job of the batch has ended."""
    work.emit(
        BatchCompleted(
            batch_id=batch.id,
            project_id=batch.project_id,
            branch_id=batch.branch_id,
            total=batch.total,
            completed=batch.completed,
            failed=batch.failed,
            cancelled=batch.cancelled,
            cost_micro_usd=batch.cost_micro_usd,
        ),
        batch.version,
    )
