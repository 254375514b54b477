"""The HTTP side: takes OTLP exports, gives pages and JSON."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from dramatis.traces.list_page import list_page
from dramatis.traces.otlp import JSON, PROTOBUF, ExportUnreadable, decode
from dramatis.traces.page import trace_page
from dramatis.traces.store import TraceStore

_MAX_LISTED = 500


def build_app(store: TraceStore) -> Starlette:
    """ASGI application over a store, which it closes at the end."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        store.close()

    app = Starlette(
        routes=[
            Route("/v1/traces", post_traces, methods=["POST"]),
            Route("/traces", get_list),
            Route("/traces.json", get_list_json),
            Route("/traces/{trace_id}.json", get_trace_json),
            Route("/traces/{trace_id}", get_trace),
            Route("/health/ready", get_ready),
        ],
        lifespan=lifespan,
    )
    app.state.store = store
    return app


async def post_traces(request: Request) -> Response:
    """One OTLP export."""
    body = await request.body()
    media_type = request.headers.get("content-type", "")
    try:
        spans = await run_in_threadpool(decode, body, media_type, request.headers.get("content-encoding", ""))
    except ExportUnreadable as reason:
        return problem(400, "export-unreadable", "The export cannot be read", str(reason))
    await run_in_threadpool(_store(request).add, spans)
    if media_type.startswith(JSON):
        return JSONResponse({})
    return Response(ExportTraceServiceResponse().SerializeToString(), media_type=PROTOBUF)


async def get_list(request: Request) -> Response:
    """The newest traces as a page."""
    service = request.query_params.get("service", "")
    traces = await run_in_threadpool(_store(request).recent, service, _limit(request))
    return HTMLResponse(list_page(traces, service))


async def get_list_json(request: Request) -> Response:
    """The newest traces."""
    service = request.query_params.get("service", "")
    traces = await run_in_threadpool(_store(request).recent, service, _limit(request))
    return JSONResponse({"items": [trace.as_dict() for trace in traces]})


async def get_trace(request: Request) -> Response:
    """One trace as a waterfall."""
    spans = await run_in_threadpool(_store(request).spans, request.path_params["trace_id"])
    return HTMLResponse(trace_page(spans)) if spans else _unknown(request)


async def get_trace_json(request: Request) -> Response:
    """One trace with all its spans."""
    trace_id = request.path_params["trace_id"]
    spans = await run_in_threadpool(_store(request).spans, trace_id)
    if not spans:
        return _unknown(request)
    return JSONResponse({"trace_id": trace_id, "spans": [span.as_dict() for span in spans]})


async def get_ready(_: Request) -> Response:
    """Ready once it answers."""
    return JSONResponse({"status": "ready"})


def problem(status: int, code: str, title: str, detail: str) -> Response:
    """An RFC 9457 problem document."""
    content: dict[str, Any] = {"type": f"urn:dramatis:problem:{code}", "title": title, "status": status}
    return JSONResponse(
        content | {"code": code, "detail": detail}, status_code=status, media_type="application/problem+json"
    )


def _unknown(request: Request) -> Response:
    trace_id = request.path_params["trace_id"]
    return problem(
        404, "trace-not-found", "No such trace", f"no span of trace {trace_id} has arrived, or it was pruned"
    )


def _limit(request: Request) -> int:
    asked = request.query_params.get("limit", "")
    return min(int(asked), _MAX_LISTED) if asked.isdecimal() and len(asked) < 6 else 50


def _store(request: Request) -> TraceStore:
    store: TraceStore = request.app.state.store
    return store
