"""The page of one trace: a waterfall of its spans."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dramatis.traces.html import breakable, colour, document, dot, moment, text
from dramatis.traces.span import Node, Span, nest, readable_duration, walk

_MAX_ROWS = 3_000
_TICKS = 4
_ASYNC = {"producer", "consumer"}
_ROOM_AFTER = 88.0
_ROOM_BEFORE = 12.0


class Scale(NamedTuple):
    """The time that the whole width stands for."""

    start_ns: int
    total_ns: int

    def share(self, nanoseconds: int) -> float:
        """A length of time in percent of the width."""
        return 100 * nanoseconds / self.total_ns if self.total_ns else 0.0


def trace_page(spans: Sequence[Span]) -> str:
    """The waterfall of a trace of at least one span. Nothing in it comes unescaped from a span."""
    start = min(span.start_ns for span in spans)
    scale = Scale(start, max(span.start_ns + span.duration_ns for span in spans) - start)
    roots = nest(spans)
    rows = [_row(depth, node, scale) for depth, node in walk(roots)]
    more = f'<p class="empty">{len(rows) - _MAX_ROWS} more spans are in the JSON.</p>' if len(rows) > _MAX_ROWS else ""
    root = roots[0].span
    body = (
        '<p class="crumb"><a href="/traces">Traces</a></p>'
        f"<h1>{breakable(root.name)}</h1>{_facts(spans, scale)}{_legend(spans)}"
        f'<div class="card">{_axis(scale)}{"".join(rows[:_MAX_ROWS])}{more}</div>'
    )
    return document(root.name, body)


def _facts(spans: Sequence[Span], scale: Scale) -> str:
    failed = sum(span.failed for span in spans)
    trace_id = text(spans[0].trace_id)
    errors = f'<span class="bad"><b>{failed}</b> failed</span>' if failed else ""
    return (
        f'<p class="facts"><span><b>{readable_duration(scale.total_ns)}</b></span>'
        f"<span><b>{len(spans)}</b> span{'s' if len(spans) > 1 else ''}</span>{errors}"
        f"<span>{moment(scale.start_ns)}</span>"
        f'<span class="mono">{trace_id}</span><span><a href="/traces/{trace_id}.json">JSON</a></span></p>'
    )


def _legend(spans: Sequence[Span]) -> str:
    counts: dict[str, int] = {}
    for span in spans:
        counts[span.service] = counts.get(span.service, 0) + 1
    chips = "".join(
        f'<li class="chip">{dot(service)}{text(service)}<span class="soft number">{count}</span></li>'
        for service, count in counts.items()
    )
    return f'<ul class="legend">{chips}</ul>'


def _axis(scale: Scale) -> str:
    ticks = "".join(
        f'<span{_last(step)} style="left:{100 * step / _TICKS:g}%">'
        f"{readable_duration(scale.total_ns * step // _TICKS) if step else '0'}</span>"
        for step in range(_TICKS + 1)
    )
    return (
        f'<div class="axis"><div class="soft">service and operation</div><div class="ticks number">{ticks}</div></div>'
    )


def _last(step: int) -> str:
    return ' class="last"' if step == _TICKS else ""


def _row(depth: int, node: Node, scale: Scale) -> str:
    span = node.span
    offset = scale.share(span.start_ns - scale.start_ns)
    size = scale.share(span.duration_ns)
    mark = '<span class="mark" title="failed">!</span>' if span.failed else ""
    bar = "bar async" if span.kind in _ASYNC else "bar"
    return (
        f'<details class="row{" bad" if span.failed else ""}" style="--depth:{depth};{colour(span.service)}">'
        f'<summary><span class="label">{dot(span.service)}{mark}<span class="name" title="{text(span.name)}">'
        f'{text(span.name)}</span><span class="who">{text(span.service)}</span></span>'
        f'<span class="lane" style="--from:{offset:.3f}%;--size:{size:.3f}%"><i class="{bar}"></i>'
        f'<span class="took number {_place(offset, size)}">{readable_duration(span.duration_ns)}</span></span>'
        f"</summary>{_detail(span, scale)}</details>"
    )


def _place(offset: float, size: float) -> str:
    """Where the duration has room: after its bar, before it, or inside a bar that fills the width."""
    if offset + size < _ROOM_AFTER:
        return "after"
    return "before" if offset > _ROOM_BEFORE else "inside"


def _detail(span: Span, scale: Scale) -> str:
    started = readable_duration(span.start_ns - scale.start_ns)
    failure = f'<p class="failure">{text(span.message)}</p>' if span.failed and span.message else ""
    events = "".join(
        f"<h2>{text(event['name'])} <span class='soft number'>"
        f"after {readable_duration(max(0, event['time_ns'] - span.start_ns))}</span></h2>{_pairs(event['attributes'])}"
        for event in span.events
    )
    links = "".join(
        f'<p>caused by <a class="mono" href="/traces/{text(link["trace_id"])}">{text(link["trace_id"])}</a></p>'
        for link in span.links
    )
    return (
        f'<div class="detail"><p class="soft">{text(span.kind)}, starts after {started}, span '
        f'<span class="mono">{text(span.span_id)}</span></p>{failure}{links}{_pairs(span.attributes)}{events}</div>'
    )


def _pairs(attributes: Mapping[str, Any]) -> str:
    if not attributes:
        return ""
    pairs = "".join(
        f'<dt class="mono">{text(key)}</dt><dd class="mono">{text(_plain(value))}</dd>'
        for key, value in sorted(attributes.items())
    )
    return f'<dl class="pairs">{pairs}</dl>'


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
