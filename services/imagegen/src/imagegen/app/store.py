"""The store as use cases see it: what it promises inside one transaction of one workspace."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chassis.paging import Items, Page
from imagegen.domain.batch import Batch
from imagegen.domain.health import Experience
from imagegen.domain.job import ClaimedJob, Job, JobState, Order, Stored, Trouble


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Which jobs a list shows; None leaves a property alone."""

    state: JobState | None = None
    project_id: UUID | None = None
    batch_id: UUID | None = None
    error_class: str | None = None
    asset_id: UUID | None = None


class Store(Protocol):
    """Rows of one workspace.

    Whoever ends or requeues jobs of a batch locks the batch first, so that no two transactions wait for each other.
    """

    async def add_jobs(
        self, order: Order, new: Sequence[tuple[UUID, int]], state: JobState, now: datetime
    ) -> list[Job]:
        """Record jobs given by (id, candidate) in `state`; returns those that were not recorded before."""

    async def find_job(self, job_id: UUID) -> Job | None:
        """One job as it is."""

    async def lock_job(self, job_id: UUID) -> Job | None:
        """One job, locked until the transaction ends."""

    async def lock_jobs_of(self, batch_id: UUID, states: Collection[JobState]) -> list[Job]:
        """Jobs of a batch that are in one of `states`, locked until the transaction ends."""

    async def claim_job(self, ticket: UUID, token: UUID, trace_id: str | None, now: datetime) -> ClaimedJob | None:
        """The job queued under `ticket`, now running under `token`; None when nothing is left to do.

        A try that was under way is recorded as lost: its worker has died, or is too slow to be waited for.
        """

    async def complete_job(
        self, job_id: UUID, token: UUID, stored: Stored, *, seconds: float, cost: int, now: datetime
    ) -> Job | None:
        """The job, now completed; None when `token` no longer holds it."""

    async def release_job(self, job_id: UUID, token: UUID, trouble: Trouble, cost: int, now: datetime) -> Job | None:
        """The job, now waiting to be tried again; None when `token` no longer holds it."""

    async def fail_job(self, job_id: UUID, token: UUID, trouble: Trouble, cost: int, now: datetime) -> Job | None:
        """The job, now failed; None when `token` no longer holds it."""

    async def cancel_jobs(self, job_ids: Collection[UUID], now: datetime) -> list[Job]:
        """These locked jobs, now cancelled; whoever held one holds it no longer."""

    async def requeue_jobs(self, job_ids: Collection[UUID], trace_id: str | None, now: datetime) -> list[Job]:
        """These locked jobs, now queued under new tickets, with no failures held against them."""

    async def charge_dropped(self, job_id: UUID, token: UUID, cost: int) -> None:
        """Record what a try cost that no longer holds its job."""

    async def is_wanted(self, job_id: UUID, ticket: UUID) -> bool:
        """Whether the message of this ticket still has something to start."""

    async def job_of_dropped(self, token: UUID) -> UUID | None:
        """The job of a try whose picture nobody will use; None when the try still counts."""

    async def open_batch(
        self, batch_id: UUID, project_id: UUID | None, branch_id: UUID | None, promised: int | None, now: datetime
    ) -> Batch:
        """The batch, locked; made when this is the first of its requests, never promising fewer jobs than before."""

    async def lock_batch(self, batch_id: UUID) -> Batch | None:
        """One batch, locked until the transaction ends."""

    async def save_batch(self, batch: Batch, now: datetime) -> None:
        """Keep a locked batch as it has become."""

    async def list_jobs(self, wanted: JobFilter, page: Page) -> Items:
        """One page of jobs, newest first, as JSON."""

    async def job_document(self, job_id: UUID) -> str | None:
        """One job with its attempts, as JSON."""

    async def batch_document(self, batch_id: UUID) -> str | None:
        """One batch with its progress and the outcome of each job, as JSON."""

    async def experiences(self, providers: Sequence[str]) -> list[Experience]:
        """How the recent tries at each of these providers went, in the same order."""
