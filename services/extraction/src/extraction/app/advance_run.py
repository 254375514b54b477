"""A chunk of a run has ended: tell what was found, and end the run with its last chunk."""

import asyncio

from chassis.work import Work
from extraction.app.describe_assets import describe_assets
from extraction.app.match_found import match_found, told_merged
from extraction.app.store import Store
from extraction.app.tell_run import tell_completed, tell_failed
from extraction.domain.errors import TooManyAssets
from extraction.domain.llm.merging import merge
from extraction.domain.run_chunk import PENDING, Reuse, failure_of, reuse_of, scenes_read
from extraction.domain.runs import Counts, Run, Trouble

PATIENCE = 8


async def advance_run(run: Run, work: Work[Store]) -> None:
    """Tell what the chunks of a locked, running run have found, and end it when all of them have ended.

    Joining what all chunks found costs more with each of them: in a long run several are told together, so that the
    whole still grows with the length of the script.
    """
    chunks = await work.store.chunk_outcomes(run.id)
    ended = sum(chunk.state not in PENDING for chunk in chunks)
    is_over = ended == len(chunks)
    if not is_over and ended - run.told_chunks < max(1, ended // PATIENCE):
        return
    trouble = failure_of(chunks) if is_over else None
    try:
        counts = await _tell_found(run, work, whole=is_over and trouble is None)
    except TooManyAssets as error:
        await work.store.cancel_chunks(run.id, work.now)
        await _fail(run, Trouble("describing", error.code, str(error)), work)
        return
    await work.store.note_progress(run.id, scenes_read(chunks), ended, counts, work.now)
    if not is_over:
        return
    if trouble is None:
        await _complete(run, counts, reuse_of(chunks), work)
    else:
        await _fail(run, trouble, work)


async def _fail(run: Run, trouble: Trouble, work: Work[Store]) -> None:
    assert run.claim_token is not None, "a running run has one"
    version = await work.store.fail_run(run.id, run.claim_token, trouble, work.now)
    assert version is not None, "the run is locked and runs"
    tell_failed(run, version, trouble, work)


async def _complete(run: Run, counts: Counts, reuse: Reuse, work: Work[Store]) -> None:
    assert run.claim_token is not None, "a running run has one"
    assert run.started_at is not None, "a running run has begun"
    seconds = max(0.0, (work.now - run.started_at).total_seconds())
    version = await work.store.complete_run(run.id, run.claim_token, counts, seconds, work.now)
    assert version is not None, "the run is locked and runs"
    tell_completed(run, version, counts, seconds, work, reuse=reuse)


async def _tell_found(run: Run, work: Work[Store], *, whole: bool) -> Counts:
    results, unread = await work.store.chunk_finds(run.id)
    witness = await work.store.find_witness(run.id)
    told = await work.store.list_told(run)
    merged = await asyncio.to_thread(merge, results, witness, whole=whole, unread=unread)
    telling = await asyncio.to_thread(match_found, describe_assets(run, merged), told)
    await work.store.insert_assets(run.id, telling.new, work.now, after=len(told))
    await work.store.update_assets([asset for asset, _ in telling.again])
    await work.store.merge_assets(telling.merged)
    for asset in telling.new:
        work.emit(asset, 1)
    for asset, version in telling.again:
        work.emit(asset, version)
    for gone, version in told_merged(told, telling.merged):
        work.emit(gone, version)
    return telling.counts
