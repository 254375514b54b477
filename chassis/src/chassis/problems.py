"""RFC 9457 problem documents: the one place where an error becomes an HTTP answer."""

import json
import math
from collections.abc import Mapping
from typing import Any

import structlog
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from chassis.errors import (
    KINDS,
    BodyMalformed,
    Conflicting,
    ContentUnsupported,
    InternalError,
    MethodNotAllowed,
    Problem,
    RequestInvalid,
    RouteNotFound,
    Unavailable,
    ValueUnstorable,
    kind_of,
    title_of,
)
from chassis.faults import is_conflict, is_outage, is_unstorable
from chassis.outcomes import delay_of
from chassis.telemetry import current_trace_id

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 50
LONGEST_FIELD = 200

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
    document = {
        **getattr(told, "extra", {}),
        "type": f"urn:dramatis:problem:{told.code}",  # type: ignore[attr-defined] # kind_of has seen the attribute
        "title": title_of(type(told)),
        "status": kind.status,
        "code": told.code,  # type: ignore[attr-defined] # as above
        "detail": str(told) or title_of(type(told)),
        "instance": request.url.path,
        "trace_id": current_trace_id(),
    }
    # Pure ASCII: what a client sent may stand in it, and need not be valid Unicode.
    body = json.dumps(document, default=str).encode()
    return Response(body, kind.status, headers=_headers(kind.status, error), media_type=MEDIA_TYPE)


def _headers(status: int, error: BaseException) -> Mapping[str, str]:
    if isinstance(error, HTTPException):
        return error.headers or {}
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if status == 503:
        return {"Retry-After": str(max(1, math.ceil(delay_of(error, 0))))}
    return {}


def _as_problem(error: BaseException) -> BaseException:
    """The problem that a framework's or driver's error amounts to."""
    if isinstance(error, RequestValidationError):
        return _validation_problem(error)
    if isinstance(error, HTTPException):
        return _routing_problem(error)
    if kind_of(error) is not None:
        return error
    return _driver_problem(error)


def _driver_problem(error: BaseException) -> BaseException:
    if isinstance(error, ClientDisconnect):
        return BodyMalformed("the client went away before its request was complete")
    told: Problem
    if is_outage(error):
        told = Unavailable()
    elif is_unstorable(error):
        told = ValueUnstorable("remove NUL characters from texts, and bring numbers and dates into range")
    elif is_conflict(error):
        told = Conflicting("it exists already, or what it refers to is gone; read again")
    else:
        return error
    log.warning("refused by a driver", code=told.code, error=repr(error))
    return told


def _validation_problem(error: RequestValidationError) -> Problem:
    found = error.errors()
    if found and found[0]["type"] == "json_invalid":
        return BodyMalformed("the body is not valid JSON")
    if error.body and isinstance(error.body, bytes):
        return ContentUnsupported("send JSON, and say so: `Content-Type: application/json`")
    # A body of a megabyte may be wrong in as many places as it has fields, whose names are the client's.
    errors = [
        {"field": ".".join(map(str, item["loc"]))[:LONGEST_FIELD], "problem": item["msg"]}
        for item in found[:MOST_ERRORS]
    ]
    summary = "; ".join(f"{item['field']}: {item['problem']}" for item in errors[:5])
    return RequestInvalid(summary, errors=errors)


def _routing_problem(error: HTTPException) -> Problem:
    if error.status_code == 404:
        return RouteNotFound("no such address; the API is described at /api/<service>/docs")
    if error.status_code == 405:
        return MethodNotAllowed()
    if error.status_code >= 500:
        return InternalError()
    return BodyMalformed(str(error.detail))
