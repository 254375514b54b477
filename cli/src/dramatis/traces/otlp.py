"""OTLP/HTTP trace exports, as protobuf or JSON, to spans (https://opentelemetry.io/docs/specs/otlp/#otlphttp)."""

import base64
import math
import zlib
from collections.abc import Iterable
from typing import Any

from google.protobuf.json_format import Parse, ParseError
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span as OtlpSpan

from dramatis.traces.span import KINDS, STATUSES, Span

PROTOBUF = "application/x-protobuf"
JSON = "application/json"
_MAX_BYTES = 64 * 1024 * 1024
_MAX_NS = 2**63 - 1  # what SQLite holds
_GZIP = 16 + zlib.MAX_WBITS


class ExportUnreadable(Exception):
    """Not an OTLP trace export in an encoding this receiver reads."""


def decode(body: bytes, content_type: str, content_encoding: str) -> list[Span]:
    """The spans of one export. Raises `ExportUnreadable`, which says what is wrong."""
    media_type = content_type.partition(";")[0].strip().lower()
    plain = _inflate(body, content_encoding.strip().lower())
    request = ExportTraceServiceRequest()
    try:
        if media_type == JSON:
            Parse(plain, request, ignore_unknown_fields=True)
        elif media_type == PROTOBUF:
            request.ParseFromString(plain)
        else:
            raise ExportUnreadable(f"content type {content_type!r}: send {PROTOBUF} or {JSON}")
    except (DecodeError, ParseError, UnicodeDecodeError) as reason:
        raise ExportUnreadable(f"not an ExportTraceServiceRequest: {reason}") from reason
    read_id = _id_of_json if media_type == JSON else bytes.hex
    return list(_spans(request, read_id))


def _inflate(body: bytes, encoding: str) -> bytes:
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise ExportUnreadable(f"content encoding {encoding!r}: send gzip or none")
    try:
        stream = zlib.decompressobj(_GZIP)
        plain = stream.decompress(body, _MAX_BYTES)
    except zlib.error as reason:
        raise ExportUnreadable(f"broken gzip: {reason}") from reason
    if not stream.eof:
        raise ExportUnreadable(f"the gzip is cut short, or longer than {_MAX_BYTES} bytes inflated")
    return plain


def _id_of_json(value: bytes) -> str:
    """OTLP's JSON writes ids in hexadecimal where protobuf's own JSON mapping reads base64: undo that reading."""
    return base64.b64encode(value).decode().lower()


def _spans(request: ExportTraceServiceRequest, read_id: Any) -> Iterable[Span]:
    for resource in request.resource_spans:
        service = str(_attributes(resource.resource.attributes).get("service.name", "unknown"))
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield _span(span, service, read_id)


def _span(span: OtlpSpan, service: str, read_id: Any) -> Span:
    return Span(
        trace_id=read_id(span.trace_id),
        span_id=read_id(span.span_id),
        parent_id=read_id(span.parent_span_id),
        service=service,
        name=span.name,
        kind=_named(KINDS, span.kind),
        start_ns=min(span.start_time_unix_nano, _MAX_NS),
        end_ns=min(span.end_time_unix_nano, _MAX_NS),
        status=_named(STATUSES, span.status.code),
        message=span.status.message,
        attributes=_attributes(span.attributes),
        events=[
            {"name": event.name, "time_ns": event.time_unix_nano, "attributes": _attributes(event.attributes)}
            for event in span.events
        ],
        links=[{"trace_id": read_id(link.trace_id), "span_id": read_id(link.span_id)} for link in span.links],
    )


def _named(names: tuple[str, ...], number: int) -> str:
    return names[number] if 0 <= number < len(names) else names[0]


def _attributes(pairs: Iterable[KeyValue]) -> dict[str, Any]:
    return {pair.key: _value(pair.value) for pair in pairs}


def _value(value: AnyValue) -> Any:
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    if kind == "array_value":
        return [_value(each) for each in value.array_value.values]
    if kind == "kvlist_value":
        return _attributes(value.kvlist_value.values)
    if kind == "bytes_value":
        return base64.b64encode(value.bytes_value).decode()
    if kind == "double_value" and not math.isfinite(value.double_value):
        return str(value.double_value)  # JSON has no word for it
    return getattr(value, kind)
