import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import CursorInvalid
from chassis.paging import Items, list_response, page_query


async def cursor_of(after: UUID) -> str:
    body = bytes(list_response(Items("[]", after)).body)
    return body.decode().split('"next_cursor":"')[1].rstrip('"}')


@given(st.uuids(allow_nil=True), st.integers(1, 200))
async def test_a_cursor_leads_back_to_where_the_page_ended(after: UUID, limit: int) -> None:
    page = await page_query(limit, await cursor_of(after))
    assert (page.limit, page.after) == (limit, after)


@given(st.text(max_size=100))
async def test_any_other_text_is_told_to_be_no_cursor(text: str) -> None:
    try:
        page = await page_query(50, text)
    except CursorInvalid:
        return
    assert page.after is not None
    assert base64.urlsafe_b64decode(text + "==") == page.after.bytes


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "é" * 22, "=" * 24, "A" * 23, "\x00" * 22])
async def test_a_cursor_of_another_shape_is_refused(cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        await page_query(50, cursor)


async def test_the_first_page_needs_no_cursor_and_the_last_gives_none() -> None:
    assert (await page_query()).after is None
    response = list_response(Items('[{"a":1}]', None))
    assert bytes(response.body) == b'{"items":[{"a":1}],"next_cursor":null}'
    assert response.media_type == "application/json"
