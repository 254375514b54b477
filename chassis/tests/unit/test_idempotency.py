from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from chassis.errors import IdempotencyKeyInvalid
from chassis.idempotency import key_of, replay, request_hash
from chassis.work import Cause


def request(
    body: bytes = b"", content_type: str = "application/json", method: str = "POST", path: str = "/a", query: str = ""
) -> Request:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", content_type.encode("latin-1"))]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": headers}
    return Request(scope, receive)


async def same(one: Request, other: Request) -> bool:
    return await request_hash(one) == await request_hash(other)


def form(boundary: str, content: bytes = b"\x89PNG") -> Request:
    body = b'--%b\r\nContent-Disposition: form-data; name="file"\r\n\r\n%b\r\n--%b--\r\n' % (
        boundary.encode(),
        content,
        boundary.encode(),
    )
    return request(body, f'multipart/form-data; boundary="{boundary}"; charset=utf-8')


@given(st.binary(), st.binary())
async def test_the_hash_tells_bodies_apart(one: bytes, other: bytes) -> None:
    assert await same(request(one), request(other)) == (one == other)


async def test_the_hash_tells_addresses_and_methods_apart() -> None:
    requests = [request(), request(path="/b"), request(query="a=1"), request(method="PUT"), request(path="/a?a=1")]
    assert len({await request_hash(each) for each in requests}) == len(requests)


async def test_a_repeated_upload_with_another_boundary_is_the_same_request() -> None:
    assert await same(form("first"), form("second-and-longer"))
    assert not await same(form("first"), form("first", b"\x89JPG"))


@pytest.mark.parametrize("content_type", ["application/json; boundary=a", "text/plain; boundary=a"])
async def test_only_the_boundary_of_a_multipart_body_is_left_out(content_type: str) -> None:
    assert not await same(request(b'"cat"', content_type), request(b'"ct"', content_type))


async def test_text_of_a_part_that_looks_like_the_boundary_counts() -> None:
    assert not await same(form("a", b"banana"), form("a", b"bnn"))


def with_key(key: str, method: str = "POST") -> Request:
    headers = [(b"idempotency-key", key.encode("latin-1"))]
    return Request({"type": "http", "method": method, "path": "/", "headers": headers, "query_string": b""})


@pytest.mark.parametrize("key", ["a", "x" * 200, "with space", "é"])
def test_a_key_has_up_to_two_hundred_printable_characters(key: str) -> None:
    assert key_of(with_key(key)) == key


@pytest.mark.parametrize("key", ["", "x" * 201, "tab\t", "\x7f", "\x00"])
def test_any_other_key_is_refused(key: str) -> None:
    with pytest.raises(IdempotencyKeyInvalid):
        key_of(with_key(key))


@pytest.mark.parametrize("method", ["GET", "PATCH", "PUT", "DELETE"])
def test_only_a_post_has_a_key(method: str) -> None:
    assert key_of(with_key("a", method)) is None


class Forgetful:
    """A connection to a database that forgets an old key between two questions."""

    def __init__(self) -> None:
        self.asked = 0

    async def fetchval(self, *_: object) -> str | None:
        self.asked += 1
        return "a" if self.asked == 2 else None

    async def fetchrow(self, *_: object) -> None:
        return None


async def test_a_key_that_is_forgotten_while_it_is_asked_for_is_claimed_anew() -> None:
    connection = Forgetful()
    cause = Cause(UUID(int=7), UUID(int=8))
    assert await replay(connection, cause, "a", request()) is None  # type: ignore[arg-type] # as far as it is asked
    assert connection.asked == 2
