"""What one service may say and hear on NATS; everything else is refused by the server.

Broadly: it publishes its own events, its own work and its own dead letters; it reads through its own durables; it
listens to nothing but its own inbox, so that it cannot overhear the answers meant for another service.
"""

from typing import NamedTuple

from contracts.consumers import CONSUMERS
from contracts.subjects import (
    dead_subjects,
    durable_of,
    owner_of,
    stream_of,
    stream_subjects,
    work_stream,
    work_subjects,
)

_API = "$JS.API"


class Permissions(NamedTuple):
    """Subjects a user may publish to and subscribe to."""

    publish: tuple[str, ...]
    subscribe: tuple[str, ...]


def inbox_prefix(service: str) -> str:
    """The prefix of a service's reply subjects: its client's `inbox_prefix`."""
    return f"_INBOX_{service}"


def nats_permissions(service: str) -> Permissions:
    """The permissions of a service's user, derived from the contracts alone."""
    inbox = f"{inbox_prefix(service)}.>"
    consumed = [
        (stream_of(owner_of(event.TYPE)), durable_of(service, event.TYPE)) for event in CONSUMERS.get(service, ())
    ]
    streams = sorted({stream for stream, _ in consumed} | {work_stream(service)})
    publish = (
        stream_subjects(service),
        work_subjects(service),
        dead_subjects(service),
        inbox,
        f"{_API}.INFO",
        f"{_API}.STREAM.NAMES",
        *(f"{_API}.STREAM.INFO.{stream}" for stream in streams),
        *(subject for stream, durable in consumed for subject in _pull(stream, durable)),
        *_pull(work_stream(service), ">"),
    )
    return Permissions(publish=publish, subscribe=(inbox,))


def _pull(stream: str, durable: str) -> tuple[str, ...]:
    """What reading through one durable pull consumer takes; `>` stands for every durable of the stream."""
    each = f"{stream}.{durable}"
    below = each if durable == ">" else f"{each}.>"
    subjects = (
        f"{_API}.CONSUMER.CREATE.{each}",
        f"{_API}.CONSUMER.CREATE.{below}",
        f"{_API}.CONSUMER.DURABLE.CREATE.{each}",
        f"{_API}.CONSUMER.INFO.{each}",
        f"{_API}.CONSUMER.MSG.NEXT.{each}",
        f"$JS.ACK.{below}",
    )
    return tuple(dict.fromkeys(subjects))
