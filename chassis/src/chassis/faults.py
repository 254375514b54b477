"""What the drivers raise, told apart: an outage passes, a value that cannot be stored never will be."""

import errno
import socket

import asyncpg
import nats.errors

_ALWAYS_OUTAGES: tuple[type[Exception], ...] = (
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresSystemError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    # A migration has changed a table under a prepared statement; the next try prepares anew.
    asyncpg.InvalidCachedStatementError,
    # asyncpg's own state is at odds, e.g. when the server shuts down between two messages.
    asyncpg.InternalClientError,
    nats.errors.Error,
)
_OUT_OF_REACH = frozenset(
    {
        errno.ENETDOWN,
        errno.ENETUNREACH,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.EADDRNOTAVAIL,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOBUFS,
        errno.ENOSPC,
    }
)


def is_outage(error: BaseException) -> bool:
    """Whether trying again later may help: something is away, full, overloaded or in the way for now.

    A missing file, or a picture that Pillow cannot read, is an OSError too, and no outage.
    """
    if isinstance(error, _ALWAYS_OUTAGES):
        return True
    if isinstance(error, OSError):
        return error.errno in _OUT_OF_REACH
    # asyncpg's other InterfaceErrors are mistakes in calling it. A connection that broke counts as released.
    lost = ("is closed", "is closing", "released back to the pool")
    return isinstance(error, asyncpg.InterfaceError) and any(words in str(error) for words in lost)


def is_unstorable(error: BaseException) -> bool:
    """Whether Postgres cannot hold a value of this unit of work: a NUL in a text, a number out of range."""
    return isinstance(error, asyncpg.DataError) and not isinstance(error, asyncpg.DivisionByZeroError)


def is_conflict(error: BaseException) -> bool:
    """Whether another unit of work was there first: made the same thing, or removed what this one refers to."""
    return isinstance(
        error, asyncpg.UniqueViolationError | asyncpg.ForeignKeyViolationError | asyncpg.ExclusionViolationError
    )
