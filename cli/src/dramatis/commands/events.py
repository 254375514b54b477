"""`dramatis events` and `dramatis dlq`: what is on the bus, and what nobody could handle."""

import asyncio
import json as jsonlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated, TypeVar

import nats
import typer
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import RawStreamMsg
from nats.js.errors import NotFoundError
from rich.console import Console
from rich.table import Table

from chassis.deadletters import DeadLetter, list_dead_letters, read_dead_letter, replay_dead_letter
from contracts.consumers import SERVICES
from contracts.subjects import stream_of, stream_subjects
from dramatis.commands.connection import DATA_DIR, Bus, DataDir, NatsUrl, bus

T = TypeVar("T")

console = Console()
dlq = typer.Typer(help="Dead letters: list, show, replay.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]


class NatsAway(Exception):
    """NATS does not answer."""


def events(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Newest events to show.")] = 20,
    owner: Annotated[str | None, typer.Option(help=f"Only of {', '.join(SERVICES)}.")] = None,
    data_dir: DataDir = DATA_DIR,
    nats_url: NatsUrl = None,
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with what comes.")] = False,
    json: Json = False,
) -> None:
    """Print the newest events of the bus."""
    if owner is not None and owner not in SERVICES:
        raise typer.BadParameter(f"one of {', '.join(SERVICES)}", param_hint="--owner")
    owners = [owner] if owner else list(SERVICES)
    to = bus(data_dir, nats_url)
    asyncio.run(_events(to, owners, limit, follow=follow, json=json))


@dlq.command("list")
def dlq_list(
    service: Annotated[str | None, typer.Option(help="Only of one service.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    data_dir: DataDir = DATA_DIR,
    nats_url: NatsUrl = None,
    *,
    json: Json = False,
) -> None:
    """List dead letters, newest first."""
    to = bus(data_dir, nats_url)
    letters = _ask(to, lambda client: list_dead_letters(client.jetstream(), service, limit))
    if json:
        for letter in letters:
            typer.echo(jsonlib.dumps(_summary(letter)))
        return
    if not letters:
        console.print("no dead letters")
        return
    table = Table()
    for heading in ("number", "consumer", "code", "reason", "deliveries", "died at"):
        table.add_column(heading, overflow="fold")
    for letter in letters:
        table.add_row(*(str(value) for value in _summary(letter).values() if value != letter.subject))
    console.print(table)
    console.print("`dramatis dlq show NUMBER` reads one, `dramatis dlq replay NUMBER` delivers it again", style="dim")


@dlq.command("show")
def dlq_show(
    number: int,
    data_dir: DataDir = DATA_DIR,
    nats_url: NatsUrl = None,
) -> None:
    """Print one dead letter with its headers and data."""
    to = bus(data_dir, nats_url)
    letter = _ask(to, lambda client: read_dead_letter(client.jetstream(), number))
    console.print_json(data={**_summary(letter), "headers": dict(letter.headers), "data": _text(letter.data)})


@dlq.command("replay")
def dlq_replay(
    numbers: Annotated[list[int] | None, typer.Argument(help="Numbers as `list` prints them.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every dead letter there is now.")] = False,
    data_dir: DataDir = DATA_DIR,
    nats_url: NatsUrl = None,
) -> None:
    """Deliver dead letters again where they came from; each leaves the dead letters."""
    if bool(numbers) == all_:
        raise typer.BadParameter("give numbers, or --all")
    to = bus(data_dir, nats_url)
    for letter in _ask(to, lambda client: _replay(client, numbers or [])):
        console.print(f"replayed {letter.number} to {letter.subject}")


async def _replay(client: Client, numbers: list[int]) -> list[DeadLetter]:
    js = client.jetstream()
    wanted = numbers or [letter.number for letter in await list_dead_letters(js, limit=10_000)]
    return [await replay_dead_letter(js, number) for number in sorted(wanted)]


def _ask(to: Bus, question: Callable[[Client], Awaitable[T]]) -> T:
    async def ask() -> T:
        async with _connected(to) as client:
            return await question(client)

    return asyncio.run(ask())


@asynccontextmanager
async def _connected(to: Bus) -> AsyncIterator[Client]:
    try:
        client = await nats.connect(
            to.url, user=to.user, password=to.password or None, allow_reconnect=False, connect_timeout=5
        )
    except (OSError, TimeoutError, nats.errors.Error) as error:
        raise NatsAway(f"NATS does not answer at {to.url} as {to.user}: {error}") from error
    try:
        yield client
    finally:
        await client.close()


async def _events(to: Bus, owners: list[str], limit: int, *, follow: bool, json: bool) -> None:
    async with _connected(to) as client:
        if follow:
            for owner in owners:
                await client.subscribe(stream_subjects(owner), cb=partial(_print_message, json=json))
        newest = [message for owner in owners for message in await _newest(client, owner, limit)]
        newest.sort(key=lambda message: (message.headers or {}).get("ce-time", ""))
        for message in newest[-limit:]:
            _print_event(dict(message.headers or {}), message.data or b"", json=json)
        if follow:
            await asyncio.Event().wait()


async def _newest(client: Client, owner: str, limit: int) -> list[RawStreamMsg]:
    js = client.jetstream()
    state = (await js.stream_info(stream_of(owner))).state
    found = []
    for sequence in range(max(state.first_seq, state.last_seq - limit + 1, 1), state.last_seq + 1):
        try:
            found.append(await js.get_msg(stream_of(owner), seq=sequence))
        except NotFoundError:
            continue
    return found


async def _print_message(message: Msg, *, json: bool) -> None:
    if message.headers:
        _print_event(message.headers, message.data, json=json)


def _print_event(headers: dict[str, str], data: bytes, *, json: bool) -> None:
    if json:
        typer.echo(jsonlib.dumps({"headers": headers, "data": _text(data)}, ensure_ascii=False))
        return
    kind = headers.get("ce-type", "").removeprefix("dramatis.")
    trace_id = headers.get("traceparent", "--").split("-")[1]
    console.print(
        f"{headers.get('ce-time', '')[:23]}  [bold]{kind:40}[/]  {headers.get('ce-subject', '')}  [dim]{trace_id}[/]",
        highlight=False,
        soft_wrap=True,
    )


def _summary(letter: DeadLetter) -> dict[str, object]:
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
