"""Consumed events: how a handler declares one, and how a message becomes one."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Generic, TypeVar
from uuid import UUID

from nats.aio.msg import Msg
from pydantic import ValidationError

from chassis.errors import Undecodable, UnknownVersion
from chassis.work import Cause
from contracts.envelope import Envelope, EnvelopeInvalid
from contracts.event import EventData
from contracts.subjects import durable_of

D = TypeVar("D", bound=EventData)
HandlerFunction = TypeVar("HandlerFunction", bound=Callable[..., Awaitable[None]])

_ATTRIBUTE = "__consumes__"


@dataclass(frozen=True, slots=True)
class Received(Generic[D]):
    """One event as a handler gets it: `data`, and the envelope it came in."""

    data: D
    envelope: Envelope

    @property
    def version(self) -> int:
        """Version of the aggregate after this event; older news never overwrites newer."""
        return self.envelope.aggregate_version

    @property
    def workspace_id(self) -> UUID:
        """Tenant the event belongs to."""
        return self.envelope.workspace_id


@dataclass(frozen=True, slots=True)
class Handler:
    """One `on_<event>` function with what it consumes; `batch` > 1 hands it a sequence of events."""

    event: type[EventData]
    function: Callable[..., Awaitable[None]]
    batch: int
    one_statement: bool = False

    def durable(self, service: str) -> str:
        """Name of the consumer that all replicas of `service` share."""
        return durable_of(service, self.event.TYPE)


def consumes(
    event: type[EventData], *, batch: int = 1, one_statement: bool = False
) -> Callable[[HandlerFunction], HandlerFunction]:
    """Declare that the decorated function consumes `event`.

    `async (Received[E], Work[S])`, or `async (Sequence[Received[E]], Work[S])` when `batch` is the most events that one
    call may take; such a handler should be one statement for many, and what it emits counts as caused by the first.
    `one_statement` promises that the handler executes exactly one statement and needs no result of it: inbox, effect
    and outbox then cost one round trip instead of four.
    """

    def mark(function: HandlerFunction) -> HandlerFunction:
        setattr(function, _ATTRIBUTE, Handler(event, function, batch, one_statement))
        return function

    return mark


def handlers_in(module: ModuleType) -> list[Handler]:
    """All handlers of an `entrypoints.events` module, in the order of their names."""
    found = (getattr(value, _ATTRIBUTE, None) for _, value in sorted(vars(module).items()))
    return [handler for handler in found if isinstance(handler, Handler)]


def decode(message: Msg, event: type[D]) -> Received[D]:
    """The event in a message; raises `Undecodable` or `UnknownVersion`, which dead-letter it with the reason."""
    try:
        envelope = Envelope.from_headers(message.headers or {})
    except EnvelopeInvalid as error:
        raise Undecodable(str(error)) from error
    if envelope.type != event.TYPE:
        raise UnknownVersion(f"this consumer reads {event.TYPE}, the message is a {envelope.type}")
    if message.subject.rsplit(".", 1)[-1] != str(envelope.workspace_id):
        raise Undecodable(f"subject {message.subject} is not of workspace {envelope.workspace_id}")
    try:
        return Received(event.model_validate_json(message.data), envelope)
    except ValidationError as error:
        raise Undecodable(_first_errors(error)) from error


def cause_of(envelope: Envelope) -> Cause:
    """Cause of the work that an event starts."""
    return Cause(envelope.workspace_id, envelope.correlation_id, envelope.id)


def by_workspace(events: Sequence[Received[Any]]) -> dict[UUID, list[Received[Any]]]:
    """Events grouped by tenant, each group in its order of arrival."""
    groups: dict[UUID, list[Received[Any]]] = {}
    for event in events:
        groups.setdefault(event.workspace_id, []).append(event)
    return groups


def _first_errors(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_input=False)[:5]
    return "; ".join(f"{'.'.join(map(str, problem['loc'])) or 'body'}: {problem['msg']}" for problem in problems)
