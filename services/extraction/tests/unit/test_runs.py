from uuid import UUID

import pytest

from extraction.domain.errors import EngineNotConfigured, RunEnded, RunNotRetryable
from extraction.domain.runs import EngineChoice, Run, RunState, choose_engine, refuse_cancel, refuse_retry


def run(state: RunState) -> Run:
    return Run(
        id=UUID(int=1),
        project_id=UUID(int=2),
        branch_id=UUID(int=3),
        script_id=UUID(int=4),
        script_version_id=UUID(int=5),
        script_version=1,
        engine="builtin",
        state=state,
        ticket=UUID(int=6),
        attempts=1,
        failures=0,
        version=1,
        started_at=None,
    )


@pytest.mark.parametrize("choice", [EngineChoice.AUTO, EngineChoice.BUILTIN])
def test_the_builtin_engine_reads_unless_another_is_asked_for(choice: EngineChoice) -> None:
    assert choose_engine(choice) == "builtin"


def test_a_language_model_is_not_configured() -> None:
    with pytest.raises(EngineNotConfigured, match="`builtin`"):
        choose_engine(EngineChoice.LLM)


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING, RunState.CANCELLED])
def test_a_run_that_has_not_ended_by_itself_can_be_cancelled(state: RunState) -> None:
    refuse_cancel(run(state))


@pytest.mark.parametrize("state", [RunState.COMPLETED, RunState.FAILED])
def test_a_run_that_has_ended_cannot_be_cancelled(state: RunState) -> None:
    with pytest.raises(RunEnded, match=state):
        refuse_cancel(run(state))


@pytest.mark.parametrize("state", RunState)
def test_only_a_failed_or_cancelled_run_can_be_tried_again(state: RunState) -> None:
    if state in {RunState.FAILED, RunState.CANCELLED}:
        refuse_retry(run(state))
    else:
        with pytest.raises(RunNotRetryable, match=state):
            refuse_retry(run(state))
