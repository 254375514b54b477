"""Read a script: the built-in engine tells every asset in it, once; for a language model it is planned in chunks."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.tasks import ClaimLost, Failure
from chassis.work import Work
from contracts.extraction.v1 import AssetExtracted
from extraction.app.advance_run import advance_run
from extraction.app.cancel_run import cancel_if_gone
from extraction.app.describe_assets import count_assets, describe_assets
from extraction.app.engines import Engines
from extraction.app.script_shelf import Reading, ScriptShelf, script_in
from extraction.app.stages import stage, trouble_of
from extraction.app.store import Store
from extraction.app.tell_run import READ, enqueue_chunks, tell_completed, tell_failed, tell_started
from extraction.domain.llm.cast import cast_of
from extraction.domain.llm.chunks import NOTHING_READ, Chunk, Excerpt, excerpts_of, pack_chunks
from extraction.domain.run_chunk import ChunkReading, Reader, Witness, reading_of
from extraction.domain.runs import Counts, EngineChoice, Run
from extraction.domain.script import Script


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A run that this worker reads under `token`; its first try began at `started_at`."""

    run: Run
    token: UUID
    script: Reading
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


@dataclass(frozen=True, slots=True)
class Planned:
    """What the language model is to read, and what the built-in engine has to say about it."""

    reader: Reader
    script: Script
    excerpts: Sequence[Excerpt]
    witness: Witness


class ReadScript:
    """The task `read`: a message names the ticket of one run.

    The built-in engine tells nothing before it has found everything; for a language model the chunks are queued.
    """

    name = READ

    def __init__(self, engines: Engines, shelf: ScriptShelf, *, concurrency: int, max_tries: int) -> None:
        self._engines = engines
        self._shelf = shelf
        self.concurrency = concurrency
        self.max_tries = max_tries

    async def claim(self, work: Work[Store], subject_id: UUID, token: UUID) -> ReadClaim | None:
        """Take the run queued under the ticket; a redelivered message takes it over from a worker that died.

        A run whose branch or project was deleted meanwhile is cancelled.
        """
        run = await work.store.claim_run(subject_id, token, work.now)
        if run is None or await cancel_if_gone(run, work):
            return None
        assert run.started_at is not None, "a claimed run has begun"
        if run.started_at == work.now:
            tell_started(run, work)
        return ReadClaim(run, token, await self._shelf.take(run.script_version_id, work.store), run.started_at)

    async def perform(self, claim: ReadClaim) -> Found | Planned:
        """Read the file and what is in it, or plan it, in a thread: it is all computing."""
        with stage("reading"):
            script = await script_in(claim.script)
        if claim.run.engine == EngineChoice.LLM:
            return await asyncio.to_thread(self._plan, script)
        return await asyncio.to_thread(self._find, claim.run, script)

    async def settle(self, work: Work[Store], claim: ReadClaim, result: Found | Planned) -> None:
        """Record and tell everything that was found, or queue every chunk."""
        if isinstance(result, Planned):
            await self._queue(work, claim, result)
            return
        seconds = max(0.0, (work.now - claim.started_at).total_seconds())
        run = claim.run
        version = await work.store.complete_run(run.id, claim.token, result.counts, seconds, work.now)
        if version is None:
            raise ClaimLost
        await work.store.insert_assets(run.id, result.assets, work.now)
        for asset in result.assets:
            work.emit(asset, 1)
        tell_completed(run, version, result.counts, seconds, work)

    async def release(self, work: Work[Store], claim: ReadClaim, failure: Failure) -> None:
        """Record a failed try; the run waits for the next one."""
        if not await work.store.release_run(claim.run.id, claim.token, trouble_of(failure), work.now):
            raise ClaimLost

    async def fail(self, work: Work[Store], claim: ReadClaim, failure: Failure) -> None:
        """Record and tell that the run has failed for good."""
        trouble = trouble_of(failure)
        version = await work.store.fail_run(claim.run.id, claim.token, trouble, work.now)
        if version is None:
            raise ClaimLost
        tell_failed(claim.run, version, trouble, work)

    def _find(self, run: Run, script: Script) -> Found:
        with stage("extracting"):
            finds = self._engines.extract(script)
        with stage("describing"):
            return Found(describe_assets(run, finds), count_assets(finds))

    def _plan(self, script: Script) -> Planned:
        with stage("planning"):
            _, reader = self._engines.require_model()
            excerpts = excerpts_of(script, self._engines.chunk_tokens)
        with stage("extracting"):
            finds = self._engines.extract(script)
            return Planned(reader, script, excerpts, Witness(finds, cast_of(finds)))

    async def _queue(self, work: Work[Store], claim: ReadClaim, planned: Planned) -> None:
        """Take over what earlier runs have read of the same scenes, and queue the rest to be asked about."""
        run = claim.run
        if not await work.store.plan_run(run.id, claim.token, planned.reader, planned.witness, work.now):
            raise ClaimLost
        keys = [excerpt.key for excerpt in planned.excerpts]
        readings = await work.store.find_readings(keys, planned.reader) if run.incremental else NOTHING_READ
        chunks = pack_chunks(planned.excerpts, self._engines.chunk_tokens, readings)
        taken = await _take_over([chunk for chunk in chunks if chunk.reused_from], planned.script, work)
        await work.store.insert_taken_over(run.id, taken, planned.reader, work.now)
        asked = [(work.new_id(), chunk) for chunk in chunks if not chunk.reused_from]
        enqueue_chunks(await work.store.insert_chunks(run.id, asked, planned.reader, work.now), work)
        if taken or not chunks:
            await advance_run(run, work)


async def _take_over(
    chunks: Sequence[Chunk], script: Script, work: Work[Store]
) -> Sequence[tuple[UUID, Chunk, ChunkReading]]:
    earlier = await work.store.list_earlier({chunk.reused_from for chunk in chunks if chunk.reused_from})

    def read() -> list[ChunkReading]:
        return [reading_of(earlier[chunk.reused_from], chunk, script) for chunk in chunks if chunk.reused_from]

    readings = await asyncio.to_thread(read)
    return [(work.new_id(), chunk, reading) for chunk, reading in zip(chunks, readings, strict=True)]
