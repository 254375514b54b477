"""A trace in the terminal."""

from collections.abc import Sequence

from rich.text import Text
from rich.tree import Tree

from dramatis.traces.span import Node, Span, nest, readable_duration

_STYLES = {"extraction": "yellow", "assets": "blue", "imagegen": "magenta", "localizer": "green"}
_OTHER = "cyan"


def trace_tree(spans: Sequence[Span]) -> Tree:
    """The spans below those that caused them, with service, duration and the time since the trace began."""
    start = min((span.start_ns for span in spans), default=0)
    end = max((span.start_ns + span.duration_ns for span in spans), default=0)
    services = len({span.service for span in spans})
    title = f"{len(spans)} spans, {services} services, {readable_duration(end - start)}"
    tree = Tree(Text(f"{spans[0].trace_id}  {title}" if spans else "no spans", style="dim"))
    for root in nest(spans):
        _add(tree, root, start)
    return tree


def _add(tree: Tree, root: Node, start_ns: int) -> None:
    waiting = [(tree, root)]
    while waiting:
        parent, node = waiting.pop()
        branch = parent.add(_line(node.span, start_ns))
        waiting += [(branch, child) for child in reversed(node.children)]


def _line(span: Span, start_ns: int) -> Text:
    line = Text.assemble(
        (span.service, _STYLES.get(span.service, _OTHER)),
        " ",
        (span.name, "bold red" if span.failed else "bold"),
        (f"  {readable_duration(span.duration_ns)}", "default"),
        (f"  +{readable_duration(span.start_ns - start_ns)}", "dim"),
    )
    if span.failed:
        line.append(f"  {span.message or 'failed'}", style="red")
    return line
