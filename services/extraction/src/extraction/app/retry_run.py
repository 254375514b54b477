"""Try a failed or cancelled run again: from the start, or the chunks of it that were not read."""

from uuid import UUID

from chassis.work import Work
from extraction.app.advance_run import advance_run
from extraction.app.cancel_run import lock_run
from extraction.app.engines import Engines
from extraction.app.find_branch import find_branch
from extraction.app.start_run import require_style_capsule
from extraction.app.store import Store
from extraction.app.tell_run import enqueue, enqueue_chunks
from extraction.domain.runs import EngineChoice, refuse_retry


async def retry_run(run_id: UUID, price_cap_usd: float | None, engines: Engines, work: Work[Store]) -> None:
    """Queue a run again, on the terms of a new one, under another price cap if one is given.

    Chunks that are completed are not read again.
    Raises `RunNotFound`, `RunNotRetryable`, `EngineNotConfigured`, `PriceUnknown`, `ProjectNotFound`, `BranchNotFound`
    or `StyleCapsuleRequired`.
    """
    run = await lock_run(run_id, work)
    refuse_retry(run)
    if run.engine == EngineChoice.LLM:
        engines.require_model()
    await find_branch(run.project_id, run.branch_id, work)
    await require_style_capsule(run.project_id, work)
    cap = run.price_cap_micro_usd if price_cap_usd is None else engines.cap(run.engine, price_cap_usd)
    ticket = await work.store.requeue_run(run.id, cap, work.now)
    if run.planned_at is None:
        enqueue(ticket, work)
        return
    tickets = await work.store.requeue_chunks(run.id, work.now)
    enqueue_chunks(tickets, work)
    if not tickets:
        await advance_run(await work.store.begin_run(run.id, work.new_id(), None, work.now), work)
