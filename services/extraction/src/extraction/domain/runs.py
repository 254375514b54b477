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
    last asked for it, `started_at` is when the first of them began. A language model (`provider`, `model`, asked as
    `prompt_version` says) reads a run in chunks, which are planned at `planned_at`; what the first `told_chunks` of them
    found has been told.
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
    claim_token: UUID | None = None
    provider: str | None = None
    model: str | None = None
    prompt_version: str | None = None
    incremental: bool = True
    price_cap_micro_usd: int | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost_micro_usd: int = 0
    planned_at: datetime | None = None
    told_chunks: int = 0


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


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a run reads: what reads, and what for a language model; no cap means no bound."""

    engine: str
    provider: str | None = None
    model: str | None = None
    prompt_version: str | None = None
    incremental: bool = True
    price_cap_micro_usd: int | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What was paid for: tokens read and written, and their price in micro-USD."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost_micro_usd: int = 0


def choose_engine(choice: EngineChoice, *, has_model: bool) -> EngineChoice:
    """The engine a choice stands for: a language model where there is one; raises `EngineNotConfigured`."""
    if choice is EngineChoice.BUILTIN or (choice is EngineChoice.AUTO and not has_model):
        return EngineChoice.BUILTIN
    if not has_model:
        raise EngineNotConfigured("no language model is configured: use the engine `builtin`, or `auto`")
    return EngineChoice.LLM


def lowest_cap(*caps: int | None) -> int | None:
    """The lowest of some price caps; None where there is none."""
    return min((cap for cap in caps if cap is not None), default=None)


def refuse_cancel(run: Run) -> None:
    """Raise `RunEnded` when there is nothing left to stop."""
    if run.state in {RunState.COMPLETED, RunState.FAILED}:
        raise RunEnded(f"run {run.id} is {run.state} already; there is nothing left to cancel")


def refuse_retry(run: Run) -> None:
    """Raise `RunNotRetryable` unless the run has failed or was cancelled."""
    if run.state not in RETRYABLE:
        raise RunNotRetryable(f"run {run.id} is {run.state}; only a failed or cancelled run can be tried again")
