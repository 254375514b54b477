"""From a pulled message to its outcome: decode, span, transaction, inbox, handler, acknowledgement."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Generic, TypeVar

import structlog
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from opentelemetry.trace import Span

from chassis import telemetry
from chassis.database import Database, Duplicate
from chassis.events import Handler, Received, by_workspace, cause_of, decode
from chassis.outcomes import Done, Outcome
from chassis.settling import Settler, span_of
from chassis.work import Work

S = TypeVar("S")

log = structlog.get_logger()


class EventConsumer(Generic[S]):
    """Runs one handler for the messages of its durable."""

    def __init__(self, db: Database[S], js: JetStreamContext, handler: Handler) -> None:
        self._db = db
        self._handler = handler
        self._durable = handler.durable(db.service)
        self._settler = Settler(js, db.service, self._durable)
        self._name = f"{handler.event.TYPE.removeprefix('dramatis.')} process"
        self._attributes: dict[str, str | int] = {
            telemetry.MESSAGING_SYSTEM: "nats",
            telemetry.DESTINATION: handler.event.TYPE,
            telemetry.CONSUMER_GROUP: self._durable,
        }

    async def handle(self, messages: Sequence[Msg]) -> None:
        """Handle messages and settle each; a batch that fails is tried again one by one, to find who is to blame."""
        if self._handler.batch > 1 and await self._handle_batch(messages):
            return
        for message in messages:
            await self._settler.settle(message, self._name, self._attributes, self._consume)

    async def _consume(self, message: Msg, current: Span) -> Outcome:
        event = decode(message, self._handler.event)
        identify(current, event)
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
        if any(self._settler.crash_loop(message) for message in messages):
            return False
        attributes = self._attributes | {telemetry.BATCH_SIZE: len(messages)}
        with span_of(messages[0], self._name, attributes) as current:
            try:
                events = [decode(message, self._handler.event) for message in messages]
                for group in by_workspace(events).values():
                    await self._consume_group(group)
                self._show_in_other_traces(current, events)
            except Exception as error:  # noqa: BLE001 - each message gets its own outcome, one by one
                telemetry.failed(current, error)
                return False
        for message in messages:
            await message.ack()
        return True

    def _show_in_other_traces(self, current: Span, events: Sequence[Received[Any]]) -> None:
        """A batch is one span in the trace of its first event; each other trace gets one of its own, linked to it."""
        seen = {telemetry.current_trace_id()}
        for event in events:
            traceparent = event.envelope.traceparent
            if traceparent is not None and (trace_id := traceparent.split("-")[1]) not in seen:
                seen.add(trace_id)
                telemetry.also_in(traceparent, current, self._name, self._attributes)

    async def _consume_group(self, group: Sequence[Received[Any]]) -> None:
        cause = cause_of(group[0].envelope)
        ids = [event.envelope.id for event in group]
        with structlog.contextvars.bound_contextvars(workspace_id=str(cause.workspace_id)):
            async with self._db.consuming_batch(cause, self._durable, ids) as (work, fresh):
                # A redelivery may stand in one batch with its first delivery.
                unseen = {event.envelope.id: event for event in group if event.envelope.id in fresh}
                if unseen:
                    await self._handler.function(list(unseen.values()), work)


def identify(current: Span, event: Received[Any]) -> None:
    """Name the event, its tenant and its user action on a span."""
    current.set_attributes(
        {
            telemetry.WORKSPACE: str(event.workspace_id),
            telemetry.EVENT: str(event.envelope.id),
            telemetry.CORRELATION: str(event.envelope.correlation_id),
        }
    )
