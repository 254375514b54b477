"""Tell the world what has become of a run."""

from collections.abc import Iterable
from typing import TypedDict
from uuid import UUID

from chassis.work import Work
from contracts.extraction.v1 import RunCompleted, RunFailed, RunStarted
from contracts.values import Engine
from extraction.app.describe_assets import MAX_LABEL
from extraction.app.store import Store
from extraction.domain.run_chunk import Reuse
from extraction.domain.runs import Counts, Run, Trouble

READ = "read"
READ_CHUNK = "read-chunk"
NOTHING_REUSED = Reuse()


class RunFields(TypedDict):
    """What every event of a run says."""

    run_id: UUID
    script_id: UUID
    script_version: int
    project_id: UUID
    branch_id: UUID
    engine: Engine


def _fields(run: Run) -> RunFields:
    return RunFields(
        run_id=run.id,
        script_id=run.script_id,
        script_version=run.script_version,
        project_id=run.project_id,
        branch_id=run.branch_id,
        engine=Engine(run.engine),
    )


def enqueue(ticket: UUID, work: Work[Store]) -> None:
    """Put a run into the work queue under its ticket."""
    work.enqueue(READ, ticket)


def enqueue_chunks(tickets: Iterable[UUID], work: Work[Store]) -> None:
    """Put chunks into the work queue, each under its ticket."""
    for ticket in tickets:
        work.enqueue(READ_CHUNK, ticket)


def tell_started(run: Run, work: Work[Store]) -> None:
    """Say that a worker began to read."""
    work.emit(RunStarted(**_fields(run)), run.version)


def tell_completed(
    run: Run, version: int, counts: Counts, seconds: float, work: Work[Store], *, reuse: Reuse = NOTHING_REUSED
) -> None:
    """Say that the whole script is read, as of this version of the run; what was found is said before."""
    event = RunCompleted(
        **_fields(run),
        characters=counts.characters,
        locations=counts.locations,
        props=counts.props,
        input_tokens=run.input_tokens,
        output_tokens=run.output_tokens,
        cost_micro_usd=run.cost_micro_usd,
        provider=_label(run.provider),
        model=_label(run.model),
        prompt_version=_label(run.prompt_version),
        scenes_reused=reuse.scenes,
        saved_micro_usd=reuse.micro_usd,
        seconds=seconds,
    )
    work.emit(event, version)


def tell_failed(run: Run, version: int, trouble: Trouble, work: Work[Store]) -> None:
    """Say that the run gave up, as of this version of it."""
    event = RunFailed(
        **_fields(run),
        failure_stage=trouble.stage,
        error_class=trouble.error_class,
        message=trouble.message,
        input_tokens=run.input_tokens,
        output_tokens=run.output_tokens,
        cost_micro_usd=run.cost_micro_usd,
    )
    work.emit(event, version)


def _label(name: str | None) -> str | None:
    return (name or "")[:MAX_LABEL] or None
