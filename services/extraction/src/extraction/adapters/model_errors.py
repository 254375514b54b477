"""What pydantic-ai raises, in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    ModelAPIError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelOverloadedError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelTimeoutError,
    UserError,
)

from extraction.domain.errors import (
    ExtractionError,
    ModelBusy,
    ModelRefused,
    ModelRejected,
    ModelTimeout,
    ModelUnavailable,
    ReplyUnusable,
)

LONGEST_MESSAGE = 500
TOO_EARLY = frozenset({408, 409, 425})
"""Statuses that name a moment, not a mistake."""
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What the vendors' libraries stumble over in JSON that is no answer of theirs."""
BEFORE_THE_CALL = frozenset({"pool", "connect"})
LATER: tuple[tuple[type[ModelAPIError], type[ModelBusy | ModelUnavailable | ModelTimeout]], ...] = (
    (ModelRateLimitError, ModelBusy),
    (ModelOverloadedError, ModelBusy),
    (ModelRequestTimeout, ModelTimeout),
    (ModelTimeoutError, ModelTimeout),
    (ModelAPIError, ModelUnavailable),
)
"""The first that fits."""


@contextmanager
def told_as_ours(server: str) -> Iterator[None]:
    """Raise one of our errors, with the vendor's own words, for whatever the block raises; `server` is who was asked."""
    try:
        yield
    except (AgentRunError, UserError) as error:
        raise ours(error, server) from error
    except UNREADABLE as error:
        raise ReplyUnusable(f"what was answered is no reply of this API ({type(error).__name__})") from error


def ours(error: AgentRunError | UserError, server: str) -> ExtractionError:
    """The error in our words. `server` is the address of the API, empty for its provider's own.

    Busy: a rate limit, an overload. Unavailable: no connection, a fault of the server. Rejected: asked again unchanged
    it would be rejected again, an empty account included.
    """
    if isinstance(error, ModelAPIError):
        return _of_api(error, server)
    if isinstance(error, ContentFilterError):
        return ModelRefused(_words(error))
    if isinstance(error, UserError):
        return ModelRejected(_words(error))
    return ReplyUnusable(_words(error))


def _of_api(error: ModelAPIError, server: str) -> ExtractionError:
    if isinstance(error, ModelContextWindowExceededError):
        return ModelRejected(f"{_words(error)}: set a lower DRAMATIS_LLM_CHUNK_TOKENS")
    if _hopeless(error):
        return ModelRejected(_words(error))
    if isinstance(error, ModelConnectionError) and error.phase in BEFORE_THE_CALL:
        return ModelUnavailable(_unreached(error, server), retry_after=error.retry_after)
    later = next(ours for theirs, ours in LATER if isinstance(error, theirs))
    return later(_words(error), retry_after=error.retry_after)


def _hopeless(error: ModelAPIError) -> bool:
    """Whether the same request will be rejected again."""
    if isinstance(error, ModelRateLimitError):
        return False
    if isinstance(error, ModelHTTPError) and error.status_code in TOO_EARLY:
        return False
    client_error = isinstance(error, ModelHTTPError) and 400 <= error.status_code < 500
    return client_error or isinstance(error, ModelRequestRejectedError | ModelQuotaExceededError)


def _unreached(error: ModelAPIError, server: str) -> str:
    words = _words(error).removesuffix(".")
    if server:
        return f"{words}: nobody answers at {server}; is it running, and is DRAMATIS_LLM_BASE_URL its address?"
    return f"{words}: nobody answers at the provider's own address; DRAMATIS_LLM_BASE_URL would name another"


def _words(error: AgentRunError | UserError) -> str:
    """What the vendor says; of a body, its message."""
    said = error.body if isinstance(error, ModelAPIError) else None
    while isinstance(said, dict | list) and said:
        said = said[0] if isinstance(said, list) else said.get("error") or said.get("message")
    status = f"{error.status_code}: " if isinstance(error, ModelHTTPError) else ""
    words = said if isinstance(said, str) and said.strip() else str(error)
    return (status + " ".join(words.split()))[:LONGEST_MESSAGE]
