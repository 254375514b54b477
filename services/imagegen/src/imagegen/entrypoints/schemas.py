"""What clients see of jobs, batches and providers. Postgres makes the documents; these describe them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.paging import ListOf
from contracts.values import AssetScope, AssetType
from imagegen.domain.health import Health
from imagegen.domain.job import JobState


class Document(BaseModel):
    """Base of every answer: nothing is answered that is not described."""

    model_config = ConfigDict(extra="forbid")


class AttemptOut(Document):
    """One try at a job; `lost` means that its worker died or was too slow."""

    number: int = Field(description="Counted from 1 over the whole life of the job.")
    provider: str
    model: str
    outcome: Literal["running", "completed", "failed", "cancelled", "lost"]
    failure_stage: str | None = Field(description="provider, validate or store.")
    error_class: str | None = Field(description="Stable code of what went wrong.")
    vendor_message: str | None = Field(description="The words of whoever failed.")
    cost_micro_usd: int
    trace_id: str | None
    started_at: datetime
    ended_at: datetime | None


class JobOut(Document):
    """One image to draw, in a list."""

    id: UUID
    request_id: UUID
    candidate: int = Field(description="Which picture of its request, counted from 1.")
    batch_id: UUID | None
    asset_id: UUID
    asset_scope: AssetScope
    asset_type: AssetType
    asset_name: str
    project_id: UUID | None
    branch_id: UUID | None
    look: str
    width: int = Field(description="Pixels asked for, and drawn.")
    height: int = Field(description="Pixels asked for, and drawn.")
    provider: str
    model: str
    status: JobState
    attempt: int = Field(description="Tries begun so far.")
    failure_stage: str | None = Field(description="Where the last try failed: provider, validate or store.")
    error_class: str | None = Field(description="Stable code of what went wrong in the last try.")
    vendor_message: str | None = Field(description="The words of whoever failed.")
    object_key: str | None = Field(description="Where the picture is stored.")
    content_type: str | None
    sha256: str | None
    bytes: int | None
    cost_micro_usd: int = Field(description="What all tries cost.")
    seconds: float | None = Field(description="How long the try took that drew the picture.")
    trace_id: str | None = Field(description="Trace of the request that queued it last.")
    version: int
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class JobDetail(JobOut):
    """One image to draw, with its request and its tries."""

    request: dict[str, Any] = Field(description="The image request as it came, style capsule included.")
    attempts: list[AttemptOut] = Field(description="Every try, the first one first.")


class JobList(ListOf):
    """Jobs, newest first."""

    items: list[JobOut]


class BatchItem(Document):
    """The outcome of one job of a batch."""

    id: UUID
    asset_id: UUID
    asset_name: str
    look: str
    candidate: int
    status: JobState
    failure_stage: str | None
    error_class: str | None
    vendor_message: str | None
    object_key: str | None
    cost_micro_usd: int


class BatchOut(Document):
    """Jobs that were asked for together."""

    id: UUID
    project_id: UUID | None
    branch_id: UUID | None
    total: int = Field(description="Number of jobs, those still to come included.")
    expected: int = Field(description="Jobs whose requests have not arrived yet.")
    queued: int
    running: int
    completed: int
    failed: int
    cancelled: int
    cost_micro_usd: int
    version: int
    created_at: datetime
    updated_at: datetime
    cancelled_at: datetime | None = Field(description="Since when jobs still to come are cancelled.")
    completed_at: datetime | None = Field(description="Since when every job has ended.")
    items: list[BatchItem]


class ProviderOut(Document):
    """One configured provider, and how this workspace's recent tries went there."""

    name: str
    model: str
    is_default: bool
    max_concurrency: int = Field(description="Calls one worker has open at once.")
    health: Health
    recent_tries: int
    recent_failures: int = Field(description="Recent tries that failed at the provider itself.")
    failed_at: datetime | None
    error_class: str | None
    vendor_message: str | None


class ProviderList(Document):
    """Every configured provider."""

    items: list[ProviderOut]
