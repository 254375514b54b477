from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagegen.domain.batch import Batch, Change, queued_again
from imagegen.domain.errors import BatchEnded

NOW = datetime(2026, 3, 14, tzinfo=UTC)
LATER = datetime(2026, 3, 15, tzinfo=UTC)

ENDINGS = st.sampled_from(
    [Change(completed=1, cost_micro_usd=3), Change(failed=1, cost_micro_usd=1), Change(cancelled=1)]
)


def batch(promised: int | None = None) -> Batch:
    return Batch(uuid4(), None, None, promised, 0, 0, 0, 0, 0, version=0, cancelled_at=None, completed_at=None)


def test_a_batch_without_jobs_is_not_over() -> None:
    assert not batch().is_over
    assert not batch(promised=0).is_over


def test_a_batch_waits_for_the_jobs_it_was_promised() -> None:
    first = batch(promised=2).changed(Change(jobs=1), NOW).changed(Change(completed=1), NOW)
    assert (first.is_over, first.total) == (False, 2)
    both = first.changed(Change(jobs=1), NOW).changed(Change(failed=1), NOW)
    assert (both.is_over, both.total) == (True, 2)


def test_a_promise_that_was_too_small_does_not_close_a_batch_early() -> None:
    three = batch(promised=1).changed(Change(jobs=3), NOW).changed(Change(completed=1), NOW)
    assert (three.is_over, three.total) == (False, 3)


@given(st.lists(ENDINGS, min_size=1, max_size=30))
def test_a_batch_is_over_with_its_last_job_and_not_before(endings: list[Change]) -> None:
    now = batch(promised=len(endings)).changed(Change(jobs=len(endings)), NOW)
    over = []
    for ending in endings:
        now = now.changed(ending, NOW)
        over.append(now.is_over)
    assert over == [False] * (len(endings) - 1) + [True]
    assert now.completed + now.failed + now.cancelled == len(endings)
    assert now.cost_micro_usd == sum(ending.cost_micro_usd for ending in endings)
    assert now.version == len(endings) + 1


def test_what_is_tried_again_opens_the_batch_again() -> None:
    over = batch().changed(Change(jobs=1), NOW).changed(Change(failed=1), NOW)
    assert over.completed_at == NOW
    again = over.changed(Change(failed=-1), LATER)
    assert (again.is_over, again.completed_at, again.failed) == (False, None, 0)
    assert again.changed(Change(completed=1), LATER).completed_at == LATER


def test_a_change_of_cost_alone_leaves_the_end_where_it_was() -> None:
    over = batch().changed(Change(jobs=1), NOW).changed(Change(cancelled=1), NOW)
    assert over.changed(Change(cost_micro_usd=5), LATER).completed_at == NOW


def test_a_batch_that_has_ended_cannot_be_cancelled() -> None:
    over = batch().changed(Change(jobs=1), NOW).changed(Change(completed=1), NOW)
    with pytest.raises(BatchEnded):
        over.stopped(NOW)


def test_cancelling_twice_is_cancelling_once() -> None:
    stopped = batch(promised=1).changed(Change(jobs=1), NOW).stopped(NOW).changed(Change(cancelled=1), NOW)
    assert stopped.stopped(LATER).cancelled_at == NOW


def test_no_job_tried_again_changes_nothing() -> None:
    assert queued_again([]) == Change()
