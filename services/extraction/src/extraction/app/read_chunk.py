"""Read one chunk of a script with the language model: ask once, keep the reply, salvage it, check it with the script."""

import asyncio
from dataclasses import dataclass, replace
from uuid import UUID

from chassis.tasks import ClaimLost, Failure
from chassis.work import Work
from extraction.app.advance_run import advance_run
from extraction.app.cancel_run import cancel_if_gone
from extraction.app.engines import Engines
from extraction.app.keep_reply import KeepReply
from extraction.app.language_model import ask_once
from extraction.app.script_shelf import Reading, ScriptShelf, script_in
from extraction.app.stages import stage, trouble_of
from extraction.app.store import Store
from extraction.app.tell_run import READ_CHUNK, tell_started
from extraction.domain.errors import EngineNotConfigured, ExtractionError, PriceCapReached
from extraction.domain.llm.cast import cast_so_far
from extraction.domain.llm.grounding import ground
from extraction.domain.llm.prompt import CAST_SHOWN, Prompt
from extraction.domain.llm.reuse import EarlierReading
from extraction.domain.llm.rounds import Known, after_reply, question, stand_in, unanswered
from extraction.domain.price_cap import expected_tokens, has_room
from extraction.domain.run_chunk import Answer, ChunkReading, Reader, RunChunk, reading_of
from extraction.domain.runs import UNFINISHED, Run, RunState, Trouble
from extraction.domain.salvage import salvage


@dataclass(frozen=True, slots=True)
class Question:
    """One call: what is asked of whom, and what it may cost, in micro-USD."""

    reader: Reader
    prompt: Prompt
    price: int


@dataclass(slots=True)
class ChunkClaim:
    """One try at a chunk: its `task` is a question to ask, or a reading to take over.

    `answer` is the reply that was paid for, whatever becomes of it.
    """

    chunk: RunChunk
    ticket: UUID
    token: UUID
    workspace_id: UUID
    script: Reading
    task: Question | EarlierReading
    answer: Answer | None = None

    @property
    def failures(self) -> int:
        """Failed tries before this one."""
        return self.chunk.failures


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """What is known after a try, and whether it is worth asking for the rest."""

    reading: ChunkReading
    asks_again: bool


