import pytest

from extraction.domain.errors import PriceCapReached
from extraction.domain.price_cap import expected_tokens, has_room


def test_a_call_is_expected_to_cost_what_is_asked_and_a_whole_answer() -> None:
    short, long = expected_tokens("a short question", 0), expected_tokens("a long question " * 1000, 0)
    assert 0 < short[0] < short[1], "even a short question may have an answer of some length"
    assert 0 < long[1] < long[0]


def test_a_call_may_cost_as_much_as_the_longest_reply() -> None:
    assert expected_tokens("a short question", 8192)[1] == 8192


@pytest.mark.parametrize(
    ("spent", "set_aside", "cap", "room"),
    [(0, 0, None, True), (99, 99, None, True), (60, 0, 70, True), (0, 60, 70, True), (30, 31, 70, False)],
)
def test_a_call_waits_only_for_what_calls_under_way_may_cost(
    spent: int, set_aside: int, cap: int | None, *, room: bool
) -> None:
    assert has_room(10, spent=spent, set_aside=set_aside, cap=cap) is room


def test_a_call_that_would_pass_the_cap_is_refused_with_all_that_counts() -> None:
    with pytest.raises(PriceCapReached) as caught:
        has_room(10, spent=61, set_aside=7, cap=70)
    said = str(caught.value)
    for words in ("may cost 10 ", "61 of 70 are spent", "7 are set aside", "higher cap", "DRAMATIS_LLM_REPLY_TOKENS"):
        assert words in said
