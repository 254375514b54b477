import json
from uuid import UUID

import asyncpg
import pytest
import structlog
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from chassis.errors import IfMatchRequired, Problem, Stale, Unavailable
from chassis.problems import MEDIA_TYPE, problem_response, problems


class OutOfInk(Exception):
    """The ink is used up.

    Refill it.
    """

    code = "out-of-ink"
    kind = "unavailable"
    retry_after = 2.4


class WrongState(Problem):
    """The job is in another state."""

    code = "wrong-state"
    kind = "conflict"


def told(error: Exception, path: str = "/api/sandbox/v1/widgets") -> tuple[Response, dict[str, object]]:
    request = Request({"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""})
    response = problem_response(request, error)
    document: dict[str, object] = json.loads(bytes(response.body))
    assert response.media_type == MEDIA_TYPE
    assert document["status"] == response.status_code
    return response, document


def test_a_problem_document_says_what_happened_and_where() -> None:
    _, document = told(WrongState("it is done", job="7"))
    assert document == {
        "type": "urn:dramatis:problem:wrong-state",
        "title": "The job is in another state",
        "status": 409,
        "code": "wrong-state",
        "detail": "it is done",
        "instance": "/api/sandbox/v1/widgets",
        "trace_id": None,
        "job": "7",
    }


def test_what_a_problem_adds_cannot_replace_the_standard_members() -> None:
    _, document = told(WrongState("it is done", status="completed", code="mine", title="x", job=UUID(int=7)))
    assert (document["status"], document["code"]) == (409, "wrong-state")
    assert document["job"] == str(UUID(int=7))


def test_a_domain_error_without_words_is_told_by_its_title() -> None:
    response, document = told(OutOfInk())
    assert document["detail"] == "The ink is used up"
    assert response.headers["retry-after"] == "3"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (HTTPException(404), 404, "route-not-found"),
        (HTTPException(405, headers={"Allow": "GET"}), 405, "method-not-allowed"),
        (HTTPException(400, "too many parts"), 400, "body-malformed"),
        (HTTPException(500, "oh"), 500, "internal-error"),
        (RequestValidationError([{"type": "json_invalid", "loc": ("body", 3), "msg": "no"}]), 400, "body-malformed"),
        (RequestValidationError([{"type": "x", "loc": ("body", "a"), "msg": "no"}]), 422, "request-invalid"),
        (
            RequestValidationError([{"type": "x", "loc": ("body",), "msg": "no"}], body=b"{}"),
            415,
            "content-unsupported",
        ),
        (ClientDisconnect(), 400, "body-malformed"),
        (TimeoutError(), 503, "service-unavailable"),
        (ConnectionRefusedError(), 503, "service-unavailable"),
        (asyncpg.QueryCanceledError("statement timeout"), 503, "service-unavailable"),
        (asyncpg.CharacterNotInRepertoireError("0x00"), 422, "value-unstorable"),
        (asyncpg.UniqueViolationError("duplicate key"), 409, "conflict"),
        (asyncpg.ForeignKeyViolationError("gone"), 409, "conflict"),
        (asyncpg.CheckViolationError("check"), 500, "internal-error"),
        (FileNotFoundError("x"), 500, "internal-error"),
        (Stale(), 412, "stale"),
    ],
    ids=lambda value: repr(value) if isinstance(value, Exception) else None,
)
def test_errors_of_frameworks_and_drivers_are_told_as_problems(error: Exception, status: int, code: str) -> None:
    response, document = told(error)
    assert (response.status_code, document["code"]) == (status, code)


def test_nothing_is_told_of_what_a_driver_said() -> None:
    for error in (RuntimeError("secret"), asyncpg.UniqueViolationError("Key (email)=(a@secret)"), OSError("secret")):
        response, _ = told(error)
        assert b"secret" not in response.body


def test_an_unexpected_error_is_logged_with_its_stack() -> None:
    error = RuntimeError("boom")
    with structlog.testing.capture_logs() as logs:
        told(error)
    [line] = logs
    assert (line["log_level"], line["exc_info"]) == ("error", error)


def test_a_client_that_goes_away_is_no_error_of_ours() -> None:
    with structlog.testing.capture_logs() as logs:
        told(ClientDisconnect())
    assert logs == []


def test_what_is_no_valid_unicode_can_be_told() -> None:
    response, document = told(WrongState("the name \ud800 is odd", name="\ud800"), path="/\ud800")
    assert response.status_code == 409
    assert document["code"] == "wrong-state"


def test_headers_that_a_status_asks_for_are_sent() -> None:
    assert told(HTTPException(405, headers={"Allow": "GET, POST"}))[0].headers["allow"] == "GET, POST"
    assert told(Unavailable())[0].headers["retry-after"] == "1"


def test_openapi_lists_problems_by_status() -> None:
    documented = problems(WrongState, OutOfInk, IfMatchRequired, Stale)
    assert set(documented) == {409, 503, 428, 412}
    assert documented[409]["description"] == "`wrong-state`: The job is in another state"


def test_no_more_errors_are_told_than_a_person_reads() -> None:
    wrong = [{"type": "extra_forbidden", "loc": ("body", "x" * 9_000), "msg": "no", "input": 1}] * 9_000
    response, document = told(RequestValidationError(wrong))
    assert document["code"] == "request-invalid"
    assert len(response.body) < 50_000
