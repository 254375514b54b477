import errno
import socket
from collections.abc import Mapping

import asyncpg
import nats.errors
import nats.js.errors
import pytest
from PIL import UnidentifiedImageError

from chassis import errors
from chassis.database import TransactionLost
from chassis.errors import KINDS, Problem, kind_of, plain, title_of
from chassis.outcomes import (
    BACKOFF_SECONDS,
    CRASH_LOOP_DELIVERIES,
    LONGEST_DELAY_SECONDS,
    MAX_DELIVER,
    REMEMBERED_SURVIVORS,
    CrashLoops,
    Dead,
    Retry,
    backoff,
    blame,
    code_of,
    delay_of,
    describe,
    outcome_of,
)


class OutOfInk(Exception):
    """The ink is used up.

    Refill it.
    """

    code = "out-of-ink"
    kind = "unavailable"

    def __init__(self, retry_after: object = None) -> None:
        super().__init__("refill it")
        self.retry_after = retry_after


class NoSuchColour(Exception):
    """There is no such colour."""

    code = "no-such-colour"
    kind = "not-found"


OUTAGES = [
    OutOfInk(),
    errors.Unavailable(),
    ConnectionRefusedError(errno.ECONNREFUSED, "refused"),
    ConnectionResetError(),
    TimeoutError(),
    socket.gaierror("no such host"),
    OSError(errno.EHOSTUNREACH, "no route"),
    OSError(errno.EMFILE, "too many open files"),
    asyncpg.ConnectionDoesNotExistError("gone"),
    asyncpg.InterfaceError("connection is closed"),
    asyncpg.InterfaceError("pool is closing"),
    asyncpg.CannotConnectNowError("starting up"),
    asyncpg.AdminShutdownError("bye"),
    asyncpg.TooManyConnectionsError("full"),
    asyncpg.DiskFullError("full"),
    asyncpg.QueryCanceledError("statement timeout"),
    asyncpg.LockNotAvailableError("lock timeout"),
    asyncpg.SerializationError("again"),
    asyncpg.DeadlockDetectedError("again"),
    asyncpg.InvalidCachedStatementError("a migration went by"),
    asyncpg.exceptions.OutdatedSchemaCacheError("a migration went by"),
    asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress"),
    nats.errors.ConnectionClosedError(),
    nats.errors.TimeoutError(),
    nats.js.errors.NoStreamResponseError(),
]
PROBLEMS = [
    NoSuchColour(),
    errors.Undecodable("what"),
    asyncpg.CharacterNotInRepertoireError("0x00"),
    asyncpg.UntranslatableCharacterError("\\u0000"),
    asyncpg.DataError("value out of int32 range"),
    asyncpg.NumericValueOutOfRangeError("out of range"),
]
BUGS = [
    RuntimeError("boom"),
    KeyError("x"),
    FileNotFoundError(errno.ENOENT, "no such file"),
    PermissionError(errno.EACCES, "no"),
    OSError("image file is truncated"),
    UnidentifiedImageError("no image"),
    asyncpg.InterfaceError("the server expects 1 argument for this query, 0 were passed"),
    asyncpg.DivisionByZeroError("division by zero"),
    asyncpg.UndefinedColumnError("no such column"),
    asyncpg.UniqueViolationError("duplicate key"),
    TransactionLost(),
]


@pytest.mark.parametrize("error", OUTAGES, ids=repr)
@pytest.mark.parametrize("deliveries", [1, MAX_DELIVER, 1000])
def test_an_outage_is_retried_for_ever(error: Exception, deliveries: int) -> None:
    assert outcome_of(error, deliveries) == Retry(backoff(deliveries))


@pytest.mark.parametrize("error", PROBLEMS, ids=repr)
def test_a_problem_is_dead_at_once(error: Exception) -> None:
    assert blame(error) == "problem"
    assert isinstance(outcome_of(error, 1), Dead)


@pytest.mark.parametrize("error", BUGS, ids=repr)
def test_a_bug_is_retried_a_few_times(error: Exception) -> None:
    assert blame(error) == "bug"
    assert outcome_of(error, MAX_DELIVER - 1) == Retry(backoff(MAX_DELIVER - 1))
    dead = outcome_of(error, MAX_DELIVER)
    assert dead == Dead("unexpected-error", describe(error))


