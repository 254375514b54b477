"""Draw one image: ask the provider, check the picture, store it, record it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import stamina
import structlog

from chassis.objects import ObjectStore, ObjectStoreUnavailable
from chassis.tasks import ClaimLost, Failure
from chassis.telemetry import current_trace_id
from chassis.work import Work
from contracts.assets.v1 import ImageRequested
from imagegen.app.count_batch import count_batch, lock_batch
from imagegen.app.providers import Providers
from imagegen.app.store import Store
from imagegen.app.tell_jobs import discard, tell_completed, tell_failed, tell_started
from imagegen.domain.batch import Batch, Change
from imagegen.domain.brief import Brief, Style
from imagegen.domain.job import Job, Stored, Trouble, picture_key
from imagegen.domain.picture import EXTENSIONS, Facts, keep_promise

STORE_SECONDS = 60.0

log = structlog.get_logger()


@dataclass(slots=True)
class Drawing:
    """One try at a job; `spent` is what it cost so far, in micro-USD, whatever becomes of it."""

    job: Job
    token: UUID
    brief: Brief
    workspace_id: UUID
    started_at: datetime
    spent: int = 0

    @property
    def failures(self) -> int:
        """Failed tries before this one."""
        return self.job.failures


class DrawImage:
    """The task `draw`: a message names the ticket of one job."""

    name = "draw"

    def __init__(
        self,
        providers: Providers,
        objects: ObjectStore,
        inspect: Callable[[bytes], Facts],
        *,
        concurrency: int,
        max_tries: int,
    ) -> None:
        self._providers = providers
        self._objects = objects
        self._inspect = inspect
        self.concurrency = concurrency
        self.max_tries = max_tries

    async def claim(self, work: Work[Store], subject_id: UUID, token: UUID) -> Drawing | None:
        """Take the job queued under the ticket; a redelivered message takes it over from a worker that died."""
        claimed = await work.store.claim_job(subject_id, token, current_trace_id(), work.now)
        if claimed is None:
            return None
        if claimed.lost is not None:
            discard(claimed.lost, work)
        tell_started(claimed.job, work)
        brief = brief_of(ImageRequested.model_validate(claimed.request), claimed.job.candidate)
        return Drawing(claimed.job, token, brief, work.workspace_id, work.now)

    async def perform(self, claim: Drawing) -> Stored:
        """Have it drawn, check what came, and store it under a key that no other try has."""
        with _stage("provider"):
            picture = await self._providers.draw(claim.job.provider, claim.brief)
        claim.spent = picture.cost_micro_usd
        with _stage("validate"):
            facts = await asyncio.to_thread(self._inspect, picture.content)
            keep_promise(facts, claim.brief)
        key = picture_key(claim.workspace_id, claim.job.id, claim.token, EXTENSIONS[facts.content_type])
        with _stage("store"):
            await self._put(key, picture.content, facts)
        return Stored(key, picture.model, facts)

    async def settle(self, work: Work[Store], claim: Drawing, result: Stored) -> None:
        """Record the picture; what was drawn for a job that was cancelled or taken over meanwhile is dropped."""
        batch = await lock_batch(claim.job.batch_id, work)
        seconds = max(0.0, (work.now - claim.started_at).total_seconds())
        job = await work.store.complete_job(
            claim.job.id, claim.token, result, seconds=seconds, cost=claim.spent, now=work.now
        )
        if job is None:
            discard(claim.token, work)
            await self._lost(claim, batch, work)
            return
        tell_completed(job, result, seconds, work)
        await count_batch(batch, Change(completed=1, cost_micro_usd=claim.spent), work)

    async def release(self, work: Work[Store], claim: Drawing, failure: Failure) -> None:
        """Record a failed try; the job waits for the next one."""
        batch = await lock_batch(claim.job.batch_id, work)
        job = await work.store.release_job(claim.job.id, claim.token, trouble_of(failure), claim.spent, work.now)
        if job is None:
            await self._lost(claim, batch, work)
            return
        await count_batch(batch, Change(cost_micro_usd=claim.spent), work)

    async def fail(self, work: Work[Store], claim: Drawing, failure: Failure) -> None:
        """Record that the job has failed for good."""
        batch = await lock_batch(claim.job.batch_id, work)
        trouble = trouble_of(failure)
        job = await work.store.fail_job(claim.job.id, claim.token, trouble, claim.spent, work.now)
        if job is None:
            await self._lost(claim, batch, work)
            return
        tell_failed(job, trouble, work)
        await count_batch(batch, Change(failed=1, cost_micro_usd=claim.spent), work)

    async def _lost(self, claim: Drawing, batch: Batch | None, work: Work[Store]) -> None:
        """Nobody wants the result: it stays on the bill. Raises `ClaimLost` when another worker has the job now."""
        log.warning("claim lost", job_id=str(claim.job.id), attempt=claim.job.attempts)
        await work.store.charge_dropped(claim.job.id, claim.token, claim.spent)
        await count_batch(batch, Change(cost_micro_usd=claim.spent), work)
        if await work.store.is_wanted(claim.job.id, claim.job.ticket):
            raise ClaimLost

    async def _put(self, key: str, content: bytes, facts: Facts) -> None:
        # The picture may be paid for: an outage of the store must not make it be drawn again.
        async for attempt in stamina.retry_context(on=ObjectStoreUnavailable, timeout=STORE_SECONDS, attempts=None):
            with attempt:
                await self._objects.put(key, content, facts.content_type, facts.sha256)


@contextmanager
def _stage(name: str) -> Iterator[None]:
    """Let an exception that leaves the block say at which stage it arose."""
    try:
        yield
    except Exception as error:
        vars(error)["stage"] = name
        raise


def brief_of(request: ImageRequested, candidate: int) -> Brief:
    """What the provider is asked for: the request's asset in the style it was asked in."""
    capsule = request.style_capsule
    style = Style(capsule.name, capsule.prompt, capsule.negative_prompt, capsule.palette, capsule.reference_images)
    return Brief(
        name=request.name,
        asset_type=request.asset_type.value,
        look=request.look,
        description=request.description,
        style=style,
        width=request.width,
        height=request.height,
        candidate=candidate,
        reference_image=request.reference_image,
    )


def trouble_of(failure: Failure) -> Trouble:
    """A failed try as the job records it."""
    return Trouble(failure.stage, failure.error_class, failure.message)
