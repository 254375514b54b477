"""Slow or paid work: recorded, claimed, done with nothing open, settled under the claim's token.

A task message only says which row to work on; the row is the truth. The message stays unacknowledged, and is
heartbeaten, until the work is settled, so a worker that dies hands its work on by dying.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID, uuid4

import orjson
import stamina
import structlog
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from opentelemetry.trace import Span

from chassis import telemetry
from chassis.database import Database
from chassis.errors import Undecodable, plain
from chassis.outcomes import Dead, Done, Left, Outcome, Retry, blame, code_of, delay_of, describe
from chassis.settling import Settler
from chassis.work import Cause, Work
from contracts.subjects import work_durable

S = TypeVar("S")
StoreT_contra = TypeVar("StoreT_contra", contravariant=True)
ResultT = TypeVar("ResultT")

SETTLE_SECONDS = 900.0

log = structlog.get_logger()


class Claimed(Protocol):
    """What a claim must say: how often this work has failed so far."""

    @property
    def failures(self) -> int:
        """Failed tries before this one; a try that died with its process is none."""


C = TypeVar("C", bound=Claimed)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a try failed: `error_class` is a stable code, `message` the vendor's words or ours."""

    error_class: str
    message: str
    stage: str


class ClaimLost(Exception):
    """Another worker has claimed this work since; only what was recorded before this was raised is kept."""


class Task(Protocol[StoreT_contra, C, ResultT]):
    """One kind of slow work. `claim`, `settle`, `release` and `fail` each run in a transaction of their own."""

    name: str
    """Token of the work subject, e.g. `draw`."""

    concurrency: int
    """Tries one process runs at once."""

    max_tries: int
    """Failed tries after which the work is failed for good."""

    async def claim(self, work: Work[StoreT_contra], subject_id: UUID, token: UUID) -> C | None:
        """Mark the row as being worked on under `token`; None when there is nothing left to do."""

    async def perform(self, claim: C) -> ResultT:
        """Do the slow or paid part; no transaction is open. Raises what went wrong, with `stage` where it knows it."""

    async def settle(self, work: Work[StoreT_contra], claim: C, result: ResultT) -> None:
        """Record the result under the claim's token; raises `ClaimLost`."""

    async def release(self, work: Work[StoreT_contra], claim: C, failure: Failure) -> None:
        """Record a failed try that will be repeated; raises `ClaimLost`."""

    async def fail(self, work: Work[StoreT_contra], claim: C, failure: Failure) -> None:
        """Record that the work has failed for good; raises `ClaimLost`."""


class TaskConsumer(Generic[S]):
    """Runs one task for the messages of its work queue."""

    def __init__(self, db: Database[S], js: JetStreamContext, task: Task[S, Any, Any]) -> None:
        self._db = db
        self._task = task
        durable = work_durable(db.service, task.name)
        self._settler = Settler(js, db.service, durable)
        self._attributes = {telemetry.MESSAGING_SYSTEM: "nats", telemetry.CONSUMER_GROUP: durable}

    async def handle(self, messages: Sequence[Msg]) -> None:
        """Work on the row that a message names, and settle the message."""
        for message in messages:
            name = f"{self._task.name} task"
            await self._settler.settle(message, name, self._attributes, self._outcome, self._give_up)

    async def _outcome(self, message: Msg, current: Span) -> Outcome:
        cause, subject_id = read_task(message)
        current.set_attribute(telemetry.WORKSPACE, str(cause.workspace_id))
        current.set_attribute(telemetry.CORRELATION, str(cause.correlation_id))
        with structlog.contextvars.bound_contextvars(task_id=str(subject_id)):
            try:
                return await self._work_on(cause, subject_id)
            except ClaimLost:
                # The one who has the claim may hold this very message: acknowledging it would leave them without it.
                log.warning("claim lost", task=self._task.name)
                return Left()

    async def _give_up(self, message: Msg, dead: Dead) -> None:
        """Fail the row of a message whose every try ended with the process, so that it does not look busy for ever."""
        cause, subject_id = read_task(message)
        async with self._db.work(cause) as work:
            claim = await self._task.claim(work, subject_id, uuid4())
            if claim is not None:
                await self._task.fail(work, claim, Failure(dead.code, dead.reason, "perform"))

    async def _work_on(self, cause: Cause, subject_id: UUID) -> Outcome:
        async with self._db.work(cause) as work:
            claim = await self._task.claim(work, subject_id, uuid4())
        if claim is None:
            return Done()
        try:
            await self._settle(cause, claim, await self._task.perform(claim))
        except ClaimLost:
            raise
        except Exception as error:  # noqa: BLE001 - recorded on the row, and decided below
            return await self._give_back(cause, claim, error)
        return Done()

    async def _settle(self, cause: Cause, claim: Claimed, result: object) -> None:
        # The work is done and may be paid for: an outage now must not make it be done again.
        async for attempt in stamina.retry_context(on=_is_outage, timeout=SETTLE_SECONDS, attempts=None):
            with attempt:
                async with self._ending(cause) as work:
                    await self._task.settle(work, claim, result)

    async def _give_back(self, cause: Cause, claim: Claimed, error: Exception) -> Outcome:
        words = plain(str(error))[:2000] or describe(error)
        failure = Failure(code_of(error), words, getattr(error, "stage", "perform"))
        to_blame = blame(error)
        retry = to_blame != "problem" and claim.failures + 1 < self._task.max_tries
        log.warning("task failed", task=self._task.name, retry=retry, error=repr(error), exc_info=to_blame == "bug")
        async with self._ending(cause) as work:
            await (self._task.release if retry else self._task.fail)(work, claim, failure)
        if retry:
            return Retry(delay_of(error, claim.failures + 1))
        return Dead("unexpected-error", describe(error)) if to_blame == "bug" else Done()

    @asynccontextmanager
    async def _ending(self, cause: Cause) -> AsyncIterator[Work[S]]:
        """A unit of work that is committed when the claim is lost, too: a vendor may have to be paid all the same."""
        lost: ClaimLost | None = None
        async with self._db.work(cause) as work:
            try:
                yield work
            except ClaimLost as error:
                lost = error
        if lost is not None:
            raise lost


def _is_outage(error: Exception) -> bool:
    return blame(error) == "outage"


def read_task(message: Msg) -> tuple[Cause, UUID]:
    """Cause and row id of a task message; raises `Undecodable`."""
    headers = message.headers or {}
    try:
        cause = Cause(
            workspace_id=UUID(headers["ce-workspaceid"]),
            correlation_id=UUID(headers["ce-correlationid"]),
            causation_id=UUID(headers["ce-causationid"]) if "ce-causationid" in headers else None,
        )
        subject_id = UUID(str(orjson.loads(message.data)["id"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Undecodable(f"not a task message: {describe(error)}") from error
    if message.subject.rsplit(".", 1)[-1] != str(cause.workspace_id):
        raise Undecodable(f"subject {message.subject} is not of workspace {cause.workspace_id}")
    return cause, subject_id
