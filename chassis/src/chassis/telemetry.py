"""OpenTelemetry traces and structlog lines of one process.

Spans are made by hand, one per request, event, task and unit of outside work: the stock asyncpg and FastAPI
instrumentations cost more than what they observe on hot paths.
"""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import structlog
from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, WrappedLogger

from chassis.errors import plain

EXPORT_TIMEOUT_SECONDS = 2
EXPORT_DELAY_MILLIS = 500

WORKSPACE = "dramatis.workspace_id"
CORRELATION = "dramatis.correlation_id"
EVENT = "dramatis.event_id"
OUTCOME = "dramatis.outcome"
DELIVERIES = "dramatis.deliveries"
BATCH_SIZE = "messaging.batch.message_count"
MESSAGING_SYSTEM = "messaging.system"
DESTINATION = "messaging.destination.name"
CONSUMER_GROUP = "messaging.consumer.group.name"
HTTP_METHOD = "http.request.method"
HTTP_ROUTE = "http.route"
HTTP_STATUS = "http.response.status_code"
OBJECT_KEY = "aws.s3.key"
OBJECT_BUCKET = "aws.s3.bucket"
PROVIDER = "gen_ai.provider.name"
MODEL = "gen_ai.request.model"
ERROR_TYPE = "error.type"

_propagator = TraceContextTextMapPropagator()
_tracer = trace.get_tracer("dramatis.chassis")


def set_up_logging(service: str, level: str) -> None:
    """One JSON object per line on standard error, with the ids of the trace and of the unit of work."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _add_trace_ids,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Without local variables: they hold secrets and people's texts.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    structlog.contextvars.bind_contextvars(service=service)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s %(levelname)s %(message)s")


def make_provider(service: str, otlp_endpoint: str) -> TracerProvider:
    """A tracer provider that exports to `otlp_endpoint` (nowhere when empty); the caller shuts it down.

    The export gives up after two seconds: a collector that is away must not hold up a shutdown.
    """
    # Always on: a client's `traceparent` names the trace, it does not decide whether it is recorded.
    provider = TracerProvider(sampler=ALWAYS_ON, resource=Resource.create({"service.name": service}))
    if otlp_endpoint:
        exporter = OTLPSpanExporter(endpoint=otlp_endpoint, timeout=EXPORT_TIMEOUT_SECONDS)
        provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=EXPORT_DELAY_MILLIS))
    return provider


def set_up_tracing(service: str, otlp_endpoint: str) -> TracerProvider:
    """`make_provider` for the whole process, which has one for ever."""
    provider = make_provider(service, otlp_endpoint)
    trace.set_tracer_provider(provider)
    return provider


@contextmanager
def span(
    name: str,
    attributes: Mapping[str, str | int],
    kind: SpanKind = SpanKind.INTERNAL,
    carrier: Mapping[str, str] | None = None,
) -> Iterator[Span]:
    """A span around the block, below the current one or below the one that `carrier` (W3C headers) names.

    An exception that leaves the block marks the span as failed.
    """
    parent = _propagator.extract(carrier) if carrier is not None else None
    with _tracer.start_as_current_span(
        name, context=parent, kind=kind, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield current
        except Exception as error:
            failed(current, error)
            raise


def also_in(traceparent: str, current: Span, name: str, attributes: Mapping[str, str | int]) -> None:
    """Show in another trace what was done for it in the span `current`: a span as long as that one, linked to it."""
    parent = _propagator.extract({"traceparent": traceparent})
    links = [trace.Link(current.get_span_context())]
    began = current.start_time if isinstance(current, ReadableSpan) else None
    _tracer.start_span(name, parent, SpanKind.CONSUMER, attributes, links, began).end()


def failed(current: Span, error: BaseException) -> None:
    """Mark a span as failed by `error`."""
    current.set_attribute(ERROR_TYPE, type(error).__name__)
    current.set_status(Status(StatusCode.ERROR, plain(str(error))[:300]))


def trace_headers() -> dict[str, str]:
    """W3C trace context of the current span: `traceparent`, and `tracestate` where there is one."""
    carrier: dict[str, str] = {}
    _propagator.inject(carrier)
    return carrier


def current_trace_id() -> str | None:
    """Trace id of the current span as 32 hex digits; None outside a trace."""
    current = trace.get_current_span(otel_context.get_current()).get_span_context()
    return format(current.trace_id, "032x") if current.is_valid else None


def _add_trace_ids(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    current = trace.get_current_span().get_span_context()
    if current.is_valid:
        event["trace_id"] = format(current.trace_id, "032x")
        event["span_id"] = format(current.span_id, "016x")
    return event
