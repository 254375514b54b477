"""HTTP of a service: every route gets token, role, tenant, transaction, idempotency, span and problem documents."""

import re
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, FastAPI, Header
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from opentelemetry.trace import Span, SpanKind
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis import idempotency, telemetry
from chassis.auth import Authenticator, Identity, Role
from chassis.database import Database
from chassis.errors import BodyTooLarge, IfMatchRequired, RoleForbidden, Stale
from chassis.ids import new_id
from chassis.problems import problem_response, problems
from chassis.telemetry import span
from chassis.work import Cause, Work

SAFE_METHODS = frozenset({"GET", "HEAD"})
CORRELATION_HEADER = "X-Correlation-Id"
TRACE_HEADER = "X-Trace-Id"

P = TypeVar("P")
F = TypeVar("F", bound=Callable[..., Awaitable[object]])
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]
Prepare = Callable[[Request], Awaitable[object]]

_PREPARE = "__prepare__"

__all__ = ["IfMatch", "build_app", "current_work", "etag", "part", "prepared", "prepares", "problems", "service_router"]


@dataclass(frozen=True, slots=True)
class Runtime:
    """What a request needs from its process."""

    service: str
    db: Database[Any]
    authenticator: Authenticator
    parts: dict[type, object]


class TransactionRoute(APIRoute):
    """A route whose endpoint runs in one transaction of the caller's workspace."""

    def get_route_handler(self) -> Endpoint:
        """FastAPI's handler, inside everything the chassis guarantees."""
        endpoint = super().get_route_handler()
        prepare: Prepare | None = getattr(self.endpoint, _PREPARE, None)

        async def handle(request: Request) -> Response:
            request.state.prepare = prepare
            return await _serve(request, endpoint, self.path_format)

        return handle


def service_router(service: str) -> APIRouter:
    """Router for routes below `/api/<service>` that are wrapped by the chassis."""
    return APIRouter(prefix=f"/api/{service}", route_class=TransactionRoute)


async def current_work(request: Request) -> Work[Any]:
    """Dependency: the unit of work of this request."""
    work: Work[Any] = request.state.work
    return work


def part(wanted: type[P]) -> Callable[[Request], Awaitable[P]]:
    """Dependency: the part of the service that `bootstrap` registered under the class `wanted`."""

    async def find(request: Request) -> P:
        found: P = request.app.state.runtime.parts[wanted]
        return found

    return find


def prepares(prepare: Prepare) -> Callable[[F], F]:
    """Decorate the endpoint of a changing route: `prepare` runs before its transaction and needs no database.

    What it returns is the dependency `prepared`; what it raises is answered like any other error.
    """

    def mark(endpoint: F) -> F:
        setattr(endpoint, _PREPARE, prepare)
        return endpoint

    return mark


async def prepared(request: Request) -> Any:
    """Dependency: what the route's preparation returned."""
    return request.state.prepared


def etag(version: int) -> dict[str, str]:
    """The ETag header of a resource at `version`."""
    return {"ETag": f'"{version}"'}


async def expected_version(if_match: Annotated[str | None, Header(description="ETag that was read.")] = None) -> int:
    """Dependency: the version in the If-Match header; raises `IfMatchRequired`, or `Stale` for what is no ETag of ours."""
    if if_match is None:
        raise IfMatchRequired("send the ETag of your last read as If-Match")
    version = re.fullmatch(r'(?:W/)?"([0-9]{1,18})"', if_match.strip())
    if version is None:
        raise Stale("this If-Match is no ETag of this resource; read it again")
    return int(version[1])


IfMatch = Annotated[int, Depends(expected_version)]


async def _serve(request: Request, endpoint: Endpoint, route: str) -> Response:
    attributes = {telemetry.HTTP_METHOD: request.method, telemetry.HTTP_ROUTE: route}
    with span(f"{request.method} {route}", attributes, SpanKind.SERVER, request.headers) as current:
        response = await _or_problem(request, current, _identified(request, endpoint, current))
        current.set_attribute(telemetry.HTTP_STATUS, response.status_code)
        response.headers[TRACE_HEADER] = format(current.get_span_context().trace_id, "032x")
    return response


async def _or_problem(request: Request, current: Span, answer: Awaitable[Response]) -> Response:
    try:
        return await answer
    except Exception as error:  # noqa: BLE001 - every error ends as a problem document
        response = problem_response(request, error)
        if response.status_code >= 500:
            telemetry.failed(current, error)
        return response


async def _identified(request: Request, endpoint: Endpoint, current: Span) -> Response:
    runtime: Runtime = request.app.state.runtime
    identity = await runtime.authenticator.identify(request.headers.get("authorization"))
    cause = Cause(identity.workspace_id, _correlation(request), actor=identity.subject)
    current.set_attribute(telemetry.WORKSPACE, str(cause.workspace_id))
    current.set_attribute(telemetry.CORRELATION, str(cause.correlation_id))
    with structlog.contextvars.bound_contextvars(workspace_id=str(cause.workspace_id)):
        return await _or_problem(request, current, _answer(request, endpoint, identity, cause))


async def _answer(request: Request, endpoint: Endpoint, identity: Identity, cause: Cause) -> Response:
    runtime: Runtime = request.app.state.runtime
    if request.method in SAFE_METHODS:
        async with runtime.db.reading(cause) as work:
            request.state.work = work
            return await endpoint(request)
    if identity.role == Role.VIEWER:
        raise RoleForbidden("a viewer reads; ask an owner of the workspace for the role editor")
    # Before the transaction: neither a slow client nor slow preparations may hold one open.
    await request.body()
    if request.state.prepare is not None:
        request.state.prepared = await request.state.prepare(request)
    key = idempotency.key_of(request)
    async with runtime.db.changing(cause) as (work, connection):
        request.state.work = work
        if key is not None and (first := await idempotency.replay(connection, cause, key, request)) is not None:
            return first
        response = await endpoint(request)
        if key is not None:
            await idempotency.remember(connection, cause, key, response)
        return response


def _correlation(request: Request) -> UUID:
    try:
        return UUID(request.headers.get(CORRELATION_HEADER, ""))
    except ValueError:
        return new_id()


def build_app(runtime: Runtime, router: APIRouter | None, health: APIRouter, max_body_bytes: int) -> FastAPI:
    """ASGI application of one service: its routes below `/api/<service>`, health beside them."""
    prefix = f"/api/{runtime.service}"
    app = FastAPI(
        title=f"Dramatis {runtime.service}",
        version="1",
        openapi_url=f"{prefix}/openapi.json",
        docs_url=f"{prefix}/docs",
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # the route's own span says it all
    )
    app.state.runtime = runtime
    # Routes side by side: each level of included routers would be searched twice per request.
    app.router.routes.extend(health.routes)
    if router is not None:
        app.router.routes.extend(router.routes)

    async def on_error(request: Request, error: Exception) -> Response:
        return problem_response(request, error)

    for error_class in (HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(error_class, on_error)
    app.add_middleware(BodyLimit, max_bytes=max_body_bytes)
    return app


class BodyLimit:
    """ASGI middleware: a request body beyond `max_bytes` ends the request with `BodyTooLarge`."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the body as it arrives."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._max_bytes:
                raise BodyTooLarge(f"at most {self._max_bytes} bytes are accepted")
            return message

        await self._app(scope, counted if scope["type"] == "http" else receive, send)
