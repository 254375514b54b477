"""The dead-letter stream: what could not be handled, with its headers and the reason; listed, read and replayed."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import RawStreamMsg
from nats.js.errors import NotFoundError

from chassis.bus import MAX_HEADER_BYTES, header_bytes
from chassis.errors import Problem
from chassis.ids import now
from chassis.outcomes import Dead
from contracts.subjects import DEAD_STREAM, dead_subject

PUBLISH_SECONDS = 15.0

_CODE = "dramatis-error-code"
_REASON = "dramatis-error"
_CONSUMER = "dramatis-consumer"
_SUBJECT = "dramatis-subject"
_STREAM = "dramatis-stream"
_SEQUENCE = "dramatis-sequence"
_DELIVERIES = "dramatis-deliveries"
_TIME = "dramatis-dead-at"
_LEFT_OUT = "dramatis-data-left-out"
_OWN = frozenset({_CODE, _REASON, _CONSUMER, _SUBJECT, _STREAM, _SEQUENCE, _DELIVERIES, _TIME})

log = structlog.get_logger()


class DeadLetterNotFound(Problem):
    """There is no dead letter with this number."""

    code = "dead-letter-not-found"
    kind = "not-found"


class DeadLetterIncomplete(Problem):
    """The dead letter was too large to be kept with its data."""

    code = "dead-letter-incomplete"
    kind = "conflict"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One dead letter: `number` is its sequence in the dead-letter stream."""

    number: int
    consumer: str
    code: str
    reason: str
    subject: str
    deliveries: int
    died_at: datetime | None
    headers: Mapping[str, str]
    data: bytes

    @property
    def service(self) -> str:
        """Service whose consumer gave up."""
        return self.consumer.split("-", 1)[0]


async def bury(js: JetStreamContext, service: str, durable: str, message: Msg, dead: Dead) -> None:
    """Store a message in the dead-letter stream; raises when the stream did not acknowledge."""
    meta = message.metadata
    headers = dict(message.headers or {})
    headers |= {
        "Nats-Msg-Id": f"{durable}:{meta.stream}:{meta.sequence.stream}",
        _CODE: dead.code,
        _REASON: " ".join(dead.reason.split())[:500],
        _CONSUMER: durable,
        _SUBJECT: message.subject,
        _STREAM: meta.stream,
        _SEQUENCE: str(meta.sequence.stream),
        _DELIVERIES: str(meta.num_delivered),
        _TIME: now().isoformat(),
    }
    data, size = message.data, header_bytes(headers)
    if size > MAX_HEADER_BYTES or size + len(data) > js._nc.max_payload:
        # Its original stream still has it; together with the reason it is more than a message may be.
        headers = {name: value for name, value in headers.items() if name in {*_OWN, "Nats-Msg-Id", "ce-id", "ce-type"}}
        headers[_LEFT_OUT], data = str(len(data)), b""
    subject = dead_subject(service, durable)
    await js.publish(subject, data, timeout=PUBLISH_SECONDS, stream=DEAD_STREAM, headers=headers)
    log.error("dead letter", consumer=durable, subject=message.subject, code=dead.code, reason=dead.reason)


async def list_dead_letters(js: JetStreamContext, service: str | None = None, limit: int = 100) -> list[DeadLetter]:
    """The newest dead letters, newest first, of one service or of all."""
    state = (await js.stream_info(DEAD_STREAM)).state
    found: list[DeadLetter] = []
    number = state.last_seq
    while number >= max(state.first_seq, 1) and len(found) < limit:
        try:
            letter = _letter(await js.get_msg(DEAD_STREAM, seq=number))
        except NotFoundError:
            letter = None
        if letter is not None and service in (None, letter.service):
            found.append(letter)
        number -= 1
    return found


async def read_dead_letter(js: JetStreamContext, number: int) -> DeadLetter:
    """One dead letter; raises `DeadLetterNotFound`."""
    try:
        return _letter(await js.get_msg(DEAD_STREAM, seq=number))
    except NotFoundError as error:
        raise DeadLetterNotFound(f"no dead letter {number}; `dramatis dlq list` shows what there is") from error


async def replay_dead_letter(js: JetStreamContext, number: int) -> DeadLetter:
    """Publish a dead letter once more where it came from, then remove it from the dead letters.

    Every consumer of the subject sees it again; those that had consumed it know its id and do nothing.
    """
    letter = await read_dead_letter(js, number)
    if _LEFT_OUT in letter.headers:
        raise DeadLetterIncomplete(f"message {letter.headers[_SEQUENCE]} of stream {letter.headers[_STREAM]} has it")
    headers = {
        name: value
        for name, value in letter.headers.items()
        if name not in _OWN and not name.startswith("Nats-")  # what addressed it to the dead-letter stream
    }
    headers["Nats-Msg-Id"] = f"replay:{number}:{letter.died_at and letter.died_at.timestamp()}"
    await js.publish(letter.subject, letter.data, timeout=PUBLISH_SECONDS, headers=headers)
    await js.delete_msg(DEAD_STREAM, number)
    return letter


def _letter(message: RawStreamMsg) -> DeadLetter:
    headers = dict(_header_lines(message))
    died_at = headers.get(_TIME)
    return DeadLetter(
        number=message.seq or 0,
        consumer=headers.get(_CONSUMER, ""),
        code=headers.get(_CODE, ""),
        reason=headers.get(_REASON, ""),
        subject=headers.get(_SUBJECT, message.subject or ""),
        deliveries=int(headers.get(_DELIVERIES, "0")),
        died_at=datetime.fromisoformat(died_at) if died_at else None,
        headers=headers,
        data=message.data or b"",
    )


def _header_lines(message: RawStreamMsg) -> Iterator[tuple[str, str]]:
    """Names and values as they were sent; the client would read them as those of an e-mail, and spoil all but ASCII."""
    block = base64.b64decode(message.hdrs or "").decode(errors="replace")
    for line in block.split("\r\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()
