import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_ON

from chassis import telemetry
from chassis.telemetry import make_provider, set_up_logging, trace_headers


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Configures logging as a process does; call it for the lines so far."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    before = structlog.get_config()
    monkeypatch.setattr(logging, "basicConfig", lambda **_: None)
    with structlog.contextvars.bound_contextvars():
        set_up_logging("sandbox", "info")
        yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    structlog.contextvars.unbind_contextvars("service")
    structlog.configure(**before)


def test_a_line_is_one_json_object_with_its_service_and_level(lines: Any) -> None:
    log = structlog.get_logger()
    log.debug("quiet")
    log.info("hello", text="é\n\ud800")
    [line] = lines()
    assert (line["service"], line["level"], line["event"], line["text"]) == ("sandbox", "info", "hello", "é\n\ud800")
    assert line["timestamp"].endswith("Z")


def test_a_stack_tells_no_values_of_variables(lines: Any) -> None:
    password = "swordfish"
    try:
        int(password)
    except ValueError as error:
        structlog.get_logger().error("failed", exc_info=RuntimeError("no").with_traceback(error.__traceback__))
    [line] = lines()
    assert line["exception"][0]["exc_type"] == "RuntimeError"
    assert password not in json.dumps(line)


@pytest.fixture
def provider() -> Iterator[TracerProvider]:
    made = make_provider("sandbox", "")
    yield made
    made.shutdown()


def test_every_trace_is_recorded_whatever_the_caller_says(provider: TracerProvider) -> None:
    assert provider.sampler is ALWAYS_ON
    assert provider.resource.attributes["service.name"] == "sandbox"


def test_an_error_that_is_no_valid_unicode_can_be_exported(provider: TracerProvider) -> None:
    with provider.get_tracer("test").start_as_current_span("work") as span:
        telemetry.failed(span, ValueError("odd \ud800\x00"))
        assert span.status.description == "odd ?"  # type: ignore[attr-defined] # an SDK span has it


def test_trace_headers_name_the_current_span(provider: TracerProvider) -> None:
    assert trace_headers() == {}
    with provider.get_tracer("test").start_as_current_span("work") as span:
        context = span.get_span_context()
        [(name, value)] = trace_headers().items()
        assert (name, value[:-2]) == ("traceparent", f"00-{context.trace_id:032x}-{context.span_id:016x}-")
        assert telemetry.current_trace_id() == f"{context.trace_id:032x}"
    assert telemetry.current_trace_id() is None
