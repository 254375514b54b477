"""What all consumers share: a message is handled in its trace and log context, and JetStream is told the outcome."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager

import nats.errors
import structlog
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from opentelemetry.trace import Span, SpanKind

from chassis import telemetry
from chassis.deadletters import bury
from chassis.outcomes import CrashLoops, Dead, Done, Left, Outcome, Retry, backoff, blame, outcome_of

log = structlog.get_logger()


class Settler:
    """Settles the messages of one durable, each with exactly one outcome."""

    def __init__(self, js: JetStreamContext, service: str, durable: str) -> None:
        self._js = js
        self._service = service
        self._durable = durable
        self._crash_loops = CrashLoops()

    async def settle(
        self,
        message: Msg,
        name: str,
        attributes: Mapping[str, str | int],
        handle: Callable[[Msg, Span], Awaitable[Outcome]],
        give_up: Callable[[Msg, Dead], Awaitable[object]] | None = None,
    ) -> None:
        """Handle one message in a span called `name`, and tell JetStream what became of it; raises when that fails.

        `give_up` is told of a message that keeps killing its processes, before that becomes a dead letter.
        """
        deliveries = message.metadata.num_delivered
        attributes = {**attributes, telemetry.DELIVERIES: deliveries}
        with span_of(message, name, attributes) as current, log_context(message.headers or {}):
            try:
                outcome = await self._outcome(message, current, handle, give_up)
            except Exception as error:  # noqa: BLE001 - the outcome table is where every exception ends
                outcome = outcome_of(error, deliveries)
                telemetry.failed(current, error)
                self._report(error, outcome, deliveries)
            current.set_attribute(telemetry.OUTCOME, type(outcome).__name__.lower())
            await self._tell(message, outcome)

    async def _outcome(
        self,
        message: Msg,
        current: Span,
        handle: Callable[[Msg, Span], Awaitable[Outcome]],
        give_up: Callable[[Msg, Dead], Awaitable[object]] | None,
    ) -> Outcome:
        dead = self.crash_loop(message)
        if dead is None:
            return await handle(message, current)
        if give_up is not None:
            await give_up(message, dead)
        return dead

    def crash_loop(self, message: Msg) -> Dead | None:
        """Dead letter for a message that keeps killing its processes; None for any other."""
        return self._crash_loops.found(message.metadata.sequence.stream, message.metadata.num_delivered)

    async def _tell(self, message: Msg, outcome: Outcome) -> None:
        """A dead letter is terminated only after the dead-letter stream has it."""
        match outcome:
            case Done():
                await message.ack()
            case Retry(delay):
                self._crash_loops.survived(message.metadata.sequence.stream)
                await message.nak(delay)
            case Left():
                return
            case Dead():
                try:
                    await bury(self._js, self._service, self._durable, message, outcome)
                except (nats.errors.Error, TimeoutError) as error:
                    log.warning("dead letter not stored, trying again", consumer=self._durable, error=repr(error))
                    await message.nak(backoff(message.metadata.num_delivered))
                else:
                    await message.term()

    def _report(self, error: BaseException, outcome: Outcome, deliveries: int) -> None:
        """Log a failed handling: a bug with its stack, an outage or a problem on one line."""
        log.warning(
            "message not handled",
            consumer=self._durable,
            deliveries=deliveries,
            outcome=type(outcome).__name__.lower(),
            error=repr(error),
            exc_info=error if blame(error) == "bug" else None,
        )


def span_of(message: Msg, name: str, attributes: Mapping[str, str | int]) -> AbstractContextManager[Span]:
    """A consumer's span in the trace that a message belongs to."""
    return telemetry.span(name, attributes, SpanKind.CONSUMER, message.headers or {})


def log_context(headers: Mapping[str, str]) -> AbstractContextManager[None]:
    """Log lines inside the block carry the ids of a message, whether it can be decoded or not."""
    ids = {"workspace_id": headers.get("ce-workspaceid"), "event_id": headers.get("ce-id")}
    return structlog.contextvars.bound_contextvars(**{name: value for name, value in ids.items() if value})
