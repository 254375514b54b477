"""Spans as they are kept, and their nesting."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

KINDS = ("internal", "internal", "server", "client", "producer", "consumer")
STATUSES = ("unset", "ok", "error")


@dataclass(frozen=True, slots=True)
class Span:
    """One span. Times are nanoseconds since the epoch; ids are lower-case hexadecimal, `parent_id` "" for none."""

    trace_id: str
    span_id: str
    parent_id: str
    service: str
    name: str
    kind: str
    start_ns: int
    end_ns: int
    status: str = "unset"
    message: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)

    @property
    def duration_ns(self) -> int:
        """Never negative, whatever the clocks did."""
        return max(0, self.end_ns - self.start_ns)

    @property
    def failed(self) -> bool:
        """Whether it says so itself."""
        return self.status == "error"

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `as_dict`."""
        return cls(**values)


@dataclass(frozen=True, slots=True)
class TraceSummary:
    """One line of the list of traces."""

    trace_id: str
    root: str
    root_service: str
    services: list[str]
    start_ns: int
    duration_ns: int
    spans: int
    errors: int

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A span with those it caused, earliest first."""

    span: Span
    children: list["Node"]


def nest(spans: Iterable[Span]) -> list[Node]:
    """The roots of the trace, earliest first. A span whose parent is not there is a root too; none is left out."""
    nodes = {span.span_id: Node(span, []) for span in sorted(spans, key=lambda span: (span.start_ns, -span.end_ns))}
    roots: list[Node] = []
    for node in nodes.values():
        parent = nodes.get(node.span.parent_id)
        (roots if parent is None else parent.children).append(node)
    reached = {node.span.span_id for _, node in walk(roots)}
    # Spans that name each other as parents hang from nothing; the first of them stands in for a root.
    for node in nodes.values():
        if node.span.span_id not in reached:
            nodes[node.span.parent_id].children.remove(node)
            roots.append(node)
            reached |= {each.span.span_id for _, each in walk([node])}
    return roots


def walk(nodes: Sequence[Node], depth: int = 0) -> Iterator[tuple[int, Node]]:
    """Each node below its parent, with its depth."""
    waiting = [(depth, node) for node in reversed(nodes)]
    while waiting:
        level, node = waiting.pop()
        yield level, node
        waiting += [(level + 1, child) for child in reversed(node.children)]


def readable_duration(nanoseconds: int) -> str:
    """Three digits at most before the unit: `812 µs`, `14.2 ms`, `3.05 s`, `2 min 5 s`."""
    if nanoseconds < 1_000_000:
        return f"{nanoseconds / 1e3:.0f} µs"
    if nanoseconds < 100_000_000:
        return f"{nanoseconds / 1e6:.1f} ms"
    if nanoseconds < 1_000_000_000:
        return f"{nanoseconds / 1e6:.0f} ms"
    if nanoseconds < 60_000_000_000:
        return f"{nanoseconds / 1e9:.2f} s"
    minutes, seconds = divmod(nanoseconds // 1_000_000_000, 60)
    return f"{minutes} min {seconds} s"
