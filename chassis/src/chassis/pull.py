"""A bounded pull loop over one durable: asks for no more than it can start at once, and keeps what it started alive."""

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

import nats.errors
import structlog
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig

from chassis.outcomes import backoff, describe
from chassis.topology import ensure_consumer

Handle = Callable[[Sequence[Msg]], Awaitable[None]]

PULL_END_SECONDS = 1.0
HAND_BACK_SECONDS = 5.0

log = structlog.get_logger()


class PullLoop:
    """Feeds the messages of one durable to `handle`.

    With `batch` = 1 up to `slots` calls run at once with one message each; with a larger batch one call at a time gets
    up to `batch` messages. A message is heartbeaten while its call runs, so `ack_wait` only measures dead processes.
    A durable or stream that vanished is looked for with a growing delay, the durable is made again, and `failure` says
    so meanwhile.
    """

    def __init__(
        self,
        js: JetStreamContext,
        stream: str,
        config: ConsumerConfig,
        handle: Handle,
        *,
        slots: int,
        batch: int = 1,
        fetch_seconds: float = 1.0,
    ) -> None:
        self._js = js
        self._stream = stream
        self._config = config
        self._handle = handle
        self._batch = batch
        self._fetch_seconds = fetch_seconds
        self._slots = slots if batch == 1 else 1
        self._calls: dict[asyncio.Task[None], Sequence[Msg]] = {}
        self._slot_freed = asyncio.Event()
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.durable = str(config.durable_name)
        self.failure: str | None = "not started"

    def start(self) -> None:
        """Start pulling in the background."""
        self._tasks = [
            asyncio.create_task(self._run(), name=f"pull {self.durable}"),
            asyncio.create_task(self._keep_alive(), name=f"heartbeat {self.durable}"),
        ]

    async def stop(self, seconds: float) -> None:
        """Take no more messages; let calls in flight finish for `seconds`, then hand back the rest."""
        self._stopping.set()
        self._slot_freed.set()
        pull, heartbeat = self._tasks
        await asyncio.wait({pull}, timeout=self._fetch_seconds + PULL_END_SECONDS)
        pull.cancel()
        if self._calls:
            await asyncio.wait(self._calls, timeout=seconds)
        await self._hand_back()
        heartbeat.cancel()
        await asyncio.wait({pull, heartbeat}, timeout=PULL_END_SECONDS)

    async def _hand_back(self) -> None:
        unfinished = dict(self._calls)
        for call in unfinished:
            call.cancel()
        if unfinished:
            await asyncio.wait(unfinished, timeout=HAND_BACK_SECONDS)
        for message in itertools.chain.from_iterable(unfinished.values()):
            if not message.is_acked:
                with contextlib.suppress(nats.errors.Error):  # without a connection it comes again after ack_wait
                    await message.nak()

    async def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                await ensure_consumer(self._js, self._stream, self._config)
                subscription = await self._js.pull_subscribe_bind(self.durable, stream=self._stream)
                try:
                    self.failure = None
                    failures = 0
                    await self._pull(subscription)
                finally:
                    await subscription.unsubscribe()
            except Exception as error:  # noqa: BLE001 - whatever it was, a loop that ended would be missed by nobody
                failures += 1
                self.failure = describe(error)
                log.warning("consumer interrupted", consumer=self.durable, error=self.failure)
                await self._pause(backoff(failures))

    async def _pull(self, subscription: JetStreamContext.PullSubscription) -> None:
        while not self._stopping.is_set():
            free = self._slots - len(self._calls)
            if free <= 0:
                self._slot_freed.clear()
                await self._slot_freed.wait()
                continue
            asked_at = monotonic()
            try:
                messages = await subscription.fetch(
                    free if self._batch == 1 else self._batch, timeout=self._fetch_seconds
                )
            except (nats.errors.TimeoutError, TimeoutError):
                # A refusal, e.g. that too many ask already, is told as a timeout too, only at once.
                await self._pause(max(0.0, asked_at + self._fetch_seconds / 2 - monotonic()))
                continue
            groups = [messages] if self._batch > 1 else [[message] for message in messages]
            for group in filter(None, groups):  # a fetch of several may end without any
                self._start_call(group)

    def _start_call(self, messages: Sequence[Msg]) -> None:
        call = asyncio.ensure_future(self._handle(messages))
        self._calls[call] = messages
        call.add_done_callback(self._finish_call)

    def _finish_call(self, call: "asyncio.Task[None]") -> None:
        del self._calls[call]
        self._slot_freed.set()
        if not call.cancelled() and (error := call.exception()) is not None:
            # The message stays unacknowledged and comes again after ack_wait.
            log.error("message without an outcome", consumer=self.durable, error=describe(error), exc_info=error)

    async def _keep_alive(self) -> None:
        interval = float(self._config.ack_wait or 30) / 3
        while True:
            await asyncio.sleep(interval)
            for message in list(itertools.chain.from_iterable(self._calls.values())):
                if message.is_acked:
                    continue
                try:
                    await message.in_progress()
                except Exception as error:  # noqa: BLE001 - the next heartbeat may get through
                    log.warning("heartbeat failed", consumer=self.durable, error=repr(error))

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
