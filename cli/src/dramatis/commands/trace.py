"""`dramatis trace`: a trace as a tree with durations over services."""

from typing import Annotated

import httpx
import typer
from rich.console import Console

from dramatis.commands.connection import DATA_DIR, DataDir, running_stack
from dramatis.traces.span import Span
from dramatis.traces.tree import trace_tree

console = Console()


class TraceNotFound(Exception):
    """The receiver has no such trace."""


def trace(
    trace_id: Annotated[str | None, typer.Argument(help="Trace id; the newest of `dramatis run` otherwise.")] = None,
    data_dir: DataDir = DATA_DIR,
    *,
    json: Annotated[bool, typer.Option("--json", help="The spans, for programs.")] = False,
) -> None:
    """Print a trace of the local stack as a tree."""
    traces_url = running_stack(data_dir).traces_url
    wanted = trace_id or _newest(traces_url)
    answer = httpx.get(f"{traces_url}/{wanted}.json", timeout=10)
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise TraceNotFound(f"no trace {wanted}; {traces_url} lists what there is")
    answer.raise_for_status()
    if json:
        console.print_json(answer.text)
        return
    console.print(trace_tree([Span.from_dict(one) for one in answer.json()["spans"]]))
    console.print(f"{traces_url}/{wanted} draws it", style="dim")


def _newest(traces_url: str) -> str:
    answer = httpx.get(f"{traces_url}.json", params={"service": "cli", "limit": 1}, timeout=10)
    answer.raise_for_status()
    found = answer.json()["items"]
    if not found:
        raise TraceNotFound("nothing was run yet; `dramatis demo` makes a trace")
    return str(found[0]["trace_id"])
