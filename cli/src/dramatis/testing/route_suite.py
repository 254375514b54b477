"""Random requests to every route of a service, drawn from its own OpenAPI document: none may meet a bug."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx
from hypothesis import strategies as st

from dramatis.testing.random_values import Known, Values, any_json, values_of

METHODS = frozenset({"get", "post", "put", "patch", "delete"})


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of an OpenAPI document."""

    method: str
    path: str
    parameters: Sequence[Mapping[str, Any]]
    body: Mapping[str, Any] | None
    definitions: Mapping[str, Any] = field(repr=False)

    def __str__(self) -> str:
        """Show the route as people name it."""
        return f"{self.method.upper()} {self.path}"


@dataclass(frozen=True, slots=True)
class RandomRequest:
    """One request; `json` is absent when the route takes no JSON body."""

    method: str
    path: str
    query: Mapping[str, Any]
    headers: Mapping[str, str]
    body: tuple[Any, ...]


def routes_of(openapi: Mapping[str, Any], service: str) -> list[Route]:
    """Every operation of the service, paths relative to `/api/<service>`, health left out."""
    return list(_routes(openapi, f"/api/{service}"))


def _routes(openapi: Mapping[str, Any], prefix: str) -> Iterator[Route]:
    definitions = openapi.get("components", {}).get("schemas", {})
    for path, operations in openapi["paths"].items():
        for method in operations.keys() & METHODS:
            if path.startswith(prefix):
                operation = operations[method]
                content = operation.get("requestBody", {}).get("content", {})
                body = content.get("application/json", {}).get("schema")
                parameters = operation.get("parameters", ())
                yield Route(method, path.removeprefix(prefix), parameters, body, definitions)


def random_requests(route: Route, known: Known | None = None) -> st.SearchStrategy[RandomRequest]:
    """Requests that the document allows, and bodies that it does not; `known` are values of parameters and fields."""
    known = known or {}
    bodies = st.just(()) if route.body is None else _bodies(route, known).map(lambda body: (body,))
    return st.builds(
        lambda path, query, headers, body: RandomRequest(route.method, path, query, headers, body),
        _parameters(route, "path", known).map(lambda values: _filled(route.path, values)),
        _parameters(route, "query", known),
        st.sampled_from([{"If-Match": f'"{version}"'} for version in (1, 2, 3)] + [{}]),
        bodies,
    )


def _bodies(route: Route, known: Known) -> Values:
    return values_of(route.body or {}, route.definitions, known) | any_json()


def _parameters(route: Route, place: str, known: Known) -> Values:
    wanted = [parameter for parameter in route.parameters if parameter["in"] == place]
    values = {one["name"]: _value(one, route, known) for one in wanted}
    required = {one["name"] for one in wanted if one.get("required")}
    return st.fixed_dictionaries(
        {name: value for name, value in values.items() if name in required},
        optional={name: value for name, value in values.items() if name not in required},
    )


def _value(parameter: Mapping[str, Any], route: Route, known: Known) -> Values:
    values = values_of(parameter["schema"], route.definitions)
    there = known.get(parameter["name"])
    # Mostly what is there: a path of four names, each right half of the time, would rarely lead anywhere.
    return st.one_of(*[st.sampled_from(there)] * 7, values) if there else values


def _filled(path: str, values: Mapping[str, object]) -> str:
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe="") or "%20").replace(f"{{{name}:path}}", str(value))
    return path


async def assert_no_bug(client: httpx.AsyncClient, request: RandomRequest) -> None:
    """Send it: the answer is a success or a problem of the client's making, and every problem has a code."""
    query = {name: value for name, value in request.query.items() if value is not None}
    json = {"json": request.body[0]} if request.body else {}
    answer = await client.request(request.method, request.path, params=query, headers=dict(request.headers), **json)
    assert answer.status_code < 500, f"{request}: {answer.text}"
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", f"{request}: {answer.text}"
        assert answer.json()["code"], f"{request}: {answer.text}"