def test_the_reason_of_a_dead_letter_is_what_the_problem_says() -> None:
    assert outcome_of(errors.Undecodable("no id"), 1) == Dead("undecodable", "no id")
    assert outcome_of(NoSuchColour(), 1) == Dead("no-such-colour", "There is no such colour")


@pytest.mark.parametrize(
    ("retry_after", "delay"),
    [
        (7.5, 7.5),
        (7, 7.0),
        (0, 0.0),
        (1e9, LONGEST_DELAY_SECONDS),
        (None, BACKOFF_SECONDS[2]),
        ("7", BACKOFF_SECONDS[2]),
        (-1.0, BACKOFF_SECONDS[2]),
        (float("nan"), BACKOFF_SECONDS[2]),
        (float("inf"), BACKOFF_SECONDS[2]),
    ],
)
def test_an_error_may_say_how_long_to_wait(retry_after: object, delay: float) -> None:
    assert delay_of(OutOfInk(retry_after), 3) == delay
    assert outcome_of(OutOfInk(retry_after), 3) == Retry(delay)


def test_the_backoff_grows_to_a_bound() -> None:
    delays = [backoff(deliveries) for deliveries in range(-1, 200)]
    assert delays == sorted(delays)
    assert delays[0] == delays[2] == BACKOFF_SECONDS[0]
    assert delays[-1] == BACKOFF_SECONDS[-1]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NoSuchColour(), "no-such-colour"),
        (TimeoutError(), "service-unavailable"),
        (asyncpg.CharacterNotInRepertoireError("0x00"), "value-unstorable"),
        (RuntimeError(), "unexpected-error"),
    ],
)
def test_every_error_has_a_stable_code(error: Exception, code: str) -> None:
    assert code_of(error) == code


def test_a_message_that_kills_its_processes_is_found() -> None:
    loops = CrashLoops()
    assert loops.found(7, CRASH_LOOP_DELIVERIES) is None
    dead = loops.found(7, CRASH_LOOP_DELIVERIES + 1)
    assert dead is not None
    assert dead.code == "crash-loop"


def test_a_message_that_this_process_has_seen_survive_is_no_crash_loop() -> None:
    loops = CrashLoops()
    loops.survived(7)
    assert loops.found(7, CRASH_LOOP_DELIVERIES + 1) is None
    assert loops.found(8, CRASH_LOOP_DELIVERIES + 1) is not None


def test_the_memory_of_survivors_is_bounded() -> None:
    loops = CrashLoops()
    for sequence in range(REMEMBERED_SURVIVORS + 1):
        loops.survived(sequence)
    assert loops.found(0, CRASH_LOOP_DELIVERIES + 1) is not None
    assert loops.found(1, CRASH_LOOP_DELIVERIES + 1) is None


def test_words_of_others_become_plain_text() -> None:
    assert plain("a\x00b \ud800 é 漢") == "ab ? é 漢"
    assert describe(ValueError("a\x00\nb" + "c" * 1000)) == ("ValueError: a b" + "c" * 1000)[:500]


STATUSES: Mapping[str, int] = {
    "malformed": 400,
    "unauthorized": 401,
    "budget": 402,
    "forbidden": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "conflict": 409,
    "stale": 412,
    "too-large": 413,
    "unsupported": 415,
    "invalid": 422,
    "precondition-required": 428,
    "bug": 500,
    "unavailable": 503,
}


def test_every_kind_has_its_status_and_only_unavailable_is_retried() -> None:
    assert {name: kind.status for name, kind in KINDS.items()} == STATUSES
    assert [name for name, kind in KINDS.items() if kind.retryable] == ["unavailable"]


def test_any_class_with_a_code_and_a_known_kind_is_a_problem() -> None:
    class NoCode(Exception):
        kind = "not-found"

    class NoKind(Exception):
        code = "x"
        kind = "nonsense"

    assert kind_of(OutOfInk()) is KINDS["unavailable"]
    assert kind_of(NoCode()) is None
    assert kind_of(NoKind()) is None
    assert kind_of(RuntimeError()) is None


def test_the_title_is_the_first_line_of_the_docstring_and_the_default_detail() -> None:
    assert title_of(OutOfInk) == "The ink is used up"
    assert str(errors.Stale()) == title_of(errors.Stale)
    assert errors.Stale("reload", version=3).extra == {"version": 3}


def test_the_chassis_problems_have_codes_of_their_own() -> None:
    codes = [each.code for each in Problem.__subclasses__() if each.__module__.startswith("chassis.")]
    assert len(codes) == len(set(codes)) >= 20
