"""RFC 9457 problem documents: the one place where an error becomes an HTTP answer."""

from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from chassis.errors import (
    KINDS,
    BodyMalformed,
    InternalError,
    MethodNotAllowed,
    Problem,
    RequestInvalid,
    RouteNotFound,
    Unavailable,
    kind_of,
    title_of,
)
from chassis.outcomes import OUTAGES
from chassis.telemetry import current_trace_id

MEDIA_TYPE = "application/problem+json"

log = structlog.get_logger()


class ProblemDocument(BaseModel):
    """What a client is told about a problem; problems may carry further members."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="urn:dramatis:problem:<code>")
    title: str
    status: int
    code: str = Field(description="Stable; switch on this.")
    detail: str = Field(description="For people: what happened and what to do.")
    instance: str = Field(description="Path of the request.")
    trace_id: str | None = Field(default=None, description="Give this to support; `dramatis trace` shows it.")


def problems(*classes: type[BaseException]) -> dict[int | str, dict[str, Any]]:
    """OpenAPI `responses` of a route for the problems it may raise."""
    documented: dict[int | str, dict[str, Any]] = {}
    for problem in classes:
        status = KINDS[problem.kind].status  # type: ignore[attr-defined] # domain errors share no base class by design
        entry = documented.setdefault(status, {"model": ProblemDocument, "description": ""})
        described = f"`{problem.code}`: {title_of(problem)}"  # type: ignore[attr-defined] # as above
        entry["description"] = f"{entry['description']} · {described}" if entry["description"] else described
    return documented


def problem_response(request: Request, error: BaseException) -> Response:
    """The answer to any error. What is neither a problem nor an outage is logged with its stack and told as a 500."""
    told = _as_problem(error)
    kind = kind_of(told)
    if kind is None:
        log.error("unexpected error", method=request.method, path=request.url.path, exc_info=error)
        told = InternalError()
        kind = KINDS[InternalError.kind]
    extra = getattr(told, "extra", {})
    document = {
        "type": f"urn:dramatis:problem:{told.code}",  # type: ignore[attr-defined] # kind_of has seen the attribute
        "title": title_of(type(told)),
        "status": kind.status,
        "code": told.code,  # type: ignore[attr-defined] # as above
        "detail": str(told) or title_of(type(told)),
        "instance": request.url.path,
        "trace_id": current_trace_id(),
        **extra,
    }
    body = orjson.dumps(document, default=str)
    return Response(body, kind.status, headers=dict(_headers(kind.status, told)), media_type=MEDIA_TYPE)


def _headers(status: int, error: BaseException) -> Mapping[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if status == 503:
        return {"Retry-After": str(round(getattr(error, "retry_after", None) or 1))}
    return {}


def _as_problem(error: BaseException) -> BaseException:
    """The problem that a framework's or driver's error amounts to."""
    if isinstance(error, RequestValidationError):
        return _validation_problem(error)
    if isinstance(error, HTTPException):
        return _routing_problem(error)
    if kind_of(error) is None and isinstance(error, OUTAGES):
        log.warning("outage", error=repr(error))
        return Unavailable()
    return error


def _validation_problem(error: RequestValidationError) -> Problem:
    found = error.errors()
    if found and found[0]["type"] == "json_invalid":
        return BodyMalformed("the body is not valid JSON")
    errors = [{"field": ".".join(map(str, item["loc"])), "problem": item["msg"]} for item in found]
    summary = "; ".join(f"{item['field']}: {item['problem']}" for item in errors[:5])
    return RequestInvalid(summary, errors=errors)


def _routing_problem(error: HTTPException) -> Problem:
    if error.status_code == 404:
        return RouteNotFound("no such address; the API is described at /api/<service>/docs")
    if error.status_code == 405:
        return MethodNotAllowed()
    return BodyMalformed(str(error.detail))
