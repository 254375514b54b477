import socket
from collections.abc import Iterator

import httpx
import pytest
from cli.tests.unit.stand_in import Answer, StandIn, problem

from dramatis import api as client
from dramatis.api import Api, ApiProblem, NotDramatis, ServerAway

PROJECTS = "/api/assets/v1/projects"


@pytest.fixture
def api(stand_in: StandIn) -> Iterator[Api]:
    with Api(stand_in.origin + "/", "secret-token", lambda: {"traceparent": "00-1-2-01"}) as each:
        yield each


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_PATIENCE_S", 0.3)
    monkeypatch.setattr(client, "_PAUSE_S", 0.01)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def page(*names: str, cursor: str | None = None) -> dict[str, object]:
    return {"items": [{"name": name} for name in names], "next_cursor": cursor}


def test_items_follow_the_cursor_to_the_last_page(stand_in: StandIn, api: Api) -> None:
    stand_in.on("GET", PROJECTS, page("a", "b", cursor="two"), page(cursor="three"), page("c"))

    assert [one["name"] for one in api.items("assets", "/v1/projects", status="draft")] == ["a", "b", "c"]
    assert [call.query.get("cursor") for call in stand_in.calls] == [None, "two", "three"]
    assert all(call.query["status"] == "draft" for call in stand_in.calls)


def test_every_request_carries_the_token_and_the_trace(stand_in: StandIn, api: Api) -> None:
    stand_in.on("GET", PROJECTS, page())
    api.get("assets", "/v1/projects", q=None)

    (call,) = stand_in.calls
    assert call.headers["Authorization"] == "Bearer secret-token"
    assert call.headers["traceparent"] == "00-1-2-01"
    assert call.query == {}


def test_a_presigned_url_is_called_without_the_token(stand_in: StandIn, api: Api) -> None:
    stand_in.on("GET", "/dramatis/key.png", Answer(b"bytes", media_type="image/png"))

    assert api.download(f"{stand_in.origin}/dramatis/key.png") == b"bytes"
    assert "Authorization" not in stand_in.calls[0].headers


def test_a_post_is_repeated_under_its_key_while_the_server_is_away(
    stand_in: StandIn, api: Api, impatient: None
) -> None:
    stand_in.on("POST", PROJECTS, problem(503, "service-unavailable"), problem(502, "x"), {"id": "1"})

    assert api.post("assets", "/v1/projects", {"name": "x"}) == {"id": "1"}
    keys = [call.headers["Idempotency-Key"] for call in stand_in.calls]
    assert len(keys) == 3
    assert len(set(keys)) == 1


def test_each_post_has_a_key_of_its_own_unless_it_is_given_one(stand_in: StandIn, api: Api) -> None:
    stand_in.on("POST", PROJECTS, {})
    for key in (None, None, "mine"):
        api.post("assets", "/v1/projects", key=key)

    first, second, third = (call.headers["Idempotency-Key"] for call in stand_in.calls)
    assert first != second
    assert third == "mine"


def test_a_change_is_never_repeated(stand_in: StandIn, api: Api) -> None:
    stand_in.on("PATCH", PROJECTS, problem(503, "service-unavailable"))

    with pytest.raises(ApiProblem):
        api.request("PATCH", "assets", "/v1/projects", json={})
    assert len(stand_in.calls) == 1


def test_patience_ends(stand_in: StandIn, api: Api, impatient: None) -> None:
    stand_in.on("GET", PROJECTS, problem(503, "service-unavailable", "try again shortly"))

    with pytest.raises(ApiProblem, match="try again shortly"):
        api.get("assets", "/v1/projects")
    assert len(stand_in.calls) > 2


def test_reaching_out_to_nobody_fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "sleep", lambda _: pytest.fail("it waits"))
    origin = f"http://127.0.0.1:{free_port()}"

    with pytest.raises(ServerAway, match=f"nothing answers at {origin}"):
        Api(origin, "token").reach()


def test_a_server_that_went_away_is_waited_for(impatient: None) -> None:
    with pytest.raises(ServerAway):
        Api(f"http://127.0.0.1:{free_port()}", "token").get("assets", "/v1/projects")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b"<html>", 404, "text/html"), "answers 404, but not as Dramatis does"),
        (Answer({"message": "Not Found"}, 404), "answers 404, but not as Dramatis does"),
        (Answer(b"<html>", 200, "text/html"), "answers, but not with JSON"),
        (Answer(b"", 302, "text/html"), "answers 302, but not as Dramatis does"),
    ],
)
def test_another_program_is_not_taken_for_dramatis(stand_in: StandIn, api: Api, answer: Answer, words: str) -> None:
    stand_in.on("GET", PROJECTS, answer)

    with pytest.raises(NotDramatis, match=words):
        api.reach()


def test_a_proxy_without_its_server_says_who_is_away(stand_in: StandIn, api: Api, impatient: None) -> None:
    stand_in.on("GET", PROJECTS, Answer(b"Bad Gateway", 502, "text/plain"))

    with pytest.raises(ServerAway, match=f"the server behind {stand_in.origin}/ is away"):
        api.get("assets", "/v1/projects")


@pytest.mark.parametrize(
    ("title", "detail", "words"),
    [
        ("No such thing", "look elsewhere", "No such thing: look elsewhere [code]"),
        ("No such thing", "No such thing: look elsewhere.", "No such thing: look elsewhere [code]"),
        ("No such thing", "", "No such thing [code]"),
    ],
)
def test_a_problem_is_told_once(title: str, detail: str, words: str) -> None:
    assert str(ApiProblem(404, {"title": title, "detail": detail, "code": "code", "trace_id": "t"})) == words


def test_a_server_error_names_its_trace() -> None:
    assert str(ApiProblem(500, {"title": "Oh", "code": "bug", "trace_id": "t"})) == "Oh [bug, trace t]"


def test_a_missing_object_is_an_error_of_http(stand_in: StandIn, api: Api) -> None:
    with pytest.raises(httpx.HTTPStatusError):
        api.download(f"{stand_in.origin}/gone")
