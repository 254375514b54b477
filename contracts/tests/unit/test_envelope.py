from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.envelope import Envelope, EnvelopeInvalid
from contracts.registry import EVENTS
from contracts.subjects import dataschema_of, owner_of

TYPE = "dramatis.assets.project.created.v1"
TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
REQUIRED = {
    "ce-specversion",
    "ce-id",
    "ce-type",
    "ce-source",
    "ce-subject",
    "ce-time",
    "ce-workspaceid",
    "ce-correlationid",
    "ce-aggregateversion",
}


def hexadecimal(digits: int) -> st.SearchStrategy[str]:
    return st.integers(1, 16**digits - 1).map(lambda number: f"{number:0{digits}x}")


zones = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
EARLIEST = datetime(1970, 1, 3, tzinfo=UTC).replace(tzinfo=None)
LATEST = datetime(9999, 12, 29, tzinfo=UTC).replace(tzinfo=None)
times = st.datetimes(EARLIEST, LATEST, timezones=zones)
traceparents = st.builds("00-{}-{}-01".format, hexadecimal(32), hexadecimal(16))
traces = st.one_of(
    st.just((None, None)),
    st.tuples(traceparents, st.none() | st.from_regex(r"[a-z]{1,9}=[!-+\--<>-~]{1,30}", fullmatch=True)),
)


@st.composite
def envelopes(draw: st.DrawFn) -> Envelope:
    event = EVENTS[draw(st.sampled_from(sorted(EVENTS)))]
    traceparent, tracestate = draw(traces)
    return Envelope(
        id=draw(st.uuids()),
        type=event.TYPE,
        source=f"/services/{owner_of(event.TYPE)}",
        subject=f"{event.AGGREGATE}/{draw(st.uuids())}",
        time=draw(times),
        workspace_id=draw(st.uuids()),
        correlation_id=draw(st.uuids()),
        causation_id=draw(st.none() | st.uuids()),
        aggregate_version=draw(st.integers(1, 2**63 - 1)),
        traceparent=traceparent,
        tracestate=tracestate,
    )


def envelope(time: datetime = datetime(2026, 3, 14, 9, 26, 53, 589793, tzinfo=UTC), version: int = 7) -> Envelope:
    return Envelope(
        id=UUID("019ceb76-74d8-7b52-a99a-7431cd45cf21"),
        type=TYPE,
        source="/services/assets",
        subject="project/019cdbe8-e800-7429-82d6-86d5fdf0e9e2",
        time=time,
        workspace_id=UUID("019b8d62-7a80-768c-a30e-03772a58aff1"),
        correlation_id=UUID("019ceb5b-fc00-77c8-88ea-8f5834f31547"),
        causation_id=None,
        aggregate_version=version,
    )


def fault(headers: dict[str, str]) -> str | None:
    try:
        Envelope.from_headers(headers)
    except EnvelopeInvalid as error:
        return error.header
    return None


@given(envelopes())
def test_headers_bring_the_same_envelope_back(sent: Envelope) -> None:
    assert Envelope.from_headers(sent.headers()) == sent


@given(envelopes())
def test_headers_are_printable_ascii_on_one_line(sent: Envelope) -> None:
    for name, value in sent.headers().items():
        assert name.isascii()
        assert value.isascii()
        assert value.isprintable()
        assert value


def test_the_headers_of_an_event() -> None:
    assert envelope().headers() == {
        "ce-specversion": "1.0",
        "ce-id": "019ceb76-74d8-7b52-a99a-7431cd45cf21",
        "ce-type": "dramatis.assets.project.created.v1",
        "ce-source": "/services/assets",
        "ce-subject": "project/019cdbe8-e800-7429-82d6-86d5fdf0e9e2",
        "ce-time": "2026-03-14T09:26:53.589793Z",
        "ce-dataschema": "urn:dramatis:schema:assets.project.created.v1",
        "ce-workspaceid": "019b8d62-7a80-768c-a30e-03772a58aff1",
        "ce-correlationid": "019ceb5b-fc00-77c8-88ea-8f5834f31547",
        "ce-aggregateversion": "7",
        "content-type": "application/json",
        "Nats-Msg-Id": "019ceb76-74d8-7b52-a99a-7431cd45cf21",
    }


def test_the_schema_header_names_the_frozen_schema() -> None:
    assert envelope().headers()["ce-dataschema"] == dataschema_of(TYPE)


