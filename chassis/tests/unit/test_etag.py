import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import IfMatchRequired, Stale
from chassis.http import etag, expected_version


@given(st.integers(1, 10**18 - 1))
async def test_an_etag_comes_back_as_the_version_it_was_made_from(version: int) -> None:
    [text] = etag(version).values()
    assert await expected_version(text) == version
    assert await expected_version(f"W/{text}") == version  # proxies that compress make it weak
    assert await expected_version(f" {text} ") == version


async def test_a_change_without_if_match_is_refused() -> None:
    with pytest.raises(IfMatchRequired):
        await expected_version(None)


@pytest.mark.parametrize(
    "text", ["", "*", "5", '"five"', '"5', "'5'", '"-5"', '"5", "6"', '"\u0665"', '"' + "9" * 19 + '"', 'w/"5"', '""']
)
async def test_anything_else_is_stale(text: str) -> None:
    with pytest.raises(Stale):
        await expected_version(text)
