"""Problems: exception classes that carry a stable code and a kind, wherever they are defined.

Any exception class with the class attributes `code` (a stable slug) and `kind` (a key of `KINDS`) is a problem: domain
errors need no import from here. The first line of the class docstring is the title, `str(error)` the detail, and the
optional attribute `extra` (a dict) joins the problem document. `KINDS` is the one table that maps a kind to an HTTP
status and to the outcome of a message.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of problem means over HTTP (`status`) and for a message (`retryable`, or dead letter)."""

    status: int
    retryable: bool = False


KINDS: dict[str, Kind] = {
    "malformed": Kind(400),
    "unauthorized": Kind(401),
    "budget": Kind(402),
    "forbidden": Kind(403),
    "not-found": Kind(404),
    "method-not-allowed": Kind(405),
    "conflict": Kind(409),
    "stale": Kind(412),
    "too-large": Kind(413),
    "unsupported": Kind(415),
    "invalid": Kind(422),
    "precondition-required": Kind(428),
    "bug": Kind(500),
    "unavailable": Kind(503, retryable=True),
}


class Problem(Exception):
    """Base of the chassis' own problems."""

    code: ClassVar[str]
    kind: ClassVar[str]
    extra: dict[str, object]

    def __init__(self, detail: str = "", **extra: object) -> None:
        super().__init__(detail or title_of(type(self)))
        self.extra = extra


def title_of(problem: type[BaseException]) -> str:
    """First line of the class docstring, without its full stop."""
    return (problem.__doc__ or problem.__name__).strip().splitlines()[0].rstrip(".")


def plain(text: str) -> str:
    """The text as a column, a header and a span can hold it: without NUL characters and lone surrogates."""
    return text.replace("\x00", "").encode(errors="replace").decode()


def kind_of(error: BaseException) -> Kind | None:
    """Kind of a problem; None for an exception that is no problem, which makes it a bug or an outage."""
    kind = getattr(type(error), "kind", None)
    return KINDS.get(kind) if isinstance(kind, str) and hasattr(type(error), "code") else None


class Unauthorized(Problem):
    """A valid bearer token is needed."""

    code = "unauthorized"
    kind = "unauthorized"


class RoleForbidden(Problem):
    """The role in the token may not do this."""

    code = "role-forbidden"
    kind = "forbidden"


class BodyTooLarge(Problem):
    """The request body is larger than the service accepts."""

    code = "body-too-large"
    kind = "too-large"


class RequestInvalid(Problem):
    """The request does not have the expected shape."""

    code = "request-invalid"
    kind = "invalid"


class ContentUnsupported(Problem):
    """The request body is of a type that this address does not read."""

    code = "content-unsupported"
    kind = "unsupported"


class BodyMalformed(Problem):
    """The request body cannot be read."""

    code = "body-malformed"
    kind = "malformed"


class ValueUnstorable(Problem):
    """A value cannot be stored: a text holds a NUL character, or a number is out of range."""

    code = "value-unstorable"
    kind = "invalid"


class Conflicting(Problem):
    """Another change was there first; read again and decide anew."""

    code = "conflict"
    kind = "conflict"


class CursorInvalid(Problem):
    """The cursor was not issued by this list."""

    code = "cursor-invalid"
    kind = "invalid"


class IdempotencyKeyInvalid(Problem):
    """The Idempotency-Key must have 1 to 200 printable characters."""

    code = "idempotency-key-invalid"
    kind = "invalid"


class IdempotencyMismatch(Problem):
    """This Idempotency-Key was used with another request."""

    code = "idempotency-mismatch"
    kind = "invalid"


class IfMatchRequired(Problem):
    """This change needs an If-Match header with the ETag that was read."""

    code = "if-match-required"
    kind = "precondition-required"


class Stale(Problem):
    """The resource has changed since it was read."""

    code = "stale"
    kind = "stale"


class RouteNotFound(Problem):
    """There is nothing at this address."""

    code = "route-not-found"
    kind = "not-found"


class MethodNotAllowed(Problem):
    """This address does not answer this method."""

    code = "method-not-allowed"
    kind = "method-not-allowed"


class InternalError(Problem):
    """Something unexpected went wrong; it has been recorded under the trace id."""

    code = "internal-error"
    kind = "bug"


class Unavailable(Problem):
    """A part of the system does not answer just now; try again shortly."""

    code = "service-unavailable"
    kind = "unavailable"


class EventTooLarge(Problem):
    """The event is larger than the bus carries."""

    code = "event-too-large"
    kind = "too-large"


class Undecodable(Problem):
    """The message is not one this consumer can read."""

    code = "undecodable"
    kind = "malformed"


class UnknownVersion(Problem):
    """The message is of a type or major version this consumer does not know."""

    code = "unknown-version"
    kind = "invalid"


class CrashLoop(Problem):
    """The message was delivered many times without ever being finished."""

    code = "crash-loop"
    kind = "bug"


class TopologyMismatch(Problem):
    """A stream or consumer on the server differs from what the code declares."""

    code = "topology-mismatch"
    kind = "conflict"


class ObjectNotFound(Problem):
    """The object store has no object under this key."""

    code = "object-not-found"
    kind = "not-found"
