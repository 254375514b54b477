"""One unit of work: a request, an event or a task step, in one transaction that the chassis opens and commits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

import orjson

from chassis.errors import EventTooLarge
from chassis.ids import new_id, now
from chassis.telemetry import trace_headers
from contracts.envelope import Envelope
from contracts.event import EventData
from contracts.subjects import event_subject, owner_of, work_subject

S_co = TypeVar("S_co", covariant=True)

MAX_PAYLOAD_BYTES = 1_000_000

OUTBOX_COLUMNS = "workspace_id, message_id, subject, headers, payload"
OUTBOX_ROW = "({}::uuid, {}::uuid, {}::text, {}::jsonb, {}::bytea)"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a unit of work happens: whose workspace, which user action, which event, which person."""

    workspace_id: UUID
    correlation_id: UUID
    causation_id: UUID | None = None
    actor: str = "system"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way to the outbox."""

    id: UUID
    subject: str
    headers: Mapping[str, str]
    payload: bytes


@dataclass(slots=True)
class Work(Generic[S_co]):
    """What a use case is given: the tenant's store inside the open transaction, and the means to say what happened.

    Events and tasks leave through the outbox of the same transaction; a use case never commits.
    """

    service: str
    store: S_co
    cause: Cause
    now: datetime = field(default_factory=now)
    outgoing: list[Outgoing] = field(default_factory=list)

    @property
    def workspace_id(self) -> UUID:
        """Tenant of this unit of work."""
        return self.cause.workspace_id

    @property
    def actor(self) -> str:
        """`sub` of the token, or `system` for work that an event started."""
        return self.cause.actor

    @staticmethod
    def new_id() -> UUID:
        """A fresh UUIDv7."""
        return new_id()

    def emit(self, data: EventData, version: int) -> UUID:
        """Record an event of this service about an aggregate that is now at `version`; returns the event id.

        Raises `EventTooLarge` when the bus could not carry it, so that nothing unpublishable is ever committed.
        """
        if owner_of(data.TYPE) != self.service:
            message = f"{self.service} may not emit {data.TYPE}: an event has one owner"
            raise ValueError(message)
        event_id = new_id()
        trace = trace_headers()
        envelope = Envelope(
            id=event_id,
            type=data.TYPE,
            source=f"/services/{self.service}",
            subject=f"{data.AGGREGATE}/{data.aggregate_id}",
            time=self.now,
            workspace_id=self.workspace_id,
            correlation_id=self.cause.correlation_id,
            causation_id=self.cause.causation_id,
            aggregate_version=version,
            traceparent=trace.get("traceparent"),
            tracestate=trace.get("tracestate"),
        )
        payload = data.model_dump_json().encode()
        if len(payload) > MAX_PAYLOAD_BYTES:
            raise EventTooLarge(f"{data.TYPE} has {len(payload)} bytes; at most {MAX_PAYLOAD_BYTES} fit")
        subject = event_subject(data.TYPE, self.workspace_id)
        self.outgoing.append(Outgoing(event_id, subject, envelope.headers(), payload))
        return event_id

    def enqueue(self, task: str, subject_id: UUID) -> None:
        """Put the slow work `task` on the row `subject_id` into this service's own work queue."""
        message_id = new_id()
        headers = {
            "Nats-Msg-Id": str(message_id),
            "ce-workspaceid": str(self.workspace_id),
            "ce-correlationid": str(self.cause.correlation_id),
            **({"ce-causationid": str(self.cause.causation_id)} if self.cause.causation_id else {}),
            **trace_headers(),
        }
        subject = work_subject(self.service, task, self.workspace_id)
        self.outgoing.append(Outgoing(message_id, subject, headers, orjson.dumps({"id": str(subject_id)})))


def outbox_row(message: Outgoing) -> tuple[UUID, str, Mapping[str, str], bytes]:
    """The columns of a message's outbox row that follow its workspace."""
    return message.id, message.subject, message.headers, message.payload


INSERT_OUTBOX = f"INSERT INTO outbox ({OUTBOX_COLUMNS}) VALUES {OUTBOX_ROW.format('$1', '$2', '$3', '$4', '$5')}"  # noqa: S608 - placeholders only
