"""Read a script and tell every asset in it, once."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from chassis.tasks import ClaimLost, Failure
from chassis.work import Work
from contracts.extraction.v1 import AssetExtracted
from extraction.app.describe_assets import count_assets, describe_assets
from extraction.app.documents import Documents
from extraction.app.find_branch import find_branch
from extraction.app.store import Store, StoredFile
from extraction.app.tell_run import tell_completed, tell_failed, tell_started
from extraction.domain.errors import BranchNotFound, ProjectNotFound
from extraction.domain.finds import Find
from extraction.domain.runs import Counts, Run, Trouble
from extraction.domain.script import Script

log = structlog.get_logger()

Extract = Callable[[Script], Sequence[Find]]
"""An engine: what a script shows, found without waiting for anybody."""


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A run that this worker reads under `token`; its first try began at `started_at`."""

    run: Run
    token: UUID
    file: StoredFile
    started_at: datetime

    @property
    def failures(self) -> int:
        """Failed tries before this one."""
        return self.run.failures


@dataclass(frozen=True, slots=True)
class Found:
    """What a run found, as it will be told."""

    assets: Sequence[AssetExtracted]
    counts: Counts


class ReadScript:
    """The task `read`: a message names the ticket of one run. Nothing is told before everything is found."""

    name = "read"

    def __init__(self, documents: Documents, extract: Extract, *, concurrency: int, max_tries: int) -> None:
        self._documents = documents
        self._extract = extract
        self.concurrency = concurrency
        self.max_tries = max_tries

    async def claim(self, work: Work[Store], subject_id: UUID, token: UUID) -> ReadClaim | None:
        """Take the run queued under the ticket; a redelivered message takes it over from a worker that died.

        A run whose branch or project was deleted meanwhile is cancelled.
        """
        run = await work.store.claim_run(subject_id, token, work.now)
        if run is None:
            return None
        assert run.started_at is not None, "a claimed run has begun"
        try:
            await find_branch(run.project_id, run.branch_id, work)
        except (ProjectNotFound, BranchNotFound) as gone:
            log.info("run cancelled", run_id=str(run.id), reason=str(gone))
            await work.store.cancel_run(run.id, work.now)
            return None
        if run.started_at == work.now:
            tell_started(run, work)
        return ReadClaim(run, token, await work.store.find_file(run.script_version_id), run.started_at)

    async def perform(self, claim: ReadClaim) -> Found:
        """Read the file and find everything in it, in a thread: it is all computing."""
        return await asyncio.to_thread(self._find, claim)

    async def settle(self, work: Work[Store], claim: ReadClaim, result: Found) -> None:
        """Record and tell everything that was found."""
        seconds = max(0.0, (work.now - claim.started_at).total_seconds())
        run = await work.store.complete_run(claim.run.id, claim.token, result.counts, seconds, work.now)
        if run is None:
            raise ClaimLost
        await work.store.insert_assets(run.id, result.assets, work.now)
        for asset in result.assets:
            work.emit(asset, 1)
        tell_completed(run, result.counts, seconds, work)

    async def release(self, work: Work[Store], claim: ReadClaim, failure: Failure) -> None:
        """Record a failed try; the run waits for the next one."""
        if await work.store.release_run(claim.run.id, claim.token, trouble_of(failure), work.now) is None:
            raise ClaimLost

    async def fail(self, work: Work[Store], claim: ReadClaim, failure: Failure) -> None:
        """Record and tell that the run has failed for good."""
        trouble = trouble_of(failure)
        run = await work.store.fail_run(claim.run.id, claim.token, trouble, work.now)
        if run is None:
            raise ClaimLost
        tell_failed(run, trouble, work)

    def _find(self, claim: ReadClaim) -> Found:
        with _stage("reading"):
            script = self._documents.script_of(claim.file.data, claim.file.format, claim.file.file_name)
        with _stage("extracting"):
            finds = self._extract(script)
        with _stage("describing"):
            return Found(describe_assets(claim.run, finds), count_assets(finds))


@contextmanager
def _stage(name: str) -> Iterator[None]:
    """Let an exception that leaves the block say at which stage it arose."""
    try:
        yield
    except Exception as error:
        vars(error)["stage"] = name
        raise


def trouble_of(failure: Failure) -> Trouble:
    """A failed try as the run records it."""
    return Trouble(failure.stage, failure.error_class, failure.message)
