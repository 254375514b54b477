"""A service as data, and the process that runs it in one of its roles."""

import asyncio
import gc
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, Generic, TypeVar

import structlog
import uvloop
from fastapi import APIRouter
from nats.js import JetStreamContext

from chassis import topology
from chassis.auth import Authenticator
from chassis.bus import BatchPublisher, connect
from chassis.consumer import EventConsumer
from chassis.database import Connection, Database, open_pool
from chassis.events import Handler
from chassis.health import Check, health_router
from chassis.http import Runtime, build_app
from chassis.outcomes import describe
from chassis.pull import PullLoop
from chassis.relay import Relay
from chassis.server import make_server
from chassis.settings import ServiceSettings
from chassis.tasks import Task, TaskConsumer
from chassis.telemetry import set_up_logging, set_up_tracing
from contracts.subjects import event_filter, owner_of, stream_of, work_durable, work_filter, work_stream

S = TypeVar("S")

TASK_ACK_PENDING = 256
CLOSE_SECONDS = 3.0
READY_SECONDS = 2.0

log = structlog.get_logger()


class RunRole(StrEnum):
    """What one process of a service does."""

    API = "api"
    WORKER = "worker"
    RELAY = "relay"
    ALL = "all"


@dataclass(frozen=True)
class Service(Generic[S]):
    """Everything `bootstrap` knows about a service."""

    name: str
    settings: ServiceSettings
    bind: Callable[[Connection], S]
    """Makes the store of one transaction."""
    router: APIRouter
    handlers: Sequence[Handler] = ()
    tasks: Sequence[Task[S, Any, Any]] = ()
    parts: dict[type, object] = field(default_factory=dict)
    """What routes reach through `chassis.http.part`."""
    resources: Sequence[AbstractAsyncContextManager[object]] = ()
    """Opened before, and closed after, everything else."""


