from html.parser import HTMLParser

import pytest
from rich.console import Console

from dramatis.traces.list_page import list_page
from dramatis.traces.page import trace_page
from dramatis.traces.span import Span, TraceSummary, nest, readable_duration, walk
from dramatis.traces.tree import trace_tree

TRACE = "0af7651916cd43dd8448eb211c80319c"
MS = 1_000_000
HOSTILE = "<script>alert('1')</script>\"&"


def span(span_id: str, parent: str = "", **changes: object) -> Span:
    values: dict[str, object] = {
        "trace_id": TRACE,
        "span_id": span_id,
        "parent_id": parent,
        "service": "assets",
        "name": f"span {span_id}",
        "kind": "internal",
        "start_ns": 1_700_000_000_000 * MS,
        "end_ns": 1_700_000_000_010 * MS,
    }
    return Span.from_dict(values | changes)


class Tags(HTMLParser):
    """Counts elements, and notes what a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.fetched: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.fetched += [value for name, value in attrs if name in {"src", "srcset", "action"}]


def tags_of(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def test_everything_of_a_span_is_escaped() -> None:
    hostile = span(
        "1",
        service=HOSTILE,
        name=HOSTILE,
        status="error",
        message=HOSTILE,
        attributes={HOSTILE: HOSTILE, "list": [HOSTILE]},
        events=[{"name": HOSTILE, "time_ns": 1, "attributes": {HOSTILE: HOSTILE}}],
        links=[{"trace_id": HOSTILE, "span_id": HOSTILE}],
    )
    page = trace_page([hostile])
    assert HOSTILE not in page
    assert "script" not in tags_of(page).seen
    summary = TraceSummary(HOSTILE, HOSTILE, HOSTILE, [HOSTILE], 0, 1, 1, 1)
    listed = list_page([summary], HOSTILE)
    assert HOSTILE not in listed
    assert "script" not in tags_of(listed).seen


def test_pages_need_nothing_from_elsewhere() -> None:
    for page in (trace_page([span("1")]), list_page([])):
        tags = tags_of(page)
        assert not {"script", "link", "img", "iframe"} & set(tags.seen)
        assert tags.fetched == []
        assert "url(" not in page
        assert "@import" not in page


def test_every_span_has_a_row_and_failures_are_marked() -> None:
    page = trace_page([span("1"), span("2", "1"), span("3", "2", status="error", message="quota spent")])
    assert page.count('<details class="row') == 3
    assert page.count('<details class="row bad"') == 1
    assert "quota spent" in page


def test_the_bar_stands_where_its_time_is() -> None:
    start = 1_700_000_000_000 * MS
    page = trace_page(
        [
            span("1", start_ns=start, end_ns=start + 100 * MS),
            span("2", "1", start_ns=start + 25 * MS, end_ns=start + 75 * MS),
        ]
    )
    assert "--from:25.000%;--size:50.000%" in page


def test_a_trace_without_any_duration_is_drawn() -> None:
    assert "--from:0.000%;--size:0.000%" in trace_page([span("1", end_ns=1_700_000_000_000 * MS)])


def test_a_span_with_a_clock_that_ran_backwards_lasts_nothing() -> None:
    assert span("1", start_ns=10, end_ns=3).duration_ns == 0


def test_spans_nest_below_their_parents_in_order_of_time() -> None:
    late = span("3", "1", start_ns=1_700_000_000_005 * MS)
    nested = [(depth, node.span.span_id) for depth, node in walk(nest([late, span("2", "1"), span("1")]))]
    assert nested == [(0, "1"), (1, "2"), (1, "3")]


def test_no_span_is_lost_without_its_parent_or_in_a_circle() -> None:
    spans = [span("1", "missing"), span("2", "3"), span("3", "2"), span("4", "4")]
    assert {node.span.span_id for _, node in walk(nest(spans))} == {"1", "2", "3", "4"}


def test_a_very_deep_trace_is_drawn() -> None:
    spans = [span(str(number), str(number - 1) if number else "") for number in range(2_000)]
    assert trace_page(spans).count('<details class="row') == 2_000
    assert len(trace_tree(spans).children) == 1


@pytest.mark.parametrize(
    ("nanoseconds", "words"),
    [
        (0, "0 µs"),
        (812_000, "812 µs"),
        (14_200_000, "14.2 ms"),
        (812_000_000, "812 ms"),
        (3_050_000_000, "3.05 s"),
        (125_000_000_000, "2 min 5 s"),
    ],
)
def test_durations_are_readable(nanoseconds: int, words: str) -> None:
    assert readable_duration(nanoseconds) == words


def test_the_tree_shows_services_durations_and_failures() -> None:
    start = 1_700_000_000_000 * MS
    console = Console(width=120, record=True, file=None, force_terminal=False)
    with console.capture() as capture:
        console.print(
            trace_tree(
                [
                    span("1", name="POST /v1/runs", service="extraction", end_ns=start + 40 * MS),
                    span(
                        "2",
                        "1",
                        name="draw [x]",
                        service="imagegen",
                        start_ns=start + 5 * MS,
                        status="error",
                        message="quota",
                    ),
                ]
            )
        )
    lines = capture.get().splitlines()
    assert "2 spans, 2 services, 40.0 ms" in lines[0]
    assert "extraction POST /v1/runs  40.0 ms  +0 µs" in lines[1]
    assert "imagegen draw [x]  5.0 ms  +5.0 ms  quota" in lines[2]
