"""CloudEvents 1.0 in binary mode: the attributes of an event as message headers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from contracts.subjects import EventTypeInvalid, dataschema_of, parse_type

CONTENT_TYPE = "application/json"
SPEC_VERSION = "1.0"

_SOURCE = re.compile(r"/services/[a-z]+\Z")
_SUBJECT = re.compile(r"[a-z]+(?:-[a-z]+)*/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)\Z", re.ASCII)
_VERSION = re.compile(r"[1-9]\d{0,18}\Z", re.ASCII)
_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?\Z")
_TRACESTATE = re.compile(r"[\x20-\x7e]{1,8192}\Z")
_MAX_VERSION = 2**63 - 1

T = TypeVar("T")


class EnvelopeInvalid(ValueError):
    """A header of the message is missing or says something it must not."""

    code = "envelope-invalid"
    kind = "malformed"

    def __init__(self, header: str, problem: str) -> None:
        super().__init__(f"header {header}: {problem}")
        self.header = header
        self.extra = {"header": header}


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who said what about which thing, when, for whom and why; raises EnvelopeInvalid when built from nonsense."""

    id: UUID
    type: str
    source: str
    """`/services/<service>`, the owner of the type."""
    subject: str
    """`<aggregate>/<id>`."""
    time: datetime
    """Aware; UTC after construction."""
    workspace_id: UUID
    correlation_id: UUID
    """The user action everything goes back to."""
    causation_id: UUID | None
    """The event that led here; None when a person did."""
    aggregate_version: int
    """Of the subject after this event, counted from 1."""
    traceparent: str | None = None
    tracestate: str | None = None

    def __post_init__(self) -> None:
        _check_type_and_source(self.type, self.source)
        if _SUBJECT.match(self.subject) is None:
            raise EnvelopeInvalid("ce-subject", f"{self.subject!r} is not <aggregate>/<uuid>")
        if self.time.tzinfo is None:
            raise EnvelopeInvalid("ce-time", f"{self.time!r} has no time zone")
        object.__setattr__(self, "time", _in_utc(self.time))
        if not 1 <= self.aggregate_version <= _MAX_VERSION:
            raise EnvelopeInvalid("ce-aggregateversion", f"{self.aggregate_version} is not in 1..{_MAX_VERSION}")
        _drop_broken_trace(self)

    def headers(self) -> dict[str, str]:
        """Return the message's headers; optional attributes are absent rather than empty."""
        headers = {
            "ce-specversion": SPEC_VERSION,
            "ce-id": str(self.id),
            "ce-type": self.type,
            "ce-source": self.source,
            "ce-subject": self.subject,
            "ce-time": self.time.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "ce-dataschema": dataschema_of(self.type),
            "ce-workspaceid": str(self.workspace_id),
            "ce-correlationid": str(self.correlation_id),
            "ce-aggregateversion": str(self.aggregate_version),
            "content-type": CONTENT_TYPE,
            "Nats-Msg-Id": str(self.id),
        }
        if self.causation_id is not None:
            headers["ce-causationid"] = str(self.causation_id)
        if self.traceparent is not None:
            headers["traceparent"] = self.traceparent
        if self.tracestate is not None:
            headers["tracestate"] = self.tracestate
        return headers

    @classmethod
    def from_headers(cls, headers: Mapping[str, str]) -> "Envelope":
        """Read a message's headers, ignoring unknown ones; raises EnvelopeInvalid naming the header at fault."""
        _check_formats(headers)
        causation_id = _parsed(headers, "ce-causationid", UUID) if "ce-causationid" in headers else None
        return cls(
            id=_parsed(headers, "ce-id", UUID),
            type=_present(headers, "ce-type"),
            source=_present(headers, "ce-source"),
            subject=_present(headers, "ce-subject"),
            time=_parsed(headers, "ce-time", _rfc3339),
            workspace_id=_parsed(headers, "ce-workspaceid", UUID),
            correlation_id=_parsed(headers, "ce-correlationid", UUID),
            causation_id=causation_id,
            aggregate_version=_parsed(headers, "ce-aggregateversion", _version),
            traceparent=headers.get("traceparent"),
            tracestate=headers.get("tracestate"),
        )


def _in_utc(time: datetime) -> datetime:
    try:
        return time.astimezone(UTC)
    except OverflowError:
        raise EnvelopeInvalid("ce-time", f"{time.isoformat()} is out of range in UTC") from None


def _check_type_and_source(event_type: str, source: str) -> None:
    try:
        owner = parse_type(event_type).owner
    except EventTypeInvalid as error:
        raise EnvelopeInvalid("ce-type", str(error)) from None
    if _SOURCE.match(source) is None or source != f"/services/{owner}":
        raise EnvelopeInvalid("ce-source", f"{source!r} is not /services/{owner}, the owner of {event_type}")


def _check_formats(headers: Mapping[str, str]) -> None:
    if _present(headers, "ce-specversion") != SPEC_VERSION:
        raise EnvelopeInvalid("ce-specversion", f"{headers['ce-specversion']!r} is not {SPEC_VERSION}")
    content_type = headers.get("content-type", CONTENT_TYPE)
    if content_type.partition(";")[0].strip().lower() != CONTENT_TYPE:
        raise EnvelopeInvalid("content-type", f"{content_type!r} is not {CONTENT_TYPE}")


def _drop_broken_trace(envelope: Envelope) -> None:
    # W3C Trace Context 4.3: a traceparent that cannot be read starts a new trace, it does not fail the message.
    if envelope.traceparent is not None and _TRACEPARENT.match(envelope.traceparent) is None:
        object.__setattr__(envelope, "traceparent", None)
    broken = envelope.tracestate is not None and _TRACESTATE.match(envelope.tracestate) is None
    if broken or envelope.traceparent is None:
        object.__setattr__(envelope, "tracestate", None)


def _present(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name)
    if not value:
        raise EnvelopeInvalid(name, "is missing")
    return value


def _parsed(headers: Mapping[str, str], name: str, parse: Callable[[str], T]) -> T:
    value = _present(headers, name)
    try:
        return parse(value)
    except ValueError:
        raise EnvelopeInvalid(name, f"{value!r} cannot be read") from None


def _rfc3339(value: str) -> datetime:
    if _TIME.match(value) is None:
        raise ValueError(value)
    return datetime.fromisoformat(value.upper())


def _version(value: str) -> int:
    if _VERSION.match(value) is None:
        raise ValueError(value)
    return int(value)