class Process(Generic[S]):
    """One running process of a service. `async with` starts it; leaving stops it in order:

    no new work, work in flight, outbox, connections. Whatever is away meanwhile, each step ends in bounded time.
    """

    def __init__(self, service: Service[S], role: RunRole) -> None:
        self.service = service
        self.role = role
        self.stopping = False
        self.cut_off = asyncio.Event()
        """NATS has thrown this process out for good; only a new one can help."""
        self._stack = AsyncExitStack()
        self._question: asyncio.Task[object] | None = None
        self._loops: list[PullLoop] = []

    async def __aenter__(self) -> "Process[S]":
        """Connect to everything and start this role's parts."""
        settings, name = self.service.settings, self.service.name
        try:
            for resource in self.service.resources:
                await resource.__aenter__()
                leave = partial(resource.__aexit__, None, None, None)
                self._stack.push_async_callback(_close, type(resource).__name__, leave)
            self._pool = await open_pool(settings, name)
            self._stack.push_async_callback(_close, "pool", self._pool.close)
            self._client = await connect(settings, name, self._on_nats_closed)
            self._stack.push_async_callback(_close, "nats", self._client.close)
            publisher = BatchPublisher(self._client)
            await publisher.start()
            self._relay = Relay(self._pool, name, publisher)
            self.db = Database(name, self._pool, self.service.bind, self._relay.wake)
            self._relay.start()
            self._stack.push_async_callback(self._relay.stop)
            if self.role in (RunRole.WORKER, RunRole.ALL):
                self._loops = self._pull_loops(self._client.jetstream(timeout=10))
                for loop in self._loops:
                    loop.start()
            self._stack.push_async_callback(self.stop_work)
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop in order."""
        self.stopping = True
        await self._stack.aclose()

    def app(self) -> Any:
        """ASGI application of this role; only api and all answer more than health."""
        runtime = Runtime(self.service.name, self.db, Authenticator(self.service.settings), self.service.parts)
        router = self.service.router if self.role in (RunRole.API, RunRole.ALL) else None
        return build_app(runtime, router, health_router(self._checks()), self.service.settings.max_body_bytes)

    def _on_nats_closed(self) -> None:
        if not self.stopping:
            self.cut_off.set()

    async def stop_work(self) -> None:
        """Take no more messages; finish or hand back those in flight."""
        self.stopping = True
        loops, self._loops = self._loops, []
        await asyncio.gather(*(loop.stop(self.service.settings.shutdown_seconds) for loop in loops))

    def _pull_loops(self, js: JetStreamContext) -> list[PullLoop]:
        settings, name = self.service.settings, self.service.name
        fetch_seconds, ack_wait = settings.fetch_seconds, settings.ack_wait_seconds
        loops = []
        for handler in self.service.handlers:
            stream = stream_of(owner_of(handler.event.TYPE))
            config = topology.consumer(handler.durable(name), event_filter(handler.event.TYPE), ack_wait)
            handle = EventConsumer(self.db, js, handler).handle
            slots, batch = settings.event_concurrency, handler.batch
            loops.append(PullLoop(js, stream, config, handle, slots=slots, batch=batch, fetch_seconds=fetch_seconds))
        for task in self.service.tasks:
            pending = max(TASK_ACK_PENDING, task.concurrency)
            config = topology.consumer(work_durable(name, task.name), work_filter(name, task.name), ack_wait, pending)
            handle = TaskConsumer(self.db, js, task).handle
            slots = task.concurrency
            loops.append(PullLoop(js, work_stream(name), config, handle, slots=slots, fetch_seconds=fetch_seconds))
        return loops

    def _checks(self) -> dict[str, Check]:
        async def postgres() -> str | None:
            # The question stays open while nobody answers: asyncpg cannot take it back from a server that is silent.
            if self._question is None or self._question.done():
                self._question = asyncio.create_task(self._pool.fetchval("SELECT 1"))
            await asyncio.wait({self._question}, timeout=READY_SECONDS)
            if not self._question.done():
                return f"no answer within {READY_SECONDS} s"
            error = self._question.exception()
            return None if error is None else describe(error)

        async def bus() -> str | None:
            return None if self._client.is_connected else "not connected"

        async def relay() -> str | None:
            return self._relay.failure

        async def consumers() -> str | None:
            return "; ".join(f"{loop.durable}: {loop.failure}" for loop in self._loops if loop.failure) or None

        async def lifecycle() -> str | None:
            return "shutting down" if self.stopping else None

        return {"postgres": postgres, "nats": bus, "relay": relay, "consumers": consumers, "lifecycle": lifecycle}


async def serve(service: Service[S], role: RunRole) -> None:
    """Run one process until SIGTERM or SIGINT; ends with exit code 1 when NATS has thrown it out."""
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    log.info("starting", role=role.value)
    process = Process(service, role)
    if not await _before(stop, process.__aenter__()):
        log.info("stopped while starting", role=role.value)
        return
    try:
        log.info("started", role=role.value, port=service.settings.port)
        await _serve_http(process, stop)
    finally:
        await process.__aexit__()
    if process.cut_off.is_set() and not stop.is_set():
        log.error("nats closed the connection for good")
        sys.exit(1)
    log.info("stopped", role=role.value)


async def _serve_http(process: Process[S], stop: asyncio.Event) -> None:
    server = make_server(process.app(), process.service.settings)
    serving = asyncio.create_task(server.serve())
    ends = [asyncio.create_task(event.wait()) for event in (stop, process.cut_off)]
    await asyncio.wait({serving, *ends}, return_when=asyncio.FIRST_COMPLETED)
    for end in ends:
        end.cancel()
    server.should_exit = True
    await asyncio.gather(serving, process.stop_work())


async def _before(stop: asyncio.Event, start: Coroutine[Any, Any, object]) -> bool:
    """Finish `start` unless `stop` is set before; whether it was finished."""
    starting, stopped = asyncio.create_task(start), asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not starting.done():
        starting.cancel()
        await asyncio.wait({starting})
        return False
    await starting
    return True


async def _close(what: str, close: Callable[[], Awaitable[object]]) -> None:
    """Close a connection or resource; one whose other end does not answer is given up."""
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await close()
    except Exception as error:  # noqa: BLE001 - the process ends, and so does the connection
        log.warning("not closed in order", what=what, error=describe(error))


def run(build: Callable[[], Service[Any]], arguments: Sequence[str] | None = None) -> None:
    """Entry point of `python -m <service> api|worker|relay|all`; what is there by now is no garbage, ever."""
    arguments = sys.argv[1:] if arguments is None else arguments
    roles = [role.value for role in RunRole]
    if len(arguments) != 1 or arguments[0] not in roles:
        sys.exit(f"usage: python -m <service> {'|'.join(roles)}")
    service = build()
    gc.freeze()
    gc.enable()
    set_up_logging(service.name, service.settings.log_level)
    provider = set_up_tracing(service.name, service.settings.otlp_endpoint)
    try:
        uvloop.run(serve(service, RunRole(arguments[0])))
    finally:
        provider.shutdown()
