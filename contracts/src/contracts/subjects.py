"""Every NATS subject, stream and durable name, made here and nowhere else."""

import re
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

DEAD_STREAM = "DEAD"
DEAD_SUBJECTS = "dead.>"

_WORD = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_TOKEN = re.compile(rf"{_WORD}\Z")
_TYPE = re.compile(
    rf"dramatis\.(?P<owner>[a-z]+)\.(?P<entity>{_WORD})\.(?P<fact>[a-z]+(?:-[a-z]+)*)\.v(?P<major>[1-9][0-9]{{0,3}})\Z"
)


class EventTypeInvalid(ValueError):
    """Not an event type: dramatis.<owner>.<entity>.<fact>.v<major>."""

    code = "event-type-invalid"
    kind = "malformed"


class NameInvalid(ValueError):
    """Not a name that can be one token of a subject."""

    code = "subject-name-invalid"
    kind = "malformed"


class EventType(NamedTuple):
    """The four parts of an event's type."""

    owner: str
    entity: str
    fact: str
    major: int


@lru_cache(maxsize=1024)
def parse_type(event_type: str) -> EventType:
    """Take `dramatis.<owner>.<entity>.<fact>.v<major>` apart; raises EventTypeInvalid."""
    match = _TYPE.match(event_type)
    if match is None:
        raise EventTypeInvalid(f"{event_type!r} is not dramatis.<owner>.<entity>.<fact>.v<major>")
    return EventType(match["owner"], match["entity"], match["fact"], int(match["major"]))


@lru_cache(maxsize=1024)
def short_name(event_type: str) -> str:
    """Name the event within Dramatis: `assets.project.created.v1`."""
    owner, entity, fact, major = parse_type(event_type)
    return f"{owner}.{entity}.{fact}.v{major}"


def dataschema_of(event_type: str) -> str:
    """Name the event's frozen schema, as its `$id` and as `ce-dataschema`."""
    return f"urn:dramatis:schema:{short_name(event_type)}"


def owner_of(event_type: str) -> str:
    """Name the one service that publishes this event."""
    return parse_type(event_type).owner


def event_subject(event_type: str, workspace_id: UUID) -> str:
    """Return where one workspace's events of this type are published."""
    return f"{short_name(event_type)}.{workspace_id}"


def event_filter(event_type: str) -> str:
    """Return the subject that matches this type in every workspace."""
    return f"{short_name(event_type)}.*"


def stream_of(owner: str) -> str:
    """Name the stream that keeps all events of one owner."""
    return _token(owner).upper()


def stream_subjects(owner: str) -> str:
    """Return everything an owner may publish, and its stream keeps."""
    return f"{_token(owner)}.>"


def durable_of(service: str, event_type: str) -> str:
    """Name the durable consumer that all replicas of a service share for one event."""
    owner, entity, fact, major = parse_type(event_type)
    return f"{_token(service)}-{owner}-{entity}-{fact}-v{major}"


def work_subject(service: str, task: str, workspace_id: UUID) -> str:
    """Return where a service hands itself one piece of slow work."""
    return f"work.{_token(service)}.{_token(task)}.{workspace_id}"


def work_filter(service: str, task: str) -> str:
    """Return the subject that matches one task in every workspace."""
    return f"work.{_token(service)}.{_token(task)}.*"


def work_stream(service: str) -> str:
    """Name the private work queue of a service."""
    return f"WORK_{_token(service).upper()}"


def work_subjects(service: str) -> str:
    """Return everything the private work queue of a service keeps."""
    return f"work.{_token(service)}.>"


def work_durable(service: str, task: str) -> str:
    """Name the durable consumer that all workers of a service share for one task."""
    return f"{_token(service)}-work-{_token(task)}"


def dead_subject(service: str, durable: str) -> str:
    """Return where a service buries what one of its consumers could not process."""
    return f"dead.{_token(service)}.{_token(durable)}"


def dead_subjects(service: str) -> str:
    """Return everything one service may bury."""
    return f"dead.{_token(service)}.>"


def _token(name: str) -> str:
    if _TOKEN.match(name) is None:
        raise NameInvalid(f"{name!r} cannot be part of a subject: lower-case words joined by single hyphens")
    return name
