from uuid import UUID

import pytest

from extraction.domain.errors import EngineNotConfigured, RunEnded, RunNotRetryable
from extraction.domain.runs import EngineChoice, Run, RunState, choose_engine, lowest_cap, refuse_cancel, refuse_retry


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


@pytest.mark.parametrize(
    ("choice", "has_model", "chosen"),
    [
        (EngineChoice.AUTO, False, "builtin"),
        (EngineChoice.AUTO, True, "llm"),
        (EngineChoice.BUILTIN, False, "builtin"),
        (EngineChoice.BUILTIN, True, "builtin"),
        (EngineChoice.LLM, True, "llm"),
    ],
)
def test_a_language_model_reads_where_there_is_one_unless_another_engine_is_asked_for(
    choice: EngineChoice, has_model: bool, chosen: str
) -> None:
    assert choose_engine(choice, has_model=has_model) == chosen


def test_a_language_model_that_is_not_configured_cannot_be_asked_for() -> None:
    with pytest.raises(EngineNotConfigured, match="`builtin`"):
        choose_engine(EngineChoice.LLM, has_model=False)


@pytest.mark.parametrize(
    ("caps", "lowest"), [((None, None), None), ((5, None), 5), ((None, 5), 5), ((7, 5), 5), ((0, 5), 0)]
)
def test_the_lowest_price_cap_holds(caps: tuple[int | None, ...], lowest: int | None) -> None:
    assert lowest_cap(*caps) == lowest


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
