"""One service under test: its real process parts in this process, on real Postgres, NATS and S3."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

import asyncpg
import httpx
import nats
import orjson
import pytest
from nats.js import JetStreamContext
from nats.js.errors import NotFoundError, ServerError

from chassis.deadletters import DeadLetter, list_dead_letters
from chassis.ids import new_id
from chassis.service import Process, RunRole, Service
from chassis.topology import ensure_streams, streams
from contracts.consumers import SERVICES
from contracts.envelope import Envelope
from contracts.event import EventData
from contracts.examples import Golden
from contracts.subjects import durable_of, event_subject, owner_of, stream_of
from dramatis.credentials import Credentials
from dramatis.servers.nats import OPERATOR, NatsAddress
from dramatis.servers.provision import ServiceDatabase
from dramatis.servers.seaweed import S3Address
from dramatis.testing.databases import Databases
from dramatis.tokens import make_token

S = TypeVar("S")

SECRET = "a shared secret that only the tests of this repository know"  # noqa: S105 - of throw-away servers
WAIT_SECONDS = 20.0
POLL_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class ServiceServers:
    """The servers of one test session."""

    databases: Databases
    nats: NatsAddress
    s3: S3Address
    credentials: Credentials


@dataclass(frozen=True, slots=True)
class Emitted:
    """One event as the service published it."""

    type: str
    subject: str
    headers: Mapping[str, str]
    envelope: Envelope
    payload: bytes

    @property
    def data(self) -> Any:  # a JSON document
        """The body, parsed."""
        return orjson.loads(self.payload)


@dataclass(slots=True)
class ServiceUnderTest(Generic[S]):
    """What a test does to a running service, and sees of it."""

    service: Service[S]
    process: Process[S]
    database: ServiceDatabase
    js: JetStreamContext
    workspace_id: UUID
    _superuser: "_Superuser"
    _stack: AsyncExitStack

    async def http(self, role: str = "owner", workspace_id: UUID | None = None) -> httpx.AsyncClient:
        """A client with a token, based at `/api/<service>/`; closed with the service."""
        token = make_token(SECRET, workspace_id or self.workspace_id, role=role, subject="tester")
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.process.app()),
            base_url=f"http://testserver/api/{self.service.name}",
            headers={"Authorization": f"Bearer {token}"},
        )
        return await self._stack.enter_async_context(client)

    async def deliver(self, *messages: Golden, times: int = 2, workspace_id: UUID | None = None) -> None:
        """Publish messages into their real streams, each `times` over, and wait until this service has settled all.

        They are told to be of the test's workspace. Repeats carry the same `ce-id` and get past the stream's own
        duplicate window.
        """
        last: dict[tuple[str, str], int] = {}
        for message in [message for message in messages for _ in range(times)]:
            event_type = message.headers["ce-type"]
            workspace = str(workspace_id or self.workspace_id)
            headers = {**message.headers, "ce-workspaceid": workspace, "Nats-Msg-Id": uuid4().hex}
            subject = event_subject(event_type, UUID(workspace))
            stored = await self.js.publish(subject, message.data_bytes, headers=headers)
            last[stream_of(owner_of(event_type)), durable_of(self.service.name, event_type)] = stored.seq
        for (stream, durable), sequence in last.items():
            await self.settled(stream, durable, sequence)

    async def settled(self, stream: str, durable: str, sequence: int = 0) -> None:
        """Wait until a durable has nothing left to deliver and nothing unacknowledged.

        `sequence` is the last message it is known to get: for a moment after a publish the server counts none pending.
        """

        async def check() -> bool:
            try:
                info = await self.js.consumer_info(stream, durable)
            except NotFoundError:  # the service has not made it yet
                return False
            delivered = 0 if info.delivered is None else info.delivered.stream_seq
            return delivered >= sequence and (info.num_pending, info.num_ack_pending) == (0, 0)

        await eventually(check, f"{durable} settles everything")

    async def emitted(self, event: type[EventData] | None = None) -> list[Emitted]:
        """What this service has published so far, in the order of its stream, once its outbox is empty."""

        async def flushed() -> bool:
            return not await self.fetch("SELECT 1 FROM outbox LIMIT 1")

        await eventually(flushed, "the outbox is empty")
        wanted = None if event is None else event.TYPE
        return [one async for one in self._published() if wanted in (None, one.type)]

    async def _published(self) -> AsyncIterator[Emitted]:
        stream = stream_of(self.service.name)
        state = (await self.js.stream_info(stream)).state
        for sequence in range(max(state.first_seq, 1), state.last_seq + 1):
            try:
                message = await self.js.get_msg(stream, seq=sequence)
            except NotFoundError:
                continue
            headers = message.headers or {}
            if headers.get("ce-workspaceid") is not None:
                envelope = Envelope.from_headers(headers)
                yield Emitted(envelope.type, message.subject or "", headers, envelope, message.data or b"")

    async def dead_letters(self) -> list[DeadLetter]:
        """Dead letters of this service, newest first."""
        return await list_dead_letters(self.js, self.service.name)

    async def fetch(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        """Rows as the superuser sees them: for assertions only."""
        return await self._superuser.fetch(sql, *arguments)


class _Superuser:
    """One connection, kept: tests look often while they wait. Opened when first needed, and again when it was cut."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: asyncpg.Connection | None = None
        self._turn = asyncio.Lock()

    async def fetch(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        async with self._turn:
            if self._connection is not None:
                try:
                    return await self._connection.fetch(sql, *arguments)
                except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                    if not self._connection.is_closed():
                        raise
            self._connection = await asyncpg.connect(self._url)
            return await self._connection.fetch(sql, *arguments)

    def cut(self) -> None:
        if self._connection is not None:
            self._connection.terminate()


async def eventually(check: Callable[[], Awaitable[bool]], what: str, seconds: float = WAIT_SECONDS) -> None:
    """Wait until `check` holds; fails the test with `what` when it does not within `seconds`."""
    deadline = monotonic() + seconds
    while not await check():
        if monotonic() > deadline:
            pytest.fail(f"not within {seconds} s: {what}")
        await asyncio.sleep(POLL_SECONDS)


@asynccontextmanager
async def service_under_test(
    name: str,
    build: Callable[[], Service[S]],
    servers: ServiceServers,
    *,
    role: RunRole = RunRole.ALL,
    folders: Sequence[Path] | None = None,
    **settings: object,
) -> AsyncIterator[ServiceUnderTest[S]]:
    """A service on a database of its own and empty streams; `settings` override what its environment would say.

    `name` may be one that no contract knows, for the chassis' own tests: it then works as the NATS operator.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(servers.databases(name, folders=folders))
        operator = await nats.connect(servers.nats.url, user=OPERATOR, password=servers.nats.passwords[OPERATOR])
        stack.push_async_callback(operator.close)
        js = operator.jetstream(timeout=10)
        await reset_streams(js, [*SERVICES, name] if name not in SERVICES else SERVICES)
        with _environment(_settings_of(name, servers, database) | settings):
            service = build()
        superuser = _Superuser(database.superuser_url)
        stack.callback(superuser.cut)
        process = await stack.enter_async_context(Process(service, role))
        yield ServiceUnderTest(service, process, database, js, new_id(), superuser, stack)


async def reset_streams(js: JetStreamContext, services: Sequence[str] = SERVICES) -> None:
    """Empty streams as the topology declares them, without a consumer and without a memory of message ids."""
    wanted = streams(services)
    for config in wanted:
        with suppress(NotFoundError):
            await js.delete_stream(str(config.name))

    async def made() -> bool:
        try:
            await ensure_streams(js, wanted)
        except ServerError:  # the server is still clearing the old stream's folder away
            return False
        return True

    await eventually(made, "the streams are there again")


def _settings_of(name: str, servers: ServiceServers, database: ServiceDatabase) -> dict[str, object]:
    user = name if name in SERVICES else OPERATOR
    return {
        "database_url": database.app_url,
        "database_pool": 12,
        "nats_url": servers.nats.url,
        "nats_user": user,
        "nats_password": servers.nats.passwords[user],
        "s3_endpoint": servers.s3.endpoint,
        "s3_public_url": servers.s3.endpoint,
        "s3_bucket": servers.s3.bucket,
        "s3_access_key": servers.s3.access_key,
        "s3_secret_key": servers.s3.secret_key,
        "jwt_secret": SECRET,
        "ack_wait_seconds": 2,
        "fetch_seconds": 0.1,
        "shutdown_seconds": 5,
    }


@contextmanager
def _environment(settings: Mapping[str, object]) -> Iterator[None]:
    names = {f"DRAMATIS_{name.upper()}": str(value) for name, value in settings.items()}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