@pytest.mark.parametrize("header", sorted(REQUIRED))
@pytest.mark.parametrize("value", [None, "", "nonsense", "\u0661"])
def test_a_required_header_missing_or_unreadable_is_named(header: str, value: str | None) -> None:
    headers = envelope().headers()
    del headers[header]
    if value is not None:
        headers[header] = value
    with pytest.raises(EnvelopeInvalid, match=header) as caught:
        Envelope.from_headers(headers)
    assert caught.value.header == header
    assert caught.value.extra == {"header": header}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("ce-specversion", "0.3"),
        ("ce-source", "/services/imagegen"),
        ("ce-source", "assets"),
        ("ce-type", "dramatis.assets.project.created.v0"),
        ("ce-subject", "project"),
        ("ce-subject", "project/1"),
        ("ce-subject", "project/019cdbe8-e800-7429-82d6-86d5fdf0e9e2/x"),
        ("ce-time", "2026-03-14"),
        ("ce-time", "2026-03-14T09:26:53"),
        ("ce-time", "2026-W11-6T09:26:53Z"),
        ("ce-time", "2026-02-30T09:26:53Z"),
        ("ce-time", "20260314T092653Z"),
        ("ce-time", "0001-01-01T00:00:00+14:00"),
        ("ce-time", "9999-12-31T23:59:59-12:00"),
        ("ce-aggregateversion", "0"),
        ("ce-aggregateversion", "-1"),
        ("ce-aggregateversion", "1.0"),
        ("ce-aggregateversion", "9223372036854775808"),
        ("ce-aggregateversion", "9" * 5000),
        ("ce-causationid", "nobody"),
        ("ce-causationid", ""),
        ("content-type", "application/cloudevents+json"),
    ],
)
def test_a_header_that_says_what_it_must_not_is_named(header: str, value: str) -> None:
    with pytest.raises(EnvelopeInvalid) as caught:
        Envelope.from_headers({**envelope().headers(), header: value})
    assert caught.value.header == header


@given(
    st.dictionaries(st.sampled_from(sorted(REQUIRED | {"ce-causationid", "traceparent", "content-type"})), st.text())
)
def test_whatever_the_headers_say_only_envelope_invalid_is_raised(changed: dict[str, str]) -> None:
    assert fault({**envelope().headers(), **changed}) in {None, *changed}


def test_unknown_headers_are_ignored() -> None:
    headers = {**envelope().headers(), "ce-futureattribute": "x", "Nats-Expected-Stream": "ASSETS"}
    assert Envelope.from_headers(headers) == envelope()


@pytest.mark.parametrize(
    "text",
    ["2026-03-14T09:26:53.589793Z", "2026-03-14T11:56:53.589793+02:30", "2026-03-14t09:26:53.589793999z"],
)
def test_any_rfc_3339_time_is_read_as_utc(text: str) -> None:
    received = Envelope.from_headers({**envelope().headers(), "ce-time": text})
    assert received.time == envelope().time
    assert received.time.tzinfo is UTC


def test_a_time_without_zone_is_refused_before_it_is_sent() -> None:
    with pytest.raises(EnvelopeInvalid, match="ce-time"):
        envelope(time=envelope().time.replace(tzinfo=None))


def test_a_version_below_one_is_refused_before_it_is_sent() -> None:
    with pytest.raises(EnvelopeInvalid, match="ce-aggregateversion"):
        envelope(version=0)


@pytest.mark.parametrize(
    "broken",
    [
        "nonsense",
        TRACEPARENT.upper(),
        f"ff{TRACEPARENT[2:]}",
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-4bf92f3577b34da6a3ce929d0e0e4736-{'0' * 16}-01",
        f"{TRACEPARENT}\r\nX-Evil: 1",
    ],
)
def test_a_broken_trace_context_starts_afresh_instead_of_failing(broken: str) -> None:
    received = Envelope.from_headers({**envelope().headers(), "traceparent": broken, "tracestate": "a=b"})
    assert (received.traceparent, received.tracestate) == (None, None)


def test_a_broken_trace_state_leaves_the_trace() -> None:
    received = Envelope.from_headers({**envelope().headers(), "traceparent": TRACEPARENT, "tracestate": "a=\nb"})
    assert (received.traceparent, received.tracestate) == (TRACEPARENT, None)


def test_an_envelope_does_not_change() -> None:
    with pytest.raises(AttributeError):
        envelope().id = uuid4()  # type: ignore[misc] # the point of the test
