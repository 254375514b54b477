"""`dramatis simulate`: stand-ins for outside services, for demos, tests and benches."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dramatis.commands.output import remark

if TYPE_CHECKING:
    from collections.abc import Callable

simulate = typer.Typer(help="Stand-ins for outside services.", no_args_is_help=True)


@simulate.callback()
def group() -> None:
    """Stand-ins for outside services."""


@simulate.command("llm")
def simulate_llm(
    script: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Rules (.toml), or the script that prompts will hold scenes of."
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port on loopback; any free one otherwise.")] = 0,
    latency_ms: Annotated[float | None, typer.Option(min=0, max=3_600_000, help="How long each call takes.")] = None,
    *,
    fault: Annotated[
        list[str] | None,
        typer.Option(help="What goes wrong, and when: 429=2@1,3-5 · truncated@10% · hang. Repeatable."),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Of faults at a rate; 0 otherwise.")] = None,
    log: Annotated[
        Path | None, typer.Option(dir_okay=False, help="File to append the calls to; standard output otherwise.")
    ] = None,
) -> None:
    """Serve the OpenAI chat API on loopback, from rules or as the built-in engine reads. Ctrl-C stops it."""
    import time

    from dramatis.simulator import FaultInvalid, FaultWhen, Simulator
    from dramatis.simulator.playbook import Playbook
    from dramatis.simulator.serving import rules_of
    from dramatis.stack.signals import Interrupted, first_signal_interrupts

    try:
        faults = [FaultWhen.parse(each) for each in fault or ()]
    except FaultInvalid as error:
        raise typer.BadParameter(str(error), param_hint="--fault") from error
    playbook = Playbook(rules_of(script, latency_ms=latency_ms, seed=seed), faults)
    with _lines(log) as write, first_signal_interrupts(), Simulator(playbook, port=port, log=write) as llm:
        settings = f"DRAMATIS_LLM_PROVIDER=openai DRAMATIS_LLM_MODEL={playbook.model}"
        remark(f"listening at {llm.base_url}; {settings} DRAMATIS_LLM_BASE_URL={llm.base_url} uses it")
        try:
            while True:
                time.sleep(3600)
        except Interrupted as signal:
            remark(f"stopped by {signal} after {len(llm.calls)} calls")


@contextmanager
def _lines(path: Path | None) -> "Iterator[Callable[[str], None]]":
    """Writes lines to a file, or to standard output, each at once."""
    if path is None:
        yield typer.echo
        return
    with path.open("a", encoding="utf-8", buffering=1) as file:
        yield lambda line: typer.echo(line, file=file)
