"""`dramatis run` and `dramatis demo`: a script in, filed pictures out."""

from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from dramatis.commands.connection import DATA_DIR, DataDir, Token, Url, command, is_running, server
from dramatis.commands.output import err, remark, say
from dramatis.commands.price_cap import NOTHING_SPENT, PriceCap
from dramatis.commands.stack import Port

SCRIPT = "the-street-that-wasnt-there.fountain"
DEMO_PROJECT = "The Street That Wasn't There"
DEMO_STYLE = "ink and watercolour storybook, lamplight, fog, deep blue and amber"

Script = Annotated[
    Path,
    typer.Argument(
        exists=True, dir_okay=False, readable=True, help="Fountain, Final Draft, PDF, Word, Markdown or plain text."
    ),
]


class ExamplesMissing(Exception):
    """The sample scripts are not beside this installation."""


def run(
    script: Script,
    project: Annotated[
        str | None,
        typer.Option(help="Project to file the assets in, made when it is new; the script's name otherwise."),
    ] = None,
    style: Annotated[str | None, typer.Option(help="How the project looks; needed for a new project.")] = None,
    price_cap: PriceCap = None,
    save: Annotated[
        Path | None, typer.Option("--save", file_okay=False, help="Folder to store copies of the pictures in.")
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="The outcome for programs, on standard output.")] = False,
    url: Url = None,
    token: Token = None,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Read a script, and draw and file every character, location and prop in it.

    Exits with 1 when a picture failed. The same command again goes on where it stopped.
    """
    from dramatis.commands.producing import produce, save_pictures
    from dramatis.commands.results import print_document, print_result

    for name, given in (("--project", project), ("--style", style)):
        if given is not None and not given.strip():
            raise typer.BadParameter("give at least one letter, or leave it out", param_hint=name)
    target = server(data_dir, url, token)
    result = produce(target, script, project or script.stem, style, price_cap)
    if json:
        print_document(result, target)
    else:
        print_result(result, target)
    if price_cap is not None and result.outcome.run["engine"] == "builtin":
        remark(NOTHING_SPENT)
    if save is not None:
        remark(f"{save_pictures(result, target, save)} pictures stored in {save.absolute()}")
    raise typer.Exit(1 if result.outcome.failed else 0)


def demo(
    data_dir: DataDir = DATA_DIR,
    port: Port = None,
    script: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Another script than ours.")] = None,
    style: Annotated[str, typer.Option(help="How it looks.")] = DEMO_STYLE,
) -> None:
    """Start the local stack, take a sample script all the way, and make a contact sheet."""
    from dramatis.commands.producing import produce, write_contact_sheet
    from dramatis.commands.results import print_result

    script = script or _sample()
    _bring_up(data_dir, port)
    target = server(data_dir, None, None)
    result = produce(target, script, DEMO_PROJECT if script.name == SCRIPT else script.stem, style)
    print_result(result, target)
    sheet = write_contact_sheet(result, target, data_dir.absolute() / "contact-sheet.png", style)
    say(f"contact sheet  {sheet}")
    remark(f"the stack keeps running; `{command('down', data_dir)}` stops it", "dim")
    raise typer.Exit(1 if result.outcome.failed else 0)


def _bring_up(data_dir: Path, port: int | None) -> None:
    if is_running(data_dir):
        return
    from dramatis.commands.detached import start_detached

    started = monotonic()
    try:
        with err.status("starting Postgres, NATS, S3 and the four services"):
            state = start_detached(data_dir, port)
    except KeyboardInterrupt:
        remark("interrupted; the stack that was starting is stopped")
        raise
    remark(f"the stack is ready at {state.origin} after {monotonic() - started:.1f} s")


def _sample() -> Path:
    path = Path(__file__).parents[4] / "examples" / SCRIPT
    if not path.is_file():
        raise ExamplesMissing("this installation has no examples folder: give a script with --script")
    return path
