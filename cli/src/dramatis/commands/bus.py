"""NATS as an operator sees it: the newest events, what comes next, and the dead letters."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import nats
import typer
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import RawStreamMsg
from nats.js.errors import NotFoundError

from chassis.deadletters import DeadLetter, list_dead_letters, replay_dead_letter
from contracts.consumers import SERVICES
from contracts.subjects import stream_of, stream_subjects
from dramatis.commands.connection import running_stack
from dramatis.servers.nats import OPERATOR

T = TypeVar("T")

MOST_LETTERS = 100_000
_CONNECT_S = 5


class NatsAway(Exception):
    """NATS does not answer, or not as it should."""


@dataclass(frozen=True, slots=True)
class Bus:
    """Where NATS is, and who asks."""

    url: str
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Event:
    """A message as it stands on the bus."""

    headers: Mapping[str, str]
    data: bytes


def bus(folder: Path, url: str | None) -> Bus:
    """The NATS server to talk to; raises `NotRunning` or `BadParameter`."""
    if url is None:
        state = running_stack(folder, "name a NATS server with --nats").nats
        assert state is not None, "a ready stack has NATS"
        return Bus(state.url, OPERATOR, state.passwords[OPERATOR])
    parts = urlsplit(url)
    try:
        address = f"{parts.scheme}://{parts.hostname}:{parts.port or 4222}"
    except ValueError:
        address = ""
    if not address or parts.scheme not in {"nats", "tls"} or not parts.hostname:
        raise typer.BadParameter("give nats://user:password@host:port", param_hint="--nats")
    return Bus(address, unquote(parts.username or ""), unquote(parts.password or ""))


def services(wanted: str | None, option: str) -> list[str]:
    """The one service named, or all; raises `BadParameter`."""
    if wanted is not None and wanted not in SERVICES:
        raise typer.BadParameter(f"{wanted!r} is none of {', '.join(SERVICES)}", param_hint=option)
    return [wanted] if wanted else list(SERVICES)


def ask(to: Bus, question: Callable[[Client], Awaitable[T]]) -> T:
    """The answer to one question; raises `NatsAway`."""

    async def connected() -> T:
        async with _connected(to) as client:
            return await question(client)

    return asyncio.run(connected())


async def newest_events(client: Client, owners: Iterable[str], limit: int) -> list[Event]:
    """The newest events of these services together, oldest first."""
    found = [message for owner in owners for message in await _newest(client, owner, limit)]
    found.sort(key=lambda message: (message.headers or {}).get("ce-time", ""))
    return [Event(message.headers or {}, message.data or b"") for message in found[-limit:]]


async def follow_events(client: Client, owners: Iterable[str], limit: int, show: Callable[[Event], None]) -> None:
    """Show the newest events, then each that comes, until interrupted; raises `NatsAway` when NATS goes."""
    coming = [await client.subscribe(stream_subjects(owner)) for owner in owners]
    known = await newest_events(client, owners, limit)
    for event in known:
        show(event)
    shown = {event.headers.get("ce-id") for event in known}

    async def one(messages: AsyncIterator[Msg]) -> None:
        async for message in messages:
            if message.headers and message.headers.get("ce-id") not in shown:
                show(Event(message.headers, message.data))

    await asyncio.gather(*(one(subscription.messages) for subscription in coming))
    raise NatsAway("NATS has closed the connection")


async def replay(
    client: Client, numbers: Iterable[int], service: str | None, done: Callable[[DeadLetter], None]
) -> int:
    """Deliver these dead letters again, oldest first, telling of each when it is `done`; without numbers, all. How many."""
    js = client.jetstream()
    wanted = set(numbers) or {letter.number for letter in await list_dead_letters(js, service, MOST_LETTERS)}
    for number in sorted(wanted):
        done(await replay_dead_letter(js, number))
    return len(wanted)


@asynccontextmanager
async def _connected(to: Bus) -> AsyncIterator[Client]:
    reasons: list[Exception] = []

    async def note(error: Exception) -> None:
        reasons.append(error)

    client = Client()
    try:
        await client.connect(
            to.url,
            user=to.user or None,
            password=to.password or None,
            allow_reconnect=False,
            connect_timeout=_CONNECT_S,
            # Tries of the first connection count as reconnects; the client would go on for two minutes.
            max_reconnect_attempts=1,
            reconnect_time_wait=0,
            error_cb=note,
        )
    except (OSError, TimeoutError, nats.errors.Error) as error:
        await client.close()
        why = _words([*reasons, error][0])
        raise NatsAway(f"NATS at {to.url} does not take {to.user or 'a stranger'}: {why}") from error
    try:
        yield client
    except nats.errors.Error as error:
        raise NatsAway(f"NATS at {to.url} is not as expected: {_words(error)}") from error
    finally:
        await client.close()


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


def _words(error: BaseException) -> str:
    return str(error).removeprefix("nats: ") or "no answer in time"
