"""`dramatis events` and `dramatis dlq`: what is on the bus, and what nobody could handle."""

import json as jsonlib
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from dramatis.commands.connection import DATA_DIR, DataDir, NatsUrl
from dramatis.commands.output import out, remark, say

if TYPE_CHECKING:
    from chassis.deadletters import DeadLetter
    from dramatis.commands.bus import Event

dlq = typer.Typer(help="Dead letters: list, show, replay.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]
Service = Annotated[str | None, typer.Option(help="Only of one service.")]


def events(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Newest events to show.")] = 20,
    owner: Annotated[str | None, typer.Option(help="Only of the service that publishes them.")] = None,
    data_dir: DataDir = DATA_DIR,
    nats_url: NatsUrl = None,
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with what comes, until Ctrl-C.")] = False,
    json: Json = False,
) -> None:
    """Print the newest events of the bus."""
    from dramatis.commands.bus import ask, bus, follow_events, newest_events, services

    owners = services(owner, "--owner")
    to = bus(data_dir, nats_url)
    show = _print_json if json else _print_line
    if follow:
        ask(to, lambda client: follow_events(client, owners, limit, show))
    for event in ask(to, lambda client: newest_events(client, owners, limit)):
        show(event)


@dlq.command("list")
def dlq_list(
    service: Service = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Newest dead letters to show.")] = 50,
    data_dir: DataDir = DATA_DIR,
    nats_url: NatsUrl = None,
    *,
    json: Json = False,
) -> None:
    """List dead letters, newest first."""
    from chassis.deadletters import list_dead_letters
    from dramatis.commands.bus import ask, bus, services

    services(service, "--service")
    letters = ask(bus(data_dir, nats_url), lambda client: list_dead_letters(client.jetstream(), service, limit))
    for letter in letters:
        if json:
            typer.echo(jsonlib.dumps(_summary(letter), ensure_ascii=False))
        else:
            _print_letter(letter)
    if not json:
        hint = "`dramatis dlq show NUMBER` reads one, `dramatis dlq replay NUMBER` delivers it again"
        remark(hint if letters else "no dead letters", "dim")


@dlq.command("show")
def dlq_show(
    number: Annotated[int, typer.Argument(help="Number as `list` prints it.", min=1)],
    data_dir: DataDir = DATA_DIR,
    nats_url: NatsUrl = None,
) -> None:
    """Print one dead letter with its headers and data, as JSON."""
    from chassis.deadletters import read_dead_letter
    from dramatis.commands.bus import ask, bus

    letter = ask(bus(data_dir, nats_url), lambda client: read_dead_letter(client.jetstream(), number))
    out.print_json(data={**_summary(letter), "headers": dict(letter.headers), "data": _text(letter.data)})


@dlq.command("replay")
def dlq_replay(
    numbers: Annotated[list[int] | None, typer.Argument(help="Numbers as `list` prints them.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every dead letter there is now.")] = False,
    service: Service = None,
    data_dir: DataDir = DATA_DIR,
    nats_url: NatsUrl = None,
) -> None:
    """Deliver dead letters again where they came from; each leaves the dead letters."""
    from dramatis.commands.bus import ask, bus, replay, services

    if bool(numbers) == all_:
        raise typer.BadParameter("give numbers, or --all")
    if numbers and service:
        raise typer.BadParameter("goes with --all only", param_hint="--service")
    services(service, "--service")
    if not ask(bus(data_dir, nats_url), lambda client: replay(client, numbers or [], service, _print_replayed)):
        remark("no dead letters", "dim")


def _print_line(event: "Event") -> None:
    headers = event.headers
    kind = headers.get("ce-type", "").removeprefix("dramatis.")
    trace_id = headers.get("traceparent", "--").split("-")[1]
    time = headers.get("ce-time", "")[:23]
    say(Text.assemble(time, "  ", (f"{kind:40}", "bold"), "  ", headers.get("ce-subject", ""), "  ", (trace_id, "dim")))


def _print_json(event: "Event") -> None:
    typer.echo(jsonlib.dumps({"headers": dict(event.headers), "data": _text(event.data)}, ensure_ascii=False))


def _print_letter(letter: "DeadLetter") -> None:
    summary = _summary(letter)
    number = (f"{letter.number:>6}", "bold")
    say(Text.assemble(number, f"  {summary['died_at']}  {letter.consumer}  ", (letter.code, "red")))
    say(f"        {letter.reason} (delivered {letter.deliveries}x)")


def _print_replayed(letter: "DeadLetter") -> None:
    say(f"replayed {letter.number} to {letter.subject}")


def _summary(letter: "DeadLetter") -> dict[str, object]:
    return {
        "number": letter.number,
        "consumer": letter.consumer,
        "code": letter.code,
        "reason": letter.reason,
        "subject": letter.subject,
        "deliveries": letter.deliveries,
        "died_at": letter.died_at and letter.died_at.isoformat(timespec="seconds"),
    }


def _text(data: bytes) -> object:
    """JSON where it is JSON, text otherwise."""
    try:
        parsed: object = jsonlib.loads(data)
    except ValueError:
        return data.decode(errors="replace")
    return parsed
