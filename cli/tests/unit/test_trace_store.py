from collections.abc import Iterator
from pathlib import Path

import pytest

from dramatis.traces.span import Span
from dramatis.traces.store import TraceStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TraceStore]:
    opened = TraceStore(tmp_path / "traces.sqlite", max_traces=30, max_bytes=100_000)
    yield opened
    opened.close()


def span(trace: int, number: int = 1, **changes: object) -> Span:
    values: dict[str, object] = {
        "trace_id": f"{trace:032x}",
        "span_id": f"{number:016x}",
        "parent_id": f"{number - 1:016x}" if number > 1 else "",
        "service": "assets",
        "name": f"span {number}",
        "kind": "server",
        "start_ns": trace * 1000 + number,
        "end_ns": trace * 1000 + number + 100,
        "attributes": {"n": number},
        "events": [{"name": "e", "time_ns": 5, "attributes": {}}],
        "links": [{"trace_id": "a", "span_id": "b"}],
    }
    return Span.from_dict(values | changes)


def test_spans_come_back_as_they_were(store: TraceStore) -> None:
    spans = [span(1, 1), span(1, 2, status="error", message="no")]
    store.add(spans)
    assert store.spans(spans[0].trace_id) == spans


def test_a_span_delivered_twice_is_kept_once(store: TraceStore) -> None:
    store.add([span(1)])
    store.add([span(1)])
    assert [trace.spans for trace in store.recent()] == [1]


def test_the_list_tells_root_services_errors_and_duration(store: TraceStore) -> None:
    store.add([span(1, 2, service="imagegen", status="error"), span(1, 1, name="POST /x", end_ns=1601)])
    [trace] = store.recent()
    assert (trace.root, trace.root_service, trace.services) == ("POST /x", "assets", ["assets", "imagegen"])
    assert (trace.spans, trace.errors, trace.start_ns, trace.duration_ns) == (2, 1, 1001, 600)


def test_a_trace_whose_root_has_not_arrived_is_listed(store: TraceStore) -> None:
    store.add([span(1, 3), span(1, 2)])
    assert [trace.root for trace in store.recent()] == ["span 2"]


def test_newest_traces_come_first_and_can_be_of_one_service(store: TraceStore) -> None:
    store.add([span(1), span(2, service="localizer"), span(3)])
    assert [trace.start_ns for trace in store.recent(limit=2)] == [3001, 2001]
    assert [trace.start_ns for trace in store.recent("localizer")] == [2001]


def test_only_the_newest_traces_are_kept(store: TraceStore) -> None:
    for trace in range(100):
        store.add([span(trace), span(trace, 2)])
    kept = store.recent(limit=500)
    assert len(kept) <= 30
    assert kept[0].start_ns == 99_001
    assert store.spans(span(1).trace_id) == []


def test_the_size_is_bounded_but_the_newest_trace_always_stays(store: TraceStore) -> None:
    for trace in range(40):
        store.add([span(trace, attributes={"text": "x" * 60_000})])
    assert len(store.recent(limit=500)) == 1


def test_what_was_kept_survives_reopening(tmp_path: Path) -> None:
    path = tmp_path / "again.sqlite"
    first = TraceStore(path)
    first.add([span(1)])
    first.close()
    second = TraceStore(path)
    assert second.spans(span(1).trace_id) == [span(1)]
    second.close()
