from datetime import UTC, datetime
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.domain.assets import AssetType
from assets.domain.images import (
    SIZES,
    ImageRequest,
    ImageState,
    Localized,
    failure,
    newest,
    with_drawn,
    with_failure,
)

NOW = datetime(2026, 3, 14, tzinfo=UTC)


def request(candidates: int) -> ImageRequest:
    return ImageRequest(UUID(int=1), UUID(int=2), "base", UUID(int=3), candidates, (), (), None, NOW, NOW)


def heard(candidates: int, *news: tuple[str, int]) -> ImageState:
    found = request(candidates)
    for what, candidate in news:
        found = with_drawn(found, candidate, NOW) if what == "drawn" else with_failure(found, candidate, "why", NOW)
    return found.state


def test_every_type_has_a_size() -> None:
    assert {kind: tuple(size) for kind, size in SIZES.items()} == {
        AssetType.CHARACTER: (512, 768),
        AssetType.LOCATION: (1024, 576),
        AssetType.PROP: (512, 512),
    }


@pytest.mark.parametrize(
    ("candidates", "news", "state"),
    [
        (1, [], "requested"),
        (1, [("drawn", 1)], "drawn"),
        (1, [("failed", 1)], "failed"),
        (2, [("failed", 1)], "requested"),
        (2, [("failed", 1), ("failed", 1)], "requested"),
        (2, [("failed", 1), ("failed", 2)], "failed"),
        (2, [("failed", 1), ("drawn", 2)], "drawn"),
        (1, [("failed", 1), ("drawn", 1)], "drawn"),
    ],
)
def test_a_request_comes_as_far_as_its_candidates_in_any_order(
    candidates: int, news: list[tuple[str, int]], state: str
) -> None:
    assert {heard(candidates, *order) for order in permutations(news)} == {ImageState(state)}


def test_a_failure_is_told_in_one_text() -> None:
    assert failure("provider", "content-refused", "No hats.") == "provider: content-refused: No hats."
    assert failure("provider", "timeout", "") == "provider: timeout"


@given(
    st.lists(
        st.builds(Localized, st.sampled_from([UUID(int=1), UUID(int=2)]), st.uuids(), st.integers(1, 5)), max_size=8
    )
)
def test_of_each_image_only_the_newest_news_counts(news: list[Localized]) -> None:
    latest = newest(news)
    assert len({one.image_id for one in latest}) == len(latest) == len({one.image_id for one in news})
    for one in latest:
        rivals = [other for other in news if other.image_id == one.image_id]
        assert max((other.localization_id, other.version) for other in rivals) == (one.localization_id, one.version)
