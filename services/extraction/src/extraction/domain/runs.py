"""Extraction runs: their states, and what may be done in each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from extraction.domain.errors import EngineNotConfigured, RunEnded, RunNotRetryable


class RunState(StrEnum):
    """Where a run is on its way; the last three are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class EngineChoice(StrEnum):
    """What a person asks to have the script read by; `auto` leaves it to us."""

    AUTO = "auto"
    BUILTIN = "builtin"
    LLM = "llm"


UNFINISHED = frozenset({RunState.QUEUED, RunState.RUNNING})
RETRYABLE = frozenset({RunState.FAILED, RunState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of one script version.

    `ticket` names the one queued message that may start it; `failures` counts the tries that failed since a person
    last asked for it, `started_at` is when the first of them began.
    """

    id: UUID
    project_id: UUID
    branch_id: UUID
    script_id: UUID
    script_version_id: UUID
    script_version: int
    engine: str
    state: RunState
    ticket: UUID
    attempts: int
    failures: int
    version: int
    started_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many assets of each type a run found."""

    characters: int
    locations: int
    props: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a try failed: at which stage, of which class, in words."""

    stage: str
    error_class: str
    message: str


def choose_engine(choice: EngineChoice) -> str:
    """The engine a choice stands for; raises `EngineNotConfigured`."""
    if choice is EngineChoice.LLM:
        raise EngineNotConfigured("no language model is configured: use the engine `builtin`, or `auto`")
    return EngineChoice.BUILTIN.value


def refuse_cancel(run: Run) -> None:
    """Raise `RunEnded` when there is nothing left to stop."""
    if run.state in {RunState.COMPLETED, RunState.FAILED}:
        raise RunEnded(f"run {run.id} is {run.state} already; there is nothing left to cancel")


def refuse_retry(run: Run) -> None:
    """Raise `RunNotRetryable` unless the run has failed or was cancelled."""
    if run.state not in RETRYABLE:
        raise RunNotRetryable(f"run {run.id} is {run.state}; only a failed or cancelled run can be tried again")
