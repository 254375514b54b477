"""`dramatis trace`: a trace as a tree with durations over services."""

from typing import TYPE_CHECKING, Annotated

import typer

from dramatis.commands.connection import DATA_DIR, DataDir, running_stack
from dramatis.commands.output import out, print_whole, remark

if TYPE_CHECKING:
    import httpx


class TraceNotFound(Exception):
    """The receiver has no such trace."""


def trace(
    trace_id: Annotated[str | None, typer.Argument(help="Trace id; the newest of `run` or `demo` otherwise.")] = None,
    data_dir: DataDir = DATA_DIR,
    *,
    json: Annotated[bool, typer.Option("--json", help="The spans, for programs.")] = False,
) -> None:
    """Print a trace of the local stack as a tree."""
    import httpx

    from dramatis.traces.span import Span
    from dramatis.traces.tree import trace_tree

    traces_url = running_stack(data_dir).traces_url
    with httpx.Client(timeout=10) as client:
        wanted = (trace_id or _newest(client, traces_url)).strip().lower()
        answer = client.get(f"{traces_url}/{wanted}.json")
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise TraceNotFound(f"no trace {wanted}; {traces_url} lists what there is")
    answer.raise_for_status()
    if json:
        out.print_json(answer.text)
        return
    print_whole(trace_tree([Span.from_dict(one) for one in answer.json()["spans"]]))
    remark(f"{traces_url}/{wanted} draws it", "dim")


def _newest(client: "httpx.Client", traces_url: str) -> str:
    answer = client.get(f"{traces_url}.json", params={"service": "cli", "limit": 1})
    answer.raise_for_status()
    found = answer.json()["items"]
    if not found:
        raise TraceNotFound("nothing was run yet; `dramatis demo` makes a trace")
    return str(found[0]["trace_id"])
