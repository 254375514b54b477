"""What a command says: results on standard output; progress, remarks and failures on standard error."""

import json
import sys

from rich.console import Console, RenderableType
from rich.text import Text

_ENDLESS = 100_000


def _console(*, stderr: bool) -> Console:
    """As wide as the terminal; of any width where nobody looks, so that no program gets a line in pieces."""
    console = Console(stderr=stderr, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = _ENDLESS
    return console


out = _console(stderr=False)
err = _console(stderr=True)


def say(line: str | Text, style: str = "") -> None:
    """A line of the result; however narrow the terminal, ids and paths stay whole, to be copied."""
    out.print(line, style=style or None, soft_wrap=True, markup=False)


def print_whole(drawing: RenderableType) -> None:
    """A drawing whose lines are not cut where the terminal ends."""
    width, out.width = out.width, _ENDLESS
    try:
        out.print(drawing, soft_wrap=True)
    finally:
        out.width = width


def print_json(document: object) -> None:
    """The result for programs: letters that standard output cannot hold are escaped, not lost."""
    escaped = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(document, ensure_ascii=escaped, indent=2) + "\n")


def remark(line: str | Text, style: str = "") -> None:
    """A line about the result, which is not part of it."""
    err.print(line, style=style or None, soft_wrap=True, markup=False)


def fail(line: str, log: str = "") -> None:
    """Why a command ends without its result; the end of a log, where there is one, goes below."""
    remark(Text.assemble(("dramatis:", "bold red"), " ", line))
    if log:
        remark(log, "dim")
