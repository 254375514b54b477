"""Events of the imagegen service, version 1: jobs and batches."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from contracts.event import EventData
from contracts.values import (
    AssetScope,
    ByteCount,
    ContentType,
    Count,
    Label,
    Message,
    MicroUsd,
    Name,
    ObjectKey,
    Ordinal,
    Pixels,
    Seconds,
    Sha256,
)


class JobFact(EventData):
    """What every event of an image job says."""

    AGGREGATE: ClassVar[str] = "job"
    AGGREGATE_ID: ClassVar[str] = "job_id"

    job_id: UUID = Field(description="The job: one image to draw.")
    request_id: UUID = Field(description="Image request the job answers.")
    batch_id: UUID | None = Field(default=None, description="Batch of the request; null when asked alone.")
    asset_id: UUID = Field(description="Project or global asset to draw.")
    asset_scope: AssetScope = Field(description="Which of the two it is.")
    project_id: UUID | None = Field(default=None, description="Project of the asset; null for a global asset.")
    branch_id: UUID | None = Field(default=None, description="Branch of the asset; null for a global asset.")
    look: Name = Field(default="base", description="Appearance to draw.")
    candidate: Ordinal = Field(default=1, description="Which of the request's candidates this is, counted from 1.")
    attempt: Count = Field(default=0, description="Attempts begun so far, this one included; 0 while none has.")
    provider: Label = Field(description="Provider asked to draw it.")
    model: Label = Field(description="The provider's name for its model.")


class JobQueued(JobFact):
    """A job waits to be drawn."""

    TYPE: ClassVar[str] = "dramatis.imagegen.job.queued.v1"


class JobStarted(JobFact):
    """A worker took the job."""

    TYPE: ClassVar[str] = "dramatis.imagegen.job.started.v1"


class JobCompleted(JobFact):
    """The image is drawn and stored."""

    TYPE: ClassVar[str] = "dramatis.imagegen.job.completed.v1"

    object_key: ObjectKey = Field(description="Where the image is stored.")
    content_type: ContentType = Field(description="Media type of the image.")
    sha256: Sha256 = Field(description="SHA-256 of the image, lower-case hex.")
    bytes: ByteCount = Field(description="Size of the image in bytes.")
    width: Pixels = Field(description="Width of the image in pixels.")
    height: Pixels = Field(description="Height of the image in pixels.")
    cost_micro_usd: MicroUsd = Field(default=0, description="What all its attempts cost, in micro-USD.")
    seconds: Seconds = Field(description="How long the last attempt took, in seconds.")


class JobFailed(JobFact):
    """The job gave up after its last attempt."""

    TYPE: ClassVar[str] = "dramatis.imagegen.job.failed.v1"

    failure_stage: Label = Field(description="Where it failed, e.g. `provider`, `validate`, `store`.")
    error_class: Label = Field(description="Stable name of the kind of error.")
    vendor_message: Message = Field(default="", description="The provider's own words.")
    cost_micro_usd: MicroUsd = Field(default=0, description="What all its attempts cost, in micro-USD.")


class JobCancelled(JobFact):
    """A person stopped the job before it was done."""

    TYPE: ClassVar[str] = "dramatis.imagegen.job.cancelled.v1"


class BatchCompleted(EventData):
    """Every job of a batch has ended, one way or another."""

    TYPE: ClassVar[str] = "dramatis.imagegen.batch.completed.v1"
    AGGREGATE: ClassVar[str] = "batch"
    AGGREGATE_ID: ClassVar[str] = "batch_id"

    batch_id: UUID = Field(description="The batch.")
    project_id: UUID | None = Field(default=None, description="Project it was asked for; null for the library.")
    branch_id: UUID | None = Field(default=None, description="Branch it was asked for; null for the library.")
    total: Count = Field(description="Number of jobs.")
    completed: Count = Field(description="Jobs that drew their image.")
    failed: Count = Field(description="Jobs that gave up.")
    cancelled: Count = Field(description="Jobs that were stopped.")
    cost_micro_usd: MicroUsd = Field(default=0, description="What the batch cost, in micro-USD.")


EVENTS: tuple[type[EventData], ...] = (JobQueued, JobStarted, JobCompleted, JobFailed, JobCancelled, BatchCompleted)
