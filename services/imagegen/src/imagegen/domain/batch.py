"""Batches: how many of their jobs have ended, and when all have."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from imagegen.domain.errors import BatchEnded
from imagegen.domain.job import Job, JobState


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a batch's counts change; `jobs` are newly recorded ones."""

    jobs: int = 0
    completed: int = 0
    failed: int = 0
    cancelled: int = 0
    cost_micro_usd: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """The jobs that were asked for together.

    `promised` is how many there will be, as far as anybody said; `jobs` how many there are. Requests of a batch that
    was cancelled may still be on their way.
    """

    id: UUID
    project_id: UUID | None
    branch_id: UUID | None
    promised: int | None
    jobs: int
    completed: int
    failed: int
    cancelled: int
    cost_micro_usd: int
    version: int
    cancelled_at: datetime | None
    completed_at: datetime | None

    @property
    def total(self) -> int:
        """Number of its jobs, those still to come included."""
        return max(self.promised or 0, self.jobs)

    @property
    def is_over(self) -> bool:
        """Whether every job has ended, one way or another."""
        return self.jobs > 0 and self.completed + self.failed + self.cancelled >= self.total

    def changed(self, change: Change, now: datetime) -> "Batch":
        """The batch after `change`; `completed_at` says since when it is over."""
        after = replace(
            self,
            jobs=self.jobs + change.jobs,
            completed=self.completed + change.completed,
            failed=self.failed + change.failed,
            cancelled=self.cancelled + change.cancelled,
            cost_micro_usd=self.cost_micro_usd + change.cost_micro_usd,
            version=self.version + 1,
        )
        return replace(after, completed_at=(self.completed_at or now) if after.is_over else None)

    def stopped(self, now: datetime) -> "Batch":
        """The batch with all that is still to come cancelled; raises `BatchEnded`."""
        if self.is_over and self.cancelled_at is None:
            raise BatchEnded(f"all {self.total} jobs of batch {self.id} have ended; there is nothing left to cancel")
        return replace(self, cancelled_at=self.cancelled_at or now)


def queued_again(jobs: Iterable[Job]) -> Change:
    """What it means for a batch that these of its ended jobs are queued again."""
    states = [job.state for job in jobs]
    return Change(failed=-states.count(JobState.FAILED), cancelled=-states.count(JobState.CANCELLED))
