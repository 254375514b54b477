"""NATS: the connection of one service, and a publisher that sends a batch and collects its acknowledgements."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import nats
import orjson
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg

from chassis.settings import ServiceSettings
from chassis.work import Outgoing

MAX_HEADER_BYTES = 65_535
"""Streams refuse longer headers."""

_LOOK_SECONDS = 0.25

log = structlog.get_logger()


async def connect(settings: ServiceSettings, service: str, on_closed: Callable[[], None] = lambda: None) -> Client:
    """Connection of `service`, which reconnects for ever; waits for a server that is still starting.

    The client gives up for good when the server throws it out, e.g. after its password was changed: `on_closed` is
    called then, and whenever it is closed.
    """

    async def on_error(error: Exception) -> None:
        log.warning("nats error", error=repr(error))

    async def on_disconnected() -> None:
        log.warning("nats disconnected")

    async def on_reconnected() -> None:
        log.info("nats reconnected")

    async def closed() -> None:
        on_closed()

    return await nats.connect(
        settings.nats_url.split(","),
        user=settings.nats_user or None,
        password=settings.nats_password.get_secret_value() or None,
        name=f"dramatis-{service}",
        inbox_prefix=f"_INBOX_{service}".encode(),
        allow_reconnect=True,
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.25,
        connect_timeout=2,
        ping_interval=10,
        max_outstanding_pings=2,
        error_cb=on_error,
        disconnected_cb=on_disconnected,
        reconnected_cb=on_reconnected,
        closed_cb=closed,
    )


@dataclass(slots=True)
class _Batch:
    """Answers to one batch: None while awaited, "" when stored, the refusal otherwise."""

    answers: list[str | None]
    awaited: int
    complete: asyncio.Future[None]

    def take(self, index: int, answer: str) -> None:
        """Note the first answer to one message."""
        if self.answers[index] is None:
            self.answers[index] = answer
            self.awaited -= 1
        if self.awaited == 0 and not self.complete.done():
            self.complete.set_result(None)


class BatchPublisher:
    """Publishes a batch to JetStream with one reply inbox, and says of each message whether it was stored.

    `js.publish_async` leaks a slot for every error answer and is slower; see docs/adr.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._base = client.new_inbox()
        self._batches: dict[str, _Batch] = {}
        self._number = 0

    async def start(self) -> None:
        """Subscribe to the reply inbox."""
        await self._client.subscribe(f"{self._base}.*.*", cb=self._on_answer, pending_msgs_limit=1_000_000)

    async def publish(self, messages: Sequence[Outgoing], seconds: float = 10.0) -> list[str | None]:
        """Publish all; returns per message "" when stored, the server's refusal, or None when no answer came.

        An unanswered message may have been stored; publishing it again with the same `Nats-Msg-Id` is safe.
        """
        if not messages or not self._client.is_connected:
            return [None] * len(messages)
        self._number += 1
        number = str(self._number)
        batch = _Batch([None] * len(messages), len(messages), asyncio.get_running_loop().create_future())
        self._batches[number] = batch
        try:
            async with asyncio.timeout(seconds):
                reconnects = self._client.stats["reconnects"]
                for index, message in enumerate(messages):
                    refusal = await self._send(message, f"{self._base}.{number}.{index}")
                    if refusal is not None:
                        batch.take(index, refusal)
                # Whoever answered on a connection that broke will not do it on the next one.
                while not batch.complete.done() and self._client.stats["reconnects"] == reconnects:
                    await asyncio.wait({batch.complete}, timeout=_LOOK_SECONDS)
        except (nats.errors.Error, TimeoutError, OSError) as error:
            log.warning("publish not acknowledged", unanswered=batch.awaited, error=repr(error))
        finally:
            del self._batches[number]
        return batch.answers

    async def _send(self, message: Outgoing, reply: str) -> str | None:
        """Publish one message; returns why it can never be sent, None when it was. Raises when the connection fails."""
        room = self._client.max_payload - len(message.payload)
        if room < MAX_HEADER_BYTES and room < header_bytes(message.headers):
            # The server would throw this client out for good.
            return f"larger than the {self._client.max_payload} bytes that the server takes"
        try:
            await self._client.publish(message.subject, message.payload, reply, dict(message.headers))
        except (nats.errors.BadSubjectError, nats.errors.BadHeaderError, ValueError) as error:
            return repr(error)
        return None

    async def _on_answer(self, message: Msg) -> None:
        number, index = message.subject.rsplit(".", 2)[1:]
        if number in self._batches:
            self._batches[number].take(int(index), _error_in(message))


def header_bytes(headers: Mapping[str, str]) -> int:
    """Size of headers on the wire."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return len(f"NATS/1.0\r\n{lines}\r\n".encode(errors="replace"))


def _error_in(message: Msg) -> str:
    if not message.data:
        return f"no stream takes this subject ({(message.headers or {}).get('Status', 'no status')})"
    if b'"error"' not in message.data:
        return ""
    error = orjson.loads(message.data).get("error")
    return f"{error.get('err_code')}: {error.get('description')}" if error else ""
