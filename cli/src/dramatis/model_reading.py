"""A script read by a language model on the spot: its chunks side by side, each checked against the script."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from extraction.adapters.model_settings import LanguageModelSettings
from extraction.app.language_model import LanguageModel, Reply, ask_once
from extraction.domain import builtin_engine
from extraction.domain.errors import ExtractionError
from extraction.domain.finds import Find
from extraction.domain.llm.cast import cast_of, cast_so_far
from extraction.domain.llm.chunks import Chunk, plan_chunks
from extraction.domain.llm.grounding import ground
from extraction.domain.llm.merging import merge
from extraction.domain.llm.prompt import Prompt
from extraction.domain.llm.rounds import Known, after_reply, question, stand_in, unanswered
from extraction.domain.price_cap import expected_tokens, has_room, micro_of
from extraction.domain.salvage import salvage
from extraction.domain.script import Script

Report = Callable[[int, int], None]
"""Called with how many chunks are done, and how many there are."""

_AGAIN = "unavailable"
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_LONGEST_WAIT_S = 300.0


@dataclass(slots=True)
class Bill:
    """What a script has cost; `reserved` is set aside for the calls under way."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    micro_usd: int = 0
    reserved: int = 0

    def add(self, reply: Reply) -> None:
        """One more reply."""
        self.calls += 1
        self.input_tokens += reply.input_tokens
        self.output_tokens += reply.output_tokens
        self.micro_usd += reply.cost_micro_usd


@dataclass(slots=True)
class ModelReading:
    """What a model read; `failed` has the chunks that it could not, each with the reason.

    `unread` has the places, from 0, of the chunks about which it said nothing: the built-in reading stands in.
    """

    finds: list[Find] = field(default_factory=list)
    chunks: int = 0
    bill: Bill = field(default_factory=Bill)
    mended: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[Chunk, ExtractionError]] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)


async def read_with_model(
    script: Script, model: LanguageModel, settings: LanguageModelSettings, report: Report
) -> ModelReading:
    """Read all of a script on these terms; a chunk that cannot be read costs no other one.

    Raises the first chunk's error when no chunk could be read.
    """
    chunks = plan_chunks(script, settings.llm_chunk_tokens)
    witness = await asyncio.to_thread(builtin_engine.extract, script)
    reader = _Reader(script, model, settings, witness, ModelReading(chunks=len(chunks)))
    done = 0

    places = asyncio.Semaphore(settings.llm_concurrency)

    async def one(chunk: Chunk) -> Sequence[Find]:
        nonlocal done
        async with places:
            found = await reader.read(chunk)
        done += 1
        report(done, len(chunks))
        return found

    report(0, len(chunks))
    results = await asyncio.gather(*map(one, chunks))
    reading = reader.reading
    reading.failed.sort(key=lambda each: each[0].number)
    if chunks and len(reading.failed) == len(chunks):
        raise reading.failed[0][1]
    reading.finds = merge(results, witness, whole=not reading.failed, unread=reading.unread)
    return reading


class _Reader:
    """Reads chunks, and keeps the record."""

    def __init__(
        self,
        script: Script,
        model: LanguageModel,
        settings: LanguageModelSettings,
        witness: Sequence[Find],
        reading: ModelReading,
    ) -> None:
        self.reading = reading
        self._script = script
        self._model = model
        self._settings = settings
        self._cap = micro_of(settings.run_price_cap_usd)
        self._witness = witness
        self._cast = cast_of(witness)
        self._found: list[Find] = []
        self._settled = asyncio.Condition()

    async def read(self, chunk: Chunk) -> Sequence[Find]:
        """What the script confirms of the replies about a chunk; nothing when it could not be read, which is noted."""
        try:
            known = await self._known(chunk)
        except ExtractionError as error:
            self.reading.failed.append((chunk, error))
            return ()
        self.reading.lost += known.losses
        if known.is_unread:
            self.reading.unread.add(chunk.number - 1)
            return stand_in(self._witness, chunk)
        grounded = await asyncio.to_thread(ground, known.items, chunk, self._script)
        self.reading.mended.update(known.repairs)
        self.reading.dropped.update(grounded.dropped)
        self._found += grounded.finds
        return grounded.finds

    async def _known(self, chunk: Chunk) -> Known:
        """Ask, and once more for what is missing, when that is worth it."""
        known, asks = Known(), True
        while asks:
            prompt = question(chunk, known, cast_so_far(self._cast, cast_of(self._found)))
            try:
                reply = await self._ask(prompt)
            except ExtractionError as error:
                if not known.items:
                    raise
                return replace(known, losses=(*known.losses, unanswered(error.code, str(error))))
            salvaged = await asyncio.to_thread(salvage, reply.text, prompt=prompt.text)
            known, asks = after_reply(known, salvaged, reply.finished, reply.problem)
        return known

    async def _ask(self, prompt: Prompt) -> Reply:
        """One reply, however often it has to be asked for; raises what the last try raised."""
        for attempt in range(1, self._settings.llm_tries + 1):
            try:
                return await self._ask_once(prompt)
            except ExtractionError as error:
                told = getattr(error, "retry_after", None)
                if error.kind != _AGAIN or attempt == self._settings.llm_tries or (told or 0) > _LONGEST_WAIT_S:
                    raise
                pause = min(_FIRST_PAUSE_S * 2 ** (attempt - 1), _LONGEST_PAUSE_S) if told is None else told
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def _ask_once(self, prompt: Prompt) -> Reply:
        bill = self.reading.bill
        price = self._model.price_of(*expected_tokens(prompt.text, self._settings.llm_reply_tokens))
        async with self._settled:
            await self._settled.wait_for(
                lambda: has_room(price, spent=bill.micro_usd, set_aside=bill.reserved, cap=self._cap)
            )
            bill.reserved += price
        try:
            reply = await ask_once(self._model, prompt)
            bill.add(reply)
        finally:
            async with self._settled:
                bill.reserved -= price
                self._settled.notify_all()
        return reply
