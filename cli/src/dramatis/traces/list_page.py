"""The page of recent traces."""

from collections.abc import Sequence
from urllib.parse import quote

from dramatis.traces.html import breakable, colour, document, dot, moment, text
from dramatis.traces.span import TraceSummary, readable_duration


def list_page(traces: Sequence[TraceSummary], service: str = "") -> str:
    """The newest traces, newest first, of one service or of all."""
    seen = {name for trace in traces for name in trace.services} | ({service} if service else set())
    chips = "".join(f"<li>{_chip(name, current=name == service)}</li>" for name in sorted(seen))
    everything = '<li><a class="chip" href="/traces">all services</a></li>' if service else ""
    longest = max((trace.duration_ns for trace in traces), default=0)
    rows = "".join(_row(trace, longest) for trace in traces)
    body = (
        f'<h1>Traces</h1><p class="facts"><span>The newest {len(traces)}, newest first; times are UTC</span></p>'
        f'<ul class="legend">{everything}{chips}</ul>'
    )
    return document("Recent", body + (_table(rows) if traces else _EMPTY))


_EMPTY = (
    '<div class="card empty">No trace yet. Each request to a service, and each event it causes, '
    "appears here within a second.</div>"
)


def _table(rows: str) -> str:
    head = (
        "<thead><tr><th>what</th><th>services</th><th>started</th>"
        '<th class="number">spans</th><th class="number">duration</th><th></th></tr></thead>'
    )
    return f'<div class="card"><table>{head}<tbody>{rows}</tbody></table></div>'


def _chip(service: str, *, current: bool) -> str:
    mark = ' aria-current="true"' if current else ""
    return f'<a class="chip" href="/traces?service={quote(service, safe="")}"{mark}>{dot(service)}{text(service)}</a>'


def _row(trace: TraceSummary, longest: int) -> str:
    share = 100 * trace.duration_ns / longest if longest else 0
    errors = f'<span class="badge">{trace.errors} failed</span>' if trace.errors else ""
    services = "".join(f"<span>{dot(name)}{text(name)}</span>" for name in trace.services)
    unit = f'<span class="unit"> span{"" if trace.spans == 1 else "s"}</span>'
    return (
        f'<tr><td class="what"><a href="/traces/{text(trace.trace_id)}">{dot(trace.root_service)}'
        f"<span>{breakable(trace.root)}</span>"
        f'{errors}</a></td><td><span class="dots">{services}</span></td>'
        f'<td class="when number">{moment(trace.start_ns, date=False)}</td><td class="count number">{trace.spans}{unit}</td>'
        f'<td class="number">{readable_duration(trace.duration_ns)}</td>'
        f'<td><div class="gauge"><i style="{colour(trace.root_service)};--size:{share:.2f}%"></i></div></td></tr>'
    )
