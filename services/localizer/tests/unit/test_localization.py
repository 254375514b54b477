from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from localizer.domain.localization import Copy, Localization, Selection, State, Step, next_step, source_to_copy

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NEWS = st.integers(min_value=1, max_value=2**63 - 1)
CHECKSUMS = st.sampled_from([None, "a" * 64, "b" * 64])
THEN = datetime(2026, 3, 14, tzinfo=UTC)

SELECTION = Selection(
    image_id=UUID(int=1),
    asset_id=UUID(int=2),
    asset_scope="project",
    project_id=UUID(int=3),
    branch_id=UUID(int=4),
    asset_type="character",
    asset_name="Mira Okafor",
    asset_version=5,
    look="base",
    source="workspace_1/a.png",
    source_sha256="a" * 64,
)
KNOWN = Localization(
    id=UUID(int=9),
    state=State.QUEUED,
    image_id=SELECTION.image_id,
    asset_id=SELECTION.asset_id,
    asset_scope="project",
    project_id=SELECTION.project_id,
    branch_id=SELECTION.branch_id,
    asset_type="character",
    asset_name="Mira Okafor",
    asset_version=4,
    look="base",
    source="workspace_1/a.png",
    source_sha256="a" * 64,
    key="k",
    thumbnail_key="t",
    copy=None,
    attempts=0,
    failures=0,
    failure_stage=None,
    error_class=None,
    message=None,
    version=1,
    created_at=THEN,
    updated_at=THEN,
)
COPY = Copy(sha256="a" * 64, bytes=10, width=1, height=1, content_type="image/png")


def known(state: State, **changes: object) -> Localization:
    copy = COPY if state is State.LOCALIZED else None
    return replace(KNOWN, state=state, copy=copy, **changes)  # type: ignore[arg-type] # a test names its fields


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (State.QUEUED, Step.WAIT),
        (State.RUNNING, Step.WAIT),
        (State.LOCALIZED, Step.ANNOUNCE),
        (State.FAILED, Step.COPY),
        (State.REMOVED, Step.NOTHING),
    ],
)
def test_what_selecting_an_image_again_asks_for_depends_on_how_far_it_has_come(state: State, step: Step) -> None:
    assert next_step(known(state), SELECTION) is step


@PATIENT
@given(st.sampled_from(State), NEWS, NEWS, CHECKSUMS)
def test_older_news_never_asks_for_anything(state: State, heard: int, told: int, sha256: str | None) -> None:
    step = next_step(known(state, asset_version=heard), replace(SELECTION, asset_version=told, source_sha256=sha256))
    if told <= heard:
        assert step is Step.NOTHING


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.LOCALIZED])
def test_a_checksum_that_contradicts_the_known_one_asks_for_a_checked_copy(state: State) -> None:
    assert next_step(known(state), replace(SELECTION, source_sha256="b" * 64)) is Step.COPY


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING])
def test_a_checksum_learned_before_the_copy_is_done_is_checked_against(state: State) -> None:
    assert next_step(known(state, source_sha256=None), SELECTION) is Step.COPY


def test_a_checksum_learned_after_the_copy_is_done_is_compared_with_the_copy() -> None:
    localized = known(State.LOCALIZED, source_sha256=None)
    assert next_step(localized, SELECTION) is Step.ANNOUNCE
    assert next_step(localized, replace(SELECTION, source_sha256="b" * 64)) is Step.COPY


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.LOCALIZED])
def test_a_selection_that_does_not_know_the_checksum_contradicts_nothing(state: State) -> None:
    assert next_step(known(state), replace(SELECTION, source_sha256=None)) is not Step.COPY


def test_only_a_source_that_could_not_be_copied_is_replaced() -> None:
    elsewhere = replace(SELECTION, source="workspace_1/b.png", source_sha256=None)
    assert source_to_copy(known(State.FAILED), elsewhere) == ("workspace_1/b.png", None)
    assert source_to_copy(known(State.RUNNING), elsewhere) == ("workspace_1/a.png", None)