class ReadChunk:
    """The task `read-chunk`: a message names the ticket of one chunk, and each try asks the model at most once.

    A second reply is asked for only what the first one lost, as a try of its own: it has its own retries, its own place
    under the price cap, and a worker that dies in between has the first one recorded. Only the call itself holds one of
    the model's places.
    """

    name = READ_CHUNK

    def __init__(
        self, engines: Engines, shelf: ScriptShelf, keep: KeepReply, *, concurrency: int, max_tries: int
    ) -> None:
        self._engines = engines
        self._shelf = shelf
        self._keep = keep
        self.concurrency = tries_under_way(concurrency)
        self.max_tries = max_tries

    async def claim(self, work: Work[Store], subject_id: UUID, token: UUID) -> ChunkClaim | None:
        """Take the chunk queued under the ticket, unless its next call would pass the price cap of its run.

        A chunk that has only calls under way in its way is parked, without a message: whichever of them ends wakes one,
        and so does each that is woken, for as long as there is room.
        """
        run = await work.store.lock_run_of_chunk(subject_id)
        if run is None or run.state not in UNFINISHED or await cancel_if_gone(run, work):
            return None
        chunk = await work.store.claim_chunk(subject_id, token, self._engines.reader, work.now)
        if chunk is None:
            return None
        run = await self._begin(run, token, work)
        task = await self._read_meanwhile(run, chunk, work) or await self._question(run, chunk, token, work)
        if task is None:
            return None
        script = await self._shelf.take(run.script_version_id, work.store)
        return ChunkClaim(chunk, subject_id, token, work.workspace_id, script, task)

    async def perform(self, claim: ChunkClaim) -> ChunkResult:
        """Ask, keep the reply as it came, and read it; or find what was read before in the script as it is now."""
        if isinstance(claim.task, EarlierReading):
            return ChunkResult(await self._taken_over(claim, claim.task), asks_again=False)
        prompt = claim.task.prompt
        model, _ = self._engines.require_model()
        with stage("asking"):
            reply = await ask_once(model, prompt)
        claim.answer = self._keep.bill(reply)
        with stage("keeping"):
            claim.answer = await self._keep(reply, claim.answer, claim.chunk, claim.workspace_id)
        with stage("salvaging"):
            salvaged = await asyncio.to_thread(salvage, reply.text, prompt=prompt.text)
            claim.answer = claim.answer.of_tier(salvaged.tier)
            known, asks_again = after_reply(claim.chunk.known, salvaged, reply.finished, reply.problem)
        return ChunkResult(await self._ground(claim, known), asks_again)

    async def settle(self, work: Work[Store], claim: ChunkClaim, result: ChunkResult) -> None:
        """Record what the chunk holds and tell what is new; it is queued again when asking for more is worth it."""
        await self._charge(claim, work)
        chunk, token, now = claim.chunk, claim.token, work.now
        if not result.asks_again:
            await self._complete(claim, result.reading, work)
            return
        ticket = await work.store.continue_chunk(chunk.id, token, result.reading, now)
        if ticket is None:
            await self._lost(claim, work)
            return
        work.enqueue(self.name, ticket)

    async def release(self, work: Work[Store], claim: ChunkClaim, failure: Failure) -> None:
        """Record a failed try; the chunk waits for the next one."""
        await self._charge(claim, work)
        if not await work.store.release_chunk(claim.chunk.id, claim.token, trouble_of(failure), work.now):
            await self._lost(claim, work)

    async def fail(self, work: Work[Store], claim: ChunkClaim, failure: Failure) -> None:
        """Record that the chunk cannot be read; what a first reply held of it stays."""
        await self._charge(claim, work)
        if await self._end(claim.chunk, claim.token, trouble_of(failure), work):
            await self._advance(claim.chunk, work)
        else:
            await self._lost(claim, work)

    async def _complete(self, claim: ChunkClaim, reading: ChunkReading, work: Work[Store]) -> None:
        chunk, task = claim.chunk, claim.task
        made_good = await self._made_good(chunk, reading, work)
        if not await work.store.complete_chunk(chunk.id, claim.token, made_good, work.now):
            await self._lost(claim, work)
            return
        await self._advance(chunk, work)
        # Last, as other runs that have read the same wait for it.
        if isinstance(task, Question) and reading.known.is_whole:
            await work.store.remember_reading(chunk.chunk, chunk.id, task.reader)

    async def _made_good(self, chunk: RunChunk, reading: ChunkReading, work: Work[Store]) -> ChunkReading:
        """A chunk whose replies all held nothing has what the built-in reading found in its scenes."""
        if not reading.known.is_unread:
            return reading
        witness = await work.store.find_witness(chunk.run_id)
        return replace(reading, finds=stand_in(witness, chunk.chunk))

    async def _begin(self, run: Run, token: UUID, work: Work[Store]) -> Run:
        if run.state is RunState.RUNNING:
            return run
        begun = await work.store.begin_run(run.id, token, self._engines.reader, work.now)
        if begun.started_at == work.now:
            tell_started(begun, work)
        return begun

    async def _read_meanwhile(self, run: Run, chunk: RunChunk, work: Work[Store]) -> EarlierReading | None:
        """What another run has read of all of the chunk since this one was planned."""
        keys, reader = chunk.chunk.keys, self._engines.reader
        if reader is None or chunk.known.rounds or not (run.incremental and keys):
            return None
        readings = await work.store.find_readings(keys, reader)
        sources = set(readings.values())
        if len(sources) > 1 or readings.keys() != set(keys):
            return None
        return (await work.store.list_earlier(sources)).popitem()[1]

    async def _question(self, run: Run, chunk: RunChunk, token: UUID, work: Work[Store]) -> Question | None:
        """What to ask about a chunk; None when it may not be asked now, which is recorded."""
        if self._engines.model is None or self._engines.reader is None:
            await self._refuse(run, chunk, token, EngineNotConfigured("no language model is configured here now"), work)
            return None
        prompt = question(chunk.chunk, chunk.known, cast_so_far(*await work.store.list_cast(run.id, CAST_SHOWN)))
        price = self._engines.model.price_of(*expected_tokens(prompt.text, self._engines.reply_tokens))
        try:
            has_place = await self._reserve(run, chunk, price, work)
        except PriceCapReached as refusal:
            await self._refuse(run, chunk, token, refusal, work)
            return None
        if not has_place:
            await work.store.park_chunk(chunk.id, token, work.now)
            return None
        await self._wake(run, work)
        return Question(self._engines.reader, prompt, price)

    async def _reserve(self, run: Run, chunk: RunChunk, price: int, work: Work[Store]) -> bool:
        """Set aside what the call may cost; False when it has to wait for others. Raises `PriceCapReached`."""
        set_aside, unbilled = await work.store.reserved_elsewhere(run.id, chunk.id)
        spent = run.cost_micro_usd + unbilled
        if not has_room(price, spent=spent, set_aside=set_aside, cap=run.price_cap_micro_usd):
            return False
        await work.store.reserve(chunk.id, price)
        return True

    async def _wake(self, run: Run, work: Work[Store]) -> None:
        """Queue a chunk of a locked run that waits for room under its cap, if there is one."""
        if run.price_cap_micro_usd is not None and (ticket := await work.store.wake_chunk(run.id, work.now)):
            work.enqueue(self.name, ticket)

    async def _refuse(
        self, run: Run, chunk: RunChunk, token: UUID, problem: ExtractionError, work: Work[Store]
    ) -> None:
        """End a chunk that may not be asked about."""
        await self._end(chunk, token, Trouble("asking", problem.code, str(problem)), work)
        await self._wake(run, work)
        await advance_run(run, work)

    async def _end(self, chunk: RunChunk, token: UUID, trouble: Trouble, work: Work[Store]) -> bool:
        """A reply that held something is not thrown away because the second one did not come."""
        if not chunk.known.items:
            return await work.store.fail_chunk(chunk.id, token, trouble, work.now)
        loss = unanswered(trouble.error_class, trouble.message)
        return await work.store.settle_for_known(chunk.id, token, loss, work.now)

    async def _ground(self, claim: ChunkClaim, known: Known) -> ChunkReading:
        with stage("reading"):
            script = await script_in(claim.script)
        with stage("grounding"):
            grounded = await asyncio.to_thread(ground, known.items, claim.chunk.chunk, script)
        return ChunkReading(known, grounded.finds, grounded.dropped)

    async def _taken_over(self, claim: ChunkClaim, earlier: EarlierReading) -> ChunkReading:
        with stage("reading"):
            script = await script_in(claim.script)
        with stage("grounding"):
            return await asyncio.to_thread(reading_of, earlier, claim.chunk.chunk, script)

    async def _charge(self, claim: ChunkClaim, work: Work[Store]) -> None:
        """Put a reply on the bill, under the run's lock; its call no longer stands in the way of another one."""
        run = await work.store.lock_run(claim.chunk.run_id)
        assert run is not None, "it has this chunk"
        await self._wake(run, work)
        if claim.answer is not None and isinstance(claim.task, Question):
            await work.store.charge(claim.chunk, claim.token, claim.task.reader, claim.answer, work.now)

    async def _advance(self, chunk: RunChunk, work: Work[Store]) -> None:
        run = await work.store.lock_run(chunk.run_id)
        assert run is not None, "it has this chunk"
        await advance_run(run, work)

    async def _lost(self, claim: ChunkClaim, work: Work[Store]) -> None:
        """Nobody wants the result: it stays on the bill. Raises `ClaimLost` when another worker has the chunk now."""
        if await work.store.is_wanted(claim.chunk.id, claim.ticket):
            raise ClaimLost
        if isinstance(claim.task, Question):
            await work.store.note_billed(claim.chunk.id, claim.task.price)


def tries_under_way(calls: int) -> int:
    """Chunks to be read at once. The model bounds the calls; claiming, keeping and recording take time beside them."""
    return calls + max(2, calls // 2)
