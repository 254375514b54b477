import json

import pytest

from extraction.domain.errors import PriceCapReached
from extraction.domain.llm.shape import REPLY_SCHEMA
from extraction.domain.llm.tokens import estimate_tokens
from extraction.domain.price_cap import expected_tokens, has_room


def test_a_call_may_cost_what_is_asked_and_the_longest_reply() -> None:
    assert expected_tokens("", 8192) == (estimate_tokens(json.dumps(REPLY_SCHEMA)), 8192)
    short, long = expected_tokens("a short question", 8192), expected_tokens("a long question " * 1000, 8192)
    assert 0 < short[0] < long[0]
    assert short[1] == long[1] == 8192


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
