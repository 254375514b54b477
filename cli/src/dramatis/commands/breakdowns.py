"""`dramatis read` and `dramatis salvage`: what is in a script, or in a model's reply, without any server."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dramatis.commands.output import fail, print_json, remark
from dramatis.commands.price_cap import NOTHING_SPENT, PriceCap

if TYPE_CHECKING:
    from dramatis.breakdown import Breakdown

Scripts = Annotated[
    list[Path],
    typer.Argument(
        help="Fountain, Final Draft, PDF, Word, Markdown or plain text; - is standard input.", show_default=False
    ),
]
Replies = Annotated[
    list[Path], typer.Argument(help="Raw replies of a model, a file each; - is standard input.", show_default=False)
]

Engine = Literal["builtin", "llm"]


def read(
    scripts: Scripts,
    *,
    by: Annotated[Engine, typer.Option("--engine", help="Who reads; llm is the model of DRAMATIS_LLM_*.")] = "builtin",
    price_cap: PriceCap = None,
    json: Annotated[bool, typer.Option("--json", help="One object by file stem, for programs.")] = False,
) -> None:
    """Print the characters, locations and props of scripts, without any server.

    Exits with 1 when a script could not be read, or not all of it; the others are read all the same.
    """
    from dramatis.commands.breakdown_tables import print_reading, progress, remark_reading
    from dramatis.reading import NotRead, engine, read_file

    if json:
        _distinct(scripts)
    if price_cap is not None and by == "builtin":
        remark(NOTHING_SPENT)
    failed = False
    found: dict[str, Breakdown] = {}
    try:
        with engine(by, price_cap) as extract:
            for path in scripts:
                try:
                    with progress(path.name) as report:
                        reading = read_file(path, extract, report)
                except NotRead as reason:
                    failed = True
                    fail(str(reason), reason.log)
                    continue
                found[path.stem] = reading.lists
                failed = remark_reading(reading) or failed
                if not json:
                    print_reading(reading)
    finally:
        if json:
            print_json(found)
    raise typer.Exit(1 if failed else 0)


def salvage(
    replies: Replies,
    *,
    json: Annotated[
        bool, typer.Option("--json", help="The three lists or null; of several replies one object by file stem.")
    ] = False,
) -> None:
    """Print what is in raw replies of a language model, however broken, without any server.

    A reply that holds nothing is no failure: its result is null, and standard error says why.
    """
    from dramatis.commands.breakdown_tables import print_salvaged, remark_salvaged
    from dramatis.salvaging import ReplyMissing, salvage_file
    from extraction.domain.salvage import as_lists

    if json:
        _distinct(replies)
    failed = False
    found = {}
    for path in replies:
        try:
            salvaged = salvage_file(path)
        except ReplyMissing as reason:
            failed = True
            fail(str(reason))
            continue
        found[path.stem] = as_lists(salvaged)
        remark_salvaged(path, salvaged)
        if not json:
            print_salvaged(salvaged)
    if json:
        print_json(found if len(replies) > 1 else found.get(replies[0].stem))
    raise typer.Exit(1 if failed else 0)


def _distinct(paths: list[Path]) -> None:
    """Refuse files of one stem, which would stand for each other in the result; raises `BadParameter`."""
    known: dict[str, Path] = {}
    for path in paths:
        if known.setdefault(path.stem, path) is not path:
            raise typer.BadParameter(f"{known[path.stem]} and {path} would both be {path.stem!r} in the result")
