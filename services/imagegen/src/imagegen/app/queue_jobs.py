"""An image was requested: one job per candidate, each queued."""

from chassis.telemetry import current_trace_id
from chassis.work import Work
from contracts.assets.v1 import ImageRequested
from imagegen.app.count_batch import count_batch
from imagegen.app.providers import Provider
from imagegen.app.store import Store
from imagegen.app.tell_jobs import enqueue, tell_cancelled
from imagegen.domain.batch import Batch, Change
from imagegen.domain.job import JobState, Order


async def queue_jobs(request: ImageRequested, provider: Provider, work: Work[Store]) -> None:
    """Record and queue the jobs of a request that are not recorded yet; those of a cancelled batch are cancelled."""
    batch = await _open_batch(request, work)
    is_stopped = batch is not None and batch.cancelled_at is not None
    state = JobState.CANCELLED if is_stopped else JobState.QUEUED
    new = [(work.new_id(), candidate) for candidate in range(1, request.candidates + 1)]
    jobs = await work.store.add_jobs(_order(request, provider), new, state, work.now)
    for job in jobs:
        (tell_cancelled if is_stopped else enqueue)(job, work)
    if jobs:
        await count_batch(batch, Change(jobs=len(jobs), cancelled=len(jobs) if is_stopped else 0), work)


async def _open_batch(request: ImageRequested, work: Work[Store]) -> Batch | None:
    if request.batch_id is None:
        return None
    return await work.store.open_batch(
        request.batch_id, request.project_id, request.branch_id, request.batch_size, work.now
    )


def _order(request: ImageRequested, provider: Provider) -> Order:
    return Order(
        request_id=request.request_id,
        batch_id=request.batch_id,
        asset_id=request.asset_id,
        asset_scope=request.asset_scope.value,
        project_id=request.project_id,
        branch_id=request.branch_id,
        look=request.look,
        request=request.model_dump(mode="json"),
        provider=provider.name,
        model=provider.model,
        trace_id=current_trace_id(),
    )
