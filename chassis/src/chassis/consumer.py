"""From a pulled message to its outcome: decode, span, transaction, inbox, handler, acknowledgement."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Generic, TypeVar

import nats.errors
import structlog
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from opentelemetry.trace import Span, SpanKind

from chassis import telemetry
from chassis.database import Database, Duplicate
from chassis.deadletters import bury
from chassis.events import Handler, Received, by_workspace, cause_of, decode
from chassis.outcomes import Dead, Done, Outcome, Retry, backoff, blame, crash_loop, outcome_of
from chassis.telemetry import span
from chassis.work import Work

S = TypeVar("S")

log = structlog.get_logger()


class EventConsumer(Generic[S]):
    """Runs one handler for the messages of its durable."""

    def __init__(self, db: Database[S], js: JetStreamContext, handler: Handler) -> None:
        self._db = db
        self._js = js
        self._handler = handler
        self._durable = handler.durable(db.service)
        self._name = f"{handler.event.TYPE.removeprefix('dramatis.')} process"

    async def handle(self, messages: Sequence[Msg]) -> None:
        """Handle messages and settle each; a batch that fails is tried again one by one, to find who is to blame."""
        if self._handler.batch > 1 and await self._handle_batch(messages):
            return
        for message in messages:
            await settle(self._js, self._db.service, self._durable, message, await self._outcome(message))

    async def _outcome(self, message: Msg) -> Outcome:
        deliveries = message.metadata.num_delivered
        with span(self._name, self._attributes(), SpanKind.CONSUMER, message.headers or {}) as current:
            try:
                event = decode(message, self._handler.event)
                identify(current, event)
                outcome: Outcome = crash_loop(deliveries) or await self._consume(event)
            except Exception as error:  # noqa: BLE001 - the outcome table is where every exception ends
                outcome = outcome_of(error, deliveries)
                telemetry.failed(current, error)
                report(self._durable, error, outcome, deliveries)
            current.set_attribute(telemetry.OUTCOME, type(outcome).__name__.lower())
        return outcome

    async def _consume(self, event: Received[Any]) -> Done:
        with structlog.contextvars.bound_contextvars(
            workspace_id=str(event.workspace_id), event_id=str(event.envelope.id)
        ):
            try:
                async with self._unit_of_work(event) as work:
                    await self._handler.function([event] if self._handler.batch > 1 else event, work)
            except Duplicate:
                log.debug("event consumed before")
        return Done()

    def _unit_of_work(self, event: Received[Any]) -> AbstractAsyncContextManager[Work[S]]:
        cause, event_id = cause_of(event.envelope), event.envelope.id
        if self._handler.one_statement:
            return self._db.one_statement(cause, (self._durable, event_id))
        return self._db.consuming(cause, self._durable, event_id)

    async def _handle_batch(self, messages: Sequence[Msg]) -> bool:
        """One transaction per workspace for the whole batch; False when it must be done one by one."""
        attributes = self._attributes() | {telemetry.BATCH_SIZE: len(messages)}
        with span(self._name, attributes, SpanKind.CONSUMER, messages[0].headers or {}) as current:
            try:
                events = [decode(message, self._handler.event) for message in messages]
                for group in by_workspace(events).values():
                    await self._consume_group(group)
            except Exception as error:  # noqa: BLE001 - each message gets its own outcome, one by one
                telemetry.failed(current, error)
                return False
        for message in messages:
            await message.ack()
        return True

    async def _consume_group(self, group: Sequence[Received[Any]]) -> None:
        cause = cause_of(group[0].envelope)
        ids = [event.envelope.id for event in group]
        async with self._db.consuming_batch(cause, self._durable, ids) as (work, fresh):
            # A redelivery may stand in one batch with its first delivery.
            unseen = {event.envelope.id: event for event in group if event.envelope.id in fresh}
            if unseen:
                await self._handler.function(list(unseen.values()), work)

    def _attributes(self) -> dict[str, str | int]:
        return {
            telemetry.MESSAGING_SYSTEM: "nats",
            telemetry.DESTINATION: self._handler.event.TYPE,
            telemetry.CONSUMER_GROUP: self._durable,
        }


async def settle(js: JetStreamContext, service: str, durable: str, message: Msg, outcome: Outcome) -> None:
    """Tell JetStream the outcome; a dead letter is terminated only after the dead-letter stream has it."""
    match outcome:
        case Done():
            await message.ack()
        case Retry(delay):
            await message.nak(delay)
        case Dead():
            try:
                await bury(js, service, durable, message, outcome)
            except (nats.errors.Error, TimeoutError) as error:
                log.warning("dead letter not stored, trying again", consumer=durable, error=repr(error))
                await message.nak(backoff(message.metadata.num_delivered))
            else:
                await message.term()


def identify(current: Span, event: Received[Any]) -> None:
    """Name the event, its tenant and its user action on a span."""
    current.set_attributes(
        {
            telemetry.WORKSPACE: str(event.workspace_id),
            telemetry.EVENT: str(event.envelope.id),
            telemetry.CORRELATION: str(event.envelope.correlation_id),
        }
    )


def report(durable: str, error: BaseException, outcome: Outcome, deliveries: int) -> None:
    """Log a failed handling: a bug with its stack, an outage or a problem on one line."""
    is_bug = blame(error) == "bug"
    log.warning(
        "message not handled",
        consumer=durable,
        deliveries=deliveries,
        outcome=type(outcome).__name__.lower(),
        error=repr(error),
        exc_info=error if is_bug else None,
    )
